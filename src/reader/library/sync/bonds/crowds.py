"""The nearest of crowded articles, those that have many others near them, as the index keeps them: see `candidates`.

The index also has it the other way round: for each article, those to which it is one of the nearest. These lose one of
their nearest when the article goes.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping

from reader.library.index.storage.packed_lists import IdLists, WeighedLists
from reader.library.sync.bonds.nearest import LEAST


class Crowds:
    """The tables `nearest` and `nearest_to`.

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
        """The nearest of some articles, with how near they are; articles that are not crowded are left out."""
        return self._nearest.of(articles)

    def losing(self, articles: Iterable[int]) -> set[int]:
        """The articles to which any of some articles is one of the nearest."""
        return {one for listed in self._nearest_to.of(articles).values() for one in listed}

    def keep(self, chosen: Mapping[int, Mapping[int, int]]) -> None:
        """Keep the nearest of some articles, with how near they are. For none of them others may be kept already."""
        self._nearest.put({article: near.items() for article, near in chosen.items()})
        nearest_to: defaultdict[int, list[int]] = defaultdict(list)
        for article, near in chosen.items():
            for other in near:
                nearest_to[other].append(article)
        self._nearest_to.add(nearest_to)

    def let_go(self, articles: Iterable[int]) -> None:
        """Forget the nearest of some articles."""
        nearest_to: defaultdict[int, set[int]] = defaultdict(set)
        for article, near in self._nearest.of(articles).items():
            for other in near:
                nearest_to[other].add(article)
        self._nearest_to.take_out(nearest_to)
        self._nearest.remove(articles)
