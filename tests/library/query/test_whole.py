"""What a query lacks, where it is not being typed."""

from __future__ import annotations

from itertools import zip_longest

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from examples import examples
from reader.base.errors import QueryError
from reader.library.query.query import Query, parse, parse_whole
from reader.library.query.tokens import Token, TokenKind, tokens
from reader.library.query.tree import Field
from reader.stories.limits import QUERY_TERMS, VALUE_CHARACTERS


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
        ("()", "()", "nothing is asked for in this bracket"),
        ("storm -( )", "( )", "nothing is asked for in this bracket"),
        ("storm (", "(", "nothing is asked for in this bracket"),
        ("storm OR", "OR", "nothing is asked for after this OR"),
        ("(storm AND) sea", "AND", "nothing is asked for after this AND"),
        ("storm NOT", "NOT", "nothing is asked for after this NOT"),
        ("storm - OR sea", "-", "nothing is asked for after this minus"),
        ("(NOT)", "NOT", "nothing is asked for after this NOT"),
        ("((NOT) a)", "NOT", "nothing is asked for after this NOT"),
        ("a NOT OR b", "NOT", "nothing is asked for after this NOT"),
        ("a NOT AND b", "NOT", "nothing is asked for after this NOT"),
        ("a OR AND b", "OR", "nothing is asked for after this OR"),
        ("a OR ... OR b", "OR", "nothing is asked for after this OR"),
        ("... OR a", "OR", "nothing is asked for before this OR"),
        ("a -...", "-", "nothing is asked for after this minus"),
        ("a (...)", "(...)", "nothing is asked for in this bracket"),
        ("...", "...", "nothing is asked for: a word or a field is needed"),
        (",", ",", "nothing is asked for: a word or a field is needed"),
        ('is:unread " "', '" "', "no word stands between these quotation marks"),
        ('is:unread -"..."', '"..."', "no word stands between these quotation marks"),
        ('is:unread "', '"', "no word stands between these quotation marks"),
        ('tag:a,""', '""', "no word stands between these quotation marks"),
        ("title:a,...", "...", "this value has no word"),
        ("storm -", "-", "nothing is asked for after this minus"),
        ('storm ""', '""', "no word stands between these quotation marks"),
    ],
)
def test_what_lacks_something_is_refused_with_its_place(text: str, place: str, told: str) -> None:
    parse(text)  # while it is typed nothing is wrong with it
    with pytest.raises(QueryError) as caught:
        parse_whole(text)
    assert text[caught.value.start : caught.value.end] == place
    assert caught.value.reason.startswith(told)


def test_what_may_be_meant_as_a_word_says_how_it_is_one() -> None:
    for text, tip in (
        ("Fire in Portland, OR", 'in quotation marks, "OR", it is a word'),
        ("Topic: London", 'in quotation marks, "topic:", it is a word'),
    ):
        with pytest.raises(QueryError, match=tip):
            parse_whole(text)
    assert len(parse_whole('Fire in Portland, "OR"').parts) == 4
    assert len(parse_whole('"Topic:" London').parts) == 2


def test_what_would_not_be_read_is_refused() -> None:
    for text, told in (
        ("a " * QUERY_TERMS + "last", f"a query has {QUERY_TERMS} terms at most"),
        ("-topic:" + "a," * QUERY_TERMS + "last", f"a term has {QUERY_TERMS} values at most"),
        ("is:read " * QUERY_TERMS + "& sort:date last", f"a query has {QUERY_TERMS} terms at most"),
        ("a& " * 40 + "& " * 40 + "b " * 20 + "last", f"a query has {QUERY_TERMS} terms at most"),
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
        "sort:date", "- storm", "storm ... AND sea", "NOT OR b", "OR a", "(OR a)", "NOT NOT a", 'title:5"',
        '"C \\"q\\""',
    ],
)  # fmt: skip
def test_what_says_all_that_it_begins_to_say_is_taken(text: str) -> None:
    assert parse_whole(text) == parse(text)


def test_a_value_that_is_longer_than_is_looked_for_is_refused() -> None:
    for written in ("{}", '"{}"', "title:{}", "e\u0301{}"):
        text = written.format("a" * (VALUE_CHARACTERS - 1))
        assert parse_whole(text) == parse(text)
        for more in (2, 9 * VALUE_CHARACTERS):
            with pytest.raises(QueryError, match=f"a value has {VALUE_CHARACTERS} characters at most"):
                parse_whole(written.format("a" * (VALUE_CHARACTERS + more)))


PARTS = [
    "a", "b", "-c", "...", "-", "?", "(", "(", ")", ")", "OR", "OR", "AND", "NOT", '""', '" "', '"', '"d e"', "-(",
    '-"..."', "topic:", "topic:x", 'tag:y,""', "title:z,...", "title:?", "-is:", "is:read", "/f+/", "sort:",
    "sort:date", 'g"', ",", "tag:a,b", "c,?", "(a", "b)", "(b OR", "OR)",
]  # fmt: skip
MEANT = (TokenKind.TERM, TokenKind.PATTERN, TokenKind.OR, TokenKind.NOT)


@examples(1200)
@given(st.lists(st.sampled_from(PARTS), max_size=10).map(" ".join))
@example("a OR ...")
@example("a (...)")
@example("a topic:")
@example("a OR () OR b")
@example("NOT NOT ...")
@example("a -(sort:date)")
def test_a_query_is_taken_exactly_if_all_of_it_is_read(text: str) -> None:
    try:
        read = parse(text)
    except QueryError:
        with pytest.raises(QueryError):
            parse_whole(text)
        return
    if gap := _refused(text):  # what is told as left out makes no difference
        assert read in [_without(text, gap.start, gap.end, instead) for instead in ("…", "", "AND")]
    else:  # and what is taken does, wherever something is meant
        assert parse_whole(text) == read
        meant = [part for part in tokens(text) if not _is_sign(part, text)]
        for part, after in zip_longest(meant, meant[1:]):
            if part.kind is TokenKind.OPEN:
                assert after is not None
                assert after.kind is not TokenKind.CLOSE
            elif part.kind in MEANT and part.field is not Field.SORT:  # a second order of a field says nothing
                assert _without(text, part.start, part.end) != read


def _is_sign(part: Token, text: str) -> bool:
    """Whether a part is a sign among words, or the mark of inches after a number."""
    written = text[part.start : part.end].rstrip()
    is_bare = not written.startswith('"') or (written == '"' and text[part.start - 1 : part.start].isalnum())
    return part.kind is TokenKind.TERM and is_bare and not any(map(str.isalnum, written))


def _refused(text: str) -> QueryError | None:
    try:
        parse_whole(text)
    except QueryError as error:
        return error
    return None


def _without(text: str, start: int, end: int, instead: str = "") -> Query | None:
    try:
        return parse(f"{text[:start]} {instead} {text[end:]}")
    except QueryError:
        return None
