"""Runs statements for any number of values, in portions that SQLite takes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

MOST_VALUES = 10_000
"""Values that are bound to one statement at most; SQLite takes up to 32,766."""

_FEW = 256
"""Fewer values than this are filled up to a power of two by repeating one: so the statement is seldom another, and the
connection has it compiled."""


def rows_of(connection: sqlite3.Connection, sql: str, values: Iterable[int]) -> Iterator[tuple[Any, ...]]:
    """The rows that a statement gives for some values, which are not all in memory at once.

    Args:
        connection: the index.
        sql: the statement; `{}` in it, as in `IN ({})`, stands for a portion of the values.
        values: the values.
    """
    left = iter(values)
    portions = iter(lambda: [*islice(left, MOST_VALUES)], [])
    return chain.from_iterable(
        connection.execute(sql.format(",".join("?" * len(some))), some) for some in map(_filled_up, portions)
    )


def _filled_up(values: list[int]) -> list[int]:
    few = len(values) if len(values) < _FEW else 0
    return values + [values[-1]] * ((1 << (few - 1).bit_length()) - few) if few else values


def ids_of(connection: sqlite3.Connection, sql: str, values: Iterable[int]) -> set[int]:
    """As `rows_of`, for a statement whose rows are a single id each."""
    return {row[0] for row in rows_of(connection, sql, values)}


def run_for(connection: sqlite3.Connection, sql: str, values: Iterable[int]) -> None:
    """As `rows_of`, for a statement that gives no rows."""
    for _ in rows_of(connection, sql, values):
        pass
