"""From bonds between articles to events.

Two groups join where the best of the bonds between them and the mean of all of them, taken together, speak for it
(half way between single and average linkage; Sneath & Sokal, "Numerical Taxonomy", 1973). So an article that is like
one member and unlike the others stays outside, and no chain of likenesses welds what happened on Monday to what
happened on Wednesday; while a short report joins that is like the fullest of them and hardly like the rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from typing import NamedTuple

LONGEST_SECONDS = 10 * 86_400
"""Seconds from the first to the last article of an event at most."""

JOINS = 0.0
"""What the best bond and the mean come to, half each, where two groups join."""

_HOPELESS = JOINS - 1e-3
"""What they come to where they do not join, however it is rounded: told at once, as it is of most."""

ALONE = 1.2
"""The odds from which two articles are an event that no third is on."""

UNBOUND = -8.5
"""What counts as the odds of two articles without a bond: far apart in time, or with next to nothing in common."""

_MOST = 4.0
"""Odds that are counted of a bond at most: one sentence that two have in common is not the event."""

SAME_TEXT = 6.0
"""What counts as the odds of two articles of one text: they are together before any other two."""


class Bond(NamedTuple):
    """Two articles that may be on one event.

    Attributes:
        a: the one's id.
        b: the other's, greater.
        odds: the log-odds that they are; see `likeness.odds`.
        is_copy: whether they have one text.
    """

    a: int
    b: int
    odds: float
    is_copy: bool


class _Between(NamedTuple):
    """All bonds between two groups: the sum of their odds, how many there are, and the best."""

    total: float
    bonds: int
    best: float

    def with_(self, other: _Between) -> _Between:
        return _Between(self.total + other.total, self.bonds + other.bonds, max(self.best, other.best))


def gather(bonds: Iterable[Bond], times: Mapping[int, int], names: Mapping[int, str]) -> list[list[int]]:
    """The events that bonds make.

    Equal groups go by the articles' names, so that the outcome is the same in whatever order bonds and articles came.

    Args:
        bonds: between articles.
        times: of the articles, in seconds since 1970.
        names: of the articles; their keys.

    Returns:
        The members of each event by time and name, two or more; the events by their first.
    """
    listed = list(bonds)
    return _of_two(listed[0], times, names) if len(listed) == 1 else _Gathering(listed, times, names).events()


def _of_two(bond: Bond, times: Mapping[int, int], names: Mapping[int, str]) -> list[list[int]]:
    """The event that one bond alone makes, which most have; none where it is weak, or its articles are far apart."""
    first, last = sorted((bond.a, bond.b), key=lambda one: (times[one], names[one]))
    is_event = _odds(bond) >= ALONE and times[last] - times[first] <= LONGEST_SECONDS
    return [[first, last]] if is_event else []


def _odds(bond: Bond) -> float:
    """What counts as the odds of a bond."""
    return SAME_TEXT if bond.is_copy else min(bond.odds, _MOST)


class _Gathering:
    """Groups that become fewer. A group's number is the place of its first member by time and name."""

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
        """Whether a group has two articles at least; if no third speaks for them, they are to be the more alike."""
        if len(group) > 2:
            return True
        return len(group) == 2 and self._odds[min(group), max(group)] >= ALONE

    def _entry(self, one: int, other: int) -> list[tuple[float, int, int, int, int]]:
        """Where two groups may join: how much speaks against it, and which they are, as they are now."""
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
        """Let a group join another that is earlier."""
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
    """The articles of an event that are one text under several names: wire copy."""
    inside = set(event)
    groups: defaultdict[int, set[int]] = defaultdict(set)
    for bond in bonds:
        if bond.is_copy and bond.a in inside and bond.b in inside:
            joined = {bond.a, bond.b} | groups.get(bond.a, set()) | groups.get(bond.b, set())
            for one in joined:
                groups[one] = joined
    return list({id(group): group for group in groups.values()}.values())
