"""Marks as JSON: handed from one machine to another, or kept as a copy.

    {"format": "story-reader marks", "version": 1, "marks": [
        {"key": "https://a.example/1", "kind": "read", "label": "", "value": true, "changed": 1582217580000,
         "machine": "5f0c…"}, …]}

`kind` is one of `model.MarkKind`. `label` is the tag or the name of the watch, and empty for the other kinds.
`value` is `true` for flags, text for a note, milliseconds since 1970 for times, and `null` where a mark was taken off:
such rows belong to the whole, as they tell another machine that an older mark no longer holds. `changed` is in
milliseconds since 1970. Of two rows with the same key, kind and label the one with the later `changed` holds; of equal
ones the one whose `machine`, then whose `value`, comes last, a value after none. So any number of machines end up with
the same marks, in whatever order and however often they take in what the others have handed out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from reader.base.errors import MarksError
from reader.base.plain_files import read_plain
from reader.base.text import clean
from reader.library.marks.model import MOST_MS, TIMES, MarkKind, MarkRow, check_row

FORMAT = "story-reader marks"
VERSION = 1

MOST_BYTES = 512 * 1024 * 1024
"""Of a file that is taken in: marks on a million stories have half of it."""

MOST_MARKS = 4_000_000
"""Marks that are taken in at once."""


def exported(rows: Iterable[MarkRow]) -> dict[str, Any]:
    """Rows in the form of this module."""
    marks = [
        {
            "key": row.key,
            "kind": row.kind,
            "label": row.label,
            "value": _said(row.kind, row.value),
            "changed": row.changed_ms,
            "machine": row.machine,
        }
        for row in rows
    ]
    return {"format": FORMAT, "version": VERSION, "marks": marks}


def imported(data: object) -> list[MarkRow]:
    """The rows of something in the form of this module, whoever made it; their texts are made safe.

    Raises:
        MarksError: it is not of this form, or larger than any library needs; it says where.
    """
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise MarksError(f'this holds no marks: "format" must be "{FORMAT}"')
    version, marks = data.get("version"), data.get("marks")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise MarksError('"version" must be a number')
    if version > VERSION:
        raise MarksError(f"these marks were handed out by a newer version of this program (format {version})")
    if not isinstance(marks, list) or len(marks) > MOST_MARKS:
        raise MarksError(f'"marks" must be a list of at most {MOST_MARKS:,}')
    return [_row(number, mark) for number, mark in enumerate(marks)]


def read_export(file: Path) -> Any:
    """What a file of JSON says; `imported` looks at whether it makes sense.

    Raises:
        MarksError: it cannot be read, is no regular file, is no JSON, or is too large.
    """
    try:
        return parse_export(read_plain(file, MOST_BYTES), clean(str(file)))
    except OSError as error:
        raise MarksError(f"{clean(str(file))}: cannot be read: {error.strerror}") from error


def parse_export(data: bytes, name: str) -> Any:
    """What the bytes of an export say, of which `name` tells where they come from; errors as in `read_export`."""
    if len(data) > MOST_BYTES:
        raise MarksError(f"{name}: larger than {MOST_BYTES:,} bytes")
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise MarksError(f"{name}: not JSON: {error}") from error


def _said(kind: str, value: str | None) -> bool | int | str | None:
    if value is None or kind == MarkKind.NOTE:
        return value
    return int(value) if kind in TIMES else True


def _row(number: int, mark: object) -> MarkRow:
    try:
        if not isinstance(mark, dict):
            raise MarksError("must be an object")
        kind = mark.get("kind")
        if not isinstance(kind, str):
            raise MarksError("kind must be text")
        label, changed, machine = mark.get("label", ""), mark.get("changed"), mark.get("machine")
        return check_row([mark.get("key"), kind, label, _value(kind, mark.get("value")), changed, machine])
    except MarksError as error:
        raise MarksError(f"marks[{number}]: {error}") from error


def _value(kind: str, value: object) -> object:
    """A value as it is kept, if it is of the right type; what it says is checked with the row."""
    if value is None or (kind == MarkKind.NOTE and isinstance(value, str)):
        return value
    if kind in TIMES and isinstance(value, int) and not isinstance(value, bool) and abs(value) <= MOST_MS:
        return str(value)
    if value is True and kind != MarkKind.NOTE and kind not in TIMES:
        return "1"
    raise MarksError("value must be true, a text or milliseconds since 1970, as the kind has it, or null")
