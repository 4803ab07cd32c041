"""Exports of Miniflux: from its API (`/v1/entries`, https://miniflux.app/docs/api.html), or by miniflux-exporter.

The exporter's `articles_metadata.json` names the Markdown file of each article, which is beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from reader.feeds.saving.exported import Export, Exported, NotTaken, file_beside, mappings, says_yes, text, texts
from reader.stories.errors import StoryError
from reader.stories.files import read_story

TOOL = "Miniflux"
_UNSORTED = frozenset({"", "All", "Uncategorized"})


def entries_of(data: Any) -> list[dict[str, Any]] | None:
    """The entries of a file of Miniflux; None where it is none."""
    listed = data.get("entries") if isinstance(data, dict) else data
    if not isinstance(listed, list):
        return None
    entries = mappings(listed)
    return entries if entries and {"feed_id", "status"} <= entries[0].keys() else None


def read(entries: Iterable[Mapping[str, Any]], path: Path) -> Export:
    """The articles of an export."""
    articles, not_taken = [], []
    for entry in entries:
        if text(entry, "status") == "removed":
            not_taken.append(NotTaken(text(entry, "title", "url"), "removed in Miniflux"))
        else:
            articles.append(_article(entry, path))
    return Export(TOOL, articles, not_taken)


def _article(entry: Mapping[str, Any], path: Path) -> Exported:
    feed = entry.get("feed")
    about = feed if isinstance(feed, dict) else {"title": feed, "category": entry.get("category")}
    category = texts(about.get("category"))
    return Exported(
        url=text(entry, "url"),
        title=text(entry, "title"),
        html=text(entry, "content"),
        markdown=_markdown(path, text(entry, "saved_path")),
        published=text(entry, "published_at"),
        saved=text(entry, "created_at"),
        outlet=text(about, "title"),
        authors=texts(entry.get("author")),
        topics=[*(one for one in category if one not in _UNSORTED), *texts(entry.get("tags"))],
        is_read=text(entry, "status") == "read",
        is_starred=says_yes(entry, "starred"),
    )


def _markdown(path: Path, name: str) -> str:
    file = file_beside(path, name)
    if file is not None:
        with suppress(StoryError):  # then the article has no text
            story = read_story(file)
            return story.body if story is not None else ""
    return ""
