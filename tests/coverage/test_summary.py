from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from reader.base.wording import plural
from reader.coverage.model import CoverageArticle
from reader.coverage.summary import by_day, sum_up
from reader.coverage.timeline import Timing, timing

NOW = datetime(2020, 2, 21, 9, 0, tzinfo=UTC)
WHEN = datetime(2020, 2, 20, 16, 53, tzinfo=UTC)
EAST = timezone(timedelta(hours=9))


def article(key: str, published: datetime | date | None, outlet: str = "", copy: int | None = None) -> CoverageArticle:
    return CoverageArticle(key, f"Title {key}", outlet=outlet or f"{key}.test", published=published, copy=copy)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (None, Timing.MISSING),
        (WHEN, Timing.TIME),
        (NOW, Timing.TIME),
        (NOW + timedelta(minutes=1), Timing.FUTURE),
        (date(2020, 2, 20), Timing.DAY),
        (date(2020, 2, 21), Timing.DAY),
        (date(2020, 2, 22), Timing.FUTURE),
    ],
)
def test_what_is_known_of_a_time(when: datetime | date | None, expected: Timing) -> None:
    assert timing(when, NOW) is expected


def test_a_day_that_has_begun_somewhere_is_not_in_the_future() -> None:
    assert timing(date(2020, 2, 22), NOW.replace(hour=10)) is Timing.DAY


def test_articles_are_summed_up() -> None:
    told = sum_up(
        [
            article("a", WHEN),
            article("b", WHEN - timedelta(days=1), copy=1),
            article("c", WHEN, copy=1),
            article("d", None),
            article("e", date(2020, 2, 18)),
            article("f", NOW + timedelta(days=300)),
            article("g", WHEN, outlet="a.test"),
        ],
        NOW,
        UTC,
    )
    assert (told.articles, told.outlets, told.independent) == (7, 6, 5)
    assert told.earliest is not None
    assert told.earliest.key == "e"
    assert (told.first, told.last, told.days) == (date(2020, 2, 18), date(2020, 2, 20), 3)


def test_without_any_known_time_there_is_no_earliest_and_no_span() -> None:
    told = sum_up([article("a", None), article("b", NOW + timedelta(days=1))], NOW, UTC)
    assert (told.earliest, told.days, told.articles) == (None, 0, 2)
    assert sum_up([], NOW, UTC).outlets == 0


def test_articles_by_the_day_of_a_zone() -> None:
    articles = [article("a", None), article("b", WHEN), article("c", date(2020, 2, 20)), article("d", WHEN)]
    assert [(day, [one.key for one in some]) for day, some in by_day(articles, UTC)] == [
        (date(2020, 2, 20), ["c", "b", "d"]),
        (None, ["a"]),
    ]
    assert [day for day, _ in by_day(articles, EAST)] == [date(2020, 2, 20), date(2020, 2, 21), None]


def test_counts_with_their_nouns() -> None:
    assert [plural(count, "outlet") for count in (0, 1, 1200)] == ["0 outlets", "1 outlet", "1,200 outlets"]
