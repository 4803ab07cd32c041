"""Where days begin in a list by time."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.base.times import local_day
from reader.library.index.lists import id_arrays
from reader.library.index.lists.days import StoryDays, starts_of_newest
from reader.library.index.lists.id_arrays import read_ids
from reader.library.index.rows import DATE_ALONE, NO_DATE, TIME, published_from

ZONES = [UTC, ZoneInfo("Europe/London"), ZoneInfo("America/New_York"), ZoneInfo("Asia/Kathmandu")]
START = datetime(2019, 3, 1, tzinfo=UTC)


@contextmanager
def index_of(times: list[tuple[int | None, int]]) -> Iterator[sqlite3.Connection]:
    """As much of an index as days need."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE stories (id INTEGER PRIMARY KEY, tie, published INTEGER, dated INTEGER)")
        rows = [(number, number, *one) for number, one in enumerate(times, start=1)]
        connection.executemany("INSERT INTO stories VALUES (?, ?, ?, ?)", rows)
        yield connection


@given(
    st.lists(st.tuples(st.integers(-90_000, 90_000), st.sampled_from([NO_DATE, DATE_ALONE, TIME]))),
    st.sampled_from(ZONES),
)
def test_each_place_is_one_where_the_day_is_another(minutes: list[tuple[int, int]], zone: ZoneInfo) -> None:
    times: list[tuple[int | None, int]] = []
    for minute, dated in minutes:
        seconds = int((START + timedelta(minutes=minute * 10)).timestamp())
        times.append(
            (None if dated == NO_DATE else seconds // 86_400 * 86_400 if dated == DATE_ALONE else seconds, dated)
        )
    days: list[date | None] = []
    for published, dated in times:
        when = published_from(published, dated)
        days.append(None if when is None else local_day(when, zone))
    runs = [len(list(run)) for _, run in groupby(days)]
    expected = [sum(runs[:number]) for number in range(len(runs))]
    with index_of(times) as connection:
        found = StoryDays(connection, zone).starts(array("q", range(1, len(times) + 1)))
    assert list(found) == expected


@given(
    st.lists(st.tuples(st.integers(-90_000, 90_000), st.sampled_from([NO_DATE, DATE_ALONE, TIME]))),
    st.sampled_from(ZONES),
)
def test_days_of_all_stories_are_the_same(minutes: list[tuple[int, int]], zone: ZoneInfo) -> None:
    with index_of([(None if dated == NO_DATE else minute * 600, dated) for minute, dated in minutes]) as connection:
        newest = [row[0] for row in connection.execute("SELECT id FROM stories ORDER BY published DESC, tie")]
        length, starts = starts_of_newest(connection, zone)
        assert length == len(newest)
        assert starts == StoryDays(connection, zone).starts(array("I", newest))


@pytest.mark.parametrize("at_a_time", [1, 2, 5])
def test_days_are_read_in_portions(at_a_time: int, monkeypatch: pytest.MonkeyPatch) -> None:
    times: list[tuple[int | None, int]] = [(day * 86_400 // 2, TIME) for day in range(9)] + [(None, NO_DATE)] * 3
    sizes: list[int] = []

    def noted(*asked: Any) -> array[int]:
        part = read_ids(*asked)
        sizes.append(len(part))
        return part

    monkeypatch.setattr(id_arrays, "AT_A_TIME", at_a_time)
    monkeypatch.setattr(id_arrays, "read_ids", noted)
    with index_of(times) as connection:
        length, starts = starts_of_newest(connection, UTC)
        assert (length, list(starts)) == (len(times), [0, 1, 3, 5, 7, 9])
        newest = array("I", [*range(9, 0, -1), 10, 11, 12])
        assert StoryDays(connection, UTC).starts(newest) == starts
    assert max(sizes) == 2 * at_a_time, "the id and the day of each story"


@pytest.mark.parametrize("seconds", [-62_135_596_800, 253_402_300_799])
def test_the_ends_of_all_years_are_days(seconds: int) -> None:
    with index_of([(seconds, TIME), (0, TIME)]) as connection:
        assert list(StoryDays(connection, ZONES[1]).starts(array("q", [1, 2, 1]))) == [0, 1, 2]
