"""What can be completed at a place of a query."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.base.errors import QueryError
from reader.library.query.completion import (
    FIELDS,
    LIVE,
    Completion,
    Known,
    Spot,
    applied,
    beginning,
    completions,
    spot_at,
)
from reader.library.query.query import parse
from reader.library.query.tree import Field

VALUES = {
    Field.TOPIC: [
        ("AI", 90), ("Computer Vision", 50), ("Computers, plus", 40), ("Vision Zero", 4),
        ('6" guns', 3), ("OR", 2), ("-x", 1), ("Sécurité", 1),
    ],
    Field.PROVIDER: [("The Register", 7), ("Reuters", 5), ("", 4)],
    Field.TAG: [("london", 2)],
    Field.FEED: [("news.test/rss", 2)],
    Field.COVERS: [("bbc.co.uk", 3)],
    Field.FIRST: [("bbc.co.uk", 3)],
}  # fmt: skip
DAYS = ["2021", "2020", "2020-02", "2020-01", "2020-02-18"]


def ask(field: Field, typed: str) -> Iterable[Known]:
    return [Known(*one) for one in VALUES.get(field) or [(day, 1) for day in DAYS]]


def at(text: str) -> tuple[str, int]:
    """A query and its cursor, which is written as a bar."""
    before, _, after = text.partition("|")
    return before + after, len(before)


def found(text: str) -> tuple[Spot, list[Completion]]:
    spot = spot_at(*at(text))
    assert spot is not None
    return spot, completions(spot, ask)


@pytest.mark.parametrize(
    ("text", "completed"),
    [
        ("to|", ["topic:|"]),
        ("TO|", ["topic:|"]),
        ("-to|", ["-topic:|"]),
        ("(a OR to|)", ["(a OR topic:|)"]),
        ("police to| met", ["police topic:| met"]),
        ("cov|", ["coverage:|", "covers:|"]),
        ("-so|", []),
        ("NOT sor|", []),
        ("storm|", []),
        ("topic:a|", ["topic:AI|"]),
        ("-topic:a|", ["-topic:AI|"]),
        ("Topic:A| met", ["Topic:AI| met"]),
        ("topic:comp|", ['topic:"Computer Vision"|', 'topic:"Computers, plus"|']),
        ('topic:"comp|', ['topic:"Computer Vision"|', 'topic:"Computers, plus"|']),
        ('topic:"comp|uter" x', ['topic:"Computer Vision"| x', 'topic:"Computers, plus"| x']),
        ("topic:vis|", ['topic:"Vision Zero"|', 'topic:"Computer Vision"|']),
        ("topic:secu|", ["topic:Sécurité|"]),
        ("topic:6|", [r'topic:"6\" guns"|']),
        (r'topic:"6\" g|', [r'topic:"6\" guns"|']),
        ("topic:o|", ['topic:"OR"|']),
        ("topic:-|", ['topic:"-x"|']),
        ("topic:ai,c|", ['topic:ai,"Computer Vision"|', 'topic:ai,"Computers, plus"|']),
        ("topic:ai,a|", []),
        ("topic:x|,ai", []),
        ("(topic:a|)", ["(topic:AI|)"]),
        ("topic:x|y z", []),
        ("provider:re|", ["provider:Reuters|", 'provider:"The Register"|']),
        ("is:un|", ["is:unread|"]),
        ("is:unread,st|", ["is:unread,starred|"]),
        ("has:n|", ["has:note|"]),
        ("sort:-q|", ["sort:-quality|"]),
        ("tag:|", ["tag:london|"]),
        ("age:<6|", ["age:<6m|", "age:<6h|", "age:<6d|", "age:<6w|", "age:<6mo|", "age:<6y|"]),
        ("outlets:>=1|", ["outlets:>=10|"]),
        ("date:2020-02|", ["date:2020-02|", "date:2020-02-18|"]),
        ("date:2020..2021|", ["date:2020..2021|"]),
        ("covers:b|", ["covers:bbc.co.uk|"]),
        ("title:a|", []),
    ],
)  # fmt: skip
def test_what_is_typed_is_completed(text: str, completed: list[str]) -> None:
    spot, ways = found(text)
    results = [applied(at(text)[0], spot, way.text) for way in ways]
    assert [f"{result[:cursor]}|{result[cursor:]}" for result, cursor in results] == completed


@pytest.mark.parametrize("text", ["sto|rm", '"sto|', '"storm"|', "/sto/|", "(a)|", 'topic:"AI"|', "(" * 60 + "|"])
def test_elsewhere_nothing_is_completed(text: str) -> None:
    assert spot_at(*at(text)) is None


@pytest.mark.parametrize("text", ["|", "storm |", "-|", "(|", "a,|", "storm OR |", "| storm"])
def test_where_a_word_begins_any_field_may(text: str) -> None:
    _, ways = found(text)
    assert {way.value for way in ways} >= {f"{field}:" for field in FIELDS if field is not Field.SORT}


@pytest.mark.parametrize(
    ("text", "common"),
    [
        ("cov|", "cover"),
        ("topic:comp|", "Computer"),
        ('topic:"computer |', '"Computer Vision"'),
        ("topic:|", ""),
        ("topic:vis|", ""),
        ("cover|", ""),
        ("is:unr|", "unread"),
        ("date:2020-0|", ""),
    ],
)
def test_the_common_beginning_is_what_all_ways_share(text: str, common: str) -> None:
    spot, ways = found(text)
    assert beginning(spot, ways) == common


def test_every_field_is_offered_and_says_what_it_is_for() -> None:
    assert set(FIELDS) == set(Field) - {Field.PATTERN}
    assert all(FIELDS.values())


def test_counts_are_told() -> None:
    _, ways = found("topic:ai|")
    assert ways[0].about == "90"


PARTS = st.sampled_from(
    [
        "to", "topic:", "topic:c", "a,", "-", "is:", "is:unread,", "sort:", "-s", "(", ")", " ", "OR ", "NOT ", '"',
        "storm", "age:", "/x/", "quality:", "date:2020", "é", "c",
    ]
)  # fmt: skip


@given(st.lists(PARTS, max_size=8).map("".join))
def test_a_completed_query_can_be_read(text: str) -> None:
    spot = spot_at(text, len(text))
    if spot is None:
        return
    for way in completions(spot, ask):
        result, cursor = applied(text, spot, way.text)
        assert result.startswith(text[: spot.start])
        try:
            parse(text[: spot.start])
        except QueryError:
            continue
        parse(result)
        assert cursor == len(result)


@given(st.lists(PARTS.filter(lambda part: '"' not in part), max_size=8).map("".join), st.integers(0, 40))
def test_what_stands_behind_the_cursor_is_read_as_before(text: str, cursor: int) -> None:
    try:
        parse(text)
    except QueryError:
        return
    spot = spot_at(text, min(cursor, len(text)))
    for way in completions(spot, ask) if spot else ():
        parse(applied(text, spot, way.text)[0])  # type: ignore[arg-type]


def test_live_fields_ask() -> None:
    asked: list[Field] = []

    def note(field: Field, typed: str) -> list[Known]:
        asked.append(field)
        return []

    for field in FIELDS:
        completions(Spot(field, "", 0, 0), note)
    assert set(asked) == LIVE
