"""Where days begin in a list of stories that goes by time. SQLite goes over the list: the thread that draws goes on."""

from __future__ import annotations

import operator
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import chain, compress, count

from reader.library.index.lists.id_arrays import ID, greatest, ids, read_ids
from reader.library.index.lists.orders import ORDERS
from reader.library.index.rows import TIME
from reader.library.query.query import Sort

_DAY = 86_400
_NO_DAY = 0
_MOST_SHORT = 65_535
_CHUNK = 1 << 15
"""Stories that are gone over at a time, without the interpreter's lock for others."""

_FROM_YEAR_1 = 719_162 * _DAY
"""Seconds from the beginning of year 1 to 1970: what is counted from there is never negative."""

_LEAP = timedelta(days=14)
"""No zone puts its clocks forward and back again within so many days."""

_KNOWN = (datetime(1900, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
"""Outside of these years a zone is as far ahead as at their ends."""


class StoryDays:
    """The day of each story of an index: two bytes a story. A million take half a second, and a list of them a tenth.

    Stories without a date are of one day.

    Args:
        connection: the index.
        zone: the time zone in which days begin; None for the system's.
    """

    def __init__(self, connection: sqlite3.Connection, zone: tzinfo | None) -> None:
        found = read_ids(connection, f"SELECT id, {_day(connection, zone)} AS day FROM stories", columns=("id", "day"))  # noqa: S608 — numbers
        stories, days = found[0::2], found[1::2]
        first = min((day for day in days if day != _NO_DAY), default=0)
        is_short = greatest(days) - first < _MOST_SHORT
        self._days = array("H" if is_short else ID, [_NO_DAY]) * (greatest(stories) + 1)
        for story, day in zip(stories, days, strict=True):
            if day != _NO_DAY:
                self._days[story] = day - first + 1

    def starts(self, stories: array[int]) -> array[int]:
        """The places in a list at which another day begins than that of the story before; the first is one of them.

        Args:
            stories: their ids, in the order of the list.
        """
        return _starts(len(stories), lambda part: map(self._days.__getitem__, stories[part]))


def starts_of_newest(connection: sqlite3.Connection, zone: tzinfo | None) -> tuple[int, array[int]]:
    """As `StoryDays.starts`, of all stories with the newest first, for which the day of each need not be kept.

    Returns:
        How many stories there are, and the places.
    """
    select = f"SELECT {_day(connection, zone)} AS day FROM stories ORDER BY {ORDERS[Sort.NEWEST]}"  # noqa: S608 — numbers
    days = read_ids(connection, select, columns=("day",))
    return len(days), _starts(len(days), lambda part: days[part])


def _starts(length: int, days_of: Callable[[slice], Iterable[int]]) -> array[int]:
    """Where the day is another than the one before, in a list that is given in parts."""
    found, before = ids(), -1
    for start in range(0, length, _CHUNK):
        days = list(days_of(slice(start, start + _CHUNK)))
        found.extend(compress(count(start), map(operator.ne, days, chain((before,), days))))
        before = days[-1]
    return found


def _day(connection: sqlite3.Connection, zone: tzinfo | None) -> str:
    """An expression of a story's day, counted from year 1 on."""
    shift = f"CASE WHEN dated = {TIME} THEN {_ahead(connection, zone)} ELSE 0 END"
    return f"coalesce((published + {_FROM_YEAR_1} + {shift}) / {_DAY} + 1, {_NO_DAY})"


def _ahead(connection: sqlite3.Connection, zone: tzinfo | None) -> str:
    """An expression that says how many seconds a zone is ahead of UTC at `published`."""
    ends = connection.execute(
        "SELECT (SELECT min(published) FROM stories), (SELECT max(published) FROM stories)"
    ).fetchone()
    if None in ends:
        return "0"
    first, last = (datetime.fromtimestamp(0, UTC) + timedelta(seconds=end) for end in ends)
    first, last = (min(max(end, _KNOWN[0]), _KNOWN[1]) for end in (first, last))
    *changes, (_, at_last) = _offsets(zone, first, last)
    cases = " ".join(f"WHEN published < {until} THEN {ahead}" for until, ahead in changes)
    return f"CASE {cases} ELSE {at_last} END" if cases else str(at_last)


def _offsets(zone: tzinfo | None, first: datetime, last: datetime) -> Iterator[tuple[int, int]]:
    """How many seconds a zone is ahead of UTC, each with the second until which it is; the last holds on."""

    def ahead(when: datetime) -> int:
        return round((when.astimezone(zone).utcoffset() or timedelta()).total_seconds())

    while first < last:
        leap = min(first + _LEAP, last)
        before = ahead(first)
        if ahead(leap) != before:
            low, high = int(first.timestamp()), int(leap.timestamp())
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if ahead(datetime.fromtimestamp(middle, UTC)) == before else (low, middle)
            yield high, before
        first = leap
    yield 0, ahead(last)
