"""Marking very many stories: another process writes that, and it is one step back and forth as any other mark."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import weakref
from contextlib import closing

import pytest

from reader.library.marks.marks import Change, MarkKind, Marks
from reader.library.marks.orders import Act
from reader.library.marks.scribe import Scribe
from reader.ui.parts.index import many
from reader.ui.parts.marks.looks import Look
from reader.ui.parts.marks.marks import STILL_WRITTEN
from ui.conftest import CLOCK
from ui.parts.conftest import COMET, OTHER, Bench

ALL = {*COMET, OTHER}
ALL_KEYS = ("https://a.example/1", "https://a.example/2")
HALT = ("sh", "-c", 'kill -STOP $$; exec "$@"', "sh")
"""Runs a command once it is told to go on."""


@pytest.fixture(autouse=True)
def two_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "MANY", 2)
    monkeypatch.setattr(many, "MUCH", 1)


@pytest.fixture
def halted(monkeypatch: pytest.MonkeyPatch) -> list[Scribe]:
    """The scribes, of which the first does not get on."""
    scribes: list[Scribe] = []
    begin = Scribe.begin

    def begun(scribe: Scribe, *, is_left: bool = False) -> None:
        with monkeypatch.context() as once:
            if not scribes:
                once.setattr(scribe, "_command", [*HALT, *scribe._command])
            begin(scribe, is_left=is_left)
        if not scribes:
            os.waitpid(scribe.pid, os.WUNTRACED)
        scribes.append(scribe)

    monkeypatch.setattr(Scribe, "begin", begun)
    return scribes


async def one_at_work(halted: list[Scribe]) -> None:
    while not halted:
        await asyncio.sleep(0.001)


def read_of(bench: Bench) -> frozenset[str]:
    with Marks(bench.marks, lambda: CLOCK) as marks:
        return marks.keys(MarkKind.READ)


async def test_many_are_marked_taken_back_and_marked_again(bench: Bench) -> None:
    await bench.list_stories()
    marks, host = bench.parts.marks, bench.host
    marks.read_all()
    await host.settle()
    assert host.toasts[-2:] == [
        "Marking 3 stories read … U takes it back",
        "3 stories marked read · U takes it back",
    ]
    assert bench.parts.shown_marks.known.read == {bench.id_of(key) for key in ALL}
    assert read_of(bench) == ALL
    marks.undo()
    await host.settle()
    assert host.toasts[-1] == "unread again: 3 stories"
    assert not bench.parts.shown_marks.known.read
    assert read_of(bench) == set()
    marks.redo()
    await host.settle()
    assert host.toasts[-1] == "read: 3 stories"
    assert read_of(bench) == ALL
    marks.redo()
    await host.settle()
    assert host.toasts[-1] == "There is no mark to set again."
    marks.undo()
    await host.settle()
    folder = bench.parts.questions.thread.scribes.place().parent
    assert len([*folder.iterdir()]) == 1, "what can be done again, and nothing that cannot"
    bench.parts.close()
    assert not folder.exists()


async def test_what_others_had_marked_stays_when_many_are_taken_back(bench: Bench) -> None:
    await bench.list_stories()
    with Marks(bench.marks, lambda: CLOCK) as marks:
        marks.set([OTHER], MarkKind.READ, True)
    bench.parts.marks.read_all()
    await bench.host.settle()
    assert bench.host.toasts[-1].startswith("2 stories")
    bench.parts.marks.read_all()
    await bench.host.settle()
    assert bench.host.toasts[-1] == "All listed stories are read already."
    bench.parts.marks.undo()
    await bench.host.settle()
    assert read_of(bench) == {OTHER}


async def test_while_many_are_written_they_can_be_taken_back_and_that_is_told(
    bench: Bench, halted: list[Scribe]
) -> None:
    await bench.list_stories()
    parts, host = bench.parts, bench.host
    parts.marks.read_all()
    await one_at_work(halted)
    assert parts.questions.thread.scribes.told == "writing 3 marks …"
    for act in (parts.marks.read_all, parts.marks.redo):
        act()
        assert host.toasts[-1] == STILL_WRITTEN
    assert await parts.questions.ask(lambda index: index.greatest_id()) == 3, "other questions do not wait"
    parts.marks.undo()
    await host.settle()
    assert host.toasts[-1] == "Taken back before they were marked."
    assert parts.questions.thread.scribes.told == ""
    assert read_of(bench) == set()
    parts.marks.read_all()
    await host.settle()
    assert read_of(bench) == ALL


async def test_a_mark_waits_for_the_many_before_it(bench: Bench, halted: list[Scribe]) -> None:
    await bench.list_stories()
    bench.parts.marks.read_all()
    await one_at_work(halted)
    bench.parts.marks.toggle_read(bench.parts.current.at_hand)
    os.kill(halted[0].pid, signal.SIGCONT)
    await bench.host.settle()
    assert read_of(bench) == set(COMET), "which was read by then, and is unread now"


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


async def test_at_the_end_a_single_mark_does_not_wait_for_many(bench: Bench, halted: list[Scribe]) -> None:
    await bench.list_stories()
    bench.parts.marks.read_all()
    await one_at_work(halted)
    bench.parts.marks.star(bench.parts.current.at_hand)
    await asyncio.sleep(0)
    bench.parts.close()
    assert len(bench.parts.questions.thread.lost) == 1, "that many are being written"
    assert halted[-1].has_ended(20)
    await bench.host.settle()
    assert len(halted) == 2, "the second goes on in place of the first"
    assert read_of(bench) == ALL
    with Marks(bench.marks, lambda: CLOCK) as marks:
        assert marks.keys(MarkKind.STARRED) == {OTHER}
        change = marks.undo()
        assert change is not None
        assert set(change.keys) == ALL


@pytest.mark.parametrize("act", Act)
async def test_what_a_scribe_cannot_write_is_told(bench: Bench, act: Act, monkeypatch: pytest.MonkeyPatch) -> None:
    await bench.list_stories()
    steps = [bench.parts.marks.read_all, bench.parts.marks.undo, bench.parts.marks.redo]
    for step in steps[: [*Act].index(act)]:
        step()
        await bench.host.settle()
    with Marks(bench.marks, lambda: CLOCK) as marks:
        marks.set([OTHER], MarkKind.KNOWN, CLOCK)  # there is a file at least
    before = read_of(bench)
    with closing(sqlite3.connect(bench.marks)) as file:
        for event in ("INSERT", "UPDATE", "DELETE"):
            file.execute(f"CREATE TRIGGER no_{event} BEFORE {event} ON marks BEGIN SELECT RAISE(ABORT, 'no'); END")
    steps[[*Act].index(act)]()
    await bench.host.settle()
    assert "no" in bench.host.toasts[-1]
    assert bench.host.toasts[-1].startswith(("Not marked: nothing was kept", "Not taken back", "Not done again"))
    assert bench.parts.questions.thread.scribes.told == ""
    assert read_of(bench) == before


async def test_a_scribe_that_fails_is_told(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    await bench.list_stories()
    monkeypatch.setattr("sys.executable", "/bin/false")
    bench.parts.marks.read_all()
    await bench.host.settle()
    assert "the process that writes the marks has failed" in bench.host.toasts[-1]
    monkeypatch.setattr("sys.executable", str(bench.marks))
    bench.parts.marks.read_all()
    await bench.host.settle()
    assert "the marks cannot be written" in bench.host.toasts[-1]


async def test_what_was_looked_at_with_a_mark_is_remembered_without_the_keys_of_its_articles(bench: Bench) -> None:
    class Key(str):
        """A key of which it can be seen whether it is kept."""

    looks, look, keys = bench.parts.marks._looks, Look(), (Key(ALL_KEYS[0]), Key(ALL_KEYS[1]))
    is_kept = weakref.ref(keys[0])
    with Marks(bench.marks, lambda: CLOCK) as marks:
        look.at(marks, MarkKind.SEEN, ALL_KEYS, CLOCK)
    looks._remember(look, Change(MarkKind.READ, keys, (), True))
    del keys
    assert is_kept() is None
    await looks.take_back(Change(MarkKind.READ, tuple(reversed(ALL_KEYS)), (), True))
    with Marks(bench.marks, lambda: CLOCK) as marks:
        assert not marks.keys(MarkKind.SEEN)
