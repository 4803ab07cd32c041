"""Runs statements for any number of values, in portions that SQLite takes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

MOST_VALUES = 10_000
"""Values that one statement is given at most."""

FEW = 256
"""Up to so many values are bound one by one, filled up to a power of two by repeating one; more as one JSON text. So
there are few statements, which the connection keeps compiled: one with 10,000 parameters would take 1.7 MB."""


def rows_of(connection: sqlite3.Connection, sql: str, values: Iterable[int]) -> Iterator[tuple[Any, ...]]:
    """The rows that a statement gives for some values, which are not all in memory at once.

    Args:
        connection: the index.
        sql: the statement; `{}` in it, as in `IN ({})`, stands for a portion of the values.
        values: the values.
    """
    left = iter(values)
    portions = iter(lambda: [*islice(left, MOST_VALUES)], [])
    return chain.from_iterable(_of_portion(connection, sql, some) for some in portions)


def _of_portion(connection: sqlite3.Connection, sql: str, values: list[int]) -> sqlite3.Cursor:
    if len(values) > FEW:
        import json

        return connection.execute(sql.format("SELECT value FROM json_each(?)"), (json.dumps(values),))
    full = 1 << (len(values) - 1).bit_length()
    return connection.execute(sql.format(",".join("?" * full)), values + [values[-1]] * (full - len(values)))


def ids_of(connection: sqlite3.Connection, sql: str, values: Iterable[int]) -> set[int]:
    """As `rows_of`, for a statement whose rows are a single id each."""
    return {row[0] for row in rows_of(connection, sql, values)}


def run_for(connection: sqlite3.Connection, sql: str, values: Iterable[int]) -> None:
    """As `rows_of`, for a statement that gives no rows."""
    for _ in rows_of(connection, sql, values):
        pass
