"""Bonds between articles: which of them are alike, linked or not."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from reader.coverage.likeness.evidence import NEAR_SECONDS
from reader.library.index.headline_counts import headlines, rarity_in
from reader.library.index.storage.portions import ids_of, rows_of, run_for
from reader.library.sync.bonds.candidates import Changes, Everything, Pair, Portion, pair
from reader.library.sync.bonds.comparing import MANY, Comparing, Material, Texts

_MOST_AT_ONCE = 20_000
"""Articles from which on, if they are half of the library, all of it is compared anew: so fewer are kept in memory."""


def rebind(connection: sqlite3.Connection, articles: set[int], workers: int = 0) -> set[int]:
    """Compare articles anew with all that may be alike; to be called in a transaction.

    Args:
        connection: the index.
        articles: ids of the articles.
        workers: how many processes compare where that pays.

    Returns:
        The articles, and those that they were bound to or are bound to now; and others that have parted by it.
    """
    rarity = rarity_in(connection)
    with Comparing(rarity, workers if len(articles) >= MANY else 0) as comparing:
        binding = _Binding(connection, comparing)
        if _are_all(connection, articles):
            connection.execute("DELETE FROM bonds")
            connection.execute("DELETE FROM nearest")
            binding.bind(Everything(connection, rarity).portions())
            return articles.union(row[0] for row in connection.execute("SELECT article FROM compared"))
        ends = set(articles)
        for side, other in (("a", "b"), ("b", "a")):
            ends |= ids_of(connection, f"SELECT {other} FROM bonds WHERE {side} IN ({{}})", articles)  # noqa: S608 — columns
            run_for(connection, f"DELETE FROM bonds WHERE {side} IN ({{}})", articles)  # noqa: S608 — columns
        changes = Changes(connection, rarity, articles)
        return ends | binding.bind(changes.portions()) | changes.part()


def _are_all(connection: sqlite3.Connection, articles: set[int]) -> bool:
    """Whether these are all articles of the library, or so many that it makes no difference."""
    counted = headlines(connection)
    if len(articles) >= max(_MOST_AT_ONCE, counted // 2):
        return True
    return len(articles) >= counted and all(
        row[0] in articles for row in connection.execute("SELECT article FROM compared")
    )


class _Binding:
    """Binds what is alike of portions.

    Args:
        connection: the index, in a transaction.
        comparing: compares pairs.
    """

    def __init__(self, connection: sqlite3.Connection, comparing: Comparing) -> None:
        self._connection = connection
        self._comparing = comparing

    def bind(self, portions: Iterable[Portion]) -> set[int]:
        """Bind what is alike of each portion's pairs, and of what is linked to its articles; tells what was bound."""
        ends: set[int] = set()
        for bonds in self._comparing.bonds(map(self._material, portions)):
            self._connection.executemany("INSERT OR REPLACE INTO bonds(a, b, odds, basis) VALUES (?, ?, ?, ?)", bonds)
            ends.update([one for bond in bonds for one in (bond.a, bond.b)])
        return ends

    def _material(self, portion: Portion) -> Material:
        pairs = sorted(portion.pairs.union(self._linked(portion.articles)))
        sql = """SELECT x.id, x.title, x.excerpt, c.words, c.published, x.outlet, c.headline
                 FROM articles x JOIN compared c ON c.article = x.id WHERE x.id IN ({})"""
        articles = {article for pair in pairs for article in pair}
        return Material(pairs, [Texts(*row) for row in rows_of(self._connection, sql, sorted(articles))])

    def _linked(self, articles: Sequence[int]) -> Iterator[Pair]:
        """Pairs that are linked and near in time."""
        sql = f"""SELECT l.a, l.b FROM links l JOIN compared x ON x.article = l.a JOIN compared y ON y.article = l.b
                  WHERE l.a IN ({{}})
                  AND y.published BETWEEN x.published - {NEAR_SECONDS} AND x.published + {NEAR_SECONDS}"""  # noqa: S608 — a constant
        return (pair(a, b) for a, b in rows_of(self._connection, sql, articles))
