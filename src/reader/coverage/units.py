"""Articles that are grouped together: as many as bonds lead to, as long as they are not too many.

In a large library nearly everything is bound to nearly everything by some chain. An event is never as long: so where
bonds lead to more than `MOST` articles, only stronger ones are followed, until they do not. Which articles are grouped
together depends on the bonds alone, and what a new article changes is found without looking at the rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from reader.coverage.groups import JOINS

MOST = 200
"""Articles that are grouped together at most, unless they are bound by the strongest bonds."""

THRESHOLDS = (JOINS, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0)
"""The odds from which bonds are followed: the first of these at which they lead to no more than `MOST` articles."""

Near: TypeAlias = Mapping[int, float]
"""The articles that one is bound to, with the odds."""


class Units:
    """Finds what an article is to be grouped with.

    Args:
        bonds_of: gives what each of some articles is bound to, by bonds from `JOINS` on.
    """

    def __init__(self, bonds_of: Callable[[set[int]], Mapping[int, Near]]) -> None:
        self._bonds_of = bonds_of
        self._near: dict[int, Near] = {}
        self._units: dict[int, frozenset[int]] = {}
        self._crowded: defaultdict[int, set[int]] = defaultdict(set)
        """Threshold → articles that bonds from it on lead to too many from: so does all that leads to one of these."""

    def unit(self, article: int) -> frozenset[int]:
        """The articles that an article is grouped with, itself among them; the same for each of them."""
        known = self._units.get(article)
        if known is None:
            self._look_up({article})
            if not self._near[article]:
                return frozenset((article,))
            known = next(unit for unit in (self._led_to(article, place) for place in range(len(THRESHOLDS))) if unit)
            self._units.update(dict.fromkeys(known, known))
        return known

    def _led_to(self, article: int, place: int) -> frozenset[int] | None:
        """All that bonds from a threshold on lead to; None where that is too much, unless it is the last threshold."""
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
        """Those of some articles that are grouped with others; what they are bound to is looked up at once."""
        listed = set(articles)
        self._look_up(listed)
        return {article for article in listed if self._near[article]}

    def _look_up(self, articles: Iterable[int]) -> None:
        missing = {article for article in articles if article not in self._near}
        if missing:
            self._near.update(self._bonds_of(missing))
