"""How many headlines of the library have each word. The levels of words in it come from that: see `likeness.rarity`."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from functools import partial
from zlib import crc32

from reader.coverage.likeness.rarity import Rarity, bits_of, cap, least_counted
from reader.library.folder import memory

HEADLINES = "headlines"
"""The fact (see `folder.memory`) how many headlines are counted. To count them again takes as long as a small sync."""


def number_of(word: str) -> int:
    """The number that stands for a word in the tables, with a sign: SQLite keeps it in four bytes.

    That two words have the same number is rare, and does no harm.
    """
    return crc32(word.encode()) - (1 << 31)


def headlines(connection: sqlite3.Connection) -> int:
    """How many headlines are counted."""
    return memory.fact(connection, HEADLINES) or 0


class HeadlineCounts:
    """How many headlines have each word, as it was when this was made.

    Attributes:
        headlines: how many headlines are counted.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.headlines = headlines(connection)
        self._bits = bits_of(self.headlines)
        least = least_counted(self._bits)  # for a word in fewer headlines the number makes no difference
        sql = "SELECT word, headlines FROM headline_counts WHERE headlines >= ?"
        self._counts: dict[int, int] = dict(connection.execute(sql, (least,)))

    @property
    def rarity(self) -> Rarity:
        """How rare words are in the library."""
        return Rarity(partial(_count_of, self._counts), self.headlines)

    @property
    def caps(self) -> Callable[[int], int]:
        """A function that gives the greatest level that a word may have in the library, by the word's number."""
        return partial(_cap_of, self._counts, self._bits)


def _cap_of(counts: Mapping[int, int], bits: int, number: int) -> int:
    return cap(counts.get(number, 0), bits)


def _count_of(counts: Mapping[int, int], word: str) -> int:
    return counts.get(number_of(word), 0)
