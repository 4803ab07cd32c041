"""Sets of articles that have a mark, in little memory: eight bytes an article, where a key takes some 130."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from itertools import chain, islice

_NUMBER = "q"

_MOST_APART = 1_000
"""How many articles that came or went are kept apart: to write a set of a million anew takes a tenth of a second."""

_PORTION = 1 << 17
"""Articles that are put into a set of Python's at a time: 15 MB."""


class Articles:
    """An immutable set of articles, by the numbers of their keys (see `storage.article_keys`).

    Args:
        numbers: most of the articles, in no order.
        more: articles that were added; some may be among `numbers` as well.
        gone: those among `numbers` that were taken out.
    """

    __slots__ = ("gone", "more", "numbers")

    def __init__(
        self,
        numbers: array[int] | None = None,
        more: frozenset[int] = frozenset(),
        gone: frozenset[int] = frozenset(),
    ) -> None:
        self.numbers = array(_NUMBER) if numbers is None else numbers
        self.more = more
        self.gone = gone

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Articles):
            return NotImplemented
        return (self.numbers, self.more, self.gone) == (other.numbers, other.more, other.gone)

    def __hash__(self) -> int:
        return hash((self.numbers.tobytes(), self.more, self.gone))

    @classmethod
    def of(cls, numbers: Iterable[int]) -> Articles:
        """The set of some articles."""
        return cls(array(_NUMBER, numbers))

    def __iter__(self) -> Iterator[int]:
        """All numbers, of which some may come twice."""
        return chain((number for number in self.numbers if number not in self.gone), self.more)

    def changed_by_many(self, numbers: Iterable[int], *, is_in: bool) -> Articles:
        """As `changed`, for any number of articles: they are gone over in portions."""
        articles, left = self, iter(numbers)
        while some := frozenset(islice(left, _PORTION)):
            articles = articles.changed(some, is_in=is_in)
        return articles

    def changed(self, numbers: frozenset[int], *, is_in: bool) -> Articles:
        """The set with some articles added or taken out.

        Args:
            numbers: the articles.
            is_in: whether they are in the set that is given.
        """
        if len(numbers) + len(self.more) + len(self.gone) > _MOST_APART:
            return Articles.of(chain((one for one in self if one not in numbers), numbers if is_in else ()))
        if is_in:
            return Articles(self.numbers, self.more | numbers, self.gone - numbers)
        return Articles(self.numbers, self.more - numbers, self.gone | numbers)
