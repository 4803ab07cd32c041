from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.coverage.model import CoverageArticle, time_key
from reader.coverage.timeline import earliest, place


def at(hour: int, minute: int = 0, *, day: int = 20) -> datetime:
    return datetime(2020, 2, day, hour, minute, tzinfo=UTC)


def article(key: str, published: datetime | date | None, outlet: str = "") -> CoverageArticle:
    return CoverageArticle(key, f"Headline {key}", published=published, outlet=outlet)


def keys(articles: list[CoverageArticle]) -> str:
    return "".join(one.key for one in articles)


def test_articles_go_by_time_a_date_alone_first_and_those_without_last() -> None:
    articles = [
        article("f", None, "b.test"),
        article("e", None, "a.test"),
        article("d", at(9, day=21)),
        article("b", at(0)),
        article("c", datetime(2020, 2, 20, 17, tzinfo=timezone(timedelta(hours=5)))),
        article("a", date(2020, 2, 20)),
    ]
    assert keys(sorted(articles, key=time_key)) == "abcdef"


def test_articles_of_one_moment_go_by_outlet_then_by_key() -> None:
    articles = [article("c", at(9), "b.test"), article("b", at(9), "a.test"), article("a", at(9), "a.test")]
    assert keys(sorted(articles, key=time_key)) == "abc"


@pytest.mark.parametrize(
    ("published", "first"),
    [
        ([], None),
        ([None, None], None),
        ([at(10), at(9), None], 1),
        ([date(2020, 2, 21), date(2020, 2, 20)], 1),
        ([None, date(2020, 2, 20)], 1),
        ([at(9), date(2020, 2, 19)], 1),
        ([at(0), date(2020, 2, 19)], 1),
        ([at(9), date(2020, 2, 20)], 0),
        ([at(23, 59), date(2020, 2, 20)], 0),
        ([at(9), date(2020, 2, 21)], 0),
        ([date(2020, 2, 20), date(2020, 2, 18), at(9)], 1),
    ],
)
def test_the_earliest_known(published: list[datetime | date | None], first: int | None) -> None:
    articles = [article(str(number), when) for number, when in enumerate(published)]
    found = earliest(articles)
    assert found == (None if first is None else articles[first])


def test_each_article_has_its_offset_to_the_earliest() -> None:
    articles = [article("c", None), article("b", at(11, 54)), article("d", date(2020, 2, 20)), article("a", at(9))]
    placed = place(articles)
    assert [(one.article.key, one.offset, one.is_earliest) for one in placed] == [
        ("d", None, False),
        ("a", timedelta(0), True),
        ("b", timedelta(hours=2, minutes=54), False),
        ("c", None, False),
    ]


def test_nothing_has_an_offset_to_a_date_alone() -> None:
    placed = place([article("b", at(9)), article("a", date(2020, 2, 18))])
    assert [(one.article.key, one.offset, one.is_earliest) for one in placed] == [("a", None, True), ("b", None, False)]
    assert place([]) == []
    assert [one.is_earliest for one in place([article("a", None)])] == [False]


def test_only_one_of_two_equal_articles_is_the_earliest() -> None:
    placed = place([article("a", at(9), "a.test"), article("b", at(9), "a.test")])
    assert [(one.article.key, one.offset, one.is_earliest) for one in placed] == [
        ("a", timedelta(0), True),
        ("b", timedelta(0), False),
    ]


WHEN = st.none() | st.dates() | st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=st.just(UTC))


@given(st.lists(WHEN, max_size=8))
def test_placing_keeps_every_article_and_no_offset_is_before_the_start(published: list[datetime | date | None]) -> None:
    articles = [article(str(number), when) for number, when in enumerate(published)]
    placed = place(articles)
    assert sorted(one.article.key for one in placed) == sorted(one.key for one in articles)
    assert sum(one.is_earliest for one in placed) == (1 if any(published) else 0)
    assert all(one.offset is None or one.offset >= timedelta(0) for one in placed)


def test_a_time_in_the_future_is_not_the_earliest_known() -> None:
    now = at(12)
    articles = [article("a", at(13)), article("b", date(2020, 2, 23)), article("c", at(12, 30))]
    assert earliest(articles, now) is None
    assert [placed.offset for placed in place(articles, now)] == [None, None, None]
    known = article("d", at(11))
    placed = {one.article.key: one for one in place([*articles, known], now)}
    assert placed["d"].is_earliest
    assert placed["c"].offset == timedelta(hours=1, minutes=30)
    assert earliest(articles) == articles[2], "without a clock every time counts"
