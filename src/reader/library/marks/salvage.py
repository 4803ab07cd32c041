"""Saves what can still be read of a damaged file of marks, and makes a sound file of it.

SQLite gives up on a file whose first page or whose inner pages are damaged. But every mark is a row that is complete by
itself, with its time, so each page that is whole is worth reading wherever it is. This module reads pages itself, by
the format of https://www.sqlite.org/fileformat2.html, sections 1.6, 2.1 and 4.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from reader.base.errors import MarksError
from reader.library.marks import schema
from reader.library.marks.model import MOST_KEY, MOST_NOTE, MarkRow, check_row, newest
from reader.library.marks.schema import PAGE, log_of

_INNER, _LEAF = 0x02, 0x0A
"""The first bytes of pages of a table without rowid: of inner ones and of leaves, which both have rows."""

_MOST_LOCAL = (PAGE - 12) * 64 // 255 - 23
_LEAST_LOCAL = (PAGE - 12) * 32 // 255 - 23
"""How many bytes of a record are on its page at most, and at least if the rest is on overflow pages."""

_LOG_HEAD, _FRAME_HEAD = 32, 24
"""Bytes of the head of a log, and of the head of each page in it."""

_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""The serial types of integers, each with its number of bytes."""

_COLUMNS = 6
"""How many columns a mark has."""

_MOST_BYTES = 4 * (MOST_KEY + MOST_KEY + MOST_NOTE) + 1_000
"""The most bytes of a row. A damaged one may claim any size, and its pages may lead in circles."""


def salvage(path: Path) -> list[MarkRow]:
    """All marks on pages that can be read, in the file and in its log; of each mark the newest row.

    Raises:
        OSError: the files cannot be read.
    """
    pages = _pages(_content(path), _content(log_of(path)))
    return list(newest(row for page in pages.values() for row in _rows(page, pages)).values())


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _pages(data: bytes, log: bytes) -> dict[int, bytes]:
    """The pages by number, as the last commit left them.

    Args:
        data: the file.
        log: its write-ahead log.
    """
    pages = {start // PAGE + 1: data[start : start + PAGE] for start in range(0, len(data), PAGE)}
    pending: dict[int, bytes] = {}
    for start in range(_LOG_HEAD, len(log) - _FRAME_HEAD - PAGE + 1, _FRAME_HEAD + PAGE):
        head = log[start : start + _FRAME_HEAD]
        if head[8:16] != log[16:24]:  # the salts differ: a frame from before the log was begun anew
            break
        pending[int.from_bytes(head[:4], "big")] = log[start + _FRAME_HEAD : start + _FRAME_HEAD + PAGE]
        if any(head[4:8]):  # the frame ends a commit
            pages |= pending
            pending = {}
    return pages


def _rows(page: bytes, pages: dict[int, bytes]) -> Iterator[MarkRow]:
    """The marks on a page, as far as they are whole; `pages` has their overflow pages."""
    if len(page) < PAGE or page[0] not in (_INNER, _LEAF):
        return
    head = 12 if page[0] == _INNER else 8
    cells = int.from_bytes(page[3:5], "big")
    for number in range(min(cells, (PAGE - head) // 2)):
        place = head + 2 * number
        start = int.from_bytes(page[place : place + 2], "big") + (4 if page[0] == _INNER else 0)
        with suppress(IndexError, ValueError, MarksError):  # garbage: the next one may be whole
            yield _row(_payload(page, start, pages))


def _payload(page: bytes, start: int, pages: dict[int, bytes]) -> bytes:
    """The bytes of a record, including those on overflow pages.

    Raises:
        IndexError, ValueError: it is damaged.
    """
    size, start = _number(page, start)
    if size > _MOST_BYTES:
        raise ValueError("longer than any mark")
    if size <= _MOST_LOCAL:
        return page[start : start + size]
    local = _LEAST_LOCAL + (size - _LEAST_LOCAL) % (PAGE - 4)
    local = local if local <= _MOST_LOCAL else _LEAST_LOCAL
    parts = [page[start : start + local]]
    following = int.from_bytes(page[start + local : start + local + 4], "big")
    left = size - local
    while left > 0:
        more = pages.get(following, b"")
        if len(more) < PAGE:
            raise ValueError("a page is missing")
        parts.append(more[4 : 4 + left])
        left -= PAGE - 4
        following = int.from_bytes(more[:4], "big")
    return b"".join(parts)


def _number(data: bytes, start: int) -> tuple[int, int]:
    """A variable-length integer of one to nine bytes, and the place behind it."""
    value = 0
    for place in range(start, start + 8):
        value = value << 7 | data[place] & 0x7F
        if data[place] < 0x80:
            return value, place + 1
    return value << 8 | data[start + 8], start + 9


def _row(record: bytes) -> MarkRow:
    """The mark in a record: a head with the serial type of each column, then the columns.

    Raises:
        IndexError, ValueError, MarksError: it is not a mark.
    """
    head, place = _number(record, 0)
    kinds = []
    while place < head:
        kind, place = _number(record, place)
        kinds.append(kind)
    if place != head or len(kinds) != _COLUMNS:
        raise ValueError("not a mark")
    values: list[object] = []
    for kind in kinds:
        size = (kind - 13) // 2 if kind >= 13 and kind % 2 else _INTEGERS.get(kind, 0)
        part = record[place : place + size]
        if len(part) < size:
            raise ValueError("cut off")
        place += size
        # A note that is damaged in places is worth having; `check_row` refuses other columns that are not text.
        values.append(part.decode("utf-8", "replace") if kind >= 13 else _small(kind, part))
    return check_row(values)


def _small(kind: int, part: bytes) -> int | None:
    if kind in _INTEGERS:
        return int.from_bytes(part, "big", signed=True)
    return {0: None, 8: 0, 9: 1}.get(kind)


def repair(path: Path, when: datetime, patience: float) -> str:
    """Put a sound file with all that can be read in the place of a damaged one, of which a copy is kept.

    No other program may have the file open to write.

    Args:
        path: the damaged file.
        when: the time, for the name of the copy.
        patience: as in `schema.connect`.

    Returns:
        What a person should know of it.

    Raises:
        OSError: the folder cannot be written; the damaged file is left as it was.
        sqlite3.DatabaseError: the sound file cannot be made; the same.
    """
    copy = _free_name(path, when)
    fresh = path.with_name(f"{path.name}.repaired")
    try:
        _copy(path, copy)
        rows = salvage(path)
        _make(fresh, rows, patience)
    except BaseException:
        for leftover in (copy, log_of(copy), fresh, log_of(fresh)):
            leftover.unlink(missing_ok=True)
        raise
    log_of(path).unlink(missing_ok=True)  # first, as SQLite would copy it into the new file
    path.with_name(f"{path.name}-shm").unlink(missing_ok=True)
    fresh.replace(path)
    schema.settle(path.parent)
    return f"the marks were damaged; {len(rows):,} of them could be read and are kept; the damaged file is {copy}"


def _make(file: Path, rows: Iterable[MarkRow], patience: float) -> None:
    """Make a file of marks, and check that it can be read back."""
    for leftover in (file, log_of(file)):
        leftover.unlink(missing_ok=True)
    schema.make_private(file)
    with closing(schema.connect(file, patience)) as connection:
        fill(connection, rows)
        if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise schema.DamagedError("what was saved cannot be read back")
    schema.settle(file)


def in_memory(rows: Iterable[MarkRow]) -> sqlite3.Connection:
    """A database of some rows in memory."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    for migration in schema.MIGRATIONS:
        for statement in migration:
            connection.execute(statement)
    fill(connection, rows)
    return connection


def fill(connection: sqlite3.Connection, rows: Iterable[MarkRow]) -> None:
    """Put rows into an empty database of marks."""
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(
        "INSERT INTO marks (key, kind, label, value, changed_ms, machine) VALUES (?, ?, ?, ?, ?, ?)", rows
    )
    latest = connection.execute("SELECT ifnull(max(changed_ms), 0) FROM marks").fetchone()
    connection.execute("UPDATE facts SET value = ? WHERE name <> 'machine'", latest)
    connection.execute("COMMIT")


def _free_name(path: Path, when: datetime) -> Path:
    name, number = path.with_name(f"{path.name}.damaged-{when:%Y%m%dT%H%M%S}"), 1
    while name.exists() or log_of(name).exists():
        number += 1
        name = path.with_name(f"{path.name}.damaged-{when:%Y%m%dT%H%M%S}-{number}")
    return name


def _copy(path: Path, name: Path) -> None:
    """Copy a file and its log, where they exist, and wait until the copies have reached the disk."""
    for source, copy in ((path, name), (log_of(path), log_of(name))):
        if source.exists():
            schema.make_private(copy)
            shutil.copyfile(source, copy)
            schema.settle(copy)
    schema.settle(path.parent)


def copied(path: Path) -> sqlite3.Connection:
    """A copy in memory of a file that SQLite cannot open in its place, as nothing may be written there.

    Raises:
        OSError: it cannot be read either.
        MarksError, sqlite3.DatabaseError: as `schema.connect`.
    """
    pages = _pages(_content(path), _content(log_of(path)))
    data = bytearray().join(pages.get(number, bytes(PAGE)) for number in range(1, max(pages) + 1))
    data[18:20] = b"\1\1"  # in memory there is no log: section 1.3.3 of the format
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    try:
        connection.deserialize(bytes(data))
        schema.prepare(connection, path, is_copy=True)
    except BaseException:
        connection.close()
        raise
    return connection
