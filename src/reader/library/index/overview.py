"""Counts what some stories are made of: their outlets, their topics, and how many of them are of each day."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from itertools import compress
from typing import NamedTuple

from reader.library.index.lists.id_arrays import greatest
from reader.library.index.rows import NO_DATE, TIME, TopicCount

FIRST_PORTION, MOST_IN_PORTION = 5_000, 80_000
"""Ids of the first portion that is counted, and of the largest; each is twice as large as the one before."""

_QUARTER = 900
"""Seconds of a quarter of an hour: SQLite counts stories by these, and days of a time zone are made of them."""

_QUARTERS_A_DAY = 86_400 // _QUARTER
_FROM_YEAR_1 = 62_135_596_800
"""Seconds from the start of year 1 to 1970. With these, all times are above 0, where SQLite's division rounds down."""


class OutletCount(NamedTuple):
    """An outlet among some stories.

    Attributes:
        name: its name for a person; empty where no outlet is known.
        stories: how many of the stories it published.
        earliest: how many articles among these are the earliest known of an event.
    """

    name: str
    stories: int
    earliest: int


class DayCount(NamedTuple):
    """A day and how many stories were published on it."""

    day: date
    stories: int


class Overview(NamedTuple):
    """What some stories are made of, as far as they have been counted.

    Attributes:
        stories: how many stories have been counted.
        outlets: the outlets, those with the most stories first.
        topics: the topics, those with the most stories first, with their numbers among these stories.
        days: each day that has stories, in order.
        undated: how many of the stories have no date.
        left: how many stories are still to be counted.
    """

    stories: int
    outlets: list[OutletCount]
    topics: list[TopicCount]
    days: list[DayCount]
    undated: int
    left: int = 0


class Counting:
    """Counts what some stories are made of, a portion of them at a time, so that the first figures come soon.

    A portion has the stories of a range of ids, as their rows are side by side in the file.

    Args:
        ids: the ids of the stories; those that are gone are not counted.
        zone: the time zone in which days begin; None for the system's.
    """

    def __init__(self, ids: array[int], zone: tzinfo | None = UTC) -> None:
        self._listed = bytearray(greatest(ids) + 1)
        for story in ids:
            self._listed[story] = 1
        self._zone = zone
        self._next, self._portion = 0, FIRST_PORTION
        self._stories: Counter[str] = Counter()
        self._names: dict[str, str] = {}
        self._earliest: Counter[str] = Counter()
        self._counted_events = bytearray()
        self._topics: Counter[str] = Counter()
        self._days: Counter[date] = Counter()
        self._undated = 0

    def count_some(self, connection: sqlite3.Connection) -> Overview:
        """Count one more portion; gives what is counted so far."""
        asked = self._next_portion()
        for key, name, stories in connection.execute(_OUTLETS, asked):
            self._stories[key] += stories
            self._names[key] = max(self._names.get(key, ""), name)
        self._count_earliest(connection.execute(_EARLIEST, asked).fetchall())
        for topics, stories in connection.execute(_TOPICS, asked):
            for topic in topics.split("\n"):
                self._topics[topic] += stories
        quarters = [_Quarter(*row) for row in connection.execute(_QUARTERS, asked)]
        for local in _local_days(quarters, self._zone):
            self._days[local.day] += local.stories
        self._undated += sum(row.stories for row in quarters if row.dated == NO_DATE)
        return self._so_far()

    def _next_portion(self) -> dict[str, int | str]:
        """The parameters of statements for the next portion: its first and last id, and the stories among these."""
        listed, start = self._listed, self._next
        end = min(start + self._portion, len(listed))
        while end < len(listed) and not listed.count(1, start, end):
            end = min(end + self._portion, len(listed))
        self._next, self._portion = end, min(2 * self._portion, MOST_IN_PORTION)
        stories = [*compress(range(start, end), memoryview(listed)[start:end])]
        return {"low": start, "high": end - 1, "stories": json.dumps(stories)}

    def _count_earliest(self, rows: Iterable[tuple[str, int]]) -> None:
        """Count the earliest articles of events, each once: several files may be one article."""
        for key, event in rows:
            if event >= len(self._counted_events):
                self._counted_events.extend(bytes(event + 1))
            self._earliest[key] += not self._counted_events[event]
            self._counted_events[event] = 1

    def _so_far(self) -> Overview:
        outlets = [
            OutletCount(self._names[key] or key, stories, self._earliest[key]) for key, stories in self._stories.items()
        ]
        return Overview(
            stories=sum(self._stories.values()),
            outlets=sorted(outlets, key=lambda one: (-one.stories, -one.earliest, one.name)),
            topics=sorted(map(TopicCount._make, self._topics.items()), key=lambda one: (-one.stories, one.name)),
            days=sorted(map(DayCount._make, self._days.items())),
            undated=self._undated,
            left=self._listed.count(1, self._next),
        )


# Questions about the stories of a portion. CROSS JOIN holds SQLite to this order of tables: by its own it would look
# through all events for each story.

_OUTLET = "coalesce(nullif(s.outlet, ''), s.provider)"
"""The SQL of what identifies a story's outlet: its domain, or else its name."""

_PORTION = "BETWEEN :low AND :high AND {} IN (SELECT value FROM json_each(:stories))"

_OUTLETS = f"""
SELECT {_OUTLET}, max(s.provider), sum(x.stories) FROM (
    SELECT y.provider, count(*) AS stories FROM known_stories y WHERE y.id {_PORTION.format("y.id")} GROUP BY 1) x
JOIN providers s ON s.id = x.provider GROUP BY 1
"""  # noqa: S608 — constants

_TOPICS = f"""
SELECT s.topics, count(*) FROM stories s WHERE s.topics <> '' AND s.id {_PORTION.format("s.id")} GROUP BY 1
"""  # noqa: S608 — constants
"""How many stories have the same topics. The topics of a story are one text, with a line for each."""

_QUARTERS = f"""
SELECT s.dated, (s.published + {_FROM_YEAR_1}) / {_QUARTER}, count(*)
FROM stories s WHERE s.id {_PORTION.format("s.id")} GROUP BY 1, 2
"""  # noqa: S608 — constants
"""How many stories are of each quarter of an hour, counted from year 1 in UTC, and by how much is known of the time."""

_EARLIEST = f"""
SELECT {_OUTLET}, e.id FROM stories s CROSS JOIN events e ON e.id = s.article WHERE s.id {_PORTION.format("s.id")}
"""  # noqa: S608 — constants
"""The events that have a story as their earliest known article, with its outlet."""


class _Quarter(NamedTuple):
    """How many stories were published in a quarter of an hour.

    Attributes:
        dated: how much is known of their times: `NO_DATE`, `DATE_ALONE` or `TIME`.
        quarter: which quarter, counted from year 1 in UTC; None where no time is known.
        stories: how many stories.
    """

    dated: int
    quarter: int | None
    stories: int


def _local_days(rows: Sequence[_Quarter], zone: tzinfo | None) -> Iterator[DayCount]:
    """How many stories there are by the days of a time zone; a day may come several times."""

    @cache
    def shift(quarter: int) -> int:
        """How many quarters of an hour the zone is ahead of UTC; all zones of today are so by whole quarters."""
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
