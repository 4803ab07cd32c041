"""Omnivore's export: `metadata_*.json`, and beside it the text of each article as `content/SLUG.html`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from reader.base.text import decode
from reader.feeds.saving.exported import Export, Exported, ExportError, file_beside, mappings, read_bytes, text, texts
from reader.stories.limits import FEED_BYTES

TOOL = "Omnivore"
FILES = "metadata_*.json"


def entries_of(data: Any) -> list[dict[str, Any]] | None:
    """The entries of a file of Omnivore; None where it is none."""
    entries = mappings(data) if isinstance(data, list) else []
    return entries if entries and {"slug", "url", "savedAt"} <= entries[0].keys() else None


def read(entries: Iterable[Mapping[str, Any]], path: Path) -> Export:
    """The articles of an export."""
    return Export(TOOL, [_article(entry, path) for entry in entries])


def _article(entry: Mapping[str, Any], path: Path) -> Exported:
    progress = text(entry, "readingProgress")
    return Exported(
        url=text(entry, "url"),
        title=text(entry, "title"),
        excerpt=text(entry, "description"),
        html=_html(path, text(entry, "slug")),
        published=text(entry, "publishedAt"),
        saved=text(entry, "savedAt"),
        authors=texts(entry.get("author")),
        image=text(entry, "thumbnail"),
        is_read=text(entry, "state").lower() == "archived" or progress in ("100", "100.0"),
        tags=texts(entry.get("labels")),
    )


def _html(path: Path, slug: str) -> str:
    file = file_beside(path, f"content/{slug}.html") if slug else None
    if file is None:
        return ""
    try:
        return decode(read_bytes(file, FEED_BYTES // 4))[0]
    except ExportError:
        return ""  # then the article has no text
