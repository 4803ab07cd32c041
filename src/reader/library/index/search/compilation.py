"""Compiles a query to SQL. Every value becomes a bound parameter.

Conditions on the words of stories are asked of the word indexes, all others of tables. `select` compiles any conditions
to one statement; `select_words` and `select_listed` make quicker ones for those that allow it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import NamedTuple, TypeAlias

from reader.base.wording import fold
from reader.library.index.storage.article_keys import number_of_key
from reader.library.index.storage.schema import MOST_BEGUN
from reader.library.query.query import Query
from reader.library.query.tree import STORY_WORDS, TIMES, And, Field, Node, Not, Or, Term
from reader.library.query.values import Between, Dates, Marked, Moment, Numbers, TermValue, article_of

Parameter: TypeAlias = str | int

_WORD = re.compile(r"[^\W_]+")
_MOST_ASKED = 500
"""A word index is asked for each of up to so many stories; for more it is quicker to go along its list of a word."""

_MOST_NESTED = 8
"""How deep a condition, or an expression of words, may be nested; SQLite's parsers take some 30 levels."""


_IN_COVERAGE = """article IN (
    SELECT l.b FROM entry_words w JOIN entries e ON e.id = w.rowid JOIN links l ON l.a = e.article
    WHERE entry_words MATCH ?
    UNION
    SELECT l.b FROM story_words w JOIN stories named ON named.id = w.rowid JOIN links l ON l.a = named.article
    WHERE story_words MATCH ?
)"""

_OUTLET = """x.of_provider IN (
    SELECT p.id FROM providers p WHERE instr(fold(p.provider), ?) = 1 OR instr(fold(p.outlet), ?) = 1
)"""
_COVERED_BY = """article IN (
    WITH named AS MATERIALIZED (SELECT x.id, x.event FROM articles x WHERE {})
    SELECT l.b FROM named x CROSS JOIN links l ON l.a = x.id
    UNION ALL
    SELECT y.id FROM named x CROSS JOIN articles y ON y.event = x.event WHERE y.id <> x.id
)"""
_FIRST_BY = """article IN (SELECT y.id FROM articles y JOIN articles x ON x.id = ifnull(y.event, y.id) WHERE {})"""
_TOPIC_BEGINS, _FEED_HAS = "instr(fold(t.name), ?) = 1", "instr(fold(t.name), ?) > 0"
_AMONG = "id IN (SELECT value FROM json_each(?))"
_ON_EVENT = """article IN (
    SELECT x.id FROM articles x WHERE x.number = ?
    UNION
    SELECT y.id FROM articles x CROSS JOIN articles y ON y.event = x.event WHERE x.number = ?
)"""
_OF_WORDS = "SELECT rowid AS id FROM story_words WHERE story_words MATCH ?"
_OF_BEGINNINGS = "SELECT rowid AS id FROM story_beginnings WHERE story_beginnings MATCH ?"

_STATES = {
    "first": "article IN (SELECT id FROM events WHERE articles > 1)",
    "syndicated": "article IN (SELECT id FROM articles WHERE copy IS NOT NULL)",
    "unread": "1",
    "image": "has_image",
    "amp": "has_amp",
    "related": "coverage > 0",
    "event": "article IN (SELECT id FROM articles WHERE event IS NOT NULL)",
    "linked": "linked > 0",
    "alike": "alike > 0",
    "body": "body <> ''",
}
"""The conditions of values of `is:` and `has:`. Other values are about marks, and without marks true of no story."""


_LISTS = {
    Field.TOPIC: "topics t CROSS JOIN story_topics x ON x.topic = t.id",
    Field.FEED: "feeds t CROSS JOIN story_feeds x ON x.feed = t.id",
}
"""The tables with the values of a field, and the stories of each."""


class Sql(NamedTuple):
    """A piece of SQL and the values of its parameters, in order."""

    text: str
    parameters: tuple[Parameter, ...] = ()

    @property
    def negated(self) -> Sql:
        """The condition that holds where this one does not."""
        return Sql(f"NOT ({self.text})", self.parameters)


def match(query: Query) -> str:
    """The FTS5 expression of all conditions of a query on the stories' own words; empty where there is none."""
    return match_all(query.parts)


def match_all(parts: Iterable[Node]) -> str:
    """The same of those of some conditions for which `is_of_words` holds; empty where these ask for nothing."""
    return " AND ".join(expression for part in parts if (expression := _expression(part)))


def is_words_only(query: Query) -> bool:
    """Whether `match` has all that a query asks for."""
    return all(is_of_words(part) for part in query.parts)


def select_words(parts: Iterable[Node]) -> list[Sql]:
    """Compile conditions on words, for all of which `is_of_words` holds, to statements that select ids of stories.

    There are two word indexes. `story_beginnings` has lists for the first letters of words, but does not know where
    words are: it is asked for single words if one of them is so short. `story_words` knows phrases and columns.

    Returns:
        A statement for each word index that is asked, none where the conditions ask for nothing. The stories that meet
        the conditions are those that every statement selects.
    """
    wholly: list[Node] = []
    anywhere: list[Node] = []
    for part in parts:
        (wholly if None in _single_words(part) else anywhere).append(part)
    has_begun = any(word is not None and len(word) <= MOST_BEGUN for part in anywhere for word in _single_words(part))
    asked = [(_OF_WORDS, wholly), (_OF_BEGINNINGS, anywhere)] if has_begun else [(_OF_WORDS, wholly + anywhere)]
    return [Sql(statement, (expression,)) for statement, some in asked if (expression := match_all(some))]


def narrowed(select: Sql, stories: Sequence[int]) -> Sql:
    """Narrow a statement of `select_words` to some stories."""
    import json

    row = "rowid" if len(stories) <= _MOST_ASKED else "+rowid"
    text = f"{select.text} AND {row} IN (SELECT value FROM json_each(?))"  # noqa: S608 — values are bound
    return Sql(text, (*select.parameters, json.dumps(list(stories))))


def select(parts: Sequence[Node], among: Sequence[int] | None = None) -> Sql:
    """Compile conditions to a statement that selects the ids of the stories that meet all of them.

    Args:
        parts: the conditions.
        among: the stories to look at; None for all.

    Raises:
        ValueError: an age was not bound to a time.
    """
    condition = _Compiler().whole(parts)
    if among is None:
        return Sql(f"SELECT id FROM stories WHERE {condition.text}", condition.parameters)  # noqa: S608 — values are bound
    import json

    text = f"SELECT id FROM stories WHERE {_AMONG} AND {condition.text}"  # noqa: S608 — values are bound
    return Sql(text, (json.dumps(among), *condition.parameters))


LISTED = frozenset({Field.TOPIC, Field.FEED})
"""Fields of whose values the index has lists of stories."""


def select_listed(term: Term) -> Sql:
    """Compile a term of `topic:` or `feed:` to a statement that selects the ids of the stories that meet it."""
    values = tuple(fold(str(value)) for value in term.values)
    named = _FEED_HAS if term.field is Field.FEED else _TOPIC_BEGINS
    tests = " OR ".join([named] * len(values))
    return Sql(f"SELECT x.story AS id FROM {_LISTS[term.field]} WHERE {tests}", values)  # noqa: S608 — only placeholders


class Span(NamedTuple):
    """Whole numbers, or seconds since 1970, from `low` to `high`, both included; None for a side that is open."""

    low: int | None
    high: int | None


def span(field: Field, value: TermValue) -> Span | None:
    """The numbers or times that a value of a term stands for; None for any other value."""
    if isinstance(value, Numbers):
        return Span(value.low, value.high)
    if isinstance(value, Between):
        return Span(value.earliest, value.latest)
    if isinstance(value, Dates):
        return Span(value.first.begins if value.first else None, value.last.ends - 1 if value.last else None)
    if isinstance(value, Moment):
        return Span(value.begins, None) if field is Field.AFTER else Span(None, value.begins - 1)
    return None


def _joined(sign: str, parts: Iterable[Sql]) -> Sql:
    listed = list(parts)
    return Sql(sign.join(part.text for part in listed), tuple(one for part in listed for one in part.parameters))


class _Compiler:
    """Compiles one query. Every condition that it makes is true or false of a story, and never NULL."""

    def __init__(self) -> None:
        self._groups: list[Sql] = []

    def whole(self, parts: Sequence[Node]) -> Sql:
        """The condition of all parts of a query. What is nested too deep is put before it, as tables."""
        condition = self._all_of(parts, 0)
        if not self._groups:
            return condition
        tables = _joined(", ", self._groups)
        text = f"id IN (WITH {tables.text} SELECT id FROM stories WHERE {condition.text})"  # noqa: S608 — values are bound
        return Sql(text, tables.parameters + condition.parameters)

    def _condition(self, node: Node, depth: int) -> Sql:
        if is_of_words(node):
            return _matching((node,))
        if isinstance(node, Term):
            return _term(node)
        if depth and depth % _MOST_NESTED == 0:
            return self._group(self._branch(node, depth + 1))
        return self._branch(node, depth + 1)

    def _branch(self, node: Not | And | Or, depth: int) -> Sql:
        if isinstance(node, Not):
            return self._condition(node.part, depth).negated
        if isinstance(node, And):
            return self._all_of(node.parts, depth)
        joined = _joined(" OR ", (self._condition(part, depth) for part in node.parts))
        return Sql(f"({joined.text})", joined.parameters)

    def _all_of(self, parts: Sequence[Node], depth: int) -> Sql:
        """The condition that all parts hold. The words of all of them are asked for together."""
        others = [self._condition(part, depth) for part in parts if not is_of_words(part)]
        joined = _joined(" AND ", [_matching(filter(is_of_words, parts)), *others])
        return Sql(f"({joined.text})", joined.parameters)

    def _group(self, condition: Sql) -> Sql:
        """Make a condition a table of its own, as SQLite's parser takes only some 30 levels of nesting."""
        name = f"group_{len(self._groups)}"
        text = f"{name}(id) AS (SELECT id FROM stories WHERE {condition.text})"  # noqa: S608 — values are bound
        self._groups.append(Sql(text, condition.parameters))
        return Sql(f"id IN {name}")


def _matching(parts: Iterable[Node]) -> Sql:
    """The condition of parts for which `is_of_words` holds."""
    asked = [Sql(f"id IN ({select.text})", select.parameters) for select in select_words(parts)]
    return _joined(" AND ", asked) if asked else Sql("1")


def _term(term: Term) -> Sql:
    if term.field is Field.COVERAGE:
        words = _any_of(term)
        return Sql(_IN_COVERAGE, (words, f"{{title excerpt provider}} : ({words})")) if words else Sql("1")
    if term.field in LISTED:
        listed = select_listed(term)
        return Sql(f"id IN ({listed.text})", listed.parameters)
    joined = _joined(" OR ", (_value(term.field, value) for value in term.values))
    return Sql(f"({joined.text})", joined.parameters)


def _value(field: Field, value: TermValue) -> Sql:
    """The condition of one value of a term.

    Raises:
        ValueError: it is an age that was not bound to a time.
    """
    if (bounds := span(field, value)) is not None:
        return _within("published" if field in TIMES else str(field), bounds)
    if isinstance(value, Marked):
        marked = Sql(_AMONG, (_as_json(value.among),))
        return marked.negated if value.negated else marked
    if isinstance(value, str):
        return _text(field, value)
    raise ValueError("an age needs a time from which it is counted: bind the query")


def _as_json(stories: Set[int]) -> str:
    import json

    return json.dumps(sorted(stories))  # SQLite takes them twice as fast in order


def _within(column: str, bounds: Span) -> Sql:
    sides = ((">=", bounds.low), ("<=", bounds.high))
    tests = [Sql(f"{column} {sign} ?", (bound,)) for sign, bound in sides if bound is not None]
    joined = _joined(" AND ", [Sql(f"{column} IS NOT NULL"), *tests])
    return Sql(f"({joined.text})", joined.parameters)


def _text(field: Field, value: str) -> Sql:
    if field is Field.PATTERN:
        return Sql("matches(?, title, excerpt, provider)", (value,))
    if field is Field.URL:
        return Sql("instr(fold(url), ?) > 0", (fold(value),))
    if field is Field.EVENT:
        number = number_of_key(article_of(value) or "")
        return Sql(_ON_EVENT, (number, number))
    if field in (Field.COVERS, Field.FIRST):
        by = _COVERED_BY if field is Field.COVERS else _FIRST_BY
        return Sql(by.format(_OUTLET), (fold(value), fold(value)))
    return Sql(_STATES.get(value, "0") if field in (Field.IS, Field.HAS) else "0")


def is_of_words(node: Node, depth: int = 0) -> bool:
    """Whether a part of a query is about the words of stories alone, so that one expression of FTS5 can ask for it."""
    if isinstance(node, Term):
        return node.field in STORY_WORDS
    if isinstance(node, Not) or depth == _MOST_NESTED:
        return False
    return all(is_of_words(part, depth + 1) for part in node.parts)


def lacks_list(node: Node) -> bool:
    """Whether a part of a query looks for a very short word in one column alone: no word index has a list for that."""
    if not isinstance(node, Term):
        return any(map(lacks_list, (node.part,) if isinstance(node, Not) else node.parts))
    is_in_column = node.field in STORY_WORDS and node.field is not Field.TEXT
    return is_in_column and any(len(words) == 1 and len(words[0]) <= MOST_BEGUN for words in _words_of(node))


def _words_of(term: Term) -> Iterator[list[str]]:
    """The words of each value of a term."""
    return (_WORD.findall(str(value)) for value in term.values)


def _single_words(node: Node) -> Iterator[str | None]:
    """The words that a part of a query asks for; None for a phrase, or a word that is looked for in one column."""
    if not isinstance(node, Term):
        for part in (node.part,) if isinstance(node, Not) else node.parts:
            yield from _single_words(part)
        return
    for words in _words_of(node):
        is_single = len(words) == 1 and node.field is Field.TEXT
        if words:  # FTS5 may split a word at a letter that is newer than its tables of Unicode
            yield words[0] if is_single and (words[0].isascii() or len(words[0]) < MOST_BEGUN) else None


def _expression(node: Node) -> str:
    """The FTS5 expression of a part of a query; empty where it asks for nothing, or `is_of_words` does not hold."""
    if not is_of_words(node) or isinstance(node, Not):
        return ""
    if isinstance(node, Term):
        words = _any_of(node)
        return words and (f"({words})" if node.field is Field.TEXT else f"({{{node.field}}} : ({words}))")
    joint = " AND " if isinstance(node, And) else " OR "
    expressions = joint.join(filter(None, map(_expression, node.parts)))
    return expressions and f"({expressions})"


def _any_of(term: Term) -> str:
    """The FTS5 expression of any of a term's values; empty where they have only signs: there is nothing to find yet."""
    return " OR ".join(words for value in term.values if (words := _prefix(str(value))))


def _prefix(value: str) -> str:
    """The FTS5 expression of a word or phrase whose last word may go on; empty where it has no letter or digit."""
    words = _WORD.findall(value)
    return f'"{" ".join(words)}" *' if words else ""
