"""Marks as JSON, to be taken to another machine or kept as a copy.

    {"format": "story-reader marks", "version": 1, "marks": [
        {"key": "https://a.example/1", "kind": "read", "label": "", "value": true, "changed": 1582217580000,
         "machine": "5f0c…"}, …]}

`kind` is one of `model.MarkKind`. `label` is the tag or the name of the watch, and empty for the other kinds.
`value` is `true` for flags, text for a note, milliseconds since 1970 for times, and `null` where a mark was taken off:
such rows are needed, as by them another machine learns that an older mark no longer holds. `changed` is in
milliseconds since 1970. Of two rows with the same key, kind and label the one with the later `changed` holds; of equal
ones the one whose `machine`, then whose `value`, comes last, a value after none. So any number of machines end up with
the same marks, in whatever order and however often they take in each other's.
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
"""The largest file that is read, in bytes: marks on a million stories take half of that."""

MOST_MARKS = 4_000_000
"""The most marks that are taken in at once."""


def exported(rows: Iterable[MarkRow]) -> dict[str, Any]:
    """Rows of marks in the form of this module, for `json`."""
    marks = [
        {
            "key": row.key,
            "kind": row.kind,
            "label": row.label,
            "value": _shown(row.kind, row.value),
            "changed": row.changed_ms,
            "machine": row.machine,
        }
        for row in rows
    ]
    return {"format": FORMAT, "version": VERSION, "marks": marks}


def imported(data: object) -> list[MarkRow]:
    """The rows in data of the form of this module. It may come from anywhere: it is checked, and its texts made safe.

    Raises:
        MarksError: it is not of this form, or larger than any library needs; the message says where.
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
    """The data in a file of JSON, for `imported`, which checks it.

    Raises:
        MarksError: it cannot be read, is not a regular file, is not JSON, or is too large.
    """
    try:
        return parse_export(read_plain(file, MOST_BYTES), clean(str(file)))
    except OSError as error:
        raise MarksError(f"{clean(str(file))}: cannot be read: {error.strerror}") from error


def parse_export(data: bytes, name: str) -> Any:
    """The data in an export's bytes; errors as in `read_export`.

    Args:
        data: the bytes.
        name: where they come from, for errors.
    """
    if len(data) > MOST_BYTES:
        raise MarksError(f"{name}: larger than {MOST_BYTES:,} bytes")
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise MarksError(f"{name}: not JSON: {error}") from error


def _shown(kind: str, value: str | None) -> bool | int | str | None:
    """A value of a row as JSON has it."""
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
    """A value of JSON as a row has it, if it is of the right type; whether it makes sense is checked with the row.

    Raises:
        MarksError: it is not of the type that its kind needs.
    """
    if value is None or (kind == MarkKind.NOTE and isinstance(value, str)):
        return value
    if kind in TIMES and isinstance(value, int) and not isinstance(value, bool) and abs(value) <= MOST_MS:
        return str(value)
    if value is True and kind != MarkKind.NOTE and kind not in TIMES:
        return "1"
    raise MarksError("value must be true, a text or milliseconds since 1970, as the kind has it, or null")
