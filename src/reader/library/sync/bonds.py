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
from reader.library.index.storage.portions import rows_of
from reader.library.sync.candidates import Changes, Everything, Pair, Portion, pair
from reader.library.sync.waiting import (
    NO_DAY,
    compared_until,
    go_on_from,
    let_all_wait,
    let_group,
    none_waits,
    waiting,
)

_MANY, _TOO_MANY = 20_000, 40_000
"""Articles from which on, if they are half of the library, and from which on in any case all of it is compared anew:
so fewer are kept in memory."""


class BondRow(NamedTuple):
    """A bond as it lies in the index: two articles, the lesser id first."""

    a: int
    b: int
    odds: float
    basis: int


class Comparing:
    """Compares the articles that wait for it with all that may be alike, some at a time.

    Args:
        connection: the index.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._portions: Iterator[Portion] = iter(())
        self._binding: _Binding | None = None
        self._reached: tuple[int, int] | None = None
        """The day that `_portions` has come to, and the version of the index then."""

    def some(self) -> int:
        """Compare some; to be called in a transaction.

        Returns:
            How many were compared; 0 where none waits.
        """
        until = compared_until(self._connection)
        if until is None:
            articles = waiting(self._connection)
            if not self._are_all(articles):
                return self._changed(articles)
            let_all_wait(self._connection)
            until = NO_DAY
        return self._some_of_all(until)

    def _are_all(self, articles: set[int]) -> bool:
        """Whether these are all articles, or so many that all may as well be compared anew."""
        counted = headlines(self._connection)
        if len(articles) >= min(max(_MANY, counted // 2), _TOO_MANY):
            return True
        if not articles or len(articles) < counted:
            return False
        return all(article in articles for (article,) in self._connection.execute("SELECT article FROM compared"))

    def _changed(self, articles: set[int]) -> int:
        if articles:
            rarity = rarity_in(self._connection)
            changes, binding = Changes(self._connection, rarity, articles), _Binding(self._connection, rarity)
            for portion in changes.portions():
                let_group(self._connection, binding.bind(portion))
            let_group(self._connection, changes.part())
            none_waits(self._connection)
        return len(articles)

    def _some_of_all(self, until: int) -> int:
        version: int = self._connection.execute("PRAGMA data_version").fetchone()[0]
        if self._binding is None or self._reached != (
            until,
            version,
        ):  # this is the beginning, or another process has written meanwhile
            rarity = rarity_in(self._connection)
            self._portions = Everything(self._connection, rarity, until).portions()
            self._binding = _Binding(self._connection, rarity)
        portion = next(self._portions, None)
        if portion is None:
            none_waits(self._connection)
            self._reached = None
            return 1
        self._binding.bind(portion)
        go_on_from(self._connection, portion.until, len(portion.articles))
        self._reached = (portion.until, version)
        return max(len(portion.articles), 1)


class _Binding:
    def __init__(self, connection: sqlite3.Connection, rarity: Rarity) -> None:
        self._connection = connection
        self._rarity = rarity
        self._weighing = Weighing(rarity)
        self._told: dict[int, tuple[Told, int]] = {}

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
