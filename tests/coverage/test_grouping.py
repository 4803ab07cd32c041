from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

import pytest

from reader.coverage.grouping import grouped
from reader.coverage.model import Coverage, CoverageArticle, Relation
from reader.coverage.reasons import Basis, Reason
from reader.coverage.ways import Grouping

EAST = timezone(timedelta(hours=9))
WEST = timezone(timedelta(hours=-8))


def article(
    key: str,
    published: datetime | date | None = None,
    *,
    provider: str = "",
    outlet: str = "",
    quality: int | None = None,
    story: int | None = None,
    event: int | None = 1,
) -> CoverageArticle:
    return CoverageArticle(
        key,
        f"Headline {key}",
        published=published,
        provider=provider,
        outlet=outlet,
        quality=quality,
        story=story,
        event=event,
    )


def labels(coverage: Coverage, grouping: Grouping, zone: tzinfo | None = UTC) -> list[tuple[str, str]]:
    """The groups, each with the keys of its articles in order."""
    groups = grouped(coverage, grouping, zone)
    return [(group.label, "".join(one.article.key for one in group.placed)) for group in groups]


TIMED = Coverage(
    article("f", datetime(2020, 2, 20, 2, tzinfo=UTC)),
    (
        article("x"),
        article("l", datetime(2020, 2, 20, 23, 30, tzinfo=UTC)),
        article("d", date(2020, 2, 20)),
        article("e", datetime(2020, 2, 18, 9, tzinfo=UTC)),
    ),
)


@pytest.mark.parametrize(
    ("zone", "groups"),
    [
        (UTC, [("Tue 18 Feb 2020", "e"), ("Thu 20 Feb 2020", "dfl"), ("no date", "x")]),
        (EAST, [("Tue 18 Feb 2020", "e"), ("Thu 20 Feb 2020", "df"), ("Fri 21 Feb 2020", "l"), ("no date", "x")]),
        (WEST, [("Tue 18 Feb 2020", "e"), ("Wed 19 Feb 2020", "f"), ("Thu 20 Feb 2020", "dl"), ("no date", "x")]),
    ],
)
def test_by_time_in_days_of_the_zone(zone: tzinfo, groups: list[tuple[str, str]]) -> None:
    assert labels(TIMED, Grouping.TIME, zone) == groups


def test_days_stay_in_order_where_a_date_alone_lies_before_times_of_the_day_before() -> None:
    coverage = Coverage(
        article("d", date(2020, 2, 20)),
        (article("t", datetime(2020, 2, 20, 2, tzinfo=UTC)), article("u", datetime(2020, 2, 20, 9, tzinfo=UTC))),
    )
    assert labels(coverage, Grouping.TIME, WEST) == [("Wed 19 Feb 2020", "t"), ("Thu 20 Feb 2020", "du")]


def test_the_offsets_of_a_group_are_those_to_the_earliest_of_all() -> None:
    groups = grouped(TIMED, Grouping.TIME, UTC)
    offsets = {one.article.key: (one.offset, one.is_earliest) for group in groups for one in group.placed}
    assert offsets == {
        "e": (timedelta(0), True),
        "d": (None, False),
        "f": (timedelta(days=1, hours=17), False),
        "l": (timedelta(days=2, hours=14, minutes=30), False),
        "x": (None, False),
    }


def test_by_outlet_in_the_order_of_their_first_articles() -> None:
    def at(hour: int) -> datetime:
        return datetime(2020, 2, 20, hour, tzinfo=UTC)

    coverage = Coverage(
        article("c", at(12), provider="The Post", outlet="post.test"),
        (
            article("d", at(13), provider="The Wire", outlet="wire.test"),
            article("b", at(11), outlet="local.test"),
            article("a", at(10), provider="The Wire", outlet="wire.test"),
            article("e", at(14)),
            article("g", provider="The Post", outlet="post.test"),
        ),
    )
    assert labels(coverage, Grouping.OUTLET) == [
        ("The Wire", "ad"),
        ("local.test", "b"),
        ("The Post", "cg"),
        ("outlet not known", "e"),
    ]


def test_by_quality_the_best_first() -> None:
    qualities = {"a": 190, "b": 100, "c": 99, "d": 50, "e": 49, "f": 1, "g": 0, "h": -3, "i": None}
    first, *others = [article(key, quality=quality) for key, quality in reversed(qualities.items())]
    assert labels(Coverage(first, tuple(others)), Grouping.QUALITY) == [
        ("quality 100 and more", "ab"),
        ("quality 50 to 99", "cd"),
        ("quality 1 to 49", "ef"),
        ("quality 0", "g"),
        ("quality below 0", "h"),
        ("quality not known", "i"),
    ]


def test_articles_of_one_quality_go_by_time() -> None:
    coverage = Coverage(
        article("b", date(2020, 2, 21), quality=7),
        (article("c", quality=7), article("a", date(2020, 2, 20), quality=7)),
    )
    assert labels(coverage, Grouping.QUALITY) == [("quality 1 to 49", "abc")]


def test_a_story_without_coverage_is_a_group_of_its_own() -> None:
    alone = Coverage(article("a"), ())
    assert labels(alone, Grouping.TIME) == [("no date", "a")]
    assert labels(alone, Grouping.OUTLET) == [("outlet not known", "a")]
    assert labels(alone, Grouping.QUALITY) == [("quality not known", "a")]


def test_the_groupings_go_around_in_a_circle() -> None:
    seen = [Grouping.TIME]
    for _ in range(4):
        seen.append(seen[-1].next)
    assert seen == [Grouping.TIME, Grouping.OUTLET, Grouping.QUALITY, Grouping.EVENT, Grouping.TIME]
    assert [str(way) for way in Grouping] == ["time", "outlet", "quality", "event"]


def test_outlets_are_counted_once_the_story_s_own_among_them() -> None:
    post, wire, unknown = article("a", outlet="post.test"), article("b", outlet="wire.test"), article("c")
    assert Coverage(post, (wire, article("d", outlet="post.test"), unknown)).outlets == 2
    assert Coverage(unknown, (wire,)).outlets == 1
    assert Coverage(unknown, ()).outlets == 1
    assert Coverage(post, (replace(wire, event=None),)).outlets == 1


def test_the_story_and_its_coverage_are_all() -> None:
    focus, other = article("a", story=3), article("b")
    assert Coverage(focus, (other,)).all == (focus, other)
    assert (focus.is_local, other.is_local) == (True, False)
    assert article("c", story=0).is_local


def reported(key: str, hour: int, *, event: int | None = None, copy: int | None = None) -> CoverageArticle:
    when = datetime(2020, 2, 20, hour, tzinfo=UTC)
    return CoverageArticle(key, f"Headline {key}", published=when, outlet=f"{key}.example", event=event, copy=copy)


SUBJECT = Coverage(
    reported("f", 12, event=1, copy=7),
    (
        reported("a", 1),
        reported("b", 2, event=2),
        reported("c", 3, event=2),
        reported("d", 10, event=1, copy=7),
        reported("e", 11, event=1),
        reported("g", 13, event=3),
    ),
)
"""The story f and its event d e f, of which d and f are one text; b and c are another event, a and g on none here."""


def told(coverage: Coverage, grouping: Grouping, *, fold: bool = False) -> list[tuple[str, str, str]]:
    groups = grouped(coverage, grouping, UTC, fold=fold)
    return [(group.heading, group.label, "".join(one.article.key for one in group.placed)) for group in groups]


DAY = "Thu 20 Feb 2020"


def test_each_section_has_its_heading_and_its_count() -> None:
    coverage = replace(SUBJECT, alike=(reported("z", 20), reported("y", 9)))
    assert told(coverage, Grouping.TIME) == [
        ("event, found by its words alone · 3 articles", DAY, "def"),
        ("linked · 4 articles", DAY, "abcg"),
        ("alike, found by their words · 2 stories", DAY, "yz"),
    ]


def test_a_section_that_is_empty_is_none() -> None:
    event = Coverage(SUBJECT.focus, SUBJECT.articles[3:5])
    assert [heading for heading, _, _ in told(event, Grouping.TIME)] == ["event, found by its words alone · 3 articles"]
    alike = Coverage(reported("f", 1), (), (reported("g", 2),))
    assert told(alike, Grouping.TIME) == [("", DAY, "f"), ("alike, found by their words · 1 story", DAY, "g")]
    assert told(alike.without_found, Grouping.TIME) == [("", DAY, "f")]


def test_an_event_with_a_link_is_not_found_by_its_words_alone() -> None:
    reason = Reason(Basis.WORDS, "Wire", timedelta(hours=1), linked_by=1)
    linked = Coverage(SUBJECT.focus, (replace(SUBJECT.articles[4], reason=reason),))
    assert told(linked, Grouping.TIME)[0][0] == "event · 2 articles"


def test_by_event_what_is_linked_goes_by_its_events_and_what_is_alike_by_likeness() -> None:
    coverage = replace(SUBJECT, alike=(reported("z", 20), reported("y", 9)))
    assert told(coverage, Grouping.EVENT) == [
        ("event, found by its words alone · 3 articles", "", "def"),
        ("linked · 4 articles", "event · Headline b", "bc"),
        ("", "on none of these events", "ag"),
        ("alike, found by their words · 2 stories", "", "zy"),
    ]


def test_a_story_on_no_event_stands_alone() -> None:
    coverage = Coverage(reported("f", 1), (reported("g", 2), reported("h", 3)))
    assert told(coverage, Grouping.TIME) == [("", DAY, "f"), ("linked · 2 articles", DAY, "gh")]
    assert told(coverage, Grouping.EVENT) == [("", "", "f"), ("linked · 2 articles", "", "gh")]
    alone = grouped(coverage, Grouping.TIME, UTC)[0].placed[0]
    assert (alone.offset, alone.is_earliest) == (None, False)


def test_copies_fold_into_the_earliest_at_its_place_and_never_by_outlet() -> None:
    assert told(SUBJECT, Grouping.TIME, fold=True)[0][2] == "de"
    folded = grouped(SUBJECT, Grouping.TIME, UTC, fold=True)[0].placed
    assert [[copy.key for copy in one.copies] for one in folded] == [["f"], []]
    assert [one.offset for one in folded] == [timedelta(0), timedelta(hours=1)]
    assert sum(len(keys) for _, _, keys in told(SUBJECT, Grouping.OUTLET, fold=True)) == 7


def test_an_article_says_what_it_is_to_the_story() -> None:
    reason = Reason(Basis.WORDS, "Wire", timedelta(hours=3), ("Oxford Circus",))
    article = reported("a", 1)
    assert article.why == "linked, on no event with this story"
    assert replace(article, relation=Relation.ALIKE).why == "alike, found by words"
    assert (
        replace(article, relation=Relation.ALIKE, reason=reason).why
        == "alike: 3 hours from Wire, both name Oxford Circus"
    )
    assert replace(article, relation=Relation.EVENT, reason=reason).why == str(reason)
    assert replace(article, relation=Relation.EVENT).why == ""


def test_offsets_are_told_within_the_event_alone() -> None:
    first, second = grouped(SUBJECT, Grouping.TIME, UTC)
    assert [one.offset for one in first.placed] == [timedelta(hours=hours) for hours in range(3)]
    assert all(one.offset is None and not one.is_earliest for one in second.placed)
