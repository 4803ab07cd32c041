"""Runs statements for any number of values, in portions that SQLite takes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

MOST_VALUES = 10_000
"""Values that are bound to one statement at most; SQLite takes up to 32,766."""

_FEW = 256
"""Fewer values than this are filled up to a power of two by repeating one: so the statement is seldom another, and the
connection has it compiled."""


def rows_of(connection: sqlite3.Connection, sql: str, values: Iterable[int]) -> Iterator[tuple[Any, ...]]:
    """The rows that a statement gives for some values.

    Args:
        connection: the index.
        sql: the statement; `{}` in it, as in `IN ({})`, stands for a portion of the values.
        values: the values.
    """
    listed = list(values)
    if 0 < len(listed) < _FEW:
        listed += [listed[-1]] * ((1 << (len(listed) - 1).bit_length()) - len(listed))
    portions = (listed[start : start + MOST_VALUES] for start in range(0, len(listed), MOST_VALUES))
    return chain.from_iterable(connection.execute(sql.format(",".join("?" * len(some))), some) for some in portions)


def ids_of(connection: sqlite3.Connection, sql: str, values: Iterable[int]) -> set[int]:
    """As `rows_of`, for a statement whose rows are a single id each."""
    return {row[0] for row in rows_of(connection, sql, values)}


def run_for(connection: sqlite3.Connection, sql: str, values: Iterable[int]) -> None:
    """As `rows_of`, for a statement that gives no rows."""
    for _ in rows_of(connection, sql, values):
        pass
