"""The small bar of articles in each hour or day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.coverage.density import BLOCKS, MOST_STEPS, density
from reader.coverage.model import CoverageArticle

START = datetime(2020, 2, 20, 9, tzinfo=UTC)


def articles(*times: datetime | date | None) -> list[CoverageArticle]:
    return [CoverageArticle(str(number), "", published=when) for number, when in enumerate(times)]


def test_by_hour_within_two_days() -> None:
    told = density(articles(START, START, START + timedelta(hours=1), START + timedelta(hours=3, minutes=59)), UTC)
    assert told is not None
    assert (told.counts, told.step) == ((2, 1, 0, 1), "hour")
    assert told.bar == "█▄ ▄"


def test_by_day_where_it_is_longer_or_a_time_of_day_is_missing() -> None:
    longer = density(articles(START, START + timedelta(days=1), START + timedelta(days=2, hours=1)), UTC)
    assert longer is not None
    assert (longer.counts, longer.step, longer.first, longer.last) == (
        (1, 1, 1),
        "day",
        date(2020, 2, 20),
        date(2020, 2, 22),
    )
    dated = density(articles(START, START, date(2020, 2, 21)), UTC)
    assert dated is not None
    assert (dated.counts, dated.step) == ((2, 1), "day")


def test_months_go_in_steps_of_several_days() -> None:
    told = density(articles(START, START, START + timedelta(days=100)), UTC)
    assert told is not None
    assert told.step == "3 days"
    assert sum(told.counts) == 3


@pytest.mark.parametrize("times", [(), (START, START), (START, START, None)])
def test_little_tells_nothing(times: tuple[datetime | None, ...]) -> None:
    assert density(articles(*times), UTC) is None


@given(st.lists(st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1)), min_size=3, max_size=60), st.integers(4, 60))
def test_every_article_counts_once_and_the_bar_has_room(times: list[datetime], most: int) -> None:
    told = density(articles(*(when.replace(tzinfo=UTC) for when in times)), UTC, most)
    assert told is not None
    assert sum(told.counts) == len(times)
    assert len(told.bar) == len(told.counts) <= max(most, 1)
    assert set(told.bar) <= set(BLOCKS)
    assert all((count > 0) == (sign != " ") for count, sign in zip(told.counts, told.bar, strict=True))
    assert MOST_STEPS >= 8
