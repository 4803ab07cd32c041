"""Lists of ids of stories: arrays of four bytes an id, read from SQLite as a single value.

To fetch a million rows one by one takes the interpreter's lock from the thread that draws a million times, and a list
of a million Python numbers takes 40 MB. So SQLite writes all ids into one text in hexadecimal, without the lock.
"""

from __future__ import annotations

import sqlite3
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence

ID = "I"
"""The type of an id in an array, four bytes: SQLite counts files from 1 on, and no folder has four billion of them."""

AT_A_TIME = 1 << 18
"""Rows that `read_in_portions` reads at a time. Their digits take 2 MB a column, and as much again as Python's text."""

_PORTION = 1 << 16
"""Digits or ids that are gone over at a time: other threads wait meanwhile."""


def ids(stories: Iterable[int] = ()) -> array[int]:
    """Make an array of ids."""
    return array(ID, stories)


def read_ids(
    connection: sqlite3.Connection, select: str, parameters: Sequence[int | str] = (), columns: Sequence[str] = ("id",)
) -> array[int]:
    """The ids that a SELECT gives, in its order.

    Args:
        connection: the index.
        select: the statement.
        parameters: the values of its parameters.
        columns: the columns to read, with numbers from 0 to 2³² - 1. Where there are several, each row's numbers stand
            side by side in the list.
    """
    numbers = ", ".join(columns)
    sql = f"SELECT group_concat(printf('{'%08x' * len(columns)}', {numbers}), '') FROM ({select})"  # noqa: S608 — bound
    return from_digits(connection.execute(sql, parameters).fetchone()[0])


def read_in_portions(
    connection: sqlite3.Connection, select: str, columns: Sequence[str] = ("id",)
) -> Iterator[array[int]]:
    """As `read_ids`, a portion after the other: the digits of a million rows would take 16 MB a column.

    For each portion SQLite goes once more over the rows before it: so the statement must read along an index. All
    portions must be read within one transaction.
    """
    start, part = 0, ids()
    while not start or len(part) == AT_A_TIME * len(columns):
        part = read_ids(connection, f"{select} LIMIT ? OFFSET ?", (AT_A_TIME, start), columns)
        start += AT_A_TIME
        yield part


def from_digits(digits: str | None) -> array[int]:
    """The ids in a text of eight hexadecimal digits each; None for no ids."""
    found = ids()
    for start in range(0, len(digits or ""), _PORTION):
        found.frombytes(bytes.fromhex((digits or "")[start : start + _PORTION]))
    if sys.byteorder == "little":
        found.byteswap()
    return found


def greatest(stories: array[int]) -> int:
    """The greatest of some ids; 0 where there are none. Other threads have their turn meanwhile."""
    return max((max(stories[start : start + _PORTION]) for start in range(0, len(stories), _PORTION)), default=0)
