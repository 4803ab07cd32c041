"""Bonds between articles: which of them are alike, linked or not."""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType

from reader.coverage.likeness.evidence import NEAR_SECONDS
from reader.coverage.likeness.rarity import Rarity
from reader.library.index.events.bonds import BondRow, Bonds
from reader.library.index.headline_counts import caps_in, headlines, rarity_in
from reader.library.index.storage.portions import rows_of
from reader.library.sync.bonds.candidates import CHUNK, Changes, Everything, Pair, Portion, pair
from reader.library.sync.bonds.clues import by_time
from reader.library.sync.bonds.comparing import MANY, Comparer, Material, Texts
from reader.library.sync.bonds.crowds import Crowds
from reader.library.sync.bonds.finder import Finder
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


class Comparing:
    """Compares the articles that wait for it with all that may be alike, some at a time.

    Args:
        connection: the index.
        workers: how many processes compare where that pays.
    """

    def __init__(self, connection: sqlite3.Connection, workers: int = 0) -> None:
        self._connection = connection
        self._workers = workers
        self._finder: Finder | None = None
        self._comparer: Comparer | None = None
        self._bound: Iterator[tuple[Portion, list[BondRow]]] = iter(())
        self._reached: tuple[int, int] | None = None
        """The day that `_bound` has come to, and the version of the index then."""
        self._settled: list[int] = []

    def __enter__(self) -> Comparing:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._let_go()

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

    def settled(self) -> list[int]:
        """The articles all of whose bonds `some` has written, where it goes through all of them; each is told once.

        They may be grouped while workers compare others. What is bound to them later waits to be grouped again.
        """
        settled, self._settled = self._settled, []
        return settled

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
            self._let_go()
            rarity = rarity_in(self._connection)
            changes, binding = Changes(self._connection, articles), self._start(rarity, len(articles))
            for _, bonds in binding.bound(changes.portions()):
                let_group(self._connection, Bonds(self._connection).write(bonds))
            let_group(self._connection, changes.part())
            none_waits(self._connection)
            self._let_go()
        return len(articles)

    def _some_of_all(self, until: int) -> int:
        version: int = self._connection.execute("PRAGMA data_version").fetchone()[0]
        if self._reached != (until, version):  # this is the beginning, or another process has written meanwhile
            self._bound = self._start_from(until)
        portion, bonds = next(self._bound, (None, []))
        if portion is None:
            none_waits(self._connection)
            self._let_go()
            return 1
        let_group(self._connection, Bonds(self._connection).write(bonds))
        self._settled = portion.articles
        go_on_from(self._connection, portion.until, len(portion.articles))
        self._reached = (portion.until, version)
        return max(len(portion.articles), 1)

    def _start_from(self, day: int) -> Iterator[tuple[Portion, list[BondRow]]]:
        """Begin to compare all articles, from a day on."""
        self._let_go()
        rarity, counted = rarity_in(self._connection), headlines(self._connection)
        everything = Everything(day, counted, caps_in(self._connection))
        self._finder = Finder(everything, apart=self._workers > 0 and counted >= MANY)
        rows = by_time(self._connection, everything.since, CHUNK)
        return self._start(rarity, counted).bound(self._finder.portions(rows))

    def _start(self, rarity: Rarity, articles: int) -> _Binding:
        self._comparer = Comparer(rarity, self._workers if articles >= MANY else 0)
        return _Binding(self._connection, self._comparer)

    def _let_go(self) -> None:
        """Forget what was looked for ahead, and end the processes."""
        self._bound, self._reached = iter(()), None
        if self._finder is not None:
            self._finder.close()
            self._finder = None
        if self._comparer is not None:
            self._comparer.close()
            self._comparer = None


class _Binding:
    """Compares portions.

    Args:
        connection: the index.
        comparer: compares their pairs.
    """

    def __init__(self, connection: sqlite3.Connection, comparer: Comparer) -> None:
        self._connection = connection
        self._crowds = Crowds(connection)
        self._comparer = comparer

    def bound(self, portions: Iterable[Portion]) -> Iterator[tuple[Portion, list[BondRow]]]:
        """The bonds of each portion's pairs, and of what is linked to its articles; some are looked for ahead."""
        ahead: deque[Portion] = deque()

        def materials() -> Iterator[Material]:
            for portion in portions:
                self._crowds.keep(portion.crowded)  # of a whole portion: day by day, many lists would be written often
                ahead.append(Portion(portion.articles, set(), {}, portion.until))  # the pairs lie in the material
                yield self._material(portion)

        for bonds in self._comparer.bonds(materials()):
            yield ahead.popleft(), bonds

    def _material(self, portion: Portion) -> Material:
        pairs = sorted(portion.pairs.union(self._linked(portion.articles)))
        sql = """SELECT x.id, x.title, x.excerpt, c.published, x.outlet, c.headline
                 FROM articles x JOIN compared c ON c.article = x.id WHERE x.id IN ({})"""
        articles = {article for pair in pairs for article in pair}
        return Material(pairs, [Texts(*row) for row in rows_of(self._connection, sql, sorted(articles))])

    def _linked(self, articles: Sequence[int]) -> Iterator[Pair]:
        """Pairs that are linked and near in time."""
        sql = f"""SELECT l.a, l.b FROM links l JOIN compared x ON x.article = l.a JOIN compared y ON y.article = l.b
                  WHERE l.a IN ({{}})
                  AND y.published BETWEEN x.published - {NEAR_SECONDS} AND x.published + {NEAR_SECONDS}"""  # noqa: S608 — a constant
        return (pair(a, b) for a, b in rows_of(self._connection, sql, articles))
