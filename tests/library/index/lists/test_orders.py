"""Along its index each order is the one that SQLite sorts by path where stories are else alike."""

from __future__ import annotations

import random
import sqlite3
from array import array
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from library.sql_answers import sorted_at_once
from reader.library.index.lists import id_arrays, orders
from reader.library.index.lists.id_arrays import ids, read_ids
from reader.library.index.lists.orders import ordered
from reader.library.index.storage import schema
from reader.library.index.storage.ties import tie_of
from reader.library.index.tables import Tables
from reader.library.query.query import Sort, parse

STORIES = 300
PROVIDERS = [("", ""), ("One", "a"), ("one", "a"), ("Two", "a"), ("Ünd", "a"), ("", "b"), ("One", "b"), ("Nobody", "")]


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """An index with stories of a few times, qualities and outlets, whose ids have gaps."""
    chance = random.Random(1)
    with closing(schema.connect(tmp_path_factory.mktemp("orders") / "index.sqlite3")) as opened:
        opened.execute("PRAGMA foreign_keys = OFF")
        opened.execute("INSERT INTO prefixes VALUES (0, x'')")
        opened.executemany("INSERT INTO providers VALUES (?, ?, ?)", [(n, *one) for n, one in enumerate(PROVIDERS)])
        numbers = range(1, 2 * STORIES)
        for story, name in zip(chance.sample(numbers, k=STORIES), chance.sample(numbers, k=STORIES), strict=True):
            path = b"%04d.md" % name
            published = chance.choice([None, -5, 100, 100, 200, chance.randrange(1_000)])
            told = {
                "quality": chance.choice([None, 0, 9, chance.randrange(50)]),
                "provider": chance.randrange(len(PROVIDERS)),
                "outlets": chance.randrange(1, 4),
                "coverage": chance.randrange(3),
            }
            opened.execute(
                f"""INSERT INTO known_stories (id, published, tie, name, article, folder, site, title, excerpt, body,
                        topics, dated, link, has_image, has_amp, {", ".join(told)})
                    VALUES (?, ?, ?, ?, 1, 0, 0, '', '', '', '', 2, '', 0, 0, {", ".join("?" * len(told))})""",
                (story, published, tie_of(opened, published, path), path, *told.values()),
            )
        yield opened


@pytest.mark.parametrize("order", [*Sort, parse("sort:-quality,date").sort])
def test_as_sqlite_sorts_without_an_index(order: Sort, connection: sqlite3.Connection) -> None:
    expected = sorted_at_once(Tables(connection), order)
    assert len(expected) == STORIES
    for most in (-1, 0, 1, 7, STORIES - 3, STORIES + 3):
        assert ordered(connection, order, most) == ids(expected if most < 0 else expected[:most])


@pytest.mark.parametrize("order", list(Sort))
@pytest.mark.parametrize("at_a_time", [1, 7, STORIES, 10 * STORIES])
def test_an_order_is_read_in_portions(
    order: Sort, at_a_time: int, connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (id_arrays, orders):
        monkeypatch.setattr(module, "AT_A_TIME", at_a_time)
    sizes: list[int] = []

    def noted(*asked: Any) -> array[int]:
        part = read_ids(*asked)
        sizes.append(len(part))
        return part

    for module in (id_arrays, orders):
        monkeypatch.setattr(module, "read_ids", noted)
    assert ordered(connection, order) == ids(sorted_at_once(Tables(connection), order))
    alike = STORIES // 2  # as many may be of one second, which is read at once, or of one outlet
    assert max(sizes) <= at_a_time + (alike if order in (Sort.OLDEST, Sort.PROVIDER) else 0)


@pytest.mark.parametrize("order", list(Sort))
def test_a_page_is_read_from_an_index(order: Sort, connection: sqlite3.Connection) -> None:
    asked: list[str] = []
    connection.set_trace_callback(asked.append)
    ordered(connection, order, 7)
    ordered(connection, order)
    connection.set_trace_callback(None)
    assert asked
    for statement in asked:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
        read = [row[3] for row in plan if "stories" in row[3] and "json_each" not in row[3]]
        assert all("INDEX" in told or "INTEGER PRIMARY KEY" in told for told in read), (statement, plan)


def test_ids_as_sqlite_writes_them() -> None:
    with closing(sqlite3.connect(":memory:")) as opened:
        told = [0, 1, 255, 65_536, 4_294_967_295]
        values = ", ".join(f"({one})" for one in told)
        assert list(read_ids(opened, f"SELECT column1 AS id FROM (VALUES {values})")) == told
        assert list(read_ids(opened, "SELECT 1 AS id WHERE 0")) == []
        assert list(read_ids(opened, "SELECT 1 AS id, 2 AS day", columns=("id", "day"))) == [1, 2]
