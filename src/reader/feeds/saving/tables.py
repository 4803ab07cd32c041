"""Exports as CSV: Pocket's and Raindrop's."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path

from reader.base.text import clean
from reader.feeds.saving.exported import Export, Exported, ExportError, says_yes, text

_POCKET = frozenset({"title", "url", "time_added"})
_RAINDROP = frozenset({"url", "folder", "created"})
_UNSORTED = frozenset({"", "Unsorted"})


def read(table: str, path: Path) -> Export:
    """The articles of an export as CSV.

    Raises:
        ExportError: it is no known export, or is damaged.
    """
    reader = csv.DictReader(StringIO(table.lstrip("\ufeff"), newline=""), strict=True)
    try:
        names = {name.strip().lower() for name in reader.fieldnames or () if name}
        if names >= _POCKET:
            return Export("Pocket", [_pocket(row) for row in _rows(reader)])
        if names >= _RAINDROP:
            return Export("Raindrop", [_raindrop(row) for row in _rows(reader)])
    except csv.Error as error:
        raise ExportError(f"{clean(str(path))}:{reader.line_num}: not CSV: {clean(str(error))}") from error
    raise ExportError(
        f"{clean(str(path))}: no export that is known: a table of {clean(', '.join(sorted(names))[:100])}"
    )


def _rows(reader: csv.DictReader[str]) -> Iterator[dict[str, str]]:
    for row in reader:
        yield {str(name).strip().lower(): value for name, value in row.items() if isinstance(value, str)}


def _pocket(row: Mapping[str, str]) -> Exported:
    title = text(row, "title")
    return Exported(
        url=text(row, "url"),
        title=title if title != text(row, "url") else "",
        saved=text(row, "time_added"),
        is_read=text(row, "status").lower() in ("archive", "archived", "read"),
        is_starred=says_yes(row, "favorite"),
        tags=_apart(text(row, "tags"), "|"),
    )


def _raindrop(row: Mapping[str, str]) -> Exported:
    folders = [name for name in _apart(text(row, "folder"), "/") if name not in _UNSORTED]
    return Exported(
        url=text(row, "url", "link"),
        title=text(row, "title"),
        excerpt=text(row, "excerpt"),
        saved=text(row, "created"),
        image=text(row, "cover"),
        topics=folders,
        is_starred=says_yes(row, "favorite"),
        tags=_apart(text(row, "tags"), ","),
        note=text(row, "note"),
    )


def _apart(value: str, sign: str) -> list[str]:
    return [part.strip() for part in value.split(sign) if part.strip()]
