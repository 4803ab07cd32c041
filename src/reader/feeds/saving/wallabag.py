"""Wallabag's export as JSON: a list of entries (https://doc.wallabag.org)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from reader.feeds.saving.exported import Export, Exported, mappings, says_yes, text, texts

TOOL = "Wallabag"


def entries_of(data: Any) -> list[dict[str, Any]] | None:
    """The entries of a file of Wallabag; None where it is none."""
    if isinstance(data, dict):
        inner = data.get("_embedded")
        data = inner.get("items") if isinstance(inner, dict) else None
    entries = mappings(data) if isinstance(data, list) else []
    return entries if entries and {"is_archived", "is_starred"} & entries[0].keys() else None


def read(entries: Iterable[Mapping[str, Any]]) -> Export:
    """The articles of an export."""
    return Export(TOOL, [_article(entry) for entry in entries])


def _article(entry: Mapping[str, Any]) -> Exported:
    return Exported(
        url=text(entry, "given_url") if not text(entry, "url") else text(entry, "url"),
        title=text(entry, "title"),
        html=text(entry, "content"),
        published=text(entry, "published_at"),
        saved=text(entry, "created_at"),
        authors=texts(entry.get("published_by")),
        image=text(entry, "preview_picture"),
        is_read=says_yes(entry, "is_archived"),
        is_starred=says_yes(entry, "is_starred"),
        tags=texts(entry.get("tags")),
    )
