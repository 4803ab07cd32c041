"""How many headlines of the library have a word: what makes it rarer or less rare here than in English."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from functools import partial
from zlib import crc32

from reader.coverage.likeness.rarity import Rarity, bits_of, least_counted
from reader.library.folder import memory

HEADLINES = "headlines"
"""The fact how many headlines are counted: looking at each would take as long as a small change."""


def number_of(word: str) -> int:
    """The number that stands for a word in the tables; that two words have the same one is rare, and does no harm.

    SQLite keeps it in four bytes: it has a sign.
    """
    return crc32(word.encode()) - (1 << 31)


def headlines(connection: sqlite3.Connection) -> int:
    """How many headlines are counted."""
    return memory.fact(connection, HEADLINES) or 0


def rarity_in(connection: sqlite3.Connection) -> Rarity:
    """How rare words are in the library."""
    counted = headlines(connection)
    least = least_counted(bits_of(counted))
    counts: dict[int, int] = dict(
        connection.execute("SELECT word, headlines FROM headline_counts WHERE headlines >= ?", (least,))
    )
    return Rarity(partial(_count_of, counts), counted)


def _count_of(counts: Mapping[int, int], word: str) -> int:
    return counts.get(number_of(word), 0)
