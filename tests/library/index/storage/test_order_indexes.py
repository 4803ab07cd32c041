"""The indexes of the orders, which are left out while a library is read for the first time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from library.sql_answers import sorted_at_once
from reader.library.index.storage import order_indexes, schema
from reader.library.index.storage.order_indexes import ORDER_INDEXES
from reader.library.index.tables import Tables
from reader.library.query.query import Sort
from reader.library.sync import sync as syncing
from reader.library.sync.progress import Progress
from reader.library.sync.sync import sync

if TYPE_CHECKING:
    from conftest import WriteStory


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """An empty index."""
    with closing(schema.connect(tmp_path / "index.sqlite3")) as connection:
        yield connection


@pytest.fixture
def news(tmp_path: Path, write_story: WriteStory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of stories that are enough to leave the indexes out."""
    monkeypatch.setattr(order_indexes, "FROM_FILES", 20)
    monkeypatch.setattr(syncing, "MANY", 20)
    monkeypatch.setattr(syncing, "FIRST_BATCH", 2)
    for number in range(60):
        write_story(
            tmp_path / "news", f"{number:03}.md", title=f"Story {number}", quality=number % 7, provider=f"P{number % 3}"
        )
    return tmp_path / "news"


def indexes(connection: sqlite3.Connection) -> set[str]:
    """Those of the orders that are there."""
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")
    return {row[0] for row in rows} & ORDER_INDEXES.keys()


def are_in_order(connection: sqlite3.Connection) -> bool:
    tables = Tables(connection)
    return all(list(tables.order(sort)) == sorted_at_once(tables, sort) for sort in Sort)


def test_they_are_left_out_while_all_is_read_and_made_in_the_end(connection: sqlite3.Connection, news: Path) -> None:
    seen: list[set[str]] = []

    def look(progress: Progress) -> None:
        if progress.of_files == 60:
            seen.append(indexes(connection))
            assert are_in_order(connection)

    assert indexes(connection) == set(ORDER_INDEXES)
    sync(connection, news, look)
    assert seen
    assert not any(seen)
    assert indexes(connection) == set(ORDER_INDEXES)
    assert are_in_order(connection)


def test_what_an_interrupted_sync_left_out_is_made_by_the_next(connection: sqlite3.Connection, news: Path) -> None:
    def interrupt(progress: Progress) -> None:
        if progress.files == progress.of_files == 60:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sync(connection, news, interrupt)
    assert indexes(connection) == set()
    sync(connection, news)
    assert indexes(connection) == set(ORDER_INDEXES)
    assert are_in_order(connection)


def test_they_stay_where_few_files_come_in(connection: sqlite3.Connection, news: Path, write_story: WriteStory) -> None:
    sync(connection, news)
    for number in range(100, 130):
        write_story(news, f"{number}.md", title=f"Story {number}")
    seen: list[set[str]] = []
    sync(connection, news, lambda _: seen.append(indexes(connection)))
    assert seen
    assert all(known == set(ORDER_INDEXES) for known in seen)
