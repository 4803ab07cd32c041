"""Units: the sets of articles that are clustered together (`groups`), so that no clustering is of the whole library.

A unit is all that can be reached from an article by bonds. In a large library nearly everything is bound to nearly
everything by some chain, while an event is never so long: so where more than `MOST` articles can be reached, only
stronger bonds are followed, and stronger ones still, until there are fewer. The units depend on the bonds alone, and
which of them a new article changes is found without looking at the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from reader.coverage.groups import JOINS

MOST = 200
"""Articles of a unit at most, unless the highest of the `THRESHOLDS` still leads to more."""

THRESHOLDS = (JOINS, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0)
"""The log-odds from which bonds are followed: the lowest of these that leads to no more than `MOST` articles."""

Near: TypeAlias = Mapping[int, float]
"""The articles that one article is bound to: their ids, and the log-odds of the bonds."""


class Units:
    """Finds the units of articles, and remembers them.

    Args:
        bonds_of: looks up what each of some articles is bound to, by bonds of `JOINS` or more.
    """

    def __init__(self, bonds_of: Callable[[set[int]], Mapping[int, Near]]) -> None:
        self._bonds_of = bonds_of
        self._near: dict[int, Near] = {}
        self._units: dict[int, frozenset[int]] = {}
        self._crowded: defaultdict[int, set[int]] = defaultdict(set)
        """By the place of a threshold, articles from which it leads to too many, and so from all that reach these."""

    def unit(self, article: int) -> frozenset[int]:
        """The unit of an article, itself included. It is the same for all articles in it."""
        known = self._units.get(article)
        if known is None:
            self._look_up({article})
            if not self._near[article]:
                return frozenset((article,))
            known = next(unit for unit in (self._led_to(article, place) for place in range(len(THRESHOLDS))) if unit)
            self._units.update(dict.fromkeys(known, known))
        return known

    def _led_to(self, article: int, place: int) -> frozenset[int] | None:
        """What bonds of a threshold or more lead to; None if these are too many, unless it is the highest threshold."""
        odds, is_last = THRESHOLDS[place], place == len(THRESHOLDS) - 1
        crowded = self._crowded[place]
        seen, ahead = {article}, {article}
        while ahead:
            if not crowded.isdisjoint(ahead) or (len(seen) > MOST and not is_last):
                crowded |= seen
                return None
            self._look_up(ahead)
            ahead = {other for one in ahead for other, known in self._near[one].items() if known >= odds} - seen
            seen |= ahead
        return frozenset(seen)

    def bound(self, articles: Iterable[int]) -> set[int]:
        """Those of some articles that have any bond. The bonds of all of them are looked up together."""
        listed = set(articles)
        self._look_up(listed)
        return {article for article in listed if self._near[article]}

    def _look_up(self, articles: Iterable[int]) -> None:
        missing = {article for article in articles if article not in self._near}
        if missing:
            self._near.update(self._bonds_of(missing))
