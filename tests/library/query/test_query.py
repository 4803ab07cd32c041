"""Reading what a person types into a query, and writing a query out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from examples import thinned
from library.query_support import terms_of
from reader.base.errors import QueryError
from reader.library.query.query import Query, Sort, parse
from reader.library.query.tokens import is_unfinished
from reader.library.query.tree import (
    And,
    Field,
    Node,
    Not,
    Or,
    SortField,
    SortKey,
    Term,
)
from reader.library.query.values import Age, Dates, MarkSets, Moment, Numbers
from reader.stories.limits import QUERY_TERMS, VALUE_CHARACTERS

LINK = "https://x.example/a,b?c=(d)"


def word(text: str) -> Term:
    return Term(Field.TEXT, (text,))


def words(*texts: str) -> tuple[Node, ...]:
    return tuple(map(word, texts))


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", ()),
        ("   \t ", ()),
        ("storm", words("storm")),
        ("  storm   warning ", words("storm", "warning")),
        ('"storm warning"', words("storm warning")),
        ('"storm warning', words("storm warning")),
        ('storm"', words("storm")),
        ('""', ()),
        ('storm"warning today"', words("storm", "warning today")),
        ("storm,warning", words("storm", "warning")),
        (",,,", ()),
        ("C++ *.py ^a", words("C++", "*.py", "^a")),
        ("topic:Sea", (Term(Field.TOPIC, ("Sea",)),)),
        ("TOPIC:Sea Provider:bbc", (Term(Field.TOPIC, ("Sea",)), Term(Field.PROVIDER, ("bbc",)))),
        ("title:storm", (Term(Field.TITLE, ("storm",)),)),
        ("coverage:storm", (Term(Field.COVERAGE, ("storm",)),)),
        ("url:/2020/02", (Term(Field.URL, ("/2020/02",)),)),
        ("tag:mine", (Term(Field.TAG, ("mine",)),)),
        ("feed:news.test/rss", (Term(Field.FEED, ("news.test/rss",)),)),
        ("covers:bbc.co.uk", (Term(Field.COVERS, ("bbc.co.uk",)),)),
        ("first:reuters.com,ap", (Term(Field.FIRST, ("reuters.com", "ap")),)),
        ("event:bbc.co.uk/1", (Term(Field.EVENT, ("bbc.co.uk/1",)),)),
        ('event:"https://x.example/a,b?c=(d)",y.example/1', (Term(Field.EVENT, (LINK, "y.example/1")),)),
        ("text:storm", words("storm")),
        ("Text:storm", words("storm")),
        ("text:storm,flood", (Term(Field.TEXT, ("storm", "flood")),)),
        ("topic:Sea,Land", (Term(Field.TOPIC, ("Sea", "Land")),)),
        ("topic:,Sea,,Land,", (Term(Field.TOPIC, ("Sea", "Land")),)),
        ('topic:"High Sea"', (Term(Field.TOPIC, ("High Sea",)),)),
        ('topic:"High Sea",Land', (Term(Field.TOPIC, ("High Sea", "Land")),)),
        ('topic:Land,"High Sea"', (Term(Field.TOPIC, ("Land", "High Sea")),)),
        ('topic:"a,b",c', (Term(Field.TOPIC, ("a,b", "c")),)),
        ('topic:"High', (Term(Field.TOPIC, ("High",)),)),
        ("topic:C++,-,/x/", (Term(Field.TOPIC, ("C++", "-", "/x/")),)),
        ('topic:""', ()),
        (r'topic:"C \"q\""', (Term(Field.TOPIC, ('C "q"',)),)),
        (r'topic:"C \"q\" (x)",Land storm', (Term(Field.TOPIC, ('C "q" (x)', "Land")), word("storm"))),
        (r'topic:"a\\",b', (Term(Field.TOPIC, ("a\\", "b")),)),
        (r'topic:"a\b"', (Term(Field.TOPIC, (r"a\b",)),)),
        (r'topic:"C \"q', (Term(Field.TOPIC, ('C "q',)),)),
        ("topic:Sea storm", (Term(Field.TOPIC, ("Sea",)), word("storm"))),
        ("storm topic:Sea", (word("storm"), Term(Field.TOPIC, ("Sea",)))),
        ('"topic:Sea"', words("topic:Sea")),
        ('"topic:"', words("topic:")),
        ("title:a:b", (Term(Field.TITLE, ("a:b",)),)),
        ("étoile", words("étoile")),
        ("e\u0301toile", words("étoile")),
        ("嵐 警報", words("嵐", "警報")),
        ("storm\u00a0warning\u3000now", words("storm", "warning", "now")),
        ("/sto+rm/", (Term(Field.PATTERN, ("sto+rm",)),)),
        ("/a b/ c", (Term(Field.PATTERN, ("a b",)), word("c"))),
        (r"/a\/b/", (Term(Field.PATTERN, (r"a\/b",)),)),
        ("quality:50", (Term(Field.QUALITY, (Numbers(50, 50),)),)),
        ("quality:=50", (Term(Field.QUALITY, (Numbers(50, 50),)),)),
        ("quality:>50", (Term(Field.QUALITY, (Numbers(51, None),)),)),
        ("quality:>=50", (Term(Field.QUALITY, (Numbers(50, None),)),)),
        ("quality:<50", (Term(Field.QUALITY, (Numbers(None, 49),)),)),
        ("quality:<=50", (Term(Field.QUALITY, (Numbers(None, 50),)),)),
        ("heat:-1..3", (Term(Field.HEAT, (Numbers(-1, 3),)),)),
        ("heat:3..", (Term(Field.HEAT, (Numbers(3, None),)),)),
        ("outlets:..3", (Term(Field.OUTLETS, (Numbers(None, 3),)),)),
        ("outlets:1,>4", (Term(Field.OUTLETS, (Numbers(1, 1), Numbers(5, None))),)),
        ("date:2020", (Term(Field.DATE, (Dates(Moment(2020), Moment(2020)),)),)),
        ("date:2020-2", (Term(Field.DATE, (Dates(Moment(2020, 2), Moment(2020, 2)),)),)),
        ("date:2020-02-18..2020-02-21", (Term(Field.DATE, (Dates(Moment(2020, 2, 18), Moment(2020, 2, 21)),)),)),
        ("date:..2020-02", (Term(Field.DATE, (Dates(None, Moment(2020, 2)),)),)),
        ("date:2020-02..", (Term(Field.DATE, (Dates(Moment(2020, 2), None),)),)),
        ("after:2020-02-18", (Term(Field.AFTER, (Moment(2020, 2, 18),)),)),
        ("before:2020-02-18T00:05", (Term(Field.BEFORE, (Moment(2020, 2, 18, 0, 5),)),)),
        ("age:<6h", (Term(Field.AGE, (Age("<", 6, "h"),)),)),
        ("age:>=2W", (Term(Field.AGE, (Age(">=", 2, "w"),)),)),
        ("age:>6mo,<6m", (Term(Field.AGE, (Age(">", 6, "mo"), Age("<", 6, "m"))),)),
        ("is:READ,first", (Term(Field.IS, ("read", "first")),)),
        ("has:image", (Term(Field.HAS, ("image",)),)),
    ],
)
def test_terms_that_must_all_hold(text: str, terms: tuple[Node, ...]) -> None:
    assert parse(text).parts == terms
    assert parse(str(parse(text))) == parse(text)


a, b, c, d = words("a", "b", "c", "d")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a OR b", Or((a, b))),
        ("a b OR c d", Or((And((a, b)), And((c, d))))),
        ("a OR b OR c", Or((a, b, c))),
        ("a (b OR c)", And((a, Or((b, c))))),
        ("(a b) c", And((a, b, c))),
        ("(a OR b) OR c", Or((a, b, c))),
        ("((a))", a),
        ("a AND b", And((a, b))),
        ("a AND b OR c", Or((And((a, b)), c))),
        ("-a", Not(a)),
        ("NOT a", Not(a)),
        ("a -b", And((a, Not(b)))),
        ("a NOT b", And((a, Not(b)))),
        ("-(a b)", Not(And((a, b)))),
        ("-(a OR b) c", And((Not(Or((a, b))), c))),
        ("-(-a)", Not(Not(a))),
        ("NOT -a", a),
        ("NOT NOT a", a),
        ('-"a b"', Not(word("a b"))),
        ("-topic:a,b", Not(Term(Field.TOPIC, ("a", "b")))),
        ("-/a/", Not(Term(Field.PATTERN, ("a",)))),
        ("(/a/ OR b)", Or((Term(Field.PATTERN, ("a",)), b))),
        ("(topic:a OR topic:b)", Or((Term(Field.TOPIC, ("a",)), Term(Field.TOPIC, ("b",))))),
        ('("a")', a),
        ("(f(x) OR b)", Or((word("f(x)"), b))),
        ('a "OR" b', And((a, word("OR"), b))),
        ("a or b", And((a, word("or"), b))),
    ],
)
def test_what_binds_what(text: str, tree: Node) -> None:
    assert parse(text).tree == tree
    assert parse(str(parse(text))).tree == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("topic:", None),
        ("quality: date: is: sort:", None),
        ("-topic:", None),
        ("topic: Sea", word("Sea")),
        ("storm topic:", word("storm")),
        ("a OR", a),
        ("a OR OR", a),
        ("a AND", a),
        ("a OR topic:", a),
        ("a OR -", a),
        ("a NOT", a),
        ("a (", a),
        ("a OR (", a),
        ("(a OR b", Or((a, b))),
        ("-(", None),
        ('a "', a),
        ("()", None),
        ("-()", None),
        ("(((", None),
    ],
)
def test_what_is_still_to_be_typed_asks_for_nothing_yet(text: str, tree: Node | None) -> None:
    assert parse(text).tree == tree


@pytest.mark.parametrize(
    ("headline", "found"),
    [
        ("update: three dead", ("update:", "three", "dead")),
        ("Re: storm", ("Re:", "storm")),
        ("re:Invent", ("re:Invent",)),
        ("std::map", ("std::map",)),
        ("wins 3:0", ("wins", "3:0")),
        ("Rovers:3", ("Rovers:3",)),
        ('"update:three"', ("update:three",)),
        ("https://example.org/a?b=(c)", ("https://example.org/a?b=(c)",)),
        ("10:30", ("10:30",)),
        ("C++ is back", ("C++", "is", "back")),
        ("don't, won't", ("don't", "won't")),
        ("state-of-the-art", ("state-of-the-art",)),
        ("Zombie - the return", ("Zombie", "the", "return")),
        ("a -- b --c", ("a", "b", "--c")),
        ("he said: -", ("he", "said:")),
        (": :) :storm", (":storm",)),
        ("well (a lone", ("well", "a", "lone")),
        ("a ( b", ("a", "b")),
        ("lone ) bracket)", ("lone", "bracket)")),
        ("NEAR(a b)", ("NEAR(a", "b)")),
        ("his / hers /a", ("his", "hers", "/a")),
        ("/usr/bin/env", ("/usr/bin/env",)),
        ("and/or", ("and/or",)),
        ("OR else", ("OR", "else")),
        ("AND so on", ("AND", "so", "on")),
        ("NOT", ("NOT",)),
        ("OR", ("OR",)),
        ('"Zombie"-like deer', ("Zombie", "-like", "deer")),
        ("storm,-warning", ("storm", "-warning")),
        ("what?! *** no", ("what?!", "no")),
        ("100% of $5 & more", ("100%", "of", "$5", "more")),
    ],
)
def test_a_headline_is_a_query(headline: str, found: tuple[str, ...]) -> None:
    assert parse(headline).parts == words(*found)


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("sort:date", (SortKey(SortField.DATE),)),
        ("sort:-quality,date", (SortKey(SortField.QUALITY, falls=True), SortKey(SortField.DATE))),
        ("sort:-Title sort:heat", (SortKey(SortField.TITLE, falls=True), SortKey(SortField.HEAT))),
        ("sort:date,-date", (SortKey(SortField.DATE),)),
        ("a OR b sort:outlets", (SortKey(SortField.OUTLETS),)),
        ("(a sort:coverage) OR b", (SortKey(SortField.COVERAGE),)),
    ],
)
def test_a_query_may_say_the_order(text: str, sort: tuple[SortKey, ...]) -> None:
    assert parse(text).sort == sort
    assert parse(str(parse(text))) == parse(text)


def test_an_order_alone_is_a_query_for_every_story() -> None:
    assert not parse("sort:-date")
    assert parse("sort:-date") != Query()


# What a query says of the coverage, of a time, of a reader.


@pytest.mark.parametrize(
    ("text", "in_coverage"),
    [
        ('storm "two words" topic:Sea', 'coverage:storm coverage:"two words" topic:Sea'),
        ("a OR (b title:c)", "coverage:a OR coverage:b title:c"),
        ("text:a,b -c", "coverage:a,b -c"),
        ("topic:Sea", "topic:Sea"),
        ("a sort:-date", "coverage:a sort:-date"),
        ("", ""),
    ],
)
def test_plain_words_become_words_of_the_coverage_and_the_rest_stays(text: str, in_coverage: str) -> None:
    assert parse(text).in_coverage == parse(in_coverage)


NOW = datetime(2020, 2, 20, 12, tzinfo=UTC)


def test_a_bound_query_is_written_as_it_was() -> None:
    text = "age:<6h is:unread,first -tag:mine has:note,body OR a sort:heat"
    assert str(parse(text).bind(NOW, MarkSets(read=frozenset({7})))) == str(parse(text))


def test_binding_changes_only_what_depends_on_time_and_reader() -> None:
    query = parse("a -b topic:c date:2020 quality:>5 is:first has:image,body")
    assert query.bind(NOW) == query
    assert parse("age:<6h").bind(NOW) == parse("age:<6h").bind(NOW)
    assert parse("age:<6h").bind(NOW) != parse("age:<6h").bind(NOW.replace(hour=13))
    assert parse("is:read").bind(NOW) != parse("is:read").bind(NOW, MarkSets(read=frozenset({7})))
    assert Query().bind(NOW) == Query()


# What is too much.


@pytest.mark.parametrize("text", ["x ", "x OR ", "-x ", "topic:x "])
def test_terms_past_the_most_are_cut(text: str) -> None:
    assert len(list(terms_of(parse(text * 1200).tree))) == QUERY_TERMS


def test_values_past_the_most_are_cut() -> None:
    (term,) = terms_of(parse("topic:" + "x," * 1200).tree)
    assert len(term.values) == QUERY_TERMS


def test_a_long_value_is_cut() -> None:
    (term,) = terms_of(parse("x" * 100_000).tree)
    assert term.values == ("x" * VALUE_CHARACTERS,)


@pytest.mark.parametrize(
    "text",
    thinned(
        [
            "x" * 100_000,
            '"' * 100_000,
            "-" * 100_000,
            "- " * 50_000,
            "/" * 100_000,
            "/a " * 33_000,
            ")" * 100_000,
            "OR " * 33_000,
            "NOT " * 25_000,
            "," * 100_000,
            "a:" * 50_000,
            "topic:" + '"a"' * 30_000,
            "\0" * 100_000,
            "\0" + "'; DROP TABLE stories; --" * 4_000,
            "\u0301" * 100_000,
        ],
        every=4,
    ),
    ids=lambda text: ascii(text[:12]),
)
def test_a_very_long_text_is_a_query(text: str) -> None:
    query = parse(text)
    assert parse(str(query)) == query


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


@pytest.mark.parametrize(
    ("text", "start", "end", "told"),
    [
        ("topcs:ai", 0, 6, "no field is called “topcs”; did you mean topic:?"),
        ("storm -TOPICS:ai", 7, 14, "no field is called “TOPICS”; did you mean topic:?"),
        ("(qualty:50", 1, 8, "no field is called “qualty”; did you mean quality:?"),
        ('foo:"a b"', 0, 4, "no field is called “foo”; there are topic, provider, title, date, is and others"),
    ],
)
def test_a_field_that_there_is_not_is_wrong(text: str, start: int, end: int, told: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert (caught.value.start, caught.value.end, caught.value.reason) == (start, end, told)


@pytest.mark.parametrize(
    ("text", "unfinished"),
    [
        ("is:", True), ("storm is:", True), ("a OR", True), ("a -", False), ("(a", True), ("a NOT", True),
        ("a", False), ("a OR b", False), ("3:0", False), ('"a', False), ("(a)", False), ("", False),
    ],
)  # fmt: skip
def test_what_is_still_to_be_written(text: str, unfinished: bool) -> None:
    assert is_unfinished(text) is unfinished
