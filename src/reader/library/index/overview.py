"""What a set of stories is made of: its outlets, its topics, and how many stories each day brought."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from typing import NamedTuple

from reader.library.index.rows import NO_DATE, TIME, TopicCount

_QUARTER = 900
_QUARTERS_A_DAY = 86_400 // _QUARTER
_FROM_YEAR_1 = 62_135_596_800
"""Seconds from the start of year 1 to 1970: added, all times are above 0, where SQLite's division rounds down."""


class OutletCount(NamedTuple):
    """An outlet among some stories.

    Attributes:
        name: as the screen shows it; empty where no outlet is known.
        stories: how many of them it published.
        earliest: how many of these are the earliest known article of an event.
    """

    name: str
    stories: int
    earliest: int


class DayCount(NamedTuple):
    """A day and how many stories it brought."""

    day: date
    stories: int


class Overview(NamedTuple):
    """What some stories are made of.

    Attributes:
        stories: how many there are.
        outlets: those with the most stories first.
        topics: the largest first; `stories` counts only these stories.
        days: each day that has stories with their number, in order.
        undated: how many stories have no date.
    """

    stories: int
    outlets: list[OutletCount]
    topics: list[TopicCount]
    days: list[DayCount]
    undated: int


def overview(connection: sqlite3.Connection, ids: Sequence[int], zone: tzinfo | None = UTC) -> Overview:
    """Count what some stories are made of.

    Args:
        connection: the index.
        ids: of the stories; those that are gone are left out.
        zone: the time zone in which days begin; None for the system's.
    """
    connection.execute("CREATE TEMP TABLE listed (id INTEGER PRIMARY KEY)")
    try:
        connection.execute("INSERT OR IGNORE INTO listed SELECT value FROM json_each(?)", (json.dumps(list(ids)),))
        rows = [_Quarter(*row) for row in connection.execute(_QUARTERS)]
        days: Counter[date] = Counter()
        for local in _local_days(rows, zone):
            days[local.day] += local.stories
        return Overview(
            stories=sum(row.stories for row in rows),
            outlets=_outlets(connection),
            topics=[TopicCount(*row) for row in connection.execute(_TOPICS)],
            days=sorted(map(DayCount._make, days.items())),
            undated=sum(row.stories for row in rows if row.dated == NO_DATE),
        )
    finally:
        connection.execute("DROP TABLE listed")


def _outlets(connection: sqlite3.Connection) -> list[OutletCount]:
    earliest: dict[str, int] = dict(connection.execute(_EARLIEST))
    outlets = [OutletCount(name, stories, earliest.get(key, 0)) for key, name, stories in connection.execute(_OUTLETS)]
    return sorted(outlets, key=lambda one: (-one.stories, -one.earliest, one.name))


# Questions about the stories of the table `listed`. CROSS JOIN holds SQLite to this order: the one it would choose
# looks through all events for each story.

_OUTLET = "coalesce(nullif(s.outlet, ''), s.provider)"
"""What tells a story's outlet from others."""

_OUTLETS = f"""
SELECT {_OUTLET}, coalesce(nullif(max(s.provider), ''), s.outlet), count(*)
FROM listed l CROSS JOIN stories s ON s.id = l.id GROUP BY 1
"""  # noqa: S608 — constants

_TOPICS = """
SELECT t.name, x.stories FROM topics t JOIN (
    SELECT y.topic, count(*) AS stories FROM listed l CROSS JOIN story_topics y ON y.story = l.id GROUP BY 1) x
ON x.topic = t.id ORDER BY 2 DESC, 1
"""

_QUARTERS = f"""
SELECT s.dated, (s.published + {_FROM_YEAR_1}) / {_QUARTER}, count(*)
FROM listed l CROSS JOIN stories s ON s.id = l.id GROUP BY 1, 2
"""  # noqa: S608 — constants
"""Stories by how much is known of their time, and by the quarter of an hour since year 1, UTC."""

_EARLIEST = f"""
SELECT {_OUTLET}, count(DISTINCT s.article)
FROM events e CROSS JOIN stories s ON s.article = e.id CROSS JOIN listed l ON l.id = s.id GROUP BY 1
"""  # noqa: S608 — constants
"""How many events have a listed story as their earliest known article, by outlet."""


class _Quarter(NamedTuple):
    """How many stories a quarter of an hour brought.

    Attributes:
        dated: how much is known of their times.
        quarter: since year 1, UTC; None where no time is known.
        stories: how many.
    """

    dated: int
    quarter: int | None
    stories: int


def _local_days(rows: Sequence[_Quarter], zone: tzinfo | None) -> Iterator[DayCount]:
    """Numbers of stories by the day of a zone; a day may come several times."""

    @cache
    def shift(quarter: int) -> int:
        """How many quarters of an hour the zone is ahead of UTC; every zone of today is off by whole ones."""
        when = datetime(1, 1, 1, tzinfo=UTC) + timedelta(seconds=quarter * _QUARTER)
        ahead = when.astimezone(zone).utcoffset() or timedelta()
        return round(ahead.total_seconds() / _QUARTER)

    for dated, quarter, stories in rows:
        if dated == NO_DATE or quarter is None:
            continue
        local = quarter
        if dated == TIME:
            start = quarter - quarter % _QUARTERS_A_DAY
            steady = shift(start) == shift(start + _QUARTERS_A_DAY)
            local += shift(start) if steady else shift(quarter)
        yield DayCount(date.fromordinal(local // _QUARTERS_A_DAY + 1), stories)
