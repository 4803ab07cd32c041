"""Finds the pairs of articles that are to be compared: those of which one is among the `nearest` to the other.

`Everything` goes through all articles in order of time, with those of a few days, or a few thousand, in memory.
`Changes` looks at articles that changed, and at those whose nearest are others than before because of that. Both find
the same pairs.

An article that has `MOST` or more others near it is *crowded*: the index keeps which of these are the nearest: see
`crowds`. Any other article is compared with all that are near it, and nothing is kept.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple, TypeAlias

from reader.library.index.events.bonds import Bonds
from reader.library.index.headline_counts import HeadlineCounts
from reader.library.index.storage.portions import rows_of
from reader.library.sync.bonds.clues import DAY_SECONDS, Compared, Row, articles_on, having, words_in
from reader.library.sync.bonds.crowds import Crowds
from reader.library.sync.bonds.nearest import (
    MOST,
    NEAR_DAYS,
    Headline,
    Headlines,
    Ranked,
    Shared,
    least_on,
    nearest,
    nearness,
    ranked,
    shared_clues,
)
from reader.library.sync.bonds.window import Window

Pair: TypeAlias = tuple[int, int]
"""The ids of two articles, the lesser first."""

CHUNK = 4_000
"""Articles that are looked at together, in order of time, so that what is near to them is read once."""

_LAST_DAY = 1 << 40
"""A day after all others."""


class Portion(NamedTuple):
    """Some articles with the pairs to be compared, but for those pairs that portions before have had.

    Attributes:
        articles: the ids of the articles.
        pairs: the pairs to be compared.
        crowded: for each crowded article its nearest, with how near they are.
        until: the day before which all articles have been in portions, in days since 1970; only of `Everything`.
    """

    articles: list[int]
    pairs: set[Pair]
    crowded: dict[int, dict[int, int]]
    until: int = _LAST_DAY

    @classmethod
    def empty(cls) -> Portion:
        """A portion without articles."""
        return cls([], set(), {})


def pair(one: int, other: int) -> Pair:
    """The pair of two articles."""
    return (one, other) if one < other else (other, one)


class Everything:
    """Finds the pairs of all articles of a library, or of those from a day on. It needs no index.

    Articles come in order of time. Those of a day meet each other and those of the `NEAR_DAYS` before. When the days
    after have come too, an article has met all that are near it, and its nearest are chosen.

    Args:
        first: the day from which on articles are in portions, in days since 1970.
        counted: how many headlines the library has.
        cap_of: the greatest level that a word may have in the library, by the word's number.
    """

    def __init__(self, first: int, counted: int, cap_of: Callable[[int], int]) -> None:
        self._first = first
        self._counted = counted
        self._headlines = Headlines(cap_of, counted)
        self._window = Window()
        self._known: dict[int, Headline] = {}
        self._waiting: deque[list[Headline]] = deque()
        self._done: deque[list[Headline]] = deque()
        self._portion = Portion.empty()

    @property
    def since(self) -> int:
        """The day from which on articles must come: those of `first` are to meet what is before them as well."""
        return max(self._first - NEAR_DAYS, -_LAST_DAY)

    def come(self, rows: Iterable[Row]) -> list[Portion]:
        """Take the articles that come next in order of time, those of each day in one call.

        Returns:
            The portions that are complete now; often none.
        """
        ready: list[Portion] = []
        for day, of_day in groupby(rows, key=lambda row: row[1] // DAY_SECONDS):
            self._finish(day - NEAR_DAYS)
            if len(self._portion.articles) > CHUNK or len(self._portion.pairs) > CHUNK * MOST:
                ready.append(self._portion._replace(until=day - NEAR_DAYS))
                self._portion = Portion.empty()
            self._add(day, [self._headlines.headline(row[0], Compared(*row[1:])) for row in of_day])
        return ready

    def rest(self) -> Portion:
        """The last portion, when all articles have come."""
        self._finish()
        return self._portion

    def _add(self, day: int, headlines: list[Headline]) -> None:
        """Let the articles of a day meet each other and those of the days before it."""
        least_levels = least_on(headlines, self._counted)
        for one in headlines:
            one.least_levels = least_levels
            self._known[one.article] = one
        for one, shared in self._window.meetings(day, headlines):
            for other, near in ranked(one, shared):
                one.meet((near, other.article))
                other.meet((near, one.article))
        self._waiting.append(headlines)

    def _finish(self, before: int | None = None) -> None:
        """Choose the nearest of articles from before a day, which have met all that are near; None for all days."""
        portion = self._portion
        while self._waiting and (before is None or self._waiting[0][0].day < before):
            headlines = self._waiting.popleft()
            for one in headlines if headlines[0].day >= self._first else ():
                near = nearest(one.near) if len(one.near) > MOST else one.near
                one.near, one.kept = [], frozenset([other for _, other in near])
                portion.articles.append(one.article)
                portion.pairs.update([pair(one.article, other) for other in one.kept if not self._has_kept(other, one)])
                if len(near) == MOST:
                    portion.crowded[one.article] = {rank[1]: nearness(rank) for rank in near}
            self._forget(headlines)

    def _has_kept(self, article: int, one: Headline) -> bool:
        """Whether an article has chosen `one` before, so that the pair has been in a portion."""
        kept = self._known[article].kept
        return kept is not None and one.article in kept

    def _forget(self, headlines: list[Headline]) -> None:
        """Note that the articles of a day have chosen; forget those too old to be near to any that has not."""
        day = headlines[0].day
        self._done.append(headlines)
        while self._done[0][0].day < day - NEAR_DAYS:
            for one in self._done.popleft():
                del self._known[one.article]


class Changes:
    """Finds the pairs of articles that changed, and what their change does to the pairs of others.

    Args:
        connection: the index, in a transaction.
        articles: ids of the articles that changed, came or went. The index has no bonds of them any more.
    """

    def __init__(self, connection: sqlite3.Connection, articles: set[int]) -> None:
        self._connection = connection
        self._crowds = Crowds(connection)
        self._finding = _Finding(connection)
        self._articles = articles
        self._parting: set[Pair] = set()

    def portions(self) -> Iterator[Portion]:
        """The pairs to be compared. It brings `crowds` up to date, too."""
        losing = self._crowds.losing(self._articles)
        self._crowds.let_go(self._articles)
        coming: dict[int, int] = {}
        crowded: dict[int, dict[int, int]] = {}
        portion = Portion.empty()
        for one, found in self._finding.near(self._articles):
            for rank in found:
                other = rank[1]
                if other not in self._articles:
                    coming[other] = max(nearness(rank), coming.get(other, nearness(rank)))
            chosen = {rank[1]: nearness(rank) for rank in nearest(found)}
            if len(chosen) == MOST:
                crowded[one.article] = chosen
            portion.articles.append(one.article)
            portion.pairs.update([pair(one.article, other) for other in chosen])
            if len(portion.articles) == CHUNK:
                yield portion
                portion = Portion.empty()
        self._crowds.keep(crowded)
        yield portion
        yield Portion([], self._beside((losing - self._articles) | self._nearer(coming), crowded), {})

    def part(self) -> set[int]:
        """Take away the bonds of pairs that are not to be compared any more; to be called when `portions` is done.

        Returns:
            The articles of the pairs that may have lost their bonds.
        """
        kept = self._crowds.of({article for one in self._parting for article in one})
        parted = [
            (a, b)
            for a, b in sorted(self._parting)
            if all(one in kept and other not in kept[one] for one, other in ((a, b), (b, a)))
        ]
        linked = set(rows_of(self._connection, "SELECT a, b FROM links WHERE a IN ({})", {a for a, _ in parted}))
        Bonds(self._connection).part(one for one in parted if one not in linked)
        return {article for one in parted for article in one}

    def _nearer(self, coming: dict[int, int]) -> set[int]:
        """Articles, not changed themselves, to which a changed one may now be one of the nearest.

        Those that are not crowded are among them: they may be so now.
        """
        farthest = {article: min(near.values()) for article, near in self._crowds.of(coming).items()}
        return {article for article, near in coming.items() if near >= farthest.get(article, near)}

    def _beside(self, others: set[int], crowded: Mapping[int, Mapping[int, int]]) -> set[Pair]:
        """The pairs that come as the nearest of other articles are chosen again; `_parting` notes those that go."""
        pairs: set[Pair] = set()
        before = self._crowds.of(others)
        now: dict[int, dict[int, int]] = {}
        for one, found in self._finding.near(others):
            chosen = {rank[1]: nearness(rank) for rank in nearest(found)}
            for other in chosen.keys() & self._articles:
                if other in crowded and one.article not in crowded[other]:
                    pairs.add(pair(one.article, other))
            known = before.get(one.article)
            if known is None:  # it was not crowded, and has been compared with all that are near
                left = {other for _, other in found} - chosen.keys()
            else:
                left = known.keys() - chosen.keys()
                pairs.update([pair(one.article, other) for other in chosen.keys() - known.keys() - self._articles])
            self._parting.update([pair(one.article, other) for other in left - self._articles])
            if chosen != known:
                now[one.article] = chosen
        self._crowds.let_go(now)
        self._crowds.keep({article: near for article, near in now.items() if len(near) == MOST})
        return pairs


class _Finding:
    """Finds in the index what is near to some articles."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        counts = HeadlineCounts(connection)
        self._counted = counts.headlines
        self._headlines = Headlines(counts.caps, counts.headlines)
        self._least_levels: dict[int, int] = {}

    def near(self, articles: Iterable[int]) -> Iterator[tuple[Headline, list[Ranked]]]:
        """Each of some articles that are compared at all, with all that are near to it, in no particular order."""
        sql = "SELECT published, article FROM compared WHERE article IN ({})"
        ordered = [article for _, article in sorted(rows_of(self._connection, sql, articles))]
        for start in range(0, len(ordered), CHUNK):
            yield from self._near(ordered[start : start + CHUNK])

    def _near(self, articles: Sequence[int]) -> Iterator[tuple[Headline, list[Ranked]]]:
        known = self._read(articles)
        clues: defaultdict[int, set[int]] = defaultdict(set)
        for one in known.values():
            for day in range(one.day - NEAR_DAYS, one.day + NEAR_DAYS + 1):
                clues[day].update([clue for _, clue in one.clues])
        index = having(self._connection, clues)
        if any(one.day not in index[clue] for one in known.values() for _, clue in one.clues):
            raise sqlite3.DatabaseError("the articles of a day are not all of them: the index is damaged")
        for article in articles:
            one = known[article]
            levels, is_all = shared_clues(one, index, one.day - NEAR_DAYS, one.day + NEAR_DAYS)
            known.update(self._read([other for other in levels if other not in known]))
            shared = Shared([(known[other], level) for other, level in levels.items()], is_all)
            yield one, [(near, other.article) for other, near in ranked(one, shared)]

    def _read(self, articles: Iterable[int]) -> dict[int, Headline]:
        read = {
            article: self._headlines.headline(article, row)
            for article, row in words_in(self._connection, articles).items()
        }
        for one in read.values():
            if one.day not in self._least_levels:
                self._least_levels[one.day] = least_on(articles_on(self._connection, one.day), self._counted)
            one.least_levels = self._least_levels[one.day]
        return read
