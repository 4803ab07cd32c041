"""Changing the rows of the marks: each function runs inside a transaction that somebody else begins and ends."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from reader.errors import MarksError
from reader.library.marks_model import TIMES, Change, Kind, Name, Row, check_row, is_machine
from reader.library.marks_schema import DamagedError

MOST_CHANGES = 100
"""Steps that `take_back` can go back."""

_AT_ONCE = 10_000
"""Values bound to one statement; SQLite takes up to 32,766."""

_COLUMNS = "key, kind, label, value, changed_ms, machine"
_PUT = """INSERT INTO marks (key, kind, label, value, changed_ms, machine) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (key, kind, label) DO UPDATE
    SET value = excluded.value, changed_ms = excluded.changed_ms, machine = excluded.machine"""
_REMOVE = "DELETE FROM marks WHERE (key, kind, label) = (?, ?, ?)"
_MERGE = (
    _PUT
    + """ WHERE (excluded.changed_ms, excluded.machine, ifnull('+' || excluded.value, ''))
        > (marks.changed_ms, marks.machine, ifnull('+' || marks.value, ''))"""
)
"""Keeps the row that `marks_model.rank` puts last."""


def batches(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """Values in lots that one statement can take."""
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))


def places(values: Sequence[str]) -> str:
    """The place holders for some values."""
    return ",".join("?" * len(values))


def has_changes(connection: sqlite3.Connection) -> bool:
    """Whether there is a change to take back."""
    return bool(connection.execute("SELECT EXISTS (SELECT 1 FROM changes)").fetchone()[0])


def fact(connection: sqlite3.Connection, name: str) -> int:
    """One of the numbers that the file keeps of itself: `clock` or `exported`."""
    row = connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    if row is None or not isinstance(row[0], int):
        raise DamagedError(f"it does not know its {name}")
    return row[0]


def apply(connection: sqlite3.Connection, told: Change, wanted: Mapping[Name, str | None], now: int) -> Change:
    """Give rows the values that are wanted, and remember how they were.

    Args:
        connection: the marks, in a transaction.
        told: the change, without its keys.
        wanted: the value of each row; None takes the mark off.
        now: milliseconds since 1970.

    Returns:
        The change, with the keys whose rows are others now. Where there are none, nothing was written.
    """
    before = _named(connection, told.kind, wanted)
    changed = {name: value for name, value in wanted.items() if (before[name][3] if name in before else None) != value}
    if not changed:
        return told
    stamp, machine = _tick(connection, now), _machine(connection)
    connection.executemany(_PUT, [(*name, changed[name], stamp, machine) for name in sorted(changed)])
    if told.kind not in TIMES:
        _remember(connection, told, stamp, [(*name, before.get(name), value) for name, value in changed.items()])
    return replace(told, keys=tuple(dict.fromkeys(name[0] for name in changed)))


def take_back(connection: sqlite3.Connection, now: int) -> tuple[Change | None, bool]:
    """Take the last change back of which anything is left to take back.

    Returns:
        It, or None where there is none; and whether it could be read. One that could not is forgotten.
    """
    exported = fact(connection, "exported")
    while last := connection.execute(
        "SELECT id, changed_ms, told, rows FROM changes ORDER BY id DESC LIMIT 1"
    ).fetchone():
        connection.execute("DELETE FROM changes WHERE id = ?", last[:1])
        remembered = _remembered(last[2], last[3]) if isinstance(last[1], int) else None
        if remembered is None:
            return None, False
        change, steps = remembered
        keys = _restore(connection, change.kind, steps, exactly_from=last[1] if last[1] > exported else None, now=now)
        if keys:
            return replace(change, keys=keys), True
    return None, True


def merge(connection: sqlite3.Connection, rows: Iterable[Row], latest: int) -> int:
    """Take in rows, of each name the newest; `latest` is the greatest of their times. Gives how many are others now."""
    before = connection.total_changes
    connection.executemany(_MERGE, rows)
    changed = connection.total_changes - before
    connection.execute("UPDATE facts SET value = max(value, ?) WHERE name = 'clock'", (latest,))
    return changed


def all_rows(connection: sqlite3.Connection) -> tuple[list[Row], bool]:
    """Every row, and whether the file knows already that they are handed out."""
    connection.execute("BEGIN")
    try:
        is_known = fact(connection, "exported") >= fact(connection, "clock")
        return _all(connection), is_known
    finally:
        connection.execute("COMMIT")


def hand_out(connection: sqlite3.Connection) -> list[Row]:
    """Every row; the file remembers that other machines may know them now."""
    connection.execute("UPDATE facts SET value = ? WHERE name = 'exported'", (fact(connection, "clock"),))
    return _all(connection)


def _all(connection: sqlite3.Connection) -> list[Row]:
    rows = connection.execute(f"SELECT {_COLUMNS} FROM marks ORDER BY key, kind, label")  # noqa: S608 — constant
    try:
        return [check_row(row) for row in rows]
    except MarksError as error:
        raise DamagedError(str(error)) from error


def _named(connection: sqlite3.Connection, kind: Kind, names: Iterable[Name]) -> dict[Name, Row]:
    """The rows of some names of one kind, as far as there are any, perhaps with others."""
    keys = list(dict.fromkeys(name[0] for name in names))
    return {
        row[:3]: row
        for some in batches(keys)
        for row in connection.execute(
            f"SELECT {_COLUMNS} FROM marks WHERE key IN ({places(some)}) AND kind = ?",  # noqa: S608 — bound
            (*some, kind),
        )
    }


def _tick(connection: sqlite3.Connection, now: int) -> int:
    """The time of a change, in milliseconds since 1970: later than all before it, whatever the clock says."""
    stamp = max(now, fact(connection, "clock") + 1)
    connection.execute("UPDATE facts SET value = ? WHERE name = 'clock'", (stamp,))
    return stamp


def _machine(connection: sqlite3.Connection) -> str:
    row = connection.execute("SELECT value FROM facts WHERE name = 'machine'").fetchone()
    if row is None or not is_machine(row[0]):
        raise DamagedError("it does not know its machine")
    return str(row[0])


_Step = tuple[str, str, str, Row | None, str | None]
"""A row's name, the row as it was, and the value it was given."""


def _remember(connection: sqlite3.Connection, told: Change, stamp: int, steps: list[_Step]) -> None:
    import json  # the screen starts without these
    import zlib

    about = json.dumps({"kind": told.kind, "labels": told.labels, "value": told.value})
    packed = zlib.compress(json.dumps(steps).encode(), 1)
    cursor = connection.execute("INSERT INTO changes (changed_ms, told, rows) VALUES (?, ?, ?)", (stamp, about, packed))
    connection.execute("DELETE FROM changes WHERE id <= ?", ((cursor.lastrowid or 0) - MOST_CHANGES,))


def _remembered(about: str, packed: bytes) -> tuple[Change, list[_Step]] | None:
    """A change and its rows; None where SQLite did not notice that they are damaged, as it does not in long values."""
    import json
    import zlib

    try:
        told, rows = json.loads(about), json.loads(zlib.decompress(packed))
        change = Change(Kind(told["kind"]), (), tuple(told["labels"]), told["value"])
        return change, [(key, kind, label, row and tuple(row), value) for key, kind, label, row, value in rows]
    except (zlib.error, ValueError, KeyError, TypeError):
        return None


def _restore(
    connection: sqlite3.Connection, kind: Kind, steps: list[_Step], *, exactly_from: int | None, now: int
) -> tuple[str, ...]:
    """Put rows back whose value is still the one that the change gave them.

    Args:
        connection: the marks, in a transaction.
        kind: the kind of mark.
        steps: what the change did.
        exactly_from: the time of a change that no other machine can know of: its rows become again what they were, as
            if it had never been. None: they get their former value with a new time.
        now: milliseconds since 1970.

    Returns:
        The keys of the rows that were put back.
    """
    current = _named(connection, kind, [step[:3] for step in steps])
    machine = _machine(connection)
    put: list[Row] = []
    removed: list[Name] = []
    renewed: list[tuple[str, str, str, str | None]] = []
    for key, _, label, before, after in steps:
        row = current.get((key, kind.value, label))
        if (row[3] if row else None) != after:  # an import has changed it since
            continue
        if row is None or row[4:] != (exactly_from, machine):
            renewed.append((key, kind.value, label, before[3] if before else None))
        elif before:
            put.append(before)
        else:
            removed.append((key, kind.value, label))
    if renewed:
        stamp = _tick(connection, now)
        put.extend((key, sort, label, value, stamp, machine) for key, sort, label, value in renewed)
    connection.executemany(_PUT, sorted(put))
    connection.executemany(_REMOVE, sorted(removed))
    return tuple(dict.fromkeys([row[0] for row in put] + [name[0] for name in removed]))
