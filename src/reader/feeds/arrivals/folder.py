"""The folder of a library for the story files of feeds: `feeds/OUTLET/DATE-HEADLINE.md`.

The files themselves say which entries they are. So the state of the feeds may get lost, and files that come from
another machine, or out of the bin, are recognised.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from reader.feeds.arrivals.identity import title_digest
from reader.feeds.model import feed_key
from reader.library.feeds.state import FeedState, KnownArticle, SeenEntry
from reader.stories.dates import sort_time
from reader.stories.errors import StoryError
from reader.stories.files import read_story
from reader.stories.model import Story, Value
from reader.stories.urls import canonical_url

NAME = "feeds"


class FeedFolder:
    """The folder, with the files that it has. Paths are relative to the library, as bytes, as the file system has them.

    Args:
        library: the library's folder.
    """

    def __init__(self, library: Path) -> None:
        self.place = library / NAME
        self._library = library
        self._made: set[str] = set()
        self._paths = set(self._walk())

    def paths(self) -> list[bytes]:
        """The paths of all files, in order."""
        return sorted(self._paths)

    def knows(self, path: bytes) -> bool:
        """Whether there is a file of a path."""
        return path in self._paths

    def holds(self, path: bytes) -> bool:
        """Whether a path is in this folder, whether or not there is a file."""
        return path.startswith(f"{NAME}/".encode())

    def add(self, path: bytes) -> None:
        """Note that there is a file of a path now."""
        self._paths.add(path)

    def path(self, outlet: str, name: str) -> bytes:
        """The path of a file, by the name of its outlet's folder and its own."""
        return os.fsencode(f"{NAME}/{outlet}/{name}")

    def file(self, path: bytes) -> Path:
        """The file of a path, to be opened."""
        return self._library / os.fsdecode(path)

    def make(self, outlet: str) -> None:
        """Make the folder of an outlet.

        Raises:
            OSError: it cannot be made.
        """
        if outlet not in self._made:
            (self.place / outlet).mkdir(parents=True, exist_ok=True)
            self._made.add(outlet)

    def adopt(self, state: FeedState, now: datetime) -> int:
        """Enter into the state the files that it does not know, with the articles they are; says how many these are.

        Raises:
            FeedStateError: what is known cannot be read or written.
        """
        unknown = sorted(self._paths - state.paths())
        adopted = 0
        for path in unknown:
            with suppress(StoryError):  # a file that cannot be read is not ours; `reader check` reports it
                story = read_story(self.file(path))
                if story is not None and (feeds := story.feeds):
                    with state.changing():
                        self._adopt(state, path, story, feeds, int(now.timestamp()))
                    adopted += 1
        return adopted

    def _adopt(self, state: FeedState, path: bytes, story: Story, feeds: Sequence[str], now: int) -> None:
        """Enter a file into the state."""
        owner, url = feed_key(feeds[0]), story.links[0].url if story.links else ""
        guid = "".join(_texts(story.extra.get("guid")))
        key = canonical_url(url) or f"guid:{owner}\n{guid}"
        moved = next((one for one in state.articles_named(key) if not self.knows(one.path)), None)
        if moved is not None:  # the person has renamed its file
            state.set_article(moved._replace(path=path))
            return
        published = sort_time(story.published)
        arrived = published if published is not None and "dateNote" in story.extra else now
        article = KnownArticle(0, key, path, None, url, arrived, owner)
        number = state.add_article(article)
        for feed in map(feed_key, feeds):
            id_ = guid if feed == owner and guid else canonical_url(url) or guid
            if state.entry(feed, id_) is None:
                title = title_digest(story.title)
                state.keep_entry(SeenEntry(feed, id_, number, None, title, published, story.topics))

    def _walk(self) -> Iterator[bytes]:
        """The paths of all files that are not hidden; links to folders are not followed."""
        top = os.fsencode(self._library)
        for folder, folders, names in os.walk(os.fsencode(self.place)):
            folders[:] = [name for name in folders if not name.startswith(b".")]
            for name in names:
                if not name.startswith(b"."):
                    yield os.path.relpath(os.path.join(folder, name), top)


def _texts(value: Value) -> tuple[str, ...]:
    """The texts of a value of the front matter, which is a text or a list of texts."""
    listed = value if isinstance(value, list) else [value]
    return tuple(one for one in listed if isinstance(one, str) and one)
