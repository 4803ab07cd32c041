"""Finds where days begin in a list of stories that goes by time.

SQLite works out the day of each story, without the interpreter's lock, so that the thread that draws goes on meanwhile.
"""

from __future__ import annotations

import operator
import sqlite3
from array import array
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import chain, compress, count

from reader.library.index.lists.id_arrays import ID, ids, read_in_portions
from reader.library.index.lists.orders import ORDERS
from reader.library.index.rows import TIME
from reader.library.query.query import Sort

_DAY = 86_400
"""Seconds of a day."""

_NO_DAY = 0
"""The day of stories without a date; other days are counted from 1."""

_MOST_SHORT = 65_535
"""The greatest number that two bytes hold."""

_CHUNK = 1 << 15
"""Stories that are gone over at a time: other threads wait meanwhile."""

_FROM_YEAR_1 = 719_162 * _DAY
"""Seconds from the beginning of year 1 to 1970. Times counted from there are never negative, which division needs."""

_LEAP = timedelta(days=14)
"""No time zone puts its clocks forward and back again within so short a time."""

_KNOWN = (datetime(1900, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
"""Before and after these years a time zone is taken to be as far ahead of UTC as at their beginning or end."""


class StoryDays:
    """The day of each story of an index, usually in two bytes. A million take half a second, a list of them a tenth.

    All stories without a date are on one day. To be made within a transaction.

    Args:
        connection: the index.
        zone: the time zone in which days begin; None for the system's.
    """

    def __init__(self, connection: sqlite3.Connection, zone: tzinfo | None) -> None:
        day = _day(connection, zone)
        first, last = _ends(connection, day)
        most = connection.execute("SELECT ifnull(max(id), 0) FROM stories").fetchone()[0]
        self._days = array("H" if last - first < _MOST_SHORT else ID, [_NO_DAY]) * (most + 1)
        select = f"SELECT id, {day} AS day FROM stories ORDER BY {ORDERS[Sort.NEWEST]}"  # noqa: S608 — numbers
        for part in read_in_portions(connection, select, ("id", "day")):
            for story, on in zip(part[0::2], part[1::2], strict=True):
                if on != _NO_DAY:
                    self._days[story] = on - first + 1

    def starts(self, stories: array[int]) -> array[int]:
        """The places in a list at which the day is another than that of the story before, the first place included.

        Args:
            stories: the ids of the stories, in the order of the list.
        """
        chunks = (stories[start : start + _CHUNK] for start in range(0, len(stories), _CHUNK))
        return _starts([*map(self._days.__getitem__, chunk)] for chunk in chunks)


def starts_of_newest(connection: sqlite3.Connection, zone: tzinfo | None) -> tuple[int, array[int]]:
    """As `StoryDays.starts`, for the list of all stories, the newest first: no day needs to be kept for that.

    To be called within a transaction.

    Returns:
        How many stories there are, and the places.
    """
    select, length = f"SELECT {_day(connection, zone)} AS day FROM stories ORDER BY {ORDERS[Sort.NEWEST]}", 0  # noqa: S608 — numbers

    def chunks() -> Iterator[list[int]]:
        nonlocal length
        for days in read_in_portions(connection, select, ("day",)):
            length += len(days)
            yield from (days[start : start + _CHUNK].tolist() for start in range(0, len(days), _CHUNK))

    starts = _starts(chunks())
    return length, starts


def _starts(chunks: Iterable[list[int]]) -> array[int]:
    """The places at which the day is another than the one before; the days come a chunk at a time."""
    found, before, start = ids(), -1, 0
    for days in chunks:
        found.extend(compress(count(start), map(operator.ne, days, chain((before,), days))))
        before, start = days[-1], start + len(days)
    return found


def _ends(connection: sqlite3.Connection, day: str) -> tuple[int, int]:
    """Two days, no earlier and no later than which any story is.

    A day's room is left, as where clocks are put back at midnight the next second may be on the day before.
    """
    ends = "SELECT min(published) FROM stories UNION SELECT max(published) FROM stories"
    sql = f"SELECT min(day) - 1, max(day) + 1 FROM (SELECT {day} AS day FROM stories WHERE published IN ({ends}))"  # noqa: S608 — numbers
    first, last = connection.execute(sql).fetchone()
    return (0, 0) if first is None else (first, last)


def _day(connection: sqlite3.Connection, zone: tzinfo | None) -> str:
    """The SQL of a story's day in a time zone, the first of year 1 being 1; `_NO_DAY` without a date."""
    shift = f"CASE WHEN dated = {TIME} THEN {_ahead(connection, zone)} ELSE 0 END"
    return f"coalesce((published + {_FROM_YEAR_1} + {shift}) / {_DAY} + 1, {_NO_DAY})"


def _ahead(connection: sqlite3.Connection, zone: tzinfo | None) -> str:
    """The SQL of how many seconds a time zone is ahead of UTC at `published`."""
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
    """How far a time zone is ahead of UTC from a first time to a last, period by period.

    Yields:
        The end of a period, in seconds since 1970, and how many seconds the zone is ahead in it. The last period has
        no end: 0 stands for it.
    """

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
