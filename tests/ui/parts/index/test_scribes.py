"""The end of what has very many marks written: what was not kept is told, and nothing is left behind."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from reader.library.marks.many.assignments import Act
from reader.library.marks.many.scribe import Scribe
from reader.library.marks.marks import MarkKind, Marks
from reader.ui.parts.index import many, scribes
from ui.conftest import CLOCK
from ui.parts.conftest import COMET, OTHER, Bench, one_at_work, read_of

ALL = {*COMET, OTHER}


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
    began, begin = asyncio.Event(), Scribe.begin

    def begin_and_tell(scribe: Scribe) -> None:
        begin(scribe)
        began.set()

    monkeypatch.setattr(Scribe, "begin", begin_and_tell)
    bench.parts.marks.read_all()
    thread = bench.parts.questions.thread
    await began.wait()
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


async def test_the_end_leaves_many_to_another_process(bench: Bench, halted: list[Scribe]) -> None:
    await bench.list_stories()
    bench.parts.marks.read_all()
    await one_at_work(halted)
    bench.parts.close()
    (told,) = bench.parts.questions.thread.lost
    assert told == f"the marks of 3 stories are still being written; process {halted[0].pid} ends with that"
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGCONT):
        os.kill(halted[0].pid, number)
    assert halted[0].has_ended(20)
    await bench.host.settle()
    assert read_of(bench) == ALL


async def test_at_the_end_a_single_mark_does_not_wait_for_many(
    bench: Bench, halted: list[Scribe], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scribes, "A_MOMENT", 0.01)
    await bench.list_stories()
    bench.parts.marks.read_all()
    await one_at_work(halted)
    bench.parts.marks.star(bench.parts.current.at_hand)
    await asyncio.sleep(0)
    bench.parts.close()
    assert all("still being written" in line for line in bench.parts.questions.thread.lost)
    assert halted[-1].has_ended(20)
    await bench.host.settle()
    assert len(halted) == 2, "the second goes on in place of the first"
    assert read_of(bench) == ALL
    with Marks(bench.marks, lambda: CLOCK) as marks:
        assert marks.keys(MarkKind.STARRED) == {OTHER}
        change = marks.undo()
        assert change is not None
        assert (change.kind, change.keys) == (MarkKind.STARRED, (OTHER,)), "it was decided after the many"
        change = marks.undo()
        assert change is not None
        assert set(change.keys) == ALL


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("can_begin", [True, False])
async def test_at_the_end_what_waits_behind_many_is_meant_for_after_them(
    bench: Bench, act: Act, can_begin: bool, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setattr(scribes, "A_MOMENT", 0.01)
    await bench.list_stories()
    marks, host = bench.parts.marks, bench.host
    steps = [marks.read_all, marks.undo, marks.redo]
    for step in steps[: [*Act].index(act)]:
        step()
        await host.settle()
    folder = bench.parts.questions.thread.scribes.place().parent
    halted = request.getfixturevalue("halted")
    steps[[*Act].index(act)]()
    await one_at_work(halted)
    for _ in range(3):
        marks.toggle_read(bench.parts.current.at_hand)
    await asyncio.sleep(0)
    if not can_begin:
        monkeypatch.setattr("subprocess.Popen", failing)
    bench.parts.close()
    if can_begin:
        assert halted[-1].has_ended(20)
    await host.settle()
    if can_begin:
        assert all("still being written" in line for line in bench.parts.questions.thread.lost)
        assert read_of(bench) == ({OTHER} if act is Act.UNDO else set(COMET))
    else:
        assert not folder.exists()
        assert [line[:39] for line in bench.parts.questions.thread.lost] == ["not kept: the marks cannot be written: "]
        assert (OTHER in read_of(bench)) == (act is Act.UNDO), "what could be kept is as it was meant"


def failing(*_: object, **__: object) -> Any:
    """No process."""
    raise OSError("no more processes")
