"""Brings the bonds of the index up to date: has the articles that wait compared, and writes the bonds between them.

Where few articles wait, these are compared in one step (`candidates.Changes`). Where most of the library does, all of
it is compared anew, day by day (`candidates.Everything`), in as many steps as that takes, so that memory stays bounded
and an interrupted sync goes on at the day that it had come to.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from types import TracebackType

from reader.coverage.likeness.evidence import NEAR_SECONDS
from reader.coverage.likeness.rarity import Rarity
from reader.library.index.events.bonds import BondRow, Bonds
from reader.library.index.headline_counts import HeadlineCounts, headlines
from reader.library.index.storage.portions import rows_of
from reader.library.sync.bonds.candidates import CHUNK, Changes, Everything, Pair, Portion, pair
from reader.library.sync.bonds.clues import by_time
from reader.library.sync.bonds.comparing import MANY, Comparer, Material
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
"""So many waiting articles, if they are also half of the library, or so many in any case, have all of it compared anew,
which keeps fewer articles in memory."""


_TEXTS = """
    SELECT x.id, coalesce(s.title, x.title), coalesce(s.excerpt, x.excerpt), c.published,
           (SELECT p.outlet FROM providers p WHERE p.id = x.provider), c.headline
    FROM known_articles x CROSS JOIN compared c ON c.article = x.id LEFT JOIN known_stories s ON s.id = x.story
    WHERE x.id IN ({})"""
"""The texts of articles that are compared. The view `articles` has them too, but looks the story up for each text."""


class Comparing:
    """Has the articles that wait compared with all that may be alike, some at a time.

    Args:
        connection: the index.
        workers: how many processes compare where that pays; 0 for this one alone.
    """

    def __init__(self, connection: sqlite3.Connection, workers: int = 0) -> None:
        self._connection = connection
        self._workers = workers
        self._finder: Finder | None = None
        self._comparer: Comparer | None = None
        self._bound: Iterator[tuple[Portion, list[BondRow]]] = iter(())
        self._reached: tuple[int, int] | None = None
        """The day before which `_bound` has compared all, and the version of the index then."""
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
        """The articles that the last step of comparing all has settled: all their bonds are written.

        They may be grouped while workers compare others. Calling it again gives none.
        """
        settled, self._settled = self._settled, []
        return settled

    def _are_all(self, articles: set[int]) -> bool:
        """Whether these articles are the whole library, or so many that it may as well be compared anew."""
        counted = headlines(self._connection)
        if len(articles) >= min(max(_MANY, counted // 2), _TOO_MANY):
            return True
        if not articles or len(articles) < counted:
            return False
        return all(article in articles for (article,) in self._connection.execute("SELECT article FROM compared"))

    def _changed(self, articles: set[int]) -> int:
        if articles:
            self._let_go()
            rarity = HeadlineCounts(self._connection).rarity
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
        """Begin to compare all articles, from a day on; gives each portion with its bonds, as they are asked for."""
        self._let_go()
        counts = HeadlineCounts(self._connection)
        everything = Everything(day, counts.headlines, counts.caps)
        self._finder = Finder(everything, apart=self._workers > 0 and counts.headlines >= MANY)
        rows = by_time(self._connection, everything.since, CHUNK)
        return self._start(counts.rarity, counts.headlines).bound(self._finder.portions(rows))

    def _start(self, rarity: Rarity, articles: int) -> _Binding:
        self._comparer = Comparer(rarity, self._workers if articles >= MANY else 0)
        return _Binding(self._connection, self._comparer)

    def _let_go(self) -> None:
        """Drop what was compared ahead, and end the processes."""
        self._bound, self._reached = iter(()), None
        if self._finder is not None:
            self._finder.close()
            self._finder = None
        if self._comparer is not None:
            self._comparer.close()
            self._comparer = None


class _Binding:
    """Compares the pairs of portions.

    Args:
        connection: the index.
        comparer: what compares them.
    """

    def __init__(self, connection: sqlite3.Connection, comparer: Comparer) -> None:
        self._connection = connection
        self._crowds = Crowds(connection)
        self._comparer = comparer

    def bound(self, portions: Iterable[Portion]) -> Iterator[tuple[Portion, list[BondRow]]]:
        """Each portion with the bonds of its pairs, and of its articles with what is linked to them.

        Portions are asked for a little ahead of what is given. Those that are given have no pairs any more.
        """
        ahead: deque[Portion] = deque()

        def materials() -> Iterator[Material]:
            for portion in portions:
                self._crowds.keep(portion.crowded)  # once a portion: day by day, many lists would be written again
                ahead.append(Portion(portion.articles, set(), {}, portion.until))  # the material has the pairs
                yield self._material(portion)

        for bonds in self._comparer.bonds(materials()):
            yield ahead.popleft(), bonds

    def _material(self, portion: Portion) -> Material:
        pairs = sorted(portion.pairs.union(self._linked(portion.articles)))
        articles = sorted(set(chain.from_iterable(pairs)))
        return Material(pairs, list(rows_of(self._connection, _TEXTS, articles)))

    def _linked(self, articles: Sequence[int]) -> Iterator[Pair]:
        """The pairs of some articles and what is linked to them, near enough in time to be compared."""
        sql = f"""SELECT l.a, l.b FROM links l JOIN compared x ON x.article = l.a JOIN compared y ON y.article = l.b
                  WHERE l.a IN ({{}})
                  AND y.published BETWEEN x.published - {NEAR_SECONDS} AND x.published + {NEAR_SECONDS}"""  # noqa: S608 — a constant
        return (pair(a, b) for a, b in rows_of(self._connection, sql, articles))
