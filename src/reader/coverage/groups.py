"""Clusters articles into events, by the bonds between them.

Agglomerative clustering: at first each article is a group of its own; then, again and again, the two groups with the
highest score join, until no score is `JOINS` or more. The score of two groups is half the best bond between them plus
half the mean of all their pairs, `UNBOUND` for a pair without a bond: half way between single and average linkage
(Sneath & Sokal, "Numerical Taxonomy", 1973). The mean keeps out an article that is like one member and unlike the
others, so that no chain of likenesses welds what happened on Monday to what happened on Wednesday. The best bond lets
in a short report that is like the fullest member and hardly like the rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from typing import NamedTuple

LONGEST_SECONDS = 10 * 86_400
"""How many seconds there may be between the first and the last article of an event."""

JOINS = 0.0
"""The score from which two groups join: even odds."""

_HOPELESS = JOINS - 1e-3
"""Below this a score cannot reach `JOINS` by being rounded. Most are, and need not be rounded."""

ALONE = 1.2
"""The log-odds from which two articles are an event of their own: more than even, as no third article speaks for it."""

UNBOUND = -8.5
"""The log-odds that a pair without a bond counts for: it is far apart in time, or has next to nothing in common."""

_MOST = 4.0
"""A bond counts for no more log-odds than this: a sentence that two articles have in common does not make an event."""

SAME_TEXT = 6.0
"""The log-odds that wire copy counts for. It is above `_MOST`, so copies join before anything else does."""


class Bond(NamedTuple):
    """Two articles that may be on one event.

    Attributes:
        a: the id of the one.
        b: the id of the other, which is greater.
        odds: the log-odds of their being on one event; see `likeness.odds`.
        is_copy: whether they are wire copy of each other.
    """

    a: int
    b: int
    odds: float
    is_copy: bool


class _Between(NamedTuple):
    """The bonds between two groups: the sum of their log-odds, how many there are, and the highest log-odds."""

    total: float
    bonds: int
    best: float

    def with_(self, other: _Between) -> _Between:
        return _Between(self.total + other.total, self.bonds + other.bonds, max(self.best, other.best))


def gather(bonds: Iterable[Bond], times: Mapping[int, int], names: Mapping[int, str]) -> list[list[int]]:
    """Cluster the articles that bonds join into events.

    Where scores are equal, times and names decide which groups join: the order of bonds and articles never does.

    Args:
        bonds: the bonds, each pair of articles once.
        times: when the articles were published, in seconds since 1970.
        names: what puts articles of one time in order, such as their keys.

    Returns:
        The ids of the articles of each event, two or more, by time and name; the event with the earliest article first.
    """
    listed = list(bonds)
    return _of_two(listed[0], times, names) if len(listed) == 1 else _Gathering(listed, times, names).events()


def _of_two(bond: Bond, times: Mapping[int, int], names: Mapping[int, str]) -> list[list[int]]:
    """The same for a single bond, the usual case: an event, or none if the bond is weak or its articles far apart."""
    first, last = sorted((bond.a, bond.b), key=lambda one: (times[one], names[one]))
    is_event = _odds(bond) >= ALONE and times[last] - times[first] <= LONGEST_SECONDS
    return [[first, last]] if is_event else []


def _odds(bond: Bond) -> float:
    """The log-odds that a bond counts for."""
    return SAME_TEXT if bond.is_copy else min(bond.odds, _MOST)


class _Gathering:
    """The clustering of some articles, who are numbered by time and name. A group has the number of its first member.

    The heap `ahead` holds the pairs of groups that may join. When a group grows, its version is raised: entries of an
    older version, and of groups that are gone, are skipped when they come up.
    """

    def __init__(self, bonds: Sequence[Bond], times: Mapping[int, int], names: Mapping[int, str]) -> None:
        articles = {article for bond in bonds for article in (bond.a, bond.b)}
        self._articles = sorted(articles, key=lambda one: (times[one], names[one]))
        place = {article: number for number, article in enumerate(self._articles)}
        self._times = [times[article] for article in self._articles]
        self._members = {number: [number] for number in range(len(self._articles))}
        self._version = dict.fromkeys(self._members, 0)
        self._near: defaultdict[int, dict[int, _Between]] = defaultdict(dict)
        self._odds = {
            (one, other) if one < other else (other, one): _odds(bond)
            for bond, one, other in ((bond, place[bond.a], place[bond.b]) for bond in bonds)
        }
        for (one, other), odds in sorted(self._odds.items()):
            self._near[one][other] = self._near[other][one] = _Between(odds, 1, odds)

    def events(self) -> list[list[int]]:
        ahead = [
            (-round(odds, 6), one, other, 0, 0)
            for (one, other), odds in self._odds.items()
            if round(odds, 6) >= JOINS and self._times[other] - self._times[one] <= LONGEST_SECONDS
        ]
        heapify(ahead)
        while ahead:
            _, one, other, version, other_version = heappop(ahead)
            if self._version.get(one) == version and self._version.get(other) == other_version:
                self._join(one, other)
                for third in self._near[one]:
                    for entry in self._entry(min(one, third), max(one, third)):
                        heappush(ahead, entry)
        groups = (sorted(group) for group in self._members.values() if self._is_event(group))
        return [[self._articles[place] for place in group] for group in sorted(groups)]

    def _is_event(self, group: Sequence[int]) -> bool:
        """Whether a group has three articles, or two whose bond is strong enough to stand alone."""
        if len(group) > 2:
            return True
        return len(group) == 2 and self._odds[min(group), max(group)] >= ALONE

    def _entry(self, one: int, other: int) -> list[tuple[float, int, int, int, int]]:
        """The heap's entry for two groups: their score, negated, and their numbers and versions. None if too low."""
        total, bonds, best = self._near[one][other]
        pairs = len(self._members[one]) * len(self._members[other])
        mean = (total + UNBOUND * (pairs - bonds)) / pairs
        score = (best + mean) / 2
        if score < _HOPELESS or (rounded := round(score, 6)) < JOINS or self._span(one, other) > LONGEST_SECONDS:
            return []
        return [(-rounded, one, other, self._version[one], self._version[other])]

    def _span(self, one: int, other: int) -> int:
        last = max(self._members[one][-1], self._members[other][-1])
        return self._times[last] - self._times[min(one, other)]

    def _join(self, one: int, other: int) -> None:
        """Put the members and bonds of `other` into `one`, which is earlier."""
        self._members[one] = sorted(self._members[one] + self._members.pop(other))
        self._version[one] += 1
        del self._version[other]
        theirs = self._near.pop(other)
        del theirs[one], self._near[one][other]
        for third, between in theirs.items():
            del self._near[third][other]
            known = self._near[one].get(third)
            self._near[one][third] = self._near[third][one] = known.with_(between) if known else between


def copies(bonds: Iterable[Bond], event: Iterable[int]) -> list[set[int]]:
    """The wire copy of an event: each set has the articles that are one text under several outlets.

    Args:
        bonds: the bonds of the event's articles; more do no harm.
        event: the ids of its articles.
    """
    inside = set(event)
    groups: defaultdict[int, set[int]] = defaultdict(set)
    for bond in bonds:
        if bond.is_copy and bond.a in inside and bond.b in inside:
            joined = {bond.a, bond.b} | groups.get(bond.a, set()) | groups.get(bond.b, set())
            for one in joined:
                groups[one] = joined
    return list({id(group): group for group in groups.values()}.values())
