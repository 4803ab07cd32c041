"""Reading a folder of another tool whose files say what the person has read: bulletty's, or miniflux-exporter's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain
from pathlib import Path

from reader.base.text import clean
from reader.feeds.saving.exported import Export, Exported, ExportError, NotTaken, says_yes
from reader.library.folder.paths import in_folder, shown_path
from reader.library.folder.scan import scan
from reader.stories.errors import StoryError
from reader.stories.files import read_story
from reader.stories.model import Story

_IsRead = Callable[[Mapping[str, object]], bool]

_READ: Mapping[str, _IsRead] = {
    "bulletty": lambda extra: says_yes(extra, "seen"),
    "Miniflux exporter": lambda extra: extra.get("status") == "read",
}
"""For the stories of each format: says by the front matter whether the person has read one."""


def read_folder(folder: Path) -> Export:
    """The articles of such a folder. Files that are not of these tools, or cannot be read, are left out.

    Raises:
        ExportError: it has no file of these tools.
    """
    articles, not_taken, tools = [], [], set()
    for stamp in chain.from_iterable(found.stamps() for found in scan(folder)):
        try:
            story = read_story(in_folder(folder, stamp.path))
        except StoryError as error:
            not_taken.append(NotTaken(shown_path(stamp.path), error.reason))
            continue
        if story is not None and story.format in _READ:
            articles.append(_article(story, _READ[story.format]))
            tools.add(story.format)
    if not articles:
        raise ExportError(
            f"{clean(str(folder))}: no file in it says what was read: {', '.join(_READ)} write such files"
        )
    return Export(", ".join(sorted(tools)), articles, not_taken)


def _article(story: Story, is_read: _IsRead) -> Exported:
    return Exported(
        url=story.url,
        title=story.title,
        excerpt=story.excerpt,
        markdown=story.body,
        published=story.published_text,
        outlet=story.provider.name,
        authors=story.authors,
        topics=story.topics,
        image=story.images[0].url if story.images else "",
        is_read=is_read(story.extra),
        is_starred=says_yes(story.extra, "starred"),
    )
