from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from reader.base.times import ago, day_text, local_day, long_time, offset_text, recent_day, short_day, weekday

pytestmark = pytest.mark.versions

NOW = datetime(2020, 2, 21, 12, 0, tzinfo=UTC)
EAST = timezone(timedelta(hours=9))
WEST = timezone(timedelta(hours=-8))


def test_a_day_begins_where_the_zone_says() -> None:
    late = datetime(2020, 2, 20, 23, 30, tzinfo=UTC)
    assert [local_day(late, zone).day for zone in (WEST, UTC, EAST)] == [20, 20, 21]
    assert local_day(date(2020, 2, 20), EAST) == date(2020, 2, 20)
    assert day_text(date(2020, 2, 5)) == "Wed 5 Feb 2020"


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (None, "no date"),
        (datetime(2020, 2, 21, 9, 5, tzinfo=UTC), "09:05"),
        (date(2020, 2, 21), "today"),
        (datetime(2020, 2, 20, 9, 5, tzinfo=UTC), "20 Feb"),
        (date(2020, 1, 1), "1 Jan"),
        (date(2019, 12, 31), "31 Dec 2019"),
    ],
)
def test_a_time_in_a_list(when: datetime | date | None, words: str) -> None:
    assert short_day(when, UTC, NOW) == words


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (None, "no date"),
        (NOW, "0m"),
        (NOW - timedelta(minutes=59), "59m"),
        (NOW - timedelta(hours=3), "3h"),
        (NOW + timedelta(minutes=5), f"{NOW + timedelta(minutes=5):%H:%M}"),
        (NOW.date(), "today"),
        (NOW - timedelta(days=1), "yesterday"),
        (NOW.date() - timedelta(days=1), "yesterday"),
        (NOW - timedelta(days=6), "6d"),
        (NOW - timedelta(days=7), "14 Feb"),
        (NOW + timedelta(days=1), "22 Feb"),
    ],
)
def test_a_time_of_the_last_days_in_a_list(when: datetime | date | None, words: str) -> None:
    assert recent_day(when, UTC, NOW) == words


@pytest.mark.parametrize(
    ("days", "words"), [(0, "today"), (1, "yesterday"), (2, "Wed 19 Feb"), (60, "Mon 23 Dec 2019"), (-1, "Sat 22 Feb")]
)
def test_a_day_as_a_heading(days: int, words: str) -> None:
    assert weekday(NOW.date() - timedelta(days=days), NOW.date()) == words


def test_a_time_in_full() -> None:
    assert long_time(None, UTC) == "no date"
    assert long_time(date(2020, 2, 20), EAST) == "Thu 20 Feb 2020"
    assert long_time(datetime(2020, 2, 20, 16, 53, tzinfo=UTC), UTC) == "Thu 20 Feb 2020 16:53 UTC"
    assert long_time(datetime(2020, 2, 20, 16, 53, tzinfo=UTC), EAST) == "Fri 21 Feb 2020 01:53 UTC+09:00"


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (None, ""),
        (NOW, "just now"),
        (NOW - timedelta(seconds=59), "just now"),
        (NOW - timedelta(minutes=1), "1 minute ago"),
        (NOW - timedelta(hours=3), "3 hours ago"),
        (NOW - timedelta(days=2), "2 days ago"),
        (NOW - timedelta(days=70), "2 months ago"),
        (NOW - timedelta(days=2200), "6 years ago"),
        (NOW + timedelta(days=2), "in 2 days"),
        (date(2020, 2, 21), "today"),
        (date(2020, 2, 20), "1 day ago"),
        (date(2020, 2, 23), "in 2 days"),
    ],
)
def test_how_long_ago(when: datetime | date | None, words: str) -> None:
    assert ago(when, NOW) == words


@pytest.mark.parametrize(
    ("offset", "words"),
    [
        (None, ""),
        (timedelta(0), ""),
        (timedelta(minutes=5), "+5m"),
        (timedelta(hours=2, minutes=54, seconds=59), "+2h 54m"),
        (timedelta(hours=47, minutes=59), "+1d 23h"),
        (timedelta(days=2), "+2d 0h"),
        (timedelta(days=9, hours=23), "+9d 23h"),
    ],
)
def test_how_much_later(offset: timedelta | None, words: str) -> None:
    assert offset_text(offset) == words
