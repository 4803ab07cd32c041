"""Where days begin in a list of stories that goes by time. SQLite goes over the list: the thread that draws goes on."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo

from reader.library.index.rows import TIME

_DAY = 86_400
_FROM_YEAR_1 = 719_162 * _DAY
"""Seconds from the beginning of year 1 to 1970: what is counted from there is never negative."""

_LEAP = timedelta(days=14)
"""No zone puts its clocks forward and back again within so many days."""

_KNOWN = (datetime(1900, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
"""Outside of these years a zone is as far ahead as at their ends."""


def day_starts(connection: sqlite3.Connection, ids: array[int], zone: tzinfo | None) -> array[int]:
    """The places in a list at which another day begins than that of the story before; the first place is one of them.

    Stories without a date are of one day.

    Args:
        connection: the index.
        ids: the stories, in the order of the list; those that are gone are of no day.
        zone: the time zone in which days begin; None for the system's.
    """
    if not ids:
        return array("q")
    day = f"(published + {_FROM_YEAR_1} + CASE WHEN dated = {TIME} THEN {_ahead(connection, zone)} ELSE 0 END) / {_DAY}"
    rows = connection.execute(
        f"""SELECT place FROM (
                SELECT place, day, lag(day) OVER (ORDER BY place) AS before FROM (
                    SELECT j.key AS place, {day} AS day
                    FROM json_each(?) j LEFT JOIN stories s ON s.id = j.value))
            WHERE place = 0 OR day IS NOT before ORDER BY place""",  # noqa: S608 — numbers
        (f"[{','.join(map(str, ids))}]",),
    )
    return array("q", (place for (place,) in rows))


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
