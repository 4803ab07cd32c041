"""What a query asks, as a value: a tree of conditions, and the parts of an order."""

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
    """Where a term looks."""

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
    """A regular expression; it is written between slashes, and has no name in a query."""


STORY_WORDS = frozenset({Field.TEXT, Field.TITLE, Field.PROVIDER})
"""Fields that the word index of the stories answers."""

WORDS = STORY_WORDS | {Field.COVERAGE}
"""Fields that look for words."""

NUMBERS = frozenset({Field.QUALITY, Field.HEAT, Field.OUTLETS, Field.LINKED})
"""Fields that compare a whole number."""

TIMES = frozenset({Field.DATE, Field.AFTER, Field.BEFORE, Field.AGE})
"""Fields that compare the time of a story."""

STATES = ("unread", "read", "starred", "later", "watched", "new", "syndicated", "first", "hidden")
"""What `is:` knows."""

PARTS = ("image", "related", "event", "linked", "alike", "amp", "body", "note")
"""What `has:` knows."""


@dataclass(frozen=True, slots=True)
class Term:
    """One condition: any of `values` in `field`."""

    field: Field
    values: tuple[TermValue, ...]

    def __str__(self) -> str:
        if self.field is Field.PATTERN:
            return f"/{self.values[0]}/"
        joined = ",".join(quoted(value) if isinstance(value, str) else str(value) for value in self.values)
        return joined if self.field is Field.TEXT and len(self.values) == 1 else f"{self.field}:{joined}"


@dataclass(frozen=True, slots=True)
class Not:
    """What `part` does not hold of."""

    part: Node

    def __str__(self) -> str:
        return f"-{self.part}" if isinstance(self.part, Term) else f"-({self.part})"


@dataclass(frozen=True, slots=True)
class And:
    """All of two or more parts, none of which is an `And`; made by `all_of`."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " ".join(f"({part})" if isinstance(part, Or) else str(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Or:
    """Any of two or more parts, none of which is an `Or`; made by `any_of`."""

    parts: tuple[Node, ...]

    def __str__(self) -> str:
        return " OR ".join(map(str, self.parts))


Node: TypeAlias = Term | Not | And | Or


def all_of(parts: Iterable[Node | None]) -> Node | None:
    """All of some conditions; None stands for one that asks for nothing."""
    flat = [one for part in parts if part for one in (part.parts if isinstance(part, And) else (part,))]
    return And(tuple(flat)) if len(flat) > 1 else next(iter(flat), None)


def any_of(parts: Iterable[Node | None]) -> Node | None:
    """Any of some conditions; None stands for one that asks for nothing."""
    flat = [one for part in parts if part for one in (part.parts if isinstance(part, Or) else (part,))]
    return Or(tuple(flat)) if len(flat) > 1 else next(iter(flat), None)


class SortField(StrEnum):
    """What `sort:` puts stories in order by."""

    DATE = "date"
    QUALITY = "quality"
    PROVIDER = "provider"
    OUTLETS = "outlets"
    LINKED = "linked"
    COVERAGE = "coverage"
    HEAT = "heat"
    TITLE = "title"


class SortKey(NamedTuple):
    """A part of an order: the smallest or the earliest first, unless it `falls`."""

    field: SortField
    falls: bool = False

    def __str__(self) -> str:
        return f"{'-' if self.falls else ''}{self.field}"


_PLAIN = re.compile(r"""[^\s",:()/-][^\s",:()]*""")
_OPERATORS = frozenset({"AND", "OR", "NOT"})


def quoted(value: str) -> str:
    """A text as a query writes it as a value."""
    if _PLAIN.fullmatch(value) and value not in _OPERATORS:
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _mapped(node: Node, change: Callable[[Term], Term]) -> Node:
    """The same tree with other terms."""
    if isinstance(node, Term):
        return change(node)
    if isinstance(node, Not):
        return Not(_mapped(node.part, change))
    return type(node)(tuple(_mapped(part, change) for part in node.parts))


def in_coverage(node: Node) -> Node:
    """The same tree with its plain words looked for in the coverage; excluded ones stay."""
    if isinstance(node, Term):
        return Term(Field.COVERAGE, node.values) if node.field is Field.TEXT else node
    if isinstance(node, Not):
        return node
    return type(node)(tuple(map(in_coverage, node.parts)))


def names_hidden(node: Node) -> bool:
    """Whether a condition says something of hidden stories; where none does, they are left out of an answer."""
    if isinstance(node, Term):
        return node.field is Field.IS and "hidden" in node.values
    return names_hidden(node.part) if isinstance(node, Not) else any(map(names_hidden, node.parts))


def without(node: Node | None, hidden: Set[int]) -> Node | None:
    """The same condition, which holds of no story that is hidden."""
    return all_of((node, Not(Term(Field.IS, (Marked("hidden", hidden),)))))


def bound(tree: Node, now: datetime, marks: MarkSets) -> Node:
    """The same tree, asked at a certain time by a certain reader."""

    def answered(term: Term) -> Term:
        if not any(_is_bindable(term.field, value) for value in term.values):
            return term
        return Term(term.field, tuple(_answered(term.field, value, now, marks) for value in term.values))

    return _mapped(tree, answered)


def _is_bindable(field: Field, value: TermValue) -> bool:
    return isinstance(value, Age) or (isinstance(value, str) and field in (Field.IS, Field.HAS, Field.TAG))


def _answered(field: Field, value: TermValue, now: datetime, marks: MarkSets) -> TermValue:
    """A value as it is at a certain time, for a certain reader; as it is where those do not matter."""
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
