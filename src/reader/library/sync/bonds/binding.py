"""Bonds between articles: which of them are alike, linked or not."""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from typing import NamedTuple

from reader.coverage.likeness.evidence import NEAR_SECONDS
from reader.library.index.headline_counts import headlines, rarity_in
from reader.library.index.storage.portions import rows_of
from reader.library.sync.bonds.candidates import Changes, Everything, Pair, Portion, pair
from reader.library.sync.bonds.comparing import MANY, BondRow, Comparing, Material, Texts
from reader.library.sync.waiting import (
    NO_DAY,
    compared_until,
    go_on_from,
    let_all_wait,
    let_group,
    none_waits,
    waiting,
)

_MOST_AT_ONCE, _TOO_MANY = 20_000, 40_000
"""Articles from which on, if they are half of the library, and from which on in any case all of it is compared anew:
so fewer are kept in memory."""


class _Reached(NamedTuple):
    """What a portion of all articles comes to: see `Portion`."""

    until: int
    articles: int


class Binding:
    """Binds the articles that wait for it to all that is alike, some at a time.

    Args:
        connection: the index.
        workers: how many processes compare where that pays.
    """

    def __init__(self, connection: sqlite3.Connection, workers: int = 0) -> None:
        self._connection = connection
        self._workers = workers
        self._open = ExitStack()
        self._bonds: Iterator[list[BondRow]] | None = None
        self._ahead: deque[_Reached] = deque()
        self._began: tuple[int, int] | None = None
        """The day that `_bonds` has come to, and the version of the index then."""

    def __enter__(self) -> Binding:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def some(self) -> int:
        """Bind some; to be called in a transaction.

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
        if len(articles) >= min(max(_MOST_AT_ONCE, counted // 2), _TOO_MANY):
            return True
        if not articles or len(articles) < counted:
            return False
        return all(article in articles for (article,) in self._connection.execute("SELECT article FROM compared"))

    def _changed(self, articles: set[int]) -> int:
        if articles:
            rarity = rarity_in(self._connection)
            changes = Changes(self._connection, rarity, articles)
            with Comparing(rarity, self._workers if len(articles) >= MANY else 0) as comparing:
                for bonds in comparing.bonds(map(self._material, changes.portions())):
                    let_group(self._connection, self._write(bonds))
            let_group(self._connection, changes.part())
            none_waits(self._connection)
        return len(articles)

    def _some_of_all(self, until: int) -> int:
        version: int = self._connection.execute("PRAGMA data_version").fetchone()[0]
        if self._bonds is None or self._began != (until, version):  # else another process has written meanwhile
            self._begin(until)
        assert self._bonds is not None  # noqa: S101 — it was begun
        bonds = next(self._bonds, None)
        if bonds is None:
            self._bonds = None
            none_waits(self._connection)
            return 1
        reached = self._ahead.popleft()
        self._write(bonds)
        go_on_from(self._connection, *reached)
        self._began = (reached.until, version)
        return max(reached.articles, 1)

    def _begin(self, until: int) -> None:
        """Begin to look at all articles from a day on."""
        self._open.close()
        self._ahead.clear()
        rarity = rarity_in(self._connection)
        are_many = headlines(self._connection) >= MANY
        comparing = self._open.enter_context(Comparing(rarity, self._workers if are_many else 0))
        self._bonds = comparing.bonds(self._told(Everything(self._connection, rarity, until).portions()))

    def _told(self, portions: Iterable[Portion]) -> Iterator[Material]:
        for portion in portions:
            self._ahead.append(_Reached(portion.until, len(portion.articles)))
            yield self._material(portion)

    def _write(self, bonds: Sequence[BondRow]) -> set[int]:
        """Keep bonds; tells what was bound."""
        self._connection.executemany("INSERT OR REPLACE INTO bonds(a, b, odds, basis) VALUES (?, ?, ?, ?)", bonds)
        return {one for bond in bonds for one in (bond.a, bond.b)}

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
