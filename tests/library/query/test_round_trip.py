"""A query written out is read as the same query, whatever it is made of."""

from __future__ import annotations

import re
import string
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from library.query_support import terms_of
from reader.base.lengths import UNITS
from reader.library.query.query import Query, parse
from reader.library.query.tokens import as_value
from reader.library.query.tree import (
    NUMBERS,
    PARTS,
    STATES,
    WORDS,
    Field,
    Node,
    Not,
    SortField,
    SortKey,
    Term,
    all_of,
    any_of,
)
from reader.library.query.values import Age, Dates, Moment, Numbers, TermValue, read_dates, read_moment

LINK = "https://x.example/a,b?c=(d)"


characters = st.characters(exclude_categories=["Cs", "Cc"])


texts = st.text(characters, min_size=1, max_size=8).map(as_value).filter(bool)


spoken = texts.filter(lambda text: any(map(str.isalnum, text)))


patterns = st.text(string.ascii_letters + ". é-:\"'", min_size=1, max_size=8).filter(
    lambda text: text == as_value(text)
)


numbers = st.integers(-(10**15), 10**15)


moments = (
    st.builds(
        lambda day, parts: Moment(*(day.year, day.month, day.day, day.hour, day.minute)[:parts]),
        st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31)),
        st.sampled_from([1, 2, 3, 5]),
    )
)  # fmt: skip


values: dict[Field, st.SearchStrategy[TermValue]] = {
    Field.PATTERN: patterns,
    Field.DATE: st.one_of(
        moments.map(lambda moment: Dates(moment, moment)),
        moments.map(lambda moment: Dates(moment, None)),
        moments.map(lambda moment: Dates(None, moment)),
        st.tuples(moments, moments).filter(lambda pair: pair[0].begins < pair[1].ends).map(lambda pair: Dates(*pair)),
    ),
    Field.AFTER: moments,
    Field.BEFORE: moments,
    Field.AGE: st.builds(
        Age, st.sampled_from(["<", "<=", ">", ">="]), st.integers(0, 999_999), st.sampled_from(sorted(UNITS))
    ),
    Field.EVENT: st.sampled_from([LINK, "x.example", "http://x.example/a#b", "é.example/嵐"]),
    Field.IS: st.sampled_from(STATES),
    Field.HAS: st.sampled_from(PARTS),
    **dict.fromkeys(WORDS, spoken),
    **dict.fromkeys((Field.TOPIC, Field.URL, Field.TAG, Field.FEED, Field.COVERS, Field.FIRST), texts),
    **dict.fromkeys(
        NUMBERS,
        st.one_of(
            numbers.map(lambda number: Numbers(number, number)),
            numbers.map(lambda number: Numbers(number, None)),
            numbers.map(lambda number: Numbers(None, number)),
            st.tuples(numbers, numbers).map(lambda pair: Numbers(min(pair), max(pair))),
        ),
    ),
}


@st.composite
def terms(draw: st.DrawFn) -> Node:
    field = draw(st.sampled_from(sorted(values)))
    most = 1 if field is Field.PATTERN else 3
    return Term(field, tuple(draw(st.lists(values[field], min_size=1, max_size=most))))


def joined(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(parts, min_size=2, max_size=4)
    return st.one_of(parts.map(Not), several.map(all_of), several.map(any_of)).flatmap(
        lambda node: st.just(node) if node else parts
    )


trees = st.recursive(terms(), joined, max_leaves=12)


orders = st.lists(
    st.builds(SortKey, st.sampled_from(SortField), st.booleans()), unique_by=lambda key: key.field, max_size=3
).map(tuple)


@given(st.builds(Query, st.none() | trees, orders))
def test_a_tree_written_out_reads_as_the_same_tree(query: Query) -> None:
    assert parse(str(query)) == query


def test_the_values_of_every_field_are_generated() -> None:
    assert set(values) == set(Field) - {Field.SORT}


@given(moments)
def test_a_moment_lasts_and_is_written_as_it_is_read(moment: Moment) -> None:
    assert moment.begins < moment.ends
    assert read_moment(str(moment)) == moment
    assert read_dates(f"{moment}..{moment}") == Dates(moment, moment)


pieces = st.one_of(
    st.sampled_from(
        [*(f"{field}:" for field in Field if field not in (Field.SORT, Field.IS, Field.HAS) and field not in NUMBERS
           and field not in (Field.DATE, Field.AFTER, Field.BEFORE, Field.AGE, Field.EVENT)),
         "TOPIC:", "other:", '"', ",", ":", " ", "-", "(", ")", "OR", "NOT", "AND", "quality:>5", "a", "sort:-date"]
    ),
    st.text(max_size=6).filter(lambda text: "/" not in text),
)  # fmt: skip


typed = st.one_of(
    st.text().filter(lambda text: "/" not in text),
    st.lists(pieces, max_size=12).map(" ".join).filter(lambda text: not re.search("NOT +sort:", text)),
)


@given(typed)
def test_any_text_reads_as_what_it_is_written_out_as(text: str) -> None:
    query = parse(text)
    assert parse(str(query)) == query
    assert str(parse(str(query))) == str(query)


@given(typed)
def test_no_value_is_empty_or_has_space_around_it(text: str) -> None:
    for term in terms_of(parse(text).tree):
        assert term.values
        assert all(str(value) and str(value) == str(value).strip() for value in term.values)
