"""Reading what a person types into a query."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.library.query import Field, Query, Sort, Term, parse


def plain(*words: str) -> tuple[Term, ...]:
    return tuple(Term(Field.TEXT, (word,)) for word in words)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", ()),
        ("   \t ", ()),
        ("storm", plain("storm")),
        ("  storm   warning ", plain("storm", "warning")),
        ('"storm warning"', plain("storm warning")),
        ('"storm warning', plain("storm warning")),
        ('storm"', plain("storm")),
        ('""', ()),
        ('storm"warning today"', plain("storm", "warning today")),
        ("storm,warning", plain("storm", "warning")),
        (",,,", ()),
        ("storm OR NOT warning", plain("storm", "OR", "NOT", "warning")),
        ("-storm (warning)", plain("-storm", "(warning)")),
        ("C++ *.py ^a", plain("C++", "*.py", "^a")),
        ("topic:Sea", (Term(Field.TOPIC, ("Sea",)),)),
        ("TOPIC:Sea Provider:bbc", (Term(Field.TOPIC, ("Sea",)), Term(Field.PROVIDER, ("bbc",)))),
        ("title:storm", (Term(Field.TITLE, ("storm",)),)),
        ("coverage:storm", (Term(Field.COVERAGE, ("storm",)),)),
        ("text:storm", plain("storm")),
        ("topic:Sea,Land", (Term(Field.TOPIC, ("Sea", "Land")),)),
        ("topic:,Sea,,Land,", (Term(Field.TOPIC, ("Sea", "Land")),)),
        ('topic:"High Sea"', (Term(Field.TOPIC, ("High Sea",)),)),
        ('topic:"High Sea",Land', (Term(Field.TOPIC, ("High Sea", "Land")),)),
        ('topic:Land,"High Sea"', (Term(Field.TOPIC, ("Land", "High Sea")),)),
        ('topic:"a,b",c', (Term(Field.TOPIC, ("a,b", "c")),)),
        ('topic:"High', (Term(Field.TOPIC, ("High",)),)),
        ("topic:", ()),
        ("topic: Sea", plain("Sea")),
        ("storm topic:", plain("storm")),
        ('topic:""', ()),
        ("topic:Sea storm", (Term(Field.TOPIC, ("Sea",)), *plain("storm"))),
        ("storm topic:Sea", (*plain("storm"), Term(Field.TOPIC, ("Sea",)))),
        ("update: three boats", plain("update:", "three", "boats")),
        ("update:three", plain("update:three")),
        ("https://example.org/a", plain("https://example.org/a")),
        ("10:30", plain("10:30")),
        ('"topic:Sea"', plain("topic:Sea")),
        ('"topic:"', plain("topic:")),
        ("title:a:b", (Term(Field.TITLE, ("a:b",)),)),
        (":", plain(":")),
        (":storm", plain(":storm")),
        ("étoile", plain("étoile")),
        ("嵐 警報", plain("嵐", "警報")),
        ("storm\u00a0warning\u3000now", plain("storm", "warning", "now")),
    ],
)
def test_texts_and_their_terms(text: str, terms: tuple[Term, ...]) -> None:
    assert parse(text).terms == terms


def test_the_field_of_plain_words_is_read_in_any_case() -> None:
    assert parse("Text:storm") == parse("text:storm")


pieces = st.one_of(
    st.sampled_from(
        ["topic:", "provider:", "title:", "coverage:", "text:", "TOPIC:", "other:", '"', ",", ":", " ", "-"]
    ),
    st.text(max_size=6),
)
texts = st.one_of(st.text(), st.lists(pieces, max_size=10).map("".join))


@given(texts)
def test_a_query_written_out_reads_as_the_same_query(text: str) -> None:
    query = parse(text)
    assert parse(str(query)) == query
    assert str(parse(str(query))) == str(query)


@given(texts)
def test_no_value_is_empty_or_has_space_around_it(text: str) -> None:
    for term in parse(text).terms:
        assert term.values
        assert all(value and value == value.strip() for value in term.values)


@given(texts)
def test_the_same_words_in_the_coverage_leave_no_plain_words(text: str) -> None:
    query = parse(text).in_coverage
    assert all(term.field is not Field.TEXT for term in query.terms)
    assert parse(str(query)) == query


def test_plain_words_become_words_of_the_coverage_and_fields_stay() -> None:
    assert parse('storm "two words" topic:Sea').in_coverage == Query(
        (Term(Field.COVERAGE, ("storm",)), Term(Field.COVERAGE, ("two words",)), Term(Field.TOPIC, ("Sea",)))
    )


def test_a_query_without_terms_is_false_and_one_with_terms_is_true() -> None:
    assert not parse("  ")
    assert parse("a")


def test_sort_orders_go_around_in_a_circle() -> None:
    order = Sort.NEWEST
    seen = []
    for _ in Sort:
        seen.append(order)
        order = order.next
    assert seen == list(Sort)
    assert order is Sort.NEWEST
    assert [sort.short for sort in Sort] == ["newest", "oldest", "quality", "provider", "covered"]
