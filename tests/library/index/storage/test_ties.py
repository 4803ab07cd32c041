"""The numbers that stand for the order of paths among the stories of one time."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.library.index.storage import schema
from reader.library.index.storage.ties import STRIDE, tie_of
from reader.library.sync.sync import sync
from reader.library.sync.write import Writer

if TYPE_CHECKING:
    from conftest import WriteStory


def by_tie(connection: sqlite3.Connection) -> list[tuple[int | None, bytes]]:
    """Time and path of all stories, by time and tie; no two of a time have the same."""
    rows = connection.execute("SELECT published, tie, path FROM stories ORDER BY published, tie").fetchall()
    assert len({row[:2] for row in rows}) == len(rows)
    return [(published, path) for published, _, path in rows]


@pytest.fixture(scope="module")
def few() -> Iterator[sqlite3.Connection]:
    """What is read of an index, and no more of it."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as opened:
        opened.execute("CREATE TABLE known_stories (id INTEGER PRIMARY KEY, published, tie, path)")
        opened.execute("CREATE INDEX stories_newest ON known_stories(published DESC, tie)")
        opened.execute("CREATE VIEW stories AS SELECT * FROM known_stories")
        yield opened


def put(connection: sqlite3.Connection, told: Sequence[tuple[int | None, bytes]]) -> None:
    connection.execute("DELETE FROM known_stories")
    for published, path in told:
        row = (published, tie_of(connection, published, path), path)
        connection.execute("INSERT INTO known_stories(published, tie, path) VALUES (?, ?, ?)", row)


@given(told=st.lists(st.tuples(st.sampled_from([None, -1, 7]), st.binary(min_size=1, max_size=2)), unique=True))
def test_they_rise_with_the_path_whatever_comes_first(
    few: sqlite3.Connection, told: list[tuple[int | None, bytes]]
) -> None:
    put(few, told)
    assert by_tie(few) == sorted(told, key=lambda one: (one[0] is not None, one[0] or 0, one[1]))


@pytest.mark.parametrize("is_rising", [True, False])
def test_each_may_come_between_the_two_before(few: sqlite3.Connection, is_rising: bool) -> None:
    """Twice as many as there is room for, always in the same gap: they are numbered anew."""
    inner = [b"b%03d" % (number if is_rising else 999 - number) for number in range(3 * STRIDE.bit_length())]
    told: list[tuple[int | None, bytes]] = [(5, path) for path in (b"a", b"c", *inner)]
    put(few, told)
    assert by_tie(few) == sorted(told, key=lambda one: one[1])


def test_two_folders_of_one_time_whose_files_come_in_turns_cost_few_others_their_numbers(
    few: sqlite3.Connection,
) -> None:
    told = [(None, b"%s/%04d" % (folder, number)) for number in range(999, -1, -1) for folder in (b"b", b"a")]
    before = few.total_changes
    put(few, told)
    assert few.total_changes - before < 8 * len(told)
    assert [path for _, path in by_tie(few)] == sorted(path for _, path in told)


def test_a_place_among_many_is_found_in_a_few_steps(few: sqlite3.Connection) -> None:
    names = random.Random(2).sample(range(100_000), k=3_000)
    put(few, [(None, b"%06d" % name) for name in names])
    asked: list[str] = []
    few.set_trace_callback(asked.append)
    for name in names[:20]:
        tie_of(few, None, b"%06d+" % name)
    few.set_trace_callback(None)
    assert len(asked) < 20 * 50
    plans = [row[3] for sql in asked for row in few.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert {plan.partition(" (")[0] for plan in plans} == {"SEARCH known_stories USING INDEX stories_newest"}
    assert [path for _, path in by_tie(few)] == [b"%06d" % name for name in sorted(names)]


def test_a_file_that_is_renamed_has_another_place(tmp_path: Path, write_story: WriteStory) -> None:
    news = tmp_path / "news"
    for name in "bdf":
        write_story(news, f"{name}.md", title=f"Story {name}")
    with closing(schema.connect(tmp_path / "index.sqlite3")) as connection:
        sync(connection, news)
        paths = [path for _, path in by_tie(connection)]
        assert paths == [b"b.md", b"d.md", b"f.md"]
        writer = Writer(connection)
        with writer.transaction():
            writer.rename(b"f.md", b"c.md")
        assert [path for _, path in by_tie(connection)] == [b"b.md", b"c.md", b"d.md"]
        (news / "f.md").rename(news / "a.md")
        sync(connection, news)
        assert [path for _, path in by_tie(connection)] == [b"a.md", b"b.md", b"d.md"]
