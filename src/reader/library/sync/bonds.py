"""Comparing articles: which of them are alike, linked or not."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from reader.coverage.likeness.evidence import NEAR_SECONDS, Told, Weighing
from reader.coverage.likeness.odds import ALIKE, log_odds
from reader.coverage.likeness.rarity import Rarity
from reader.coverage.likeness.wording import wording_of
from reader.coverage.reasons import Basis, basis_of
from reader.library.index.headline_counts import headlines, rarity_in
from reader.library.index.storage.portions import ids_of, rows_of, run_for
from reader.library.sync.candidates import Changes, Everything, Pair, Portion, pair

_MANY = 20_000
"""Articles from which on, if they are half of the library, all of it is compared anew: so fewer are kept in memory."""


class BondRow(NamedTuple):
    """A bond as it lies in the index: two articles, the lesser id first."""

    a: int
    b: int
    odds: float
    basis: int


def rebind(connection: sqlite3.Connection, articles: set[int]) -> set[int]:
    """Compare articles anew with all that may be alike; to be called in a transaction.

    Returns:
        The articles, and those that they were bound to or are bound to now; and others that have parted by it.
    """
    rarity = rarity_in(connection)
    comparing = _Comparing(connection, rarity)
    if _are_all(connection, articles):
        connection.execute("DELETE FROM bonds")
        connection.execute("DELETE FROM nearest")
        for portion in Everything(connection, rarity).portions():
            comparing.bind(portion)
        return articles.union(row[0] for row in connection.execute("SELECT article FROM compared"))
    ends = set(articles)
    for side, other in (("a", "b"), ("b", "a")):
        ends |= ids_of(connection, f"SELECT {other} FROM bonds WHERE {side} IN ({{}})", articles)  # noqa: S608 — columns
        run_for(connection, f"DELETE FROM bonds WHERE {side} IN ({{}})", articles)  # noqa: S608 — columns
    changes = Changes(connection, rarity, articles)
    for portion in changes.portions():
        ends.update(comparing.bind(portion))
    return ends | changes.part()


def _are_all(connection: sqlite3.Connection, articles: set[int]) -> bool:
    """Whether these are all articles of the library, or so many that it makes no difference."""
    counted = headlines(connection)
    if len(articles) >= max(_MANY, counted // 2):
        return True
    return len(articles) >= counted and all(
        row[0] in articles for row in connection.execute("SELECT article FROM compared")
    )


class _Comparing:
    def __init__(self, connection: sqlite3.Connection, rarity: Rarity) -> None:
        self._connection = connection
        self._rarity = rarity
        self._weighing = Weighing(rarity)
        self._told: dict[int, tuple[Told, str]] = {}

    def bind(self, portion: Portion) -> set[int]:
        """Bind what is alike of a portion's pairs, and of what is linked to its articles; tells what was bound."""
        self._weighing, self._told = Weighing(self._rarity), {}
        bonds = self._compare(sorted(portion.pairs.union(self._linked(portion.articles))))
        self._connection.executemany("INSERT OR REPLACE INTO bonds(a, b, odds, basis) VALUES (?, ?, ?, ?)", bonds)
        return {one for bond in bonds for one in (bond.a, bond.b)}

    def _linked(self, articles: Sequence[int]) -> Iterator[Pair]:
        """Pairs that are linked and near in time."""
        sql = f"""SELECT l.a, l.b FROM links l JOIN compared x ON x.article = l.a JOIN compared y ON y.article = l.b
                  WHERE l.a IN ({{}})
                  AND y.published BETWEEN x.published - {NEAR_SECONDS} AND x.published + {NEAR_SECONDS}"""  # noqa: S608 — a constant
        return (pair(a, b) for a, b in rows_of(self._connection, sql, articles))

    def _compare(self, pairs: Sequence[tuple[int, int]]) -> list[BondRow]:
        missing = {one for pair in pairs for one in pair} - self._told.keys()
        self._read(sorted(missing))
        bonds = []
        for a, b in pairs:
            (one, headline), (other, other_headline) = self._told[a], self._told[b]
            if abs(one.published - other.published) > NEAR_SECONDS:
                continue
            evidence = self._weighing.without_form(one, other)
            is_one_headline = bool(headline) and headline == other_headline
            if log_odds(evidence) < ALIKE and not is_one_headline:
                continue
            evidence = self._weighing.with_form(evidence, one, other)
            odds = log_odds(evidence)
            basis = basis_of(evidence, is_one_headline=is_one_headline)
            if odds >= ALIKE or basis is not Basis.WORDS:
                bonds.append(BondRow(a, b, odds, basis))
        return bonds

    def _read(self, articles: Iterable[int]) -> None:
        sql = """SELECT x.id, x.title, x.excerpt, c.words, c.published, x.outlet, c.headline
                 FROM articles x JOIN compared c ON c.article = x.id WHERE x.id IN ({})"""
        for article, title, excerpt, words, published, outlet, headline in rows_of(self._connection, sql, articles):
            wording = wording_of(title, excerpt, words.split())
            self._told[article] = (Told(wording, published, outlet), headline)
