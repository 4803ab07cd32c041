"""Comparing articles: which of them are alike, linked or not."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from reader.coverage.likeness.candidates import clues_of, is_enough
from reader.coverage.likeness.evidence import NEAR_SECONDS, Told, Weighing
from reader.coverage.likeness.odds import ALIKE, log_odds
from reader.coverage.likeness.rarity import Rarity
from reader.coverage.likeness.wording import wording_of
from reader.coverage.reasons import Basis, basis_of
from reader.library.index.headline_counts import number_of, rarity_in
from reader.library.index.storage.portions import rows_of
from reader.library.sync.clues import ANCHORS, DAY_SECONDS, Buckets, Compared, words_in
from reader.library.sync.waiting import (
    Waiting,
    do_all_wait,
    go_on_after,
    let_group,
    next_to_compare,
    waiting_between,
)

AT_ONCE = 4_000
"""Articles that are compared at once, in order of time: so what is near in time is read once."""

_WHOLE_HEADLINE = 1_000
"""What counts as the level of a whole headline: articles that share it are always compared."""

_NEAR_DAYS = NEAR_SECONDS // DAY_SECONDS


class BondRow(NamedTuple):
    """A bond as it lies in the index: two articles, the lesser id first."""

    a: int
    b: int
    odds: float
    basis: int


def compare_some(connection: sqlite3.Connection) -> int:
    """Compare some of the articles that wait for it with all that may be alike; to be called in a transaction.

    Returns:
        How many were compared; 0 where none waits.
    """
    portion = next_to_compare(connection, AT_ONCE)
    if portion:
        bonds = _Comparing(connection, rarity_in(connection)).bonds(portion)
        connection.executemany("INSERT OR REPLACE INTO bonds(a, b, odds, basis) VALUES (?, ?, ?, ?)", bonds)
        let_group(connection, {end for bond in bonds for end in (bond.a, bond.b)})
        go_on_after(connection, portion[-1])
    return len(portion)


class _Clues(NamedTuple):
    """The clues of a headline.

    Attributes:
        words: the levels and numbers of its words, the rarest first.
        numbers: the numbers alone.
        sum: the sum of the levels, at least 1.
        headline: the number of the headline as a whole; None where it is too short to tell.
        published: in seconds since 1970.
        top: the number of the rarest word; 0 where there is none.
        level: its level.
    """

    words: list[tuple[int, int]]
    numbers: frozenset[int]
    sum: int
    headline: int | None
    published: int
    top: int
    level: int

    @property
    def all(self) -> list[tuple[int, int]]:
        """The levels and numbers of all clues."""
        return self.words if self.headline is None else [*self.words, (_WHOLE_HEADLINE, self.headline)]


def _unmatched(one: _Clues, other: _Clues) -> int:
    """The level of the rarest clue that each of two headlines has and the other has not; the lesser one."""
    here = _rarest_beside(one.words, other.numbers)
    return here and min(here, _rarest_beside(other.words, one.numbers))


def _rarest_beside(words: Sequence[tuple[int, int]], numbers: frozenset[int]) -> int:
    for level, number in words:
        if number not in numbers:
            return level
    return 0


_Found: TypeAlias = Mapping[int, Mapping[int, Sequence[tuple[int, int]]]]
"""Lots and articles, by clue and by day."""


class _Comparing:
    def __init__(self, connection: sqlite3.Connection, rarity: Rarity) -> None:
        self._connection = connection
        self._rarity = rarity
        self._weighing = Weighing(rarity)
        self._told: dict[int, tuple[Told, int]] = {}
        self._do_all_wait = do_all_wait(connection)
        self._waiting: set[int] = set()

    def bonds(self, portion: Sequence[Waiting]) -> list[BondRow]:
        """The bonds of articles that wait to be compared, in order of time."""
        first, last = portion[0].published, portion[-1].published
        if not self._do_all_wait:
            self._waiting = waiting_between(self._connection, first - NEAR_SECONDS, last + NEAR_SECONDS)
        ids = [one.article for one in portion]
        first_day, last_day = first // DAY_SECONDS - _NEAR_DAYS, last // DAY_SECONDS + _NEAR_DAYS
        return self._compare(sorted({*self._found(ids, first_day, last_day), *self._linked(ids)}))

    def _has_met(self, other: tuple[int, int], one: tuple[int, int]) -> bool:
        """Whether an article has been compared with one already: of two that wait, the earlier one does it."""
        return other < one and (self._do_all_wait or other[1] in self._waiting)

    def _linked(self, articles: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Pairs that are linked and near in time."""
        sql = f"""SELECT l.a, l.b FROM links l JOIN compared x ON x.article = l.a JOIN compared y ON y.article = l.b
                  WHERE l.a IN ({{}})
                  AND y.published BETWEEN x.published - {NEAR_SECONDS} AND x.published + {NEAR_SECONDS}"""  # noqa: S608 — a constant
        return ((a, b) if a < b else (b, a) for a, b in rows_of(self._connection, sql, articles))

    def _found(self, articles: Sequence[int], first: int, last: int) -> Iterator[tuple[int, int]]:
        """Pairs whose headlines have enough in common, from a first day to a last."""
        compared = words_in(self._connection, articles)
        known = {article: self._clues(one) for article, one in compared.items()}
        buckets = Buckets(self._connection).read(
            sorted({clue for clues in known.values() for _, clue in clues.all}), first, last
        )
        for article in articles:
            one, clues = compared[article], known[article]
            shared = self._shared(article, one, clues, buckets)
            missing = [other for other in shared if other not in known]
            for other, told in words_in(self._connection, missing).items():
                known[other] = self._clues(told)
            numbers, published, of_one, top, level = clues.numbers, one.published, clues.sum, clues.top, clues.level
            for other, levels in shared.items():
                theirs = known[other]
                if top not in theirs.numbers and theirs.top not in numbers:  # so it is as a rule, and quickly told
                    unmatched = min(level, theirs.level)
                else:
                    unmatched = _unmatched(clues, theirs)
                seconds = abs(published - theirs.published)
                if seconds > NEAR_SECONDS or not is_enough(levels, of_one, theirs.sum, seconds, unmatched):
                    continue
                if not self._has_met((theirs.published, other), (published, article)):
                    yield (article, other) if article < other else (other, article)

    def _clues(self, one: Compared) -> _Clues:
        words = sorted([(self._rarity(word), number_of(word)) for word in clues_of(one.words.split())], reverse=True)
        numbers = frozenset([number for _, number in words])
        headline = number_of(f"\n{one.headline}") if one.headline else None
        level, top = words[0] if words else (0, 0)
        total = max(sum([level for level, _ in words]), 1)
        return _Clues(words, numbers, total, headline, one.published, top, level)

    def _shared(self, article: int, one: Compared, clues: _Clues, buckets: _Found) -> dict[int, int]:
        """The sum of the levels of the clues that an article shares with each other.

        Where all are compared anew, only those from its day on: the ones before have met it.
        """
        shared: dict[int, int] = {}
        near = range(one.day - (0 if self._do_all_wait else _NEAR_DAYS), one.day + _NEAR_DAYS + 1)
        for level, clue in clues.all:
            days = buckets[clue]
            own = days[one.day]
            is_anchor = len(own) <= ANCHORS or (one.lot, article) <= own[ANCHORS - 1]
            for day in near:
                if day in days:
                    for _, other in days[day] if is_anchor else days[day][:ANCHORS]:
                        shared[other] = shared.get(other, 0) + level
        shared.pop(article, None)  # it is not met where others of each day have lower lots
        return shared

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
