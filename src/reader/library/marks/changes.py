"""Changes the rows of the marks, and takes changes back.

Each function runs inside a transaction that the caller begins and ends, except `all_rows`, which only reads.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from reader.base.errors import MarksError
from reader.library.index.storage.journal import one_state
from reader.library.marks.model import TIMES, Change, MarkKind, MarkRow, check_row, is_machine
from reader.library.marks.records import Record, State, Step, is_readable, remembered, steps_of
from reader.library.marks.schema import DamagedError

MOST_CHANGES = 100
"""How many changes are remembered, and so can be taken back."""

_AT_ONCE = 10_000
"""Values that one statement is given at most."""

_COLUMNS = "key, kind, label, value, changed_ms, machine"
_PUT = """INSERT INTO marks (key, kind, label, value, changed_ms, machine) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (key, kind, label) DO UPDATE
    SET value = excluded.value, changed_ms = excluded.changed_ms, machine = excluded.machine"""
_PUT_ALL = """INSERT INTO marks (key, kind, label, value, changed_ms, machine)
    SELECT k.value, ?, ?, ?, ?, ? FROM json_each(?) k WHERE TRUE ON CONFLICT (key, kind, label) DO UPDATE
    SET value = excluded.value, changed_ms = excluded.changed_ms, machine = excluded.machine"""
_REMOVE_ALL = "DELETE FROM marks WHERE kind = ? AND label = ? AND key IN (SELECT value FROM json_each(?))"
_MERGE = (
    _PUT
    + """ WHERE (excluded.changed_ms, excluded.machine, ifnull('+' || excluded.value, ''))
        > (marks.changed_ms, marks.machine, ifnull('+' || marks.value, ''))"""
)
"""Puts a row in unless the one that is there has a higher `model.rank`."""


def batches(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """Values in batches for one statement each, which takes them as `in_order` writes them."""
    return (values[start : start + _AT_ONCE] for start in range(0, len(values), _AT_ONCE))


class LastChange(NamedTuple):
    """The change that is taken back next.

    Attributes:
        changed_ms: when it was made, in milliseconds since 1970. This identifies it: no two changes have the same time.
        size: how many bytes are remembered of it: about twenty an article where there are many.
    """

    changed_ms: int
    size: int


def last_change(connection: sqlite3.Connection) -> LastChange | None:
    """The change to take back next; None where there is none."""
    row = connection.execute("SELECT changed_ms, length(rows) FROM changes ORDER BY id DESC LIMIT 1").fetchone()
    return LastChange(*row) if row else None


def fact(connection: sqlite3.Connection, name: str) -> int:
    """A number that the file keeps about itself, by name: `clock` or `exported` (see `schema.MIGRATIONS`).

    Raises:
        DamagedError: it is missing.
    """
    row = connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    if row is None or not isinstance(row[0], int):
        raise DamagedError(f"it does not know its {name}")
    return row[0]


class Wanted(NamedTuple):
    """What some articles are to be given: a label with a value; the value None takes the mark off."""

    label: str
    value: str | None


class AllRows(NamedTuple):
    """All rows, and whether the file has noted that other machines may have them as they are now."""

    rows: list[MarkRow]
    is_handed_out: bool


class TakenBack(NamedTuple):
    """What came of taking a change back.

    Attributes:
        change: the change that was taken back; None where there is none, or it could not be read.
        is_readable: whether what was remembered of it could be read; if not, it is forgotten.
        given: what the change had given to which articles, for those that do not have it any more.
    """

    change: Change | None
    is_readable: bool = True
    given: Mapping[Wanted, Sequence[str]] = MappingProxyType({})


def apply(
    connection: sqlite3.Connection,
    intent: Change,
    wanted: Mapping[Wanted, Sequence[str]],
    now: int,
    *,
    by_itself: bool = False,
) -> Change:
    """Give marks their new values, and remember how they were.

    Args:
        connection: the marks, in a transaction.
        intent: the change, without its keys.
        wanted: the new values, each with the keys of the articles that are to have it.
        now: the time, in milliseconds since 1970.
        by_itself: whether nobody decided it: then it cannot be taken back, and how they were is not remembered.

    Returns:
        The change with the keys of the articles whose marks have changed. If there are none, nothing was written.
    """
    changed: list[str] = []
    record, machine, stamp = Record(), _machine(connection), 0
    for (label, value), keys in wanted.items():
        for some in batches(sorted(keys)):  # a record of sorted keys takes half the time to compress
            name = in_order(some)
            before = _states(connection, intent.kind, label, name)
            others = {key: before.get(key) for key in some if (before[key].value if key in before else None) != value}
            if others:
                stamp = stamp or _tick(connection, now)
                names = name if len(others) == len(some) else in_order(others)
                connection.execute(_PUT_ALL, (intent.kind, label, value, stamp, machine, names))
                record.add(Step(label, value, others))
                changed.extend(others)
    if not stamp:
        return intent
    if intent.kind not in TIMES and not by_itself:
        _remember(connection, intent, stamp, record)
    return replace(intent, keys=tuple(changed if len(wanted) == 1 else dict.fromkeys(changed)))


def take_back(connection: sqlite3.Connection, now: int, only: int | None = None) -> TakenBack:
    """Take back the last change of which anything is left to take back.

    Args:
        connection: the marks, in a transaction.
        now: the time, in milliseconds since 1970.
        only: the time of the only change that may be taken back; None for the last one.
    """
    exported = fact(connection, "exported")
    which = "" if only is None else "WHERE changed_ms = :only"
    while last := connection.execute(
        f"SELECT id, changed_ms, told, rows FROM changes {which} ORDER BY id DESC LIMIT 1",  # noqa: S608 — bound
        {"only": only},
    ).fetchone():
        connection.execute("DELETE FROM changes WHERE id = ?", last[:1])
        change = remembered(last[2])
        if change is None or not isinstance(last[1], int) or not is_readable(last[3]):
            return TakenBack(None, is_readable=False)
        given = _restore(
            connection, change.kind, steps_of(last[3]), exactly_from=last[1] if last[1] > exported else None, now=now
        )
        if given:
            return TakenBack(replace(change, keys=tuple(dict.fromkeys(chain(*given.values())))), given=given)
    return TakenBack(None)


def merge(connection: sqlite3.Connection, rows: Iterable[MarkRow], latest: int) -> int:
    """Take in rows from elsewhere: of two rows of the same mark, the one with the higher `model.rank` stays.

    Args:
        connection: the marks, in a transaction.
        rows: the rows.
        latest: the greatest of their times, in milliseconds since 1970.

    Returns:
        How many marks have changed.
    """
    before = connection.total_changes
    connection.executemany(_MERGE, rows)
    changed = connection.total_changes - before
    connection.execute("UPDATE facts SET value = max(value, ?) WHERE name = 'clock'", (latest,))
    return changed


def all_rows(connection: sqlite3.Connection) -> AllRows:
    """All rows as of one moment."""
    with one_state(connection):
        is_handed_out = fact(connection, "exported") >= fact(connection, "clock")
        return AllRows(_all(connection), is_handed_out)


def hand_out(connection: sqlite3.Connection) -> list[MarkRow]:
    """All rows; the file notes that from now on other machines may have them."""
    connection.execute("UPDATE facts SET value = ? WHERE name = 'exported'", (fact(connection, "clock"),))
    return _all(connection)


def _all(connection: sqlite3.Connection) -> list[MarkRow]:
    rows = connection.execute(f"SELECT {_COLUMNS} FROM marks ORDER BY key, kind, label")  # noqa: S608 — constant
    try:
        return [check_row(row) for row in rows]
    except MarksError as error:
        raise DamagedError(str(error)) from error


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


def in_order(keys: Iterable[str]) -> str:
    """Keys as a value for `json_each`, sorted as in the file, so that each page of it is read and written once."""
    import json

    return json.dumps(sorted(keys))


def _states(connection: sqlite3.Connection, kind: MarkKind, label: str, keys: str) -> dict[str, State]:
    """The marks of one kind and label of some articles, as far as these have any; `keys` is made by `in_order`."""
    rows = connection.execute(
        """SELECT m.key, m.value, m.changed_ms, m.machine FROM json_each(?) k
            CROSS JOIN marks m ON m.key = k.value AND m.kind = ? AND m.label = ?""",
        (keys, kind, label),
    )
    return {key: State(*state) for key, *state in rows}


def _remember(connection: sqlite3.Connection, change: Change, stamp: int, record: Record) -> None:
    import json

    about = json.dumps(change.said)
    values = (stamp, about, record.close())
    cursor = connection.execute("INSERT INTO changes (changed_ms, told, rows) VALUES (?, ?, ?)", values)
    connection.execute("DELETE FROM changes WHERE id <= ?", ((cursor.lastrowid or 0) - MOST_CHANGES,))


def _restore(
    connection: sqlite3.Connection, kind: MarkKind, steps: Iterable[Step], *, exactly_from: int | None, now: int
) -> dict[Wanted, list[str]]:
    """Put marks back that still have the value that a change gave them.

    Args:
        connection: the marks, in a transaction.
        kind: the kind of mark.
        steps: what the change did.
        exactly_from: the time of the change, if no other machine can know of it: rows then become exactly what they
            were, as if it had never been made. None: they get their former value with a new time.
        now: the time, in milliseconds since 1970.

    Returns:
        What the change had given to which articles, for those whose marks were put back.
    """
    as_given = (exactly_from, _machine(connection))
    put: list[MarkRow] = []
    renewed: list[tuple[str, str, str | None]] = []
    given: dict[Wanted, list[str]] = {}
    for label, value, before in steps:
        restored: list[str] = []
        keys = in_order(before)
        gone = [key for key, state in before.items() if not state]
        if exactly_from and _are_as_given(connection, (kind, label, value, *as_given), keys, len(before)):
            restored.extend(before)
            put.extend(MarkRow(key, kind.value, label, *state) for key, state in before.items() if state)
        else:
            current = _states(connection, kind, label, keys)
            gone = []
            for key, state in before.items():
                row = current.get(key)
                if (row.value if row else None) != value:  # an import has changed it since
                    continue
                restored.append(key)
                if row is None or (row.changed_ms, row.machine) != as_given:
                    renewed.append((key, label, state.value if state else None))
                elif state:
                    put.append(MarkRow(key, kind.value, label, *state))
                else:
                    gone.append(key)
        connection.executemany(_PUT, sorted(put))
        put.clear()
        connection.execute(_REMOVE_ALL, (kind, label, keys if len(gone) == len(before) else in_order(gone)))
        if restored:
            given.setdefault(Wanted(label, value), []).extend(restored)
    if renewed:
        stamp = _tick(connection, now)
        put.extend(MarkRow(key, kind.value, label, former, stamp, as_given[1]) for key, label, former in renewed)
    connection.executemany(_PUT, sorted(put))
    return given


def _are_as_given(connection: sqlite3.Connection, row: Sequence[object], keys: str, count: int) -> bool:
    """Whether the marks of some articles are all as a change left them. It saves looking at each, as they mostly are.

    Args:
        connection: the marks.
        row: kind, label, value, time and machine that the change gave them.
        keys: the articles, as `in_order` makes them.
        count: how many articles these are.
    """
    found = connection.execute(
        """SELECT count(*) FROM json_each(?) k CROSS JOIN marks m ON m.key = k.value
            WHERE m.kind = ? AND m.label = ? AND m.value IS ? AND m.changed_ms = ? AND m.machine = ?""",
        (keys, *row),
    )
    return int(found.fetchone()[0]) == count
