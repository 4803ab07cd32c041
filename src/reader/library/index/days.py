"""Where days begin in a list of stories that goes by time. SQLite goes over the list: the thread that draws goes on."""

from __future__ import annotations

import operator
import sqlite3
from array import array
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import chain, compress, count, islice

from reader.library.index.rows import TIME

_DAY = 86_400
_FROM_YEAR_1 = 719_162 * _DAY
"""Seconds from the beginning of year 1 to 1970: what is counted from there is never negative."""

_LEAP = timedelta(days=14)
"""No zone puts its clocks forward and back again within so many days."""

_KNOWN = (datetime(1900, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
"""Outside of these years a zone is as far ahead as at their ends."""


class StoryDays:
    """The day of each story of an index: four bytes a story. 100,000 take about 60 ms, and a list of them then 10.

    Stories without a date are of one day.

    Args:
        connection: the index.
        zone: the time zone in which days begin; None for the system's.
    """

    def __init__(self, connection: sqlite3.Connection, zone: tzinfo | None) -> None:
        self.zone = zone
        # One value for each column: of 100,000 rows each would take the interpreter's lock from the thread that draws.
        shift = f"CASE WHEN dated = {TIME} THEN {_ahead(connection, zone)} ELSE 0 END"
        ids, days = connection.execute(
            f"""SELECT group_concat(id), group_concat(day) FROM (
                    SELECT id, coalesce((published + {_FROM_YEAR_1} + {shift}) / {_DAY}, -1) AS day
                    FROM stories ORDER BY id)"""  # noqa: S608 — numbers
        ).fetchone()
        stories = ids.split(",") if ids else []
        self._days = array("i", bytes(4 * (int(stories[-1]) + 1 if stories else 0)))
        for story, day in zip(stories, (days or "").split(","), strict=False):
            self._days[int(story)] = int(day)

    def starts(self, ids: array[int]) -> array[int]:
        """The places in a list at which another day begins than that of the story before; the first is one of them.

        Args:
            ids: the stories, in the order of the list.
        """
        days = list(map(self._days.__getitem__, ids))
        begins = map(operator.ne, islice(days, 1, None), days)
        return array("q", chain(range(min(len(days), 1)), compress(count(1), begins)))


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
