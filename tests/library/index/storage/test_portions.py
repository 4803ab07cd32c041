"""Statements for any number of values: they are taken a portion at a time."""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Iterator
from contextlib import closing

import pytest

from library.noting import Noting
from reader.library.index.storage import portions
from reader.library.index.storage.portions import rows_of


@pytest.fixture
def numbers() -> Iterator[Noting]:
    with closing(sqlite3.connect(":memory:", factory=Noting)) as connection:
        connection.execute("CREATE TABLE numbers (id INTEGER PRIMARY KEY)")
        connection.executemany("INSERT INTO numbers VALUES (?)", ((number,) for number in range(1_000)))
        yield connection


@pytest.mark.parametrize("count", [0, 1, 2, 7, 10, 11, 300, 999])
def test_each_value_is_asked_once(numbers: sqlite3.Connection, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portions, "MOST_VALUES", 10)
    found = rows_of(numbers, "SELECT id FROM numbers WHERE id IN ({})", range(count))
    assert sorted(found) == [(number,) for number in range(count)]


def test_only_a_portion_of_the_values_is_in_memory(
    numbers: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portions, "MOST_VALUES", 10)
    values = iter(range(1_000))
    rows = rows_of(numbers, "SELECT id FROM numbers WHERE id IN ({})", values)
    assert next(rows) == (0,)
    assert next(values) == 10, "the first of the second portion"


def test_few_statements_are_kept_compiled(numbers: Noting) -> None:
    for count in range(1, 3_000, 7):
        deque(rows_of(numbers, "SELECT id FROM numbers WHERE id IN ({})", range(count)), 0)
    assert len(numbers.statements) < 12
    assert max(map(len, numbers.statements)) < 1_000
