"""The conditions of a query as a tree of values (`Node`), and the keys of its order.

The text of a node (`str`) reads as the same query.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import NamedTuple, TypeAlias

from reader.base.wording import fold
from reader.library.query.values import Age, Marked, MarkSets, TermValue


class Field(StrEnum):
    """The fields of terms: what a term is about."""

    TEXT = "text"
    TOPIC = "topic"
    PROVIDER = "provider"
    TITLE = "title"
    COVERAGE = "coverage"
    URL = "url"
    TAG = "tag"
    DATE = "date"
    AFTER = "after"
    BEFORE = "before"
    AGE = "age"
    QUALITY = "quality"
    HEAT = "heat"
    OUTLETS = "outlets"
    LINKED = "linked"
    COVERS = "covers"
    FIRST = "first"
    EVENT = "event"
    FEED = "feed"
    IS = "is"
    HAS = "has"
    SORT = "sort"
    PATTERN = "pattern"
    """A regular expression. It is written between slashes, and its field is not named in a query."""


STORY_WORDS = frozenset({Field.TEXT, Field.TITLE, Field.PROVIDER})
"""Fields that search words of the stories themselves, for which there are word indexes."""

WORDS = STORY_WORDS | {Field.COVERAGE}
"""Fields that search words."""

NUMBERS = frozenset({Field.QUALITY, Field.HEAT, Field.OUTLETS, Field.LINKED})
"""Fields that compare a whole number."""

TIMES = frozenset({Field.DATE, Field.AFTER, Field.BEFORE, Field.AGE})
"""Fields that compare the time of a story."""

STATES = ("unread", "read", "starred", "later", "watched", "new", "syndicated", "first", "hidden")
"""The values of `is:`."""

PARTS = ("image", "related", "event", "linked", "alike", "amp", "body", "note")
"""The values of `has:`."""


@dataclass(frozen=True, slots=True)
class Term:
    """A condition on one field, which holds for any of its values."""

    field: Field
    values: tuple[TermValue, ...]

    def __str__(self) -> str:
        if self.field is Field.PATTERN:
            return f"/{self.values[0]}/"
        joined = ",".join(quoted(value) if isinstance(value, str) else str(value) for value in self.values)
        return joined if self.field is Field.TEXT and len(self.values) == 1 else f"{self.field}:{joined}"


@dataclass(frozen=True, slots=True)
class Not:
    """The condition that holds where `part` does not."""

    part: Node

    def __str__(self) -> str:
        return f"-{self.part}" if isinstance(self.part, Term) else f"-({self.part})"


@dataclass(frozen=True, slots=True)
class And:
    """The condition that all of two or more parts hold, none of which is an `And`; made by `all_of`."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " ".join(f"({part})" if isinstance(part, Or) else str(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Or:
    """The condition that any of two or more parts holds, none of which is an `Or`; made by `any_of`."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " OR ".join(map(str, self.parts))


Node: TypeAlias = Term | Not | And | Or
"""A condition: a tree of these, with terms as leaves."""


def all_of(parts: Iterable[Node | None]) -> Node | None:
    """The condition that all of some conditions hold; None stands for one that asks for nothing."""
    flat = [one for part in parts if part for one in (part.parts if isinstance(part, And) else (part,))]
    return And(tuple(flat)) if len(flat) > 1 else next(iter(flat), None)


def any_of(parts: Iterable[Node | None]) -> Node | None:
    """The condition that any of some conditions holds; None stands for one that asks for nothing, and is left out."""
    flat = [one for part in parts if part for one in (part.parts if isinstance(part, Or) else (part,))]
    return Or(tuple(flat)) if len(flat) > 1 else next(iter(flat), None)


class SortField(StrEnum):
    """What `sort:` can sort stories by."""

    DATE = "date"
    QUALITY = "quality"
    PROVIDER = "provider"
    OUTLETS = "outlets"
    LINKED = "linked"
    COVERAGE = "coverage"
    HEAT = "heat"
    TITLE = "title"


class SortKey(NamedTuple):
    """A key of an order: the smallest or earliest comes first, or last if it `falls`."""

    field: SortField
    falls: bool = False

    def __str__(self) -> str:
        return f"{'-' if self.falls else ''}{self.field}"


_PLAIN = re.compile(r"""[^\s",:()/-][^\s",:()]*""")
_OPERATORS = frozenset({"AND", "OR", "NOT"})


def quoted(value: str) -> str:
    """A text as it is written as a value in a query: in quotation marks where it needs them."""
    if _PLAIN.fullmatch(value) and value not in _OPERATORS:
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _mapped(node: Node, change: Callable[[Term], Term]) -> Node:
    """The same tree with each term changed."""
    if isinstance(node, Term):
        return change(node)
    if isinstance(node, Not):
        return Not(_mapped(node.part, change))
    return type(node)(tuple(_mapped(part, change) for part in node.parts))


def in_coverage(node: Node) -> Node:
    """The same tree with its plain words looked for in the coverage of stories; excluded words stay as they are."""
    if isinstance(node, Term):
        return Term(Field.COVERAGE, node.values) if node.field is Field.TEXT else node
    if isinstance(node, Not):
        return node
    return type(node)(tuple(map(in_coverage, node.parts)))


def names_hidden(node: Node) -> bool:
    """Whether a tree has `is:hidden`; if not, hidden stories are left out of the answer."""
    if isinstance(node, Term):
        return node.field is Field.IS and "hidden" in node.values
    return names_hidden(node.part) if isinstance(node, Not) else any(map(names_hidden, node.parts))


def without(node: Node | None, hidden: Set[int]) -> Node | None:
    """The same condition, which holds for no hidden story."""
    return all_of((node, Not(Term(Field.IS, (Marked("hidden", hidden),)))))


def bound(tree: Node, now: datetime, marks: MarkSets) -> Node:
    """The same tree bound to a time and to marks: see `query.Query.bind`."""

    def answered(term: Term) -> Term:
        if not any(_is_bindable(term.field, value) for value in term.values):
            return term
        return Term(term.field, tuple(_answered(term.field, value, now, marks) for value in term.values))

    return _mapped(tree, answered)


def _is_bindable(field: Field, value: TermValue) -> bool:
    return isinstance(value, Age) or (isinstance(value, str) and field in (Field.IS, Field.HAS, Field.TAG))


def _answered(field: Field, value: TermValue, now: datetime, marks: MarkSets) -> TermValue:
    """A value bound to a time and to marks; the same value where these make no difference to it."""
    if isinstance(value, Age):
        return value.seen_from(now)
    if not isinstance(value, str):
        return value
    if field is Field.TAG:
        begins = fold(value)
        tagged: Iterator[Set[int]] = (some for tag, some in marks.tagged.items() if fold(tag).startswith(begins))
        return Marked(value, reduce(or_, tagged, frozenset()))
    among = {
        (Field.IS, "unread"): marks.read,
        (Field.IS, "read"): marks.read,
        (Field.IS, "starred"): marks.starred,
        (Field.IS, "later"): marks.later,
        (Field.IS, "watched"): marks.watched,
        (Field.IS, "new"): marks.grown,
        (Field.IS, "hidden"): marks.hidden,
        (Field.HAS, "note"): marks.noted,
    }.get((field, value))
    return value if among is None else Marked(value, among, negated=value == "unread")
