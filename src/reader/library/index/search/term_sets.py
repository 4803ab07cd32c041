"""Finds the stories that answer a query: those of each condition as a set, and the sets joined in memory.

For a whole query as one statement, SQLite would go through stories one by one, and look each up for every condition.
Here the stories that meet a condition are read in the quickest way that there is (`_Way`), and sets are joined at once.
The sets of the last conditions are kept: of a query that is being typed, only the condition that changes is asked.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Sequence
from enum import IntEnum, auto
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from reader.library.index.lists.id_arrays import ids
from reader.library.index.lists.story_set import bits_of, listed, packed, unpacked
from reader.library.index.search.compilation import (
    LISTED,
    Sql,
    is_of_words,
    select,
    select_listed,
    select_words,
    span,
)
from reader.library.query.tree import NUMBERS, TIMES, And, Field, Node, Not, Or, Term
from reader.library.query.values import Marked

if TYPE_CHECKING:
    from reader.library.index.tables import Tables
    from reader.library.query.query import Query

Bits: TypeAlias = int
"""A set of stories as bits: see `story_set`."""

MOST_KEPT = 16
"""How many sets are kept: those of a query, and of what it was some keys before."""

_NEVER = 1 << 64
"""The age of a story without a date: longer ago, in seconds, than any other."""

_FACTS = frozenset({"image", "amp", "related", "linked", "alike"})
"""Values of `has:` for which the columns of the index `stories_facts` are enough."""

_TEXTS = frozenset({"body"})
"""Values of `has:` for which the text of stories is read."""

_TEXT_FIELDS = frozenset({Field.URL, Field.PATTERN})
"""Fields for which the text of stories is read."""


class _Way(IntEnum):
    """How the stories that meet a condition are found, from the quickest way to the slowest."""

    SET = auto()
    """They are in memory: those with a mark, or of some days."""

    WORDS = auto()
    """By the word indexes, together with other such conditions."""

    LIST = auto()
    """By a list that the index has of them, such as that of a topic."""

    FACTS = auto()
    """By reading the facts of all stories, which are side by side in an index, together with other such conditions."""

    COVERAGE = auto()
    """By way of the table of articles."""

    PARTS = auto()
    """Part by part, as the parts are found in different ways."""

    TEXTS = auto()
    """By reading the texts of stories, together with other such conditions."""


AT_ONCE = {_Way.FACTS: 12, _Way.TEXTS: 2}
"""The ways that read stories. If no more than one in so many stories is left, only these are read, else all."""


class TermSets:
    """Finds the stories that answer queries, in one state of an index.

    Args:
        tables: the index.
        newest: all stories, the newest first, those without a date last; no others are ever found.
        size: a number greater than all their ids.
    """

    def __init__(self, tables: Tables, newest: array[int], size: int) -> None:
        self._tables = tables
        self._newest = newest
        self._size = size
        self._kept: OrderedDict[Hashable, Bits] = OrderedDict()
        self._all = self._set(newest)

    def found(self, query: Query) -> Bits:
        """The stories that answer a query, which must be bound.

        Raises:
            ValueError: the query has an age that was not bound to a time.
            QuestionCancelledError: nobody waits for the answer any more.
        """
        return self._all_of(query.parts, self._all)

    def _set(self, stories: Collection[int]) -> Bits:
        marked = bytearray(self._size)
        try:
            for story in stories:
                marked[story] = 1
        except IndexError:  # a story that came in since `newest` was read is left to the next catalogue
            return self._set([story for story in stories if story < self._size])
        return packed(marked)

    # Each of these gives those of the stories in `left` that meet a condition.

    def _all_of(self, parts: Sequence[Node], left: Bits) -> Bits:
        """The stories that meet all conditions. The quickest come first: of slow ones, few stories are asked then."""
        ways: dict[_Way, list[Node]] = {}
        for part in parts:
            ways.setdefault(_way(part), []).append(part)
        for way in sorted(ways):
            self._tables.check_cancelled()
            if way is _Way.WORDS:
                left = self._of_words(ways[way], left)
            elif way in AT_ONCE:
                left = self._of_stories(ways[way], left, way)
            else:
                for part in ways[way]:
                    left = self._of(part, left)
        return left

    def _of(self, node: Node, left: Bits) -> Bits:
        if not left:
            return left
        if isinstance(node, Term) and _way(node) not in (_Way.WORDS, *AT_ONCE):
            return left & (self._in_time(node) if node.field in TIMES else self._of_term(node))
        if isinstance(node, Not):
            return left ^ self._of(node.part, left)
        if not isinstance(node, Or) or _way(node) is not _Way.PARTS:
            return self._all_of(node.parts if isinstance(node, And) else (node,), left)
        found = 0
        for part in sorted(node.parts, key=_way):
            found |= self._of(part, left ^ found)
        return found

    def _of_words(self, parts: Sequence[Node], left: Bits) -> Bits:
        for asked in select_words(parts) if left else ():
            left &= self._keep(asked, partial(self._selected, asked))
        return left

    def _of_stories(self, parts: Sequence[Node], left: Bits, way: _Way) -> Bits:
        name = tuple(parts)
        if name not in self._kept and left.bit_count() <= len(self._newest) // AT_ONCE[way]:
            among = listed(unpacked(left, self._size))
            return left & self._selected(select(parts, among)) if among else left
        return left & self._keep(name, lambda: self._selected(select(parts)))

    def _selected(self, select: Sql) -> Bits:
        return self._set(self._tables.selected(select))

    def _keep(self, condition: Hashable, find: Callable[[], Bits]) -> Bits:
        found = self._kept.pop(condition, None)
        if found is None:
            found = find() & self._all
        self._kept[condition] = found
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return found

    # Each of these finds all stories that meet a condition.

    def _of_term(self, term: Term) -> Bits:
        found, others = 0, []
        for value in term.values:
            if isinstance(value, Marked):  # not kept: marks change with nearly every key
                among = bits_of(value.among)
                found |= self._all & (~among if value.negated else among)
            else:
                others.append(value)
        if others:
            asked = Term(term.field, tuple(others))
            selected = select_listed(asked) if term.field in LISTED else select((asked,))
            found |= self._keep(asked, partial(self._selected, selected))
        return found

    def _in_time(self, term: Term) -> Bits:
        """The stories of spans of time. As `newest` is in order of time, a binary search finds the ends of each."""
        found = ids()
        for value in term.values:
            bounds = span(term.field, value)
            if bounds is None:
                raise ValueError("an age needs a time from which it is counted: bind the query")
            first = 0 if bounds.high is None else bisect_left(self._newest, -bounds.high, key=self._age)
            oldest = _NEVER - 1 if bounds.low is None else -bounds.low
            end = bisect_right(self._newest, oldest, key=self._age)
            found.extend(self._newest[first:end])
        return self._set(found)

    def _age(self, story: int) -> int:
        published = self._tables.published(story)
        return _NEVER if published is None else -published


def _way(node: Node) -> _Way:
    """How the stories that meet a condition are found."""
    if is_of_words(node):
        return _Way.WORDS
    if isinstance(node, Term):
        return _way_of(node)
    if isinstance(node, Not):
        way = _way(node.part)
        return _Way.LIST if way is _Way.WORDS else way
    ways = set(map(_way, node.parts))
    return ways.pop() if len(ways) == 1 and ways <= AT_ONCE.keys() else _Way.PARTS


def _way_of(term: Term) -> _Way:
    if term.field in TIMES or all(isinstance(value, Marked) for value in term.values):
        return _Way.SET
    if term.field in LISTED:
        return _Way.LIST
    if any(isinstance(value, Marked) for value in term.values):
        return _Way.COVERAGE
    if term.field in _TEXT_FIELDS or (term.field is Field.HAS and not _TEXTS.isdisjoint(map(str, term.values))):
        return _Way.TEXTS
    facts = term.field in NUMBERS or (term.field is Field.HAS and _FACTS.issuperset(map(str, term.values)))
    return _Way.FACTS if facts else _Way.COVERAGE
