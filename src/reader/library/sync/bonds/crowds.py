"""The nearest of those articles that have many near them, as the index keeps them; see `candidates`.

Beside them lie, for each article, those to which it is one of the nearest: these lose one when it goes.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping

from reader.library.index.storage.packed_lists import IdLists, WeighedLists
from reader.library.sync.bonds.nearest import LEAST


class Crowds:
    """The nearest of articles that have many near them.

    Args:
        connection: the index; in a transaction where something is written.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._nearest = WeighedLists(connection, "nearest", LEAST)
        self._nearest_to = IdLists(connection, "nearest_to")

    def clear(self) -> None:
        """Forget all of them."""
        self._nearest.clear()
        self._nearest_to.clear()

    def of(self, articles: Iterable[int]) -> dict[int, dict[int, int]]:
        """The nearest of those articles that have many near them, and how near these are."""
        return self._nearest.of(articles)

    def losing(self, articles: Iterable[int]) -> set[int]:
        """Those to which any of some articles is one of the nearest."""
        return {one for listed in self._nearest_to.of(articles).values() for one in listed}

    def keep(self, chosen: Mapping[int, Mapping[int, int]]) -> None:
        """Keep the nearest of articles of which none are kept, or these same ones, with how near they are."""
        self._nearest.put({article: near.items() for article, near in chosen.items()})
        nearest_to: defaultdict[int, list[int]] = defaultdict(list)
        for article, near in chosen.items():
            for other in near:
                nearest_to[other].append(article)
        self._nearest_to.add(nearest_to)

    def let_go(self, articles: Iterable[int]) -> None:
        """Forget the nearest of articles."""
        nearest_to: defaultdict[int, set[int]] = defaultdict(set)
        for article, near in self._nearest.of(articles).items():
            for other in near:
                nearest_to[other].add(article)
        self._nearest_to.take_out(nearest_to)
        self._nearest.remove(articles)
