"""The table of bonds: which articles are alike, linked or not, and so may be on one event.

A bond is in the lists of both its articles; see `storage.packed_lists`. Its weight there holds odds and basis: the odds
alone for a bond by words, which nearly all are, else with a multiple of `_STEP` added for the basis.
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
"""Added to the weight once for `Basis.SAME_TEXT`, twice for `Basis.SAME_HEADLINE`. No odds come to half of it."""

_TEXTS = _STEP // 2
"""The weight from which a bond is wire copy."""

_JOINING = kept(JOINS)
"""The weight from which a bond counts for units and events; wire copy always does."""

_UNBOUND: Mapping[int, int] = MappingProxyType({})

_AT_ONCE = 4_000
"""Articles whose bonds are in memory at once."""


class BondRow(NamedTuple):
    """A bond between two articles.

    Attributes:
        a: the lesser id of the two.
        b: the greater.
        odds: the log-odds, in parts of `coverage.likeness.odds.ODDS_UNIT`.
        basis: see `coverage.reasons.Basis`.
    """

    a: int
    b: int
    odds: int
    basis: int


class Strength(NamedTuple):
    """How strong a bond is.

    Attributes:
        odds: the log-odds, in parts of `coverage.likeness.odds.ODDS_UNIT`.
        basis: what the bond rests on.
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
        """Write bonds, each in the place of one between the same articles; gives the ids of all articles in them."""
        return self._lists.add_pairs((a, b, odds + basis * _STEP) for a, b, odds, basis in bonds)

    def part(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Delete the bonds between pairs of articles, where there are any."""
        others: defaultdict[int, set[int]] = defaultdict(set)
        for a, b in pairs:
            others[a].add(b)
            others[b].add(a)
        self._lists.take_out(others)

    def let_go(self, articles: Iterable[int]) -> set[int]:
        """Delete all bonds of some articles; gives the ids of the other articles that they were bound to."""
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
        """The ids of the articles that an article is bound to, with how strong each bond is."""
        weights = self._lists.of((article,)).get(article, {})
        return {other: _strength(weight) for other, weight in weights.items()}

    def bound(self, articles: Iterable[int]) -> Iterator[tuple[int, Iterable[int]]]:
        """Each of some articles that is bound to any, with the ids of the articles that it is bound to."""
        return self._each(articles)

    def joining(self, articles: Iterable[int]) -> Mapping[int, Mapping[int, float]]:
        """What each of some articles is bound to by bonds that count for units, with their log-odds: see `Units`."""
        near: dict[int, Mapping[int, float]] = dict.fromkeys(articles, _UNBOUND)
        for article, weights in self._each(sorted(near)):
            near[article] = {other: _odds(weight) for other, weight in weights.items() if weight >= _JOINING}
        return near

    def inside(self, groups: Mapping[int, int]) -> Iterator[BondRow]:
        """The bonds between articles of the same group, each once.

        Args:
            groups: the number of each article's group, by article.
        """
        for article, other, weight in self._inside(groups):
            yield BondRow(article, other, *_strength(weight))

    def by_group(self, groups: Mapping[int, int]) -> Mapping[int, list[Bond]]:
        """The same bonds by group, as `coverage.groups.gather` clusters them."""
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
        """Each of some articles that is bound to any, with the weights of its bonds by the other's id."""
        return self._lists.each(articles)


class HeldBonds(Bonds):
    """Bonds that are read once and kept in memory. To be used only as long as none changes.

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
    """The log-odds of a bond, as units and events are made by it."""
    return SAME_TEXT if weight >= _TEXTS else weight / ODDS_UNIT


def _strength(weight: int) -> Strength:
    basis = (weight + _TEXTS) // _STEP
    return Strength(weight - basis * _STEP, Basis(basis))
