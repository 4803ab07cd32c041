"""The end of what has very many marks written: what was not kept is told, and nothing is left behind."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing

import pytest

from reader.library.marks.marks import MarkKind, Marks
from reader.ui.parts.index import many, scribes
from ui.conftest import CLOCK
from ui.parts.conftest import OTHER, Bench


@pytest.fixture(autouse=True)
def two_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "MANY", 2)
    monkeypatch.setattr(many, "MUCH", 1)


async def test_what_a_scribe_could_not_write_while_the_program_ends_is_told(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scribes, "A_MOMENT", 20.0)
    await bench.list_stories()
    with Marks(bench.marks, lambda: CLOCK) as marks:
        marks.set([OTHER], MarkKind.STARRED, True)
    with closing(sqlite3.connect(bench.marks)) as file:
        file.execute("CREATE TRIGGER no BEFORE INSERT ON marks BEGIN SELECT RAISE(ABORT, 'the disk is full'); END")
    bench.parts.marks.read_all()
    thread = bench.parts.questions.thread
    while thread.scribes.at_work is None:
        await asyncio.sleep(0.001)
    for _ in range(2):
        bench.parts.close()
    (told,) = thread.lost
    assert told.startswith("not kept: ")
    assert "the disk is full" in told
    await bench.host.settle()


async def test_nothing_is_left_behind_where_the_index_could_not_be_opened_any_more(bench: Bench) -> None:
    await bench.list_stories()
    for step in (bench.parts.marks.read_all, bench.parts.marks.undo):
        step()
        await bench.host.settle()
    folder = bench.parts.questions.thread.scribes.place().parent
    assert [*folder.iterdir()]
    bench.parts.questions.thread.close()
    bench.parts.close()
    assert not folder.exists()


async def test_what_can_be_done_again_no_more_is_not_kept(bench: Bench) -> None:
    await bench.list_stories()
    for step in (bench.parts.marks.read_all, bench.parts.marks.undo, bench.parts.marks.read_all):
        step()
        await bench.host.settle()
    assert not [*bench.parts.questions.thread.scribes.place().parent.iterdir()]
