"""Asking SQLite about many values: in portions that it takes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

MOST_VALUES = 10_000
"""Values bound to one statement; SQLite takes up to 32,766."""


def rows_of(connection: sqlite3.Connection, sql: str, values: Iterable[int]) -> Iterator[tuple[Any, ...]]:
    """Rows for values that stand in a statement's `IN ({})`."""
    listed = list(values)
    portions = (listed[start : start + MOST_VALUES] for start in range(0, len(listed), MOST_VALUES))
    return chain.from_iterable(connection.execute(sql.format(",".join("?" * len(some))), some) for some in portions)


def ids_of(connection: sqlite3.Connection, sql: str, values: Iterable[int]) -> set[int]:
    """As `rows_of`, where a row is one id."""
    return {row[0] for row in rows_of(connection, sql, values)}


def run_for(connection: sqlite3.Connection, sql: str, values: Iterable[int]) -> None:
    """As `rows_of`, for a statement that gives nothing."""
    for _ in rows_of(connection, sql, values):
        pass
