"""The folder in a library where story files of feeds lie: `feeds/OUTLET/DATE-HEADLINE.md`.

The files say by themselves which entries they are, so that what is known of them can be lost, and files that came from
another machine or out of the bin are taken for what they are.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from reader.base.whole_files import remove_drafts
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
    """The folder. Paths are relative to the library, as the file system writes them.

    Args:
        library: the library's folder.
    """

    def __init__(self, library: Path) -> None:
        self.place = library / NAME
        self._library = library
        self._made: set[str] = set()
        self._paths = set(self._walk())

    def paths(self) -> list[bytes]:
        """All files that are there, in order."""
        return sorted(self._paths)

    def knows(self, path: bytes) -> bool:
        """Whether a file is there."""
        return path in self._paths

    def holds(self, path: bytes) -> bool:
        """Whether a path is one of this folder, whether or not there is a file."""
        return path.startswith(f"{NAME}/".encode())

    def add(self, path: bytes) -> None:
        """Say that a file is there now."""
        self._paths.add(path)

    def path(self, outlet: str, name: str) -> bytes:
        """The path of a file."""
        return os.fsencode(f"{NAME}/{outlet}/{name}")

    def file(self, path: bytes) -> Path:
        """The file of a path."""
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
        """Let it be known which articles those files are of which nothing is known; says how many there were.

        Raises:
            FeedStateError: what is known cannot be read or written.
        """
        unknown = sorted(self._paths - state.paths())
        adopted = 0
        for path in unknown:
            with suppress(StoryError):  # a file that cannot be read is none of ours; `reader check` tells of it
                story = read_story(self.file(path))
                if story is not None and (feeds := story.feeds):
                    with state.changing():
                        self._adopt(state, path, story, feeds, int(now.timestamp()))
                    adopted += 1
        return adopted

    def remove_drafts(self, now: datetime) -> None:
        """As `whole_files.remove_drafts`, in the folder."""
        remove_drafts(self.place, now)

    def _adopt(self, state: FeedState, path: bytes, story: Story, feeds: Sequence[str], now: int) -> None:
        """Let it be known which article a file is."""
        owner, url = feed_key(feeds[0]), story.links[0].url if story.links else ""
        guid = "".join(_texts(story.extra.get("guid")))
        key = canonical_url(url) or f"guid:{owner}\n{guid}"
        moved = next((one for one in state.articles_named(key) if not self.knows(one.path)), None)
        if moved is not None:  # the person gave it another name
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
        """All files but hidden ones; links to folders are not followed."""
        top = os.fsencode(self._library)
        for folder, folders, names in os.walk(os.fsencode(self.place)):
            folders[:] = [name for name in folders if not name.startswith(b".")]
            for name in names:
                if not name.startswith(b"."):
                    yield os.path.relpath(os.path.join(folder, name), top)


def _texts(value: Value) -> tuple[str, ...]:
    """The addresses or labels that a key of the front matter has: a text, or a list of such."""
    told = value if isinstance(value, list) else [value]
    return tuple(one for one in told if isinstance(one, str) and one)
