"""Which stories answer a query, found condition by condition and put together in memory.

SQLite goes through stories one by one, and looks each up in the list that every other condition makes. Here the stories
that meet a condition are a set, read from where that is leanest, and sets are joined at once. The sets of the last
conditions are kept: of a query that is being typed only the condition that changed is asked.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import chain, compress, islice
from typing import TYPE_CHECKING, TypeAlias, cast

from reader.library.compile import is_of_words, match_all, select, select_words, span
from reader.library.query_tree import NUMBERS, TIMES, Field, Node, Not, Or, Term
from reader.library.query_values import Marked, Stories

if TYPE_CHECKING:
    from reader.library.index import Index
    from reader.library.query import Query

Set: TypeAlias = int
"""A set of stories: a number with a byte for each id, the lowest for 0, that is 1 where the story is in the set."""

MOST_KEPT = 16
"""Sets that are kept: those of a query, and of what it was some keys before."""

_PART = 4
"""Where no more than one in so many stories is left, a condition that is slow to find is asked of these alone."""

_NEVER = 1 << 64
"""Longer ago than any time that a story has, in seconds."""

_READ_BY_STORY = frozenset({Field.URL, Field.PATTERN})
_PARTS_OF_STORY = frozenset({"image", "amp", "related", "body"})


class TermSets:
    """Finds the stories that answer queries, in one state of an index.

    Args:
        index: whom to ask.
        newest: all stories, the newest first, those without a date last; others are never found.
        size: greater than all their ids.
    """

    def __init__(self, index: Index, newest: array[int], size: int) -> None:
        self._index = index
        self._newest = newest
        self._size = size
        self._kept: OrderedDict[Hashable, Set] = OrderedDict()
        self._columns: dict[Field, _Column] = {}
        self._all = self._set(newest)

    def marked(self, query: Query) -> bytearray:
        """A byte for each id: 1 where the story answers the query, which is bound.

        Raises:
            ValueError: the query holds an age, and was not bound to a time.
        """
        return bytearray(self._bytes(self._all_of(query.parts, self._all)))

    def _bytes(self, stories: Set) -> bytes:
        return stories.to_bytes(self._size, "little")

    def _set(self, stories: Iterable[int]) -> Set:
        marked = bytearray(self._size)
        for story in stories:
            if story < self._size:  # one that came in since the orders were read is of another state
                marked[story] = 1
        return int.from_bytes(marked, "little")

    # Each of these gives those of the stories that are `left` of which a condition holds.

    def _of(self, node: Node, left: Set) -> Set:
        if is_of_words(node):
            return self._of_words((node,), left)
        if isinstance(node, Term):
            return self._of_term(node, left)
        if isinstance(node, Not):
            return left ^ self._of(node.part, left)
        if not isinstance(node, Or):
            return self._all_of(node.parts, left)
        found = 0
        for part in sorted(node.parts, key=_effort):
            found |= self._of(part, left ^ found)
        return found

    def _all_of(self, parts: Sequence[Node], left: Set) -> Set:
        """The word index is asked once for all words; what is slow to find comes last, when few stories are left."""
        words = [part for part in parts if is_of_words(part)]
        if words:
            left = self._of_words(words, left)
        for part in sorted((part for part in parts if not is_of_words(part)), key=_effort):
            if not left:
                break
            left = self._of(part, left)
        return left

    def _of_words(self, parts: Sequence[Node], left: Set) -> Set:
        expression = match_all(parts)
        if not expression:
            return left
        return left & self._keep(expression, lambda: self._set(self._index.selected(*select_words(expression))))

    def _of_term(self, term: Term, left: Set) -> Set:
        if term.field in TIMES:
            return left & self._in_time(term)
        if term in self._kept or not _is_read_by_story(term) or left.bit_count() > len(self._newest) // _PART:
            return left & self._keep(term, lambda: self._found(term))
        if term.field in self._columns:
            return left & self._in_column(term)
        among = list(compress(range(self._size), self._bytes(left)))
        return left & self._set(self._index.selected(*select(term, among)))

    def _keep(self, condition: Hashable, find: Callable[[], Set]) -> Set:
        if condition not in self._kept:
            self._kept[condition] = find() & self._all
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(condition)
        return self._kept[condition]

    # Each of these finds all stories that meet a condition.

    def _found(self, term: Term) -> Set:
        if term.field in NUMBERS:
            return self._in_column(term)
        found, others = 0, []
        for value in term.values:
            if isinstance(value, Marked):
                among = self._among(value.among)
                found |= self._all & ~among if value.negated else among
            else:
                others.append(value)
        if others:
            found |= self._set(self._index.selected(*select(Term(term.field, tuple(others)))))
        return found

    def _among(self, marked: Stories) -> Set:
        if any(isinstance(one, str) for one in islice(marked, 1)):
            return self._set(self._index.stories_with(cast("frozenset[str]", marked)))
        return self._set(cast("frozenset[int]", marked))

    def _in_column(self, term: Term) -> Set:
        column = self._columns.get(term.field)
        if column is None:
            column = self._columns[term.field] = _Column(self._index.numbers(term.field))
        return self._set(chain.from_iterable(column.between(low, high) for low, high in _spans(term)))

    def _in_time(self, term: Term) -> Set:
        """The newest stories stand in order of time: where a span of it begins and ends is found in a few steps."""
        found: list[array[int]] = []
        for low, high in _spans(term):
            first = 0 if high is None else bisect_left(self._newest, -high, key=self._age)
            end = bisect_right(self._newest, _NEVER - 1 if low is None else -low, key=self._age)
            found.append(self._newest[first:end])
        return self._set(chain.from_iterable(found))

    def _age(self, story: int) -> int:
        published = self._index.published(story)
        return _NEVER if published is None else -published


class _Column:
    """The stories in order of a number that is known of them.

    Args:
        numbers: the stories, and the number of each.
    """

    def __init__(self, numbers: tuple[Sequence[int], Sequence[int]]) -> None:
        stories: dict[int, list[int]] = {}
        for story, number in zip(*numbers, strict=True):
            stories.setdefault(number, []).append(story)
        self._numbers = sorted(stories)
        self._stories = array("q")
        self._ends = array("q", [0])
        for number in self._numbers:
            self._stories.extend(stories[number])
            self._ends.append(len(self._stories))

    def between(self, low: int | None, high: int | None) -> array[int]:
        """The stories whose number lies between two, both included; None where a side is open."""
        first = 0 if low is None else bisect_left(self._numbers, low)
        end = len(self._numbers) if high is None else bisect_right(self._numbers, high)
        return self._stories[self._ends[first] : self._ends[max(first, end)]]


def _spans(term: Term) -> list[tuple[int | None, int | None]]:
    """What the values of a term on times or numbers stand for.

    Raises:
        ValueError: an age was not bound to a time.
    """
    spans = [bounds for value in term.values if (bounds := span(term.field, value))]
    if len(spans) < len(term.values):
        raise ValueError("an age needs a time from which it is counted: bind the query")
    return spans


def _is_read_by_story(term: Term) -> bool:
    """Whether each story has to be read to find those that meet a condition."""
    return term.field in NUMBERS | _READ_BY_STORY or any(value in _PARTS_OF_STORY for value in term.values)


def _effort(node: Node) -> int:
    """How long it takes to find what meets a condition, compared with others."""
    if is_of_words(node):
        return 1
    if isinstance(node, Not):
        return _effort(node.part)
    if not isinstance(node, Term):
        return max(map(_effort, node.parts))
    if node.field in TIMES or all(isinstance(value, Marked) for value in node.values):
        return 0
    if node.field is Field.TOPIC:
        return 1
    if node.field in NUMBERS:
        return 3
    return 4 if _is_read_by_story(node) else 2
