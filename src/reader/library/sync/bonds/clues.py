"""The words and headlines by which articles are found that may report the same event, kept up to date.

    articles ── compared ── clues            the words of each headline, and who else has them, by day
                        └── headline_counts  how many headlines have each

Where hundreds of articles of one day have the same word, comparing each with each would take for ever. Some of them,
the `ANCHORS` whose lots are the lowest, are compared with all that have it; the others with these. Lots are drawn by
the articles' keys, so it does not matter in which order the articles came.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from hashlib import blake2b
from itertools import chain
from typing import NamedTuple, cast

from reader.coverage.likeness.candidates import clues_of, leads
from reader.coverage.likeness.memory import Memory
from reader.coverage.likeness.rarity import bits_of, cap, in_english, least_counted
from reader.coverage.likeness.wording import headline_words
from reader.coverage.likeness.words import headline_key
from reader.library.folder import memory
from reader.library.index.headline_counts import HEADLINES, headlines, number_of
from reader.library.index.storage.portions import ids_of, rows_of, run_for

DAY_SECONDS = 86_400

LOT_BITS = 31
"""Binary digits of a lot: SQLite keeps such a number in four bytes."""

_DRAWN_BITS = 56

ANCHORS = 32
"""Articles with a word on one day that are compared with all that have it."""

_MOST_ASKED = 64
"""Clues of a day that are asked for one by one; where there are more, all of the day are read."""

_SELECT = "SELECT article, published, lot, words, headline FROM compared WHERE article IN ({})"

_NOW = """SELECT id, published, key, title FROM articles
          WHERE id IN ({}) AND published IS NOT NULL AND title IS NOT NULL"""


class Compared(NamedTuple):
    """What an article is found by.

    Attributes:
        published: in seconds since 1970.
        lot: a number drawn by its key.
        words: the words of its headline, one after the other.
        headline: what equal headlines share; 0 where it is too short to tell.
    """

    published: int
    lot: int
    words: str
    headline: int

    @property
    def day(self) -> int:
        """Its day."""
        return self.published // DAY_SECONDS

    @property
    def clues(self) -> set[int]:
        """The numbers of its clues; its headline is one of them, apart from all words."""
        telling = set(self.words.split())
        found = set(map(_clue.__getitem__, telling)) if len(telling) > 1 else set()
        found.discard(None)
        if self.headline:
            found.add(number_of_headline(self.headline))
        return cast("set[int]", found)


_clue = Memory(lambda word: number_of(word) if leads(word) else None)
"""The number of a word that is a clue; None of others."""


def number_of_headline(headline: int) -> int:
    """The number of a headline as a whole among clues; see `Compared`."""
    return number_of(f"\n{headline}")


class Buckets:
    """Who has a clue on a day, by lot."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def anchors(self, day: int, clue: int) -> set[int]:
        """The articles with the lowest lots."""
        rows = self._connection.execute(
            "SELECT article FROM clues WHERE day = ? AND word = ? ORDER BY lot, article LIMIT ?", (day, clue, ANCHORS)
        )
        return {row[0] for row in rows}

    def read(self, clues: Mapping[int, Set[int]]) -> dict[int, dict[int, list[int]]]:
        """The articles by clue and by day; those of a day by lot.

        Args:
            clues: those that are asked for, by day.
        """
        found: defaultdict[int, dict[int, list[int]]] = defaultdict(dict)
        for day in sorted(clues):
            for clue, article in self._of_day(day, clues[day]):
                found[clue].setdefault(day, []).append(article)
        return found

    def _of_day(self, day: int, clues: Set[int]) -> Iterator[tuple[int, int]]:
        if len(clues) > _MOST_ASKED:
            rows = self._connection.execute(
                "SELECT word, article FROM clues WHERE day = ? ORDER BY word, lot, article", (day,)
            )
            yield from (row for row in rows if row[0] in clues)
            return
        for clue in sorted(clues):
            yield from self._connection.execute(
                "SELECT word, article FROM clues WHERE day = ? AND word = ? ORDER BY lot, article", (day, clue)
            )


def renew_clues(
    connection: sqlite3.Connection, changed: Sequence[int], *, do_all_wait: bool = False
) -> set[int] | None:
    """Bring clues and counts up to date.

    Args:
        connection: the index, in a transaction.
        changed: ids of the articles that changed, came or went.
        do_all_wait: whether all others are to be compared anew in any case.

    Returns:
        Other articles that are to be compared anew, because words of theirs became rarer or less rare, or because they
        are anchors now or are none any more; None for all.
    """
    return _Renewal(connection, changed, do_all_wait=do_all_wait).renew()


def words_in(connection: sqlite3.Connection, articles: Iterable[int]) -> dict[int, Compared]:
    """What the index has of articles."""
    return {row[0]: Compared(*row[1:]) for row in rows_of(connection, _SELECT, articles)}


class _Renewal:
    def __init__(self, connection: sqlite3.Connection, changed: Sequence[int], *, do_all_wait: bool) -> None:
        self._connection = connection
        self._before = headlines(connection)
        self._do_all_wait = do_all_wait or not self._before
        self._old = words_in(connection, changed) if self._before else {}
        self._new = {row[0]: _compared(*row[1:]) for row in rows_of(connection, _NOW, changed)}
        self._gone = {one: told for one, told in self._old.items() if self._new.get(one) != told}
        self._come = {one: told for one, told in self._new.items() if self._old.get(one) != told}

    @property
    def _now(self) -> int:
        """How many headlines there are with this change."""
        return self._before + len(self._come.keys() - self._old.keys()) - len(self._gone.keys() - self._new.keys())

    def renew(self) -> set[int] | None:
        gone, come = (list(_rows(told)) for told in (self._gone, self._come))
        buckets = {row[:2] for row in chain(gone, come)} if not self._do_all_wait else set()
        anchors_before = self._anchors(buckets)
        difference = self._count(gone, come)
        moved = self._between_levels(difference)
        self._write(gone, come, difference)
        if moved is None:
            return None
        anchors_now = self._anchors(buckets)
        others = {one for bucket in buckets for one in anchors_before[bucket] ^ anchors_now[bucket]}
        return others | ids_of(self._connection, "SELECT article FROM clues WHERE word IN ({})", moved)

    def _anchors(self, buckets: Iterable[tuple[int, int]]) -> dict[tuple[int, int], set[int]]:
        read = Buckets(self._connection)
        return {bucket: read.anchors(*bucket) for bucket in buckets}

    def _count(self, gone: Iterable[tuple[int, ...]], come: Iterable[tuple[int, ...]]) -> dict[int, int]:
        """By how much the counts of words change, where they do."""
        difference = Counter([row[1] for row in come])
        difference.subtract([row[1] for row in gone])
        return {word: by for word, by in difference.items() if by}

    def _between_levels(self, difference: Mapping[int, int]) -> list[int] | None:
        """The words that become rarer or less rare, None for all; to be asked before they are counted."""
        bits, bits_now = bits_of(self._before), bits_of(self._now)
        if bits != bits_now or self._do_all_wait:
            return None
        levels = self._levels()
        least = least_counted(bits)
        counts = {
            row[0]: row[1]
            for row in rows_of(
                self._connection, "SELECT word, headlines FROM headline_counts WHERE word IN ({})", difference
            )
        }
        moved = []
        for word, by in difference.items():
            count = counts.get(word, 0)
            if max(count, count + by) >= least and word in levels:
                rarest = levels[word]
                if min(rarest, cap(count, bits)) != min(rarest, cap(count + by, bits)):
                    moved.append(word)
        return moved

    def _levels(self) -> dict[int, int]:
        """The levels in English of the words of changed articles, by their numbers."""
        words = {
            word for told in chain(self._gone.values(), self._come.values()) for word in clues_of(told.words.split())
        }
        return {number_of(word): in_english(word) for word in words}

    def _write(
        self, gone: Sequence[tuple[int, ...]], come: Sequence[tuple[int, ...]], difference: Mapping[int, int]
    ) -> None:
        self._connection.executemany(
            "DELETE FROM clues WHERE day = ? AND word = ? AND lot = ? AND article = ?", sorted(gone)
        )
        self._connection.executemany(  # in the order in which they lie in the table
            "INSERT INTO clues(day, word, lot, article) VALUES (?, ?, ?, ?)", sorted(come)
        )
        self._connection.executemany(
            """INSERT INTO headline_counts(word, headlines) VALUES (?, ?)
               ON CONFLICT(word) DO UPDATE SET headlines = headlines + excluded.headlines""",
            sorted(difference.items()),
        )
        if gone:
            self._connection.execute("DELETE FROM headline_counts WHERE headlines = 0")
        run_for(self._connection, "DELETE FROM compared WHERE article IN ({})", self._gone)
        self._connection.executemany(
            "INSERT INTO compared(article, published, lot, words, headline) VALUES (?, ?, ?, ?, ?)",
            [(article, *told) for article, told in sorted(self._come.items())],
        )
        memory.keep_fact(self._connection, HEADLINES, self._now)


def _compared(published: int, key: str, title: str) -> Compared:
    headline = headline_key(title)
    return Compared(
        published,
        _drawn_by(key) >> _DRAWN_BITS - LOT_BITS,
        " ".join(headline_words(title)),
        _drawn_by(headline) if headline else 0,
    )


def _drawn_by(text: str) -> int:
    """A number that hardly any two texts share; not 0."""
    return int.from_bytes(blake2b(text.encode(), digest_size=_DRAWN_BITS // 8).digest(), "big") | 1


def _rows(told: Mapping[int, Compared]) -> Iterator[tuple[int, int, int, int]]:
    """The rows of articles in `clues`."""
    for article, one in told.items():
        day, lot = one.day, one.lot
        yield from [(day, clue, lot, article) for clue in one.clues]
