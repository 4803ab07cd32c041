"""What a query lacks, where it is not being typed."""

from __future__ import annotations

import pytest

from reader.base.errors import QueryError
from reader.library.query.query import parse, parse_whole
from reader.stories.limits import QUERY_TERMS


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        ("topic:", "topic:", "topic lacks its value: words, such as topic:example"),
        ("storm tag:", "tag:", "tag lacks its value"),
        ("is:", "is:", "is lacks its value: one of unread"),
        ('tag:""', 'tag:""', "tag lacks its value"),
        ("tag:,", "tag:,", "tag lacks its value"),
        ("-topic:", "topic:", "topic lacks its value"),
        ("topic: Sea", "topic:", "topic lacks its value"),
        ("a OR topic:", "topic:", "topic lacks its value"),
        ("text:", "text:", "text lacks its value"),
        ("title:...", "title:...", "title lacks its value"),
        ("sort:", "sort:", "sort lacks its value: one of date"),
        ("date:", "date:", "date lacks its value: a day"),
        ("()", "()", "nothing stands in this bracket"),
        ("storm -( )", "( )", "nothing stands in this bracket"),
        ("storm (", "(", "nothing stands in this bracket"),
        ("storm OR", "OR", "nothing stands after this OR"),
        ("(storm AND) sea", "AND", "nothing stands after this AND"),
        ("storm NOT", "NOT", "nothing stands after this NOT"),
        ("storm -", "-", "nothing stands after this minus"),
        ('storm ""', '""', "nothing stands between these quotation marks"),
    ],
)
def test_what_lacks_something_is_refused_with_its_place(text: str, place: str, told: str) -> None:
    parse(text)  # while it is typed nothing is wrong with it
    with pytest.raises(QueryError) as caught:
        parse_whole(text)
    assert text[caught.value.start : caught.value.end] == place
    assert caught.value.reason.startswith(told)


def test_what_would_not_be_read_is_refused() -> None:
    for text, told in (
        ("a " * QUERY_TERMS + "last", f"a query has {QUERY_TERMS} terms at most"),
        ("-topic:" + "a," * QUERY_TERMS + "last", f"a term has {QUERY_TERMS} values at most"),
    ):
        parse_whole(text.removesuffix("last"))
        with pytest.raises(QueryError, match=told) as caught:
            parse_whole(text)
        assert text[caught.value.start : caught.value.end] == "last"


@pytest.mark.parametrize(
    "text",
    [
        "", "storm", "topic:Sea", "topic:,Sea,", "Kites - a festival", "What? ...", "std::map", "3:0", "Re: kites",
        "(storm", "storm)", '"High Sea', 'a screen of 5"', "OR", "NOT", "NOT storm", "-storm", "a OR b", "/sto+rm/",
        "sort:-date", "text:storm", "(a) (b OR c)",
    ],
)  # fmt: skip
def test_what_says_all_that_it_begins_to_say_is_taken(text: str) -> None:
    assert parse_whole(text) == parse(text)
