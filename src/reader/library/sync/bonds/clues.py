"""The clues by which articles find each other: the rarer words of each headline, and the headline as a whole.

    articles ── compared            the clues of each headline
                ├── compared_days    the articles of each day: who else has a clue is looked for day by day
                └── headline_counts  how many headlines have each word

`renew_clues` keeps these tables up to date when articles change, and says which others that concerns.

Where hundreds of articles of one day have the same clue, comparing each with each would take for ever. So `ANCHORS` of
them, the anchors of that clue on that day, are compared with all that have it, and the others only with the anchors.
The anchors are those with the lowest lots: a lot is a number made of the article's key, so that it does not matter in
which order the articles came.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from hashlib import blake2b
from itertools import chain
from typing import NamedTuple, TypeAlias

from reader.coverage.likeness.candidates import is_archive, leads
from reader.coverage.likeness.memory import Memory
from reader.coverage.likeness.rarity import bits_of, cap, in_english, least_counted
from reader.coverage.likeness.words import headline_key, words_of
from reader.library.folder import memory
from reader.library.index.headline_counts import HEADLINES, headlines, number_of
from reader.library.index.storage.packed_lists import IdLists
from reader.library.index.storage.portions import rows_of, run_for
from reader.stories.limits import COMPARED_CHARACTERS

DAY_SECONDS = 86_400

LOT_BITS = 31
"""Binary digits of a lot. SQLite keeps a number of so many in four bytes."""

_GREATEST_LOT = (1 << LOT_BITS) - 1

_KEY_BITS = 64
"""Binary digits of the number of an article's key: see `storage.article_keys`."""

ANCHORS = 32
"""Articles with a clue on one day that are compared with all that have it."""

CROWD = 256
"""A day of an archive with so many articles or more is crowded: see `nearest`."""

_SELECT = "SELECT article, published, lot, headline, words FROM compared"

_NOW = """SELECT x.id, x.published, x.number, coalesce(s.title, x.title) AS headline
          FROM known_articles x LEFT JOIN known_stories s ON s.id = x.story
          WHERE x.id IN ({}) AND x.published IS NOT NULL AND headline IS NOT NULL"""
"""Articles as they are now: only those with a time and a headline are compared."""

Row: TypeAlias = tuple[int, int, int, int, bytes]
"""A row of the table `compared`: the article's id, then as in `Compared`. It is a plain tuple, which is quick to send
from one process to another."""


FoundBy: TypeAlias = tuple[int, bytes]
"""What a headline is found by: `Compared.headline` and `Compared.words`. It is a plain tuple, as `Row` is."""


class Compared(NamedTuple):
    """A row of the table `compared`: what an article is found by.

    Attributes:
        published: its time, in seconds since 1970.
        lot: its lot.
        headline: a number that equal headlines share; 0 for a headline too short to be told from others.
        words: the words of its headline that are clues, as `packed` makes it.
    """

    published: int
    lot: int
    headline: int
    words: bytes

    @property
    def day(self) -> int:
        """Its day in UTC, in days since 1970."""
        return self.published // DAY_SECONDS

    @property
    def numbers(self) -> array[int]:
        """The numbers that stand for the words."""
        return array(_NUMBER, self.packed_numbers)

    @property
    def packed_numbers(self) -> bytes:
        """The same as the index has them, four bytes each."""
        return self.words[: len(self.words) // _PACKED * _NUMBER_BYTES]

    @property
    def levels(self) -> bytes:
        """The level in English of each of these words, one byte each."""
        return self.words[len(self.words) // _PACKED * _NUMBER_BYTES :]

    @property
    def whole(self) -> int | None:
        """The number of the headline as a whole, which is a clue as well; None where it is too short."""
        return number_of(f"\n{self.headline}") if self.headline else None

    @property
    def clues(self) -> set[int]:
        """The numbers of all its clues."""
        whole = self.whole
        return set(self.numbers) if whole is None else {*self.numbers, whole}


_NUMBER, _NUMBER_BYTES = "i", 4
_PACKED = _NUMBER_BYTES + 1
"""Bytes of a word with its level."""


def found_by(title: str) -> FoundBy:
    """Read what a headline is found by."""
    key = headline_key(title)
    return _digest(key) if key else 0, packed(title)


def packed(title: str) -> bytes:
    """The words of a headline that are clues: first the number of each, ascending, then in that order each level."""
    telling = set(chain.from_iterable(map(_telling.__getitem__, title[:COMPARED_CHARACTERS].split())))
    found = sorted([word for word in telling if word[1] != _NO_CLUE]) if len(telling) > 1 else ()
    if not found:
        return b""
    numbers, levels = zip(*found, strict=True)
    return array(_NUMBER, numbers).tobytes() + bytes(levels)


_NO_CLUE = 0
"""Stands for the level of a word that is no clue."""

_telling = Memory(
    lambda written: [(number_of(word), in_english(word) if leads(word) else _NO_CLUE) for word in words_of(written)]
)
"""The telling words in a piece of text between two spaces: the number of each, and its level."""


def having(connection: sqlite3.Connection, clues: Mapping[int, Set[int]]) -> Mapping[int, Mapping[int, list[int]]]:
    """Look up which articles have certain clues.

    Args:
        connection: the index.
        clues: the clues that are asked for, by day.

    Returns:
        By clue and by day, the ids of the articles that have it, those with the lowest lots first.
    """
    found: defaultdict[int, dict[int, list[int]]] = defaultdict(dict)
    for day in sorted(clues):
        of_day: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for article, one in _each(connection, articles_on(connection, day)):
            for clue in one.clues & clues[day]:
                of_day[clue].append((one.lot, article))
        for clue, articles in of_day.items():
            found[clue][day] = [article for _, article in sorted(articles)]
    return found


def renew_clues(
    connection: sqlite3.Connection,
    changed: Sequence[int],
    read: Mapping[str, FoundBy],
    *,
    do_all_wait: bool = False,
) -> set[int] | None:
    """Bring the tables of clues up to date with articles that changed.

    Args:
        connection: the index, in a transaction.
        changed: ids of the articles that changed, came or went.
        read: what `found_by` gives for headlines that have been read ahead: for any of the articles', and maybe others.
        do_all_wait: whether all articles wait to be compared anyway, so that it need not be found out which do.

    Returns:
        Other articles that are to be compared anew: the level of one of their words has changed, they have become
        anchors or are none any more, or their day has become crowded or is not any more. None for all articles.
    """
    return _Renewal(connection, changed, read, do_all_wait=do_all_wait).renew()


def is_crowd(articles: int, headlines: int) -> bool:
    """Whether a day is crowded: whether it has many articles, in a library with the headlines of an archive."""
    return articles >= CROWD and is_archive(headlines)


def articles_on(connection: sqlite3.Connection, day: int) -> Sequence[int]:
    """The articles of a day that are compared; the day in days since 1970."""
    return _of_days(connection).of((day,)).get(day, [])


def words_in(connection: sqlite3.Connection, articles: Iterable[int]) -> dict[int, Compared]:
    """The rows of `compared` for some articles, by article."""
    return dict(_each(connection, articles))


def by_time(connection: sqlite3.Connection, first: int, at_once: int) -> Iterator[list[Row]]:
    """The rows of `compared` from a day on, in order of time, in lists of whole days.

    Args:
        connection: the index. It may be used for other things between two lists.
        first: the day, in days since 1970.
        at_once: a list ends with the day that brings it to so many rows.
    """
    days = _of_days(connection)
    sql = "SELECT id FROM compared_days WHERE id >= ? ORDER BY id"
    listed: list[int] = []
    for (day,) in connection.execute(sql, (first,)).fetchall():
        listed += days.of((day,)).get(day, ())
        if len(listed) >= at_once:
            yield _in_order(connection, listed)
            listed = []
    if listed:
        yield _in_order(connection, listed)


def _in_order(connection: sqlite3.Connection, articles: Iterable[int]) -> list[Row]:
    rows = rows_of(connection, f"{_SELECT} WHERE article IN ({{}})", articles)
    return sorted(rows, key=lambda row: (row[1], row[0]))


def _each(connection: sqlite3.Connection, articles: Iterable[int]) -> Iterator[tuple[int, Compared]]:
    for row in rows_of(connection, f"{_SELECT} WHERE article IN ({{}})", articles):
        yield row[0], Compared(*row[1:])


def _of_days(connection: sqlite3.Connection) -> IdLists:
    """The articles of each day that are compared."""
    return IdLists(connection, "compared_days")


class _Renewal:
    """One call of `renew_clues`: what the index had of the changed articles, and what they are now."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        changed: Sequence[int],
        read: Mapping[str, FoundBy],
        *,
        do_all_wait: bool,
    ) -> None:
        self._connection = connection
        self._before = headlines(connection)
        self._do_all_wait = do_all_wait or not self._before
        self._old = words_in(connection, changed) if self._before else {}
        self._new = {
            article: Compared(published, _lot(number), *(read.get(title) or found_by(title)))
            for article, published, number, title in rows_of(connection, _NOW, changed)
        }
        self._gone = {article: row for article, row in self._old.items() if self._new.get(article) != row}
        self._come = {article: row for article, row in self._new.items() if self._old.get(article) != row}

    @property
    def _now(self) -> int:
        """How many headlines the library has after this change."""
        return self._before + len(self._come.keys() - self._old.keys()) - len(self._gone.keys() - self._new.keys())

    def renew(self) -> set[int] | None:
        buckets = self._buckets() if not self._do_all_wait else {}
        anchors_before = self._anchors(buckets)
        crowding = self._crowding() if not self._do_all_wait else set()
        difference = self._count()
        moved = self._between_levels(difference)
        self._write(difference)
        if moved is None:
            return None
        anchors_now = self._anchors(buckets)
        keys = anchors_before.keys() | anchors_now.keys()
        others = {one for key in keys for one in anchors_before.get(key, set()) ^ anchors_now.get(key, set())}
        return others.union(self._that_have(moved), *[articles_on(self._connection, day) for day in crowding])

    def _crowding(self) -> set[int]:
        """The days that become crowded or cease to be; to be called before anything is written."""
        difference = Counter([row.day for row in self._come.values()])
        difference.subtract([row.day for row in self._gone.values()])
        crowding = set()
        for day, by in difference.items():
            before = len(articles_on(self._connection, day)) if by else 0
            if is_crowd(before, self._now) != is_crowd(before + by, self._now):
                crowding.add(day)
        return crowding

    def _buckets(self) -> dict[int, set[int]]:
        """The clues that come or go, by day."""
        buckets: defaultdict[int, set[int]] = defaultdict(set)
        for row in chain(self._gone.values(), self._come.values()):
            buckets[row.day] |= row.clues
        return buckets

    def _anchors(self, buckets: Mapping[int, Set[int]]) -> dict[tuple[int, int], set[int]]:
        """The anchors of clues, by clue and day."""
        found = having(self._connection, buckets)
        return {(clue, day): {*by_lot[:ANCHORS]} for clue, days in found.items() for day, by_lot in days.items()}

    def _that_have(self, words: Set[int]) -> set[int]:
        """All articles of the library with any of some words in their headlines. It reads them all: there are many."""
        if not words:
            return set()
        rows = self._connection.execute(_SELECT)
        return {article for article, *row in rows if not words.isdisjoint(Compared(*row).numbers)}

    def _count(self) -> dict[int, int]:
        """By how much the counts of words change, where they do."""
        difference = Counter(_numbers_of(self._come.values()))
        difference.subtract(_numbers_of(self._gone.values()))
        return {word: by for word, by in difference.items() if by}

    def _between_levels(self, difference: Mapping[int, int]) -> set[int] | None:
        """The words whose level in the library changes, None for all; to be called before the counts are written."""
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
        moved = set()
        for word, by in difference.items():
            count = counts.get(word, 0)
            if max(count, count + by) >= least:
                rarest = levels[word]
                if min(rarest, cap(count, bits)) != min(rarest, cap(count + by, bits)):
                    moved.add(word)
        return moved

    def _levels(self) -> dict[int, int]:
        """The levels in English of the words of changed articles, by their numbers."""
        changed = chain(self._gone.values(), self._come.values())
        return {number: level for row in changed for number, level in zip(row.numbers, row.levels, strict=True)}

    def _write(self, difference: Mapping[int, int]) -> None:
        self._connection.executemany(
            """INSERT INTO headline_counts(word, headlines) VALUES (?, ?)
               ON CONFLICT(word) DO UPDATE SET headlines = headlines + excluded.headlines""",
            sorted(difference.items()),
        )
        if self._gone:
            self._connection.execute("DELETE FROM headline_counts WHERE headlines = 0")
        run_for(self._connection, "DELETE FROM compared WHERE article IN ({})", self._gone)
        days = _of_days(self._connection)
        days.take_out(_by_day(self._gone))
        days.add(_by_day(self._come))
        self._connection.executemany(
            "INSERT INTO compared(article, published, lot, headline, words) VALUES (?, ?, ?, ?, ?)",
            [(article, *self._come[article]) for article in sorted(self._come)],
        )
        memory.keep_fact(self._connection, HEADLINES, self._now)


def _numbers_of(rows: Iterable[Compared]) -> array[int]:
    """The numbers of the words of several headlines."""
    return array(_NUMBER, b"".join([row.packed_numbers for row in rows]))


def _by_day(rows: Mapping[int, Compared]) -> Mapping[int, Set[int]]:
    days: defaultdict[int, set[int]] = defaultdict(set)
    for article, row in rows.items():
        days[row.day].add(article)
    return days


def _lot(number: int) -> int:
    """The lot of an article: the first bits of the number of its key."""
    return (number >> _KEY_BITS - LOT_BITS) & _GREATEST_LOT


def _digest(headline: str) -> int:
    """A number for a headline's key, never 0. That two keys have the same number is next to impossible."""
    return int.from_bytes(blake2b(headline.encode(), digest_size=7).digest(), "big") | 1
