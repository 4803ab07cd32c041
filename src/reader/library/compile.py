"""From a query to SQL. Every value travels as a bound parameter."""

from __future__ import annotations

import re

from reader.library.query import Field, Query, Sort, Term
from reader.library.schema import fold

ORDERS = {
    Sort.NEWEST: "published DESC, path",
    Sort.OLDEST: "published IS NULL, published, path",
    Sort.QUALITY: "quality DESC, published DESC, path",
    Sort.PROVIDER: "provider = '', provider COLLATE NOCASE, published DESC, path",
    Sort.COVERED: "outlets DESC, coverage DESC, published DESC, path",
}
"""Sort → the columns of `stories` that make it. The path makes every order a total one. In a falling order NULL comes
last: SQLite takes it for the smallest value."""

_WORD = re.compile(r"[^\W_]+")

_BY_WORDS = "id IN (SELECT rowid FROM story_words WHERE story_words MATCH ?)"

_IN_COVERAGE = """article IN (
    SELECT l.a FROM entry_words w JOIN entries e ON e.id = w.rowid JOIN links l ON l.b = e.article
    WHERE entry_words MATCH ?
    UNION
    SELECT l.a FROM story_words w JOIN stories named ON named.id = w.rowid JOIN links l ON l.b = named.article
    WHERE story_words MATCH ?
)"""


def where(query: Query, topics: frozenset[str] = frozenset()) -> tuple[str, list[str]]:
    """The condition on `stories` that a query and a choice of topics (any of them) make, and its parameters."""
    conditions, parameters = [], []
    words = match(query)
    if words:
        conditions.append(_BY_WORDS)
        parameters.append(words)
    for term in query.terms:
        if term.field is Field.TOPIC:
            conditions.append(_in_topics("instr(fold(t.name), ?) = 1", len(term.values)))
            parameters += [fold(value) for value in term.values]
        elif term.field is Field.COVERAGE and (looked_for := _any_of(term)):
            conditions.append(_IN_COVERAGE)
            parameters += [looked_for, f"{{title excerpt provider}} : ({looked_for})"]
    if topics:
        conditions.append(_in_topics("t.name = ?", len(topics)))
        parameters += sorted(topics)
    return " AND ".join(conditions) or "1", parameters


def match(query: Query) -> str:
    """The FTS5 expression of all terms that look into the stories' own words; empty where there is none."""
    expressions = []
    for term in query.terms:
        if term.field not in (Field.TOPIC, Field.COVERAGE) and (words := _any_of(term)):
            expressions.append(f"({words})" if term.field is Field.TEXT else f"({{{term.field}}} : ({words}))")
    return " AND ".join(expressions)


def is_words_only(query: Query) -> bool:
    """Whether `match` says all that a query asks for."""
    return all(term.field not in (Field.TOPIC, Field.COVERAGE) for term in query.terms)


def _any_of(term: Term) -> str:
    """Any of a term's values, as FTS5 writes it; empty where they are only signs: nothing to look for yet."""
    return " OR ".join(words for value in term.values if (words := _prefix(value)))


def _prefix(value: str) -> str:
    """A word or phrase whose last word may go on, as FTS5 writes it; empty where it has no letter or digit."""
    words = _WORD.findall(value)
    return f'"{" ".join(words)}" *' if words else ""


def _in_topics(test: str, count: int) -> str:
    tests = " OR ".join([test] * count)
    return f"id IN (SELECT x.story FROM story_topics x JOIN topics t ON t.id = x.topic WHERE {tests})"  # noqa: S608 — only placeholders
