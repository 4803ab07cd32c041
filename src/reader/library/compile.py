"""From a query to SQL. Every value travels as a bound parameter."""

from __future__ import annotations

import re

from reader.library.query import Field, Query, Sort, Term

ORDERS = {
    Sort.NEWEST: "published IS NULL, published DESC, path",
    Sort.OLDEST: "published IS NULL, published, path",
    Sort.QUALITY: "quality IS NULL, quality DESC, published IS NULL, published DESC, path",
    Sort.PROVIDER: "provider = '', provider COLLATE NOCASE, published IS NULL, published DESC, path",
    Sort.COVERED: "outlets DESC, coverage DESC, published IS NULL, published DESC, path",
}
"""Sort → the columns of `stories` that make it. The path makes every order a total one."""

_WORD = re.compile(r"\w+")

_IN_COVERAGE = """id IN (
    SELECT m.story FROM entry_words w JOIN mentions m ON m.entry = w.rowid WHERE entry_words MATCH ?
    UNION
    SELECT s.id FROM story_words w
    JOIN stories named ON named.id = w.rowid
    JOIN links l ON l.b = named.article
    JOIN stories s ON s.article = l.a
    WHERE story_words MATCH ?
)"""


def where(query: Query, topics: frozenset[str] = frozenset()) -> tuple[str, list[str]]:
    """The condition on `stories` that a query and a choice of topics (any of them) make, and its parameters."""
    conditions, parameters = [], []
    for term in query.terms:
        sql, values = _term(term)
        conditions.append(sql)
        parameters += values
    if topics:
        sql, values = _any_topic(sorted(topics))
        conditions.append(sql)
        parameters += values
    return " AND ".join(conditions) or "1", parameters


def _term(term: Term) -> tuple[str, list[str]]:
    if term.field is Field.TOPIC:
        return _any_topic(term.values, fold=True)
    matches = [match for value in term.values if (match := _match(value))]
    if not matches:
        return "1", []  # only signs, no letters or digits: nothing to look for yet
    words = " OR ".join(f"({match})" for match in matches)
    if term.field is Field.COVERAGE:
        return _IN_COVERAGE, [words, f"{{title excerpt provider}} : ({words})"]
    if term.field is not Field.TEXT:
        words = f"{{{term.field}}} : ({words})"
    return "id IN (SELECT rowid FROM story_words WHERE story_words MATCH ?)", [words]


def _match(value: str) -> str:
    """An FTS5 expression for a word or phrase whose last word may go on; empty where it has no letter or digit."""
    words = _WORD.findall(value)
    return '"' + " ".join(words).replace('"', "") + '" *' if words else ""


def _any_topic(names: tuple[str, ...] | list[str], *, fold: bool = False) -> tuple[str, list[str]]:
    """Stories with any of some topics; with `fold`, case makes no difference and a beginning is enough."""
    tests = " OR ".join("instr(lower(t.name), lower(?)) = 1" if fold else "t.name = ?" for _ in names)
    sql = f"id IN (SELECT x.story FROM story_topics x JOIN topics t ON t.id = x.topic WHERE {tests})"  # noqa: S608 — only placeholders
    return sql, list(names)
