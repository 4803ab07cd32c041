"""Bonds between articles that are alike, linked or not, and so may be on one event.

Each lies in the lists of both its articles; see `storage.packed_lists`. Its weight there tells odds and basis: the odds
alone where words alone speak for it, as they nearly always do.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from reader.coverage.groups import JOINS, SAME_TEXT, Bond
from reader.coverage.likeness.odds import ALIKE, ODDS_UNIT, kept
from reader.coverage.reasons import Basis
from reader.library.index.storage.packed_lists import WeighedLists

_STEP = 1 << 28
"""What each basis adds to the weight that is stronger than the one before; no odds come to half of it."""

_TEXTS = _STEP // 2
"""The weight from which bonds rest on more than words."""

_JOINING = kept(JOINS)
"""The weight from which bonds join: those of one text or headline do in any case."""

_UNBOUND: Mapping[int, int] = MappingProxyType({})

_AT_ONCE = 4_000
"""Articles whose bonds are kept in memory at once."""


class BondRow(NamedTuple):
    """A bond: two articles, the lesser id first.

    Attributes:
        a: the one's id.
        b: the other's.
        odds: so many of `coverage.likeness.odds.ODDS_UNIT`.
        basis: see `coverage.reasons.Basis`.
    """

    a: int
    b: int
    odds: int
    basis: int


class Strength(NamedTuple):
    """How like another article is, and what that rests on.

    Attributes:
        odds: so many of `coverage.likeness.odds.ODDS_UNIT`.
        basis: what it rests on.
    """

    odds: int
    basis: Basis


class Bonds:
    """The bonds of the index.

    Args:
        connection: the index; in a transaction where something is written.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._lists = WeighedLists(connection, "bonds", kept(ALIKE))
        self.clear = self._lists.clear

    def write(self, bonds: Iterable[BondRow]) -> set[int]:
        """Write bonds, in the place of those between the same articles; tells what is bound."""
        return self._lists.add_pairs((a, b, odds + basis * _STEP) for a, b, odds, basis in bonds)

    def part(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Take away the bonds between articles, where there are any."""
        others: defaultdict[int, set[int]] = defaultdict(set)
        for a, b in pairs:
            others[a].add(b)
            others[b].add(a)
        self._lists.take_out(others)

    def let_go(self, articles: Iterable[int]) -> set[int]:
        """Take away all bonds of articles; tells what else they were bound to."""
        gone = sorted(set(articles))
        bound: set[int] = set()
        for start in range(0, len(gone), _AT_ONCE):
            for _, weights in self._lists.each(gone[start : start + _AT_ONCE]):
                bound.update(weights)
        self._lists.remove(gone)
        known = set(gone)
        others = sorted(bound - known)
        for start in range(0, len(others), _AT_ONCE):
            self._lists.take_out(dict.fromkeys(others[start : start + _AT_ONCE], known))
        return {*others}

    def of(self, article: int) -> dict[int, Strength]:
        """What an article is bound to, by id."""
        weights = self._lists.of((article,)).get(article, {})
        return {other: _strength(weight) for other, weight in weights.items()}

    def bound(self, articles: Iterable[int]) -> Iterator[tuple[int, Iterable[int]]]:
        """The articles among some that are bound to any, and what to: all ids."""
        return self._each(articles)

    def joining(self, articles: Iterable[int]) -> Mapping[int, Mapping[int, float]]:
        """What articles are bound to by bonds that join, and the odds; one text binds more than any likeness."""
        near: dict[int, Mapping[int, float]] = dict.fromkeys(articles, _UNBOUND)
        for article, weights in self._each(sorted(near)):
            near[article] = {other: _odds(weight) for other, weight in weights.items() if weight >= _JOINING}
        return near

    def inside(self, groups: Mapping[int, int]) -> Iterator[BondRow]:
        """The bonds between articles of one group, each once.

        Args:
            groups: the numbers of groups, by article.
        """
        for article, other, weight in self._inside(groups):
            yield BondRow(article, other, *_strength(weight))

    def by_group(self, groups: Mapping[int, int]) -> Mapping[int, list[Bond]]:
        """The same as events are made of them, by group: one text binds more than any likeness."""
        found: defaultdict[int, list[Bond]] = defaultdict(list)
        for article, other, weight in self._inside(groups):
            found[groups[article]].append(Bond(article, other, _odds(weight), weight >= _TEXTS))
        return found

    def _inside(self, groups: Mapping[int, int]) -> Iterator[tuple[int, int, int]]:
        for article, weights in self._each(sorted(groups)):
            group = groups[article]
            for other, weight in weights.items():
                if other > article and groups.get(other) == group:
                    yield article, other, weight

    def _each(self, articles: Iterable[int]) -> Iterator[tuple[int, Mapping[int, int]]]:
        """The articles among some that are bound to any, and the weights of these bonds."""
        return self._lists.each(articles)


class HeldBonds(Bonds):
    """Bonds that are read once, and kept in memory: for as long as none changes.

    Args:
        connection: the index.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection)
        self._held: dict[int, Mapping[int, int]] = {}

    def _each(self, articles: Iterable[int]) -> Iterator[tuple[int, Mapping[int, int]]]:
        listed = list(articles)
        missing = [article for article in listed if article not in self._held]
        self._held.update(dict.fromkeys(missing, _UNBOUND))
        self._held.update(super()._each(missing))
        for article in listed:
            if weights := self._held[article]:
                yield article, weights


def _odds(weight: int) -> float:
    """The odds of a bond as events are made of it."""
    return SAME_TEXT if weight >= _TEXTS else weight / ODDS_UNIT


def _strength(weight: int) -> Strength:
    basis = (weight + _TEXTS) // _STEP
    return Strength(weight - basis * _STEP, Basis(basis))
