"""Lists of ids of stories: four bytes each, and read from SQLite as one value.

A million rows that are fetched one by one take the interpreter's lock a million times from the thread that draws, and
a list of a million numbers takes 40 MB. SQLite writes the ids in hexadecimal one after the other, without the lock.
"""

from __future__ import annotations

import sqlite3
import sys
from array import array
from collections.abc import Iterable, Sequence

ID = "I"
"""The type of an id in an array: SQLite counts files from 1 on, and no folder has four billions of them."""

_PORTION = 1 << 16
"""Digits or ids that are gone over at a time: the interpreter's lock is held meanwhile."""


def ids(stories: Iterable[int] = ()) -> array[int]:
    """A list of ids."""
    return array(ID, stories)


def read_ids(
    connection: sqlite3.Connection, select: str, parameters: Sequence[int | str] = (), columns: Sequence[str] = ("id",)
) -> array[int]:
    """The ids that a statement selects, in its order.

    Args:
        connection: the index.
        select: the statement.
        parameters: its parameters.
        columns: its columns with numbers from 0 to 2³² - 1, which stand side by side in the list.
    """
    numbers = ", ".join(columns)
    sql = f"SELECT group_concat(printf('{'%08x' * len(columns)}', {numbers}), '') FROM ({select})"  # noqa: S608 — bound
    return from_digits(connection.execute(sql, parameters).fetchone()[0])


def from_digits(digits: str | None) -> array[int]:
    """The ids that SQLite has written in hexadecimal."""
    found = ids()
    for start in range(0, len(digits or ""), _PORTION):
        found.frombytes(bytes.fromhex((digits or "")[start : start + _PORTION]))
    if sys.byteorder == "little":
        found.byteswap()
    return found


def greatest(stories: array[int]) -> int:
    """The greatest of some ids; 0 where there are none. The interpreter's lock is let go of in between."""
    return max((max(stories[start : start + _PORTION]) for start in range(0, len(stories), _PORTION)), default=0)
