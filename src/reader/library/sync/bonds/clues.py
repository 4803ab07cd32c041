"""The words and headlines by which articles are found that may report the same event, kept up to date.

    articles ── compared ── clues            the words of each headline, and who else has them, by day
                        └── headline_counts  how many headlines have each

Where hundreds of articles of one day have the same word, comparing each with each would take for ever. Some of them,
the `ANCHORS` whose lots are the lowest, are compared with all that have it; the others with these. Lots are drawn by
the articles' keys, so it does not matter in which order the articles came.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from reader.coverage.likeness.candidates import clues_of
from reader.coverage.likeness.rarity import bits_of, cap, in_english, least_counted
from reader.coverage.likeness.wording import headline_words
from reader.library.index.headline_counts import headlines, number_of
from reader.library.index.storage.portions import ids_of, rows_of, run_for

DAY_SECONDS = 86_400

ANCHORS = 32
"""Articles with a word on one day that are compared with all that have it."""

_PORTION = 20_000
"""Articles whose clues are renewed at once: so many are in memory."""

_SELECT = "SELECT article, published, lot, words, headline FROM compared WHERE article IN ({})"

_NOW = """SELECT id, published, key, title, headline FROM articles
          WHERE id IN ({}) AND published IS NOT NULL AND title IS NOT NULL"""


class Compared(NamedTuple):
    """What an article is found by.

    Attributes:
        published: in seconds since 1970.
        lot: a number drawn by its key.
        words: the words of its headline, one after the other.
        headline: what equal headlines share; empty where it is too short to tell.
    """

    published: int
    lot: int
    words: str
    headline: str

    @property
    def day(self) -> int:
        """Its day."""
        return self.published // DAY_SECONDS

    @property
    def clues(self) -> set[int]:
        """The numbers of its clues; its headline is one of them, apart from all words."""
        own = {number_of(f"\n{self.headline}")} if self.headline else set()
        return own.union(map(number_of, clues_of(self.words.split())))


class Buckets:
    """Who has a clue on a day, by lot."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def anchors(self, clue: int, day: int) -> set[int]:
        """The articles with the lowest lots."""
        rows = self._connection.execute(
            "SELECT article FROM clues WHERE word = ? AND day = ? ORDER BY lot, article LIMIT ?", (clue, day, ANCHORS)
        )
        return {row[0] for row in rows}

    def read(self, clues: Iterable[int], first: int, last: int) -> dict[int, dict[int, list[int]]]:
        """The articles by clue and by day, from a first day to a last; those of a day by lot."""
        found: dict[int, dict[int, list[int]]] = {}
        for clue in clues:
            days: defaultdict[int, list[int]] = defaultdict(list)
            for day, article in self._connection.execute(
                "SELECT day, article FROM clues WHERE word = ? AND day BETWEEN ? AND ? ORDER BY day, lot, article",
                (clue, first, last),
            ):
                days[day].append(article)
            found[clue] = days
        return found


def renew_clues(connection: sqlite3.Connection, changed: Sequence[int]) -> set[int] | None:
    """Bring clues and counts up to date.

    Args:
        connection: the index, in a transaction.
        changed: ids of the articles that changed, came or went.

    Returns:
        Other articles that are to be compared anew, because words of theirs became rarer or less rare, or because they
        are anchors now or are none any more; None for all.
    """
    return _Renewal(connection, changed).renew()


def words_in(connection: sqlite3.Connection, articles: Iterable[int]) -> dict[int, Compared]:
    """What the index has of articles."""
    return {row[0]: Compared(*row[1:]) for row in rows_of(connection, _SELECT, articles)}


class _Renewal:
    def __init__(self, connection: sqlite3.Connection, changed: Sequence[int]) -> None:
        self._connection = connection
        self._changed = changed
        self._before = headlines(connection)
        self._bits = bits_of(self._before)
        self._is_for_all = not self._before or self._bits != bits_of(self._now())
        self._difference: defaultdict[int, int] = defaultdict(int)  # by how much the counts of words change
        self._levels: dict[int, int] = {}  # in English, by the numbers of words
        self._others: set[int] = set()

    def renew(self) -> set[int] | None:
        for start in range(0, len(self._changed), _PORTION):
            self._renew(self._changed[start : start + _PORTION])
        moved = [] if self._is_for_all else self._between_levels()
        self._count()
        if self._is_for_all:
            return None
        return self._others | ids_of(self._connection, "SELECT article FROM clues WHERE word IN ({})", moved)

    def _now(self) -> int:
        """How many headlines there will be."""
        now = self._before
        for sql, by in ((_NOW, 1), (_SELECT, -1)):
            counts = rows_of(self._connection, f"SELECT count(*) FROM ({sql})", self._changed)  # noqa: S608 — constants
            now += by * sum(row[0] for row in counts)
        return now

    def _renew(self, changed: Sequence[int]) -> None:
        old = words_in(self._connection, changed) if self._before else {}
        new = {row[0]: _compared(*row[1:]) for row in rows_of(self._connection, _NOW, changed)}
        gone = {one: told for one, told in old.items() if new.get(one) != told}
        come = {one: told for one, told in new.items() if old.get(one) != told}
        gone_rows, come_rows = list(_rows(gone)), list(_rows(come))
        for rows, by in ((gone_rows, -1), (come_rows, 1)):
            for row in rows:
                self._difference[row[0]] += by
        if self._is_for_all:
            self._write(gone, gone_rows, come, come_rows)
            return
        for told in chain(gone.values(), come.values()):
            self._levels.update({number_of(word): in_english(word) for word in clues_of(told.words.split())})
        buckets = {row[:2] for row in chain(gone_rows, come_rows)}
        anchors_before = self._anchors(buckets)
        self._write(gone, gone_rows, come, come_rows)
        anchors_now = self._anchors(buckets)
        self._others.update(*[anchors_before[bucket] ^ anchors_now[bucket] for bucket in buckets])

    def _anchors(self, buckets: Iterable[tuple[int, int]]) -> dict[tuple[int, int], set[int]]:
        read = Buckets(self._connection)
        return {bucket: read.anchors(*bucket) for bucket in buckets}

    def _write(
        self,
        gone: Mapping[int, Compared],
        gone_rows: Iterable[tuple[int, int, int, int]],
        come: Mapping[int, Compared],
        come_rows: Iterable[tuple[int, int, int, int]],
    ) -> None:
        self._connection.executemany(
            "DELETE FROM clues WHERE word = ? AND day = ? AND lot = ? AND article = ?", sorted(gone_rows)
        )
        self._connection.executemany(  # by word: so they lie in the table
            "INSERT INTO clues(word, day, lot, article) VALUES (?, ?, ?, ?)", sorted(come_rows, key=itemgetter(0))
        )
        run_for(self._connection, "DELETE FROM compared WHERE article IN ({})", gone)
        self._connection.executemany(
            "INSERT INTO compared(article, published, lot, words, headline) VALUES (?, ?, ?, ?, ?)",
            [(article, *told) for article, told in sorted(come.items())],
        )

    def _between_levels(self) -> list[int]:
        """The words that become rarer or less rare; to be asked before they are counted."""
        least = least_counted(self._bits)
        sql = "SELECT word, headlines FROM headline_counts WHERE word IN ({})"
        counts = dict(rows_of(self._connection, sql, self._difference))
        moved = []
        for word, by in self._difference.items():
            count = counts.get(word, 0)
            if max(count, count + by) >= least and word in self._levels:
                rarest = self._levels[word]
                if min(rarest, cap(count, self._bits)) != min(rarest, cap(count + by, self._bits)):
                    moved.append(word)
        return moved

    def _count(self) -> None:
        """Write how many headlines have each word now."""
        self._connection.executemany(
            """INSERT INTO headline_counts(word, headlines) VALUES (?, ?)
               ON CONFLICT(word) DO UPDATE SET headlines = headlines + excluded.headlines""",
            sorted([(word, by) for word, by in self._difference.items() if by]),
        )
        if self._before:
            self._connection.execute("DELETE FROM headline_counts WHERE headlines = 0")


def _compared(published: int, key: str, title: str, headline: str) -> Compared:
    lot = int.from_bytes(blake2b(key.encode(), digest_size=7).digest(), "big")
    return Compared(published, lot, " ".join(headline_words(title)), headline)


def _rows(told: Mapping[int, Compared]) -> Iterator[tuple[int, int, int, int]]:
    """The rows of articles in `clues`."""
    for article, one in told.items():
        for clue in one.clues:
            yield clue, one.day, one.lot, article
