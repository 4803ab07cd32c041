"""Marking very many stories: another process writes that, and it is one step back and forth as any other mark."""

from __future__ import annotations

import asyncio
import gc
import os
import shutil
import signal
import sqlite3
import weakref
from array import array
from collections.abc import Callable, Iterable
from contextlib import closing
from typing import Any

import pytest

from reader.base.errors import IndexReplacedError
from reader.library.index.index import Index
from reader.library.index.lists.id_arrays import ids
from reader.library.marks.many.assignments import Act
from reader.library.marks.many.scribe import Scribe
from reader.library.marks.marks import Change, MarkKind, Marks
from reader.ui.parts.index import many
from reader.ui.parts.marks.looked_at import FirstLook
from reader.ui.parts.marks.marks import STILL_WRITTEN
from ui.conftest import CLOCK
from ui.parts.conftest import COMET, OTHER, Bench, one_at_work, read_of

ALL = {*COMET, OTHER}
ALL_KEYS = ("https://a.example/1", "https://a.example/2")


@pytest.fixture(autouse=True)
def two_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "MANY", 2)
    monkeypatch.setattr(many, "MUCH", 1)


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


async def test_steps_that_follow_at_once_are_done_one_after_the_other(bench: Bench) -> None:
    await bench.list_stories()
    marks, host = bench.parts.marks, bench.host
    with Marks(bench.marks, lambda: CLOCK) as file:
        file.set(COMET, MarkKind.STARRED, True)
    marks.read_all()
    await host.settle()
    with Marks(bench.marks, lambda: CLOCK) as file:
        for step, starred in ((marks.undo, set()), (marks.redo, set(COMET))):
            step()
            step()
            await host.settle()
            assert "There is no mark" not in " ".join(host.toasts[-2:])
            assert file.keys(MarkKind.STARRED) == starred
            assert read_of(bench) == (ALL if starred else set())


async def test_what_is_decided_while_many_are_marked_again_leaves_nothing_to_do_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bench.list_stories()
    marks, host, thread = bench.parts.marks, bench.host, bench.parts.questions.thread
    marks.read_all()
    await host.settle()
    marks.undo()
    await host.settle()
    carried_out = thread.scribes.carried_out

    async def decided_first(*assignment: Any) -> Any:
        await thread.ask_marks(lambda marks, _: marks.set([OTHER], MarkKind.STARRED, True))
        return await carried_out(*assignment)

    monkeypatch.setattr(thread.scribes, "carried_out", decided_first)
    marks.redo()
    await host.settle()
    assert host.toasts[-1] == "read: 3 stories"
    assert read_of(bench) == ALL


async def test_a_folder_that_was_cleaned_away_is_made_again(bench: Bench) -> None:
    await bench.list_stories()
    marks, host, kept = bench.parts.marks, bench.host, bench.parts.questions.thread.scribes
    marks.read_all()
    await host.settle()
    shutil.rmtree(kept.place().parent)
    for step, read in ((marks.undo, set()), (marks.redo, ALL)):
        step()
        await host.settle()
        assert read_of(bench) == read
    marks.undo()
    await host.settle()
    shutil.rmtree(kept.place().parent)
    bench.parts.close()


@pytest.mark.parametrize("damage", [None, lambda data: b"", lambda data: data[:-4], lambda data: b"7" + data])
async def test_what_was_taken_back_and_cannot_be_read_is_told_once(
    bench: Bench, damage: Callable[[bytes], bytes] | None
) -> None:
    await bench.list_stories()
    marks, host = bench.parts.marks, bench.host
    with Marks(bench.marks, lambda: CLOCK) as file:
        file.set(COMET, MarkKind.STARRED, True)
    for step in (marks.read_all, marks.undo, marks.undo):
        step()
        await host.settle()
    last = await bench.parts.questions.thread.ask_marks(lambda marks, _: marks.undone[-1])
    assert last.file is not None
    if damage:
        last.file.write_bytes(damage(last.file.read_bytes()))
    else:
        last.file.unlink()
    marks.redo()
    await host.settle()
    assert host.toasts[-1].startswith("Not done again: what was taken back cannot be read any more")
    marks.redo()
    await host.settle()
    assert host.toasts[-1] == "read: 3 stories"


async def test_what_is_pending_is_written_before_many_and_not_after_them(bench: Bench) -> None:
    await bench.list_stories()
    marks, host = bench.parts.marks, bench.host
    with Marks(bench.marks, lambda: CLOCK) as file:
        file.set([OTHER], MarkKind.READ, True)
    await host.settle()
    with closing(sqlite3.connect(bench.marks)) as file:
        for event in ("INSERT", "UPDATE", "DELETE"):
            file.execute(f"CREATE TRIGGER no_{event} BEFORE {event} ON marks BEGIN SELECT RAISE(ABORT, 'no'); END")
        marks.toggle_read(bench.parts.current.at_hand)
        await host.settle()
        assert host.toasts[-1].startswith("Not kept yet, and tried again")
        marks.read_all()
        await host.settle()
        assert host.toasts[-1].startswith("Not marked: nothing was kept"), "it is not tried again"
        for event in ("INSERT", "UPDATE", "DELETE"):
            file.execute(f"DROP TRIGGER no_{event}")
    marks.read_all()
    await host.settle()
    assert bench.parts.questions.thread.pending == 0
    assert read_of(bench) == ALL
    marks.undo()
    await host.settle()
    assert host.toasts[-1] == "unread again: 3 stories"


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
    assert parts.questions.thread.scribes.activity == "writing 3 marks …"
    for act in (parts.marks.read_all, parts.marks.redo):
        act()
        assert host.toasts[-1] == STILL_WRITTEN
    assert await parts.questions.ask(lambda index: index.greatest_id()) == 3, "other questions do not wait"
    parts.marks.undo()
    await host.settle()
    assert host.toasts[-1] == "Taken back before they were marked."
    assert parts.questions.thread.scribes.activity == ""
    assert read_of(bench) == set()
    parts.marks.read_all()
    await host.settle()
    assert read_of(bench) == ALL


@pytest.mark.parametrize("is_written", [True, False])
async def test_many_that_were_written_when_they_are_stopped_are_told_as_marked(
    bench: Bench, halted: list[Scribe], is_written: bool
) -> None:
    await bench.list_stories()
    bench.parts.marks.read_all()
    await one_at_work(halted)
    with Marks(bench.marks, lambda: CLOCK) as marks:  # as the scribe, or as another copy of the program
        marks.set(ALL if is_written else [OTHER], MarkKind.READ, True)
    bench.parts.marks.undo()
    await bench.host.settle()
    told = "3 stories marked read · U takes it back" if is_written else "Taken back before they were marked."
    assert bench.host.toasts[-1] == told
    assert bench.parts.questions.thread.scribes.activity == ""


async def test_of_many_that_were_stopped_few_are_looked_at(
    bench: Bench, halted: list[Scribe], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(many, "MOST_AT_ONCE", 1)
    await bench.list_stories()
    bench.parts.marks.read_all()
    await one_at_work(halted)
    with Marks(bench.marks, lambda: CLOCK) as marks:  # another mark: were the many written before it?
        marks.set([OTHER], MarkKind.STARRED, True)
    asked: list[list[int]] = []
    keys = Index.keys

    def watched(index: Index, stories: Iterable[int]) -> dict[int, str]:
        asked.append([*stories])
        return keys(index, asked[-1])

    monkeypatch.setattr(Index, "keys", watched)
    bench.parts.marks.undo()
    await bench.host.settle()
    assert bench.host.toasts[-1] == "Taken back before they were marked."
    assert max(len(stories) for stories in asked) == 1


async def test_what_is_pending_is_not_tried_while_many_are_written(bench: Bench, halted: list[Scribe]) -> None:
    await bench.list_stories()
    bench.parts.marks.read_all()
    await one_at_work(halted)
    thread = bench.parts.questions.thread
    trying = asyncio.ensure_future(thread.write_pending())
    await thread.ask(lambda _: None)
    await thread.ask(lambda _: None)
    assert not trying.done()
    os.kill(halted[0].pid, signal.SIGCONT)
    await bench.host.settle()
    assert (await trying).read == bench.parts.shown_marks.known.read


async def test_that_the_index_is_another_is_told(bench: Bench) -> None:
    await bench.list_stories()
    bench.library.index_path.rename(bench.library.index_path.with_name("left"))
    bench.parts.marks.read_all()
    await bench.host.settle()
    assert any(toast.startswith("Not marked: nothing was kept. the index was taken") for toast in bench.host.toasts)
    assert read_of(bench) == set()


async def test_an_index_is_mended_when_many_are_written(bench: Bench, halted: list[Scribe]) -> None:
    await bench.list_stories()
    bench.parts.marks.read_all()
    await one_at_work(halted)
    thread = bench.parts.questions.thread
    for _ in range(2):
        bench.parts.folder.mend(IndexReplacedError("the index was taken away"))
    assert not thread.is_closed, "no key waits for that"
    os.kill(halted[0].pid, signal.SIGCONT)
    await bench.host.settle()
    assert thread.is_closed
    assert not bench.parts.questions.thread.is_closed
    assert read_of(bench) == ALL


async def test_a_mark_waits_for_the_many_before_it(bench: Bench, halted: list[Scribe]) -> None:
    await bench.list_stories()
    bench.parts.marks.read_all()
    await one_at_work(halted)
    bench.parts.marks.toggle_read(bench.parts.current.at_hand)
    os.kill(halted[0].pid, signal.SIGCONT)
    await bench.host.settle()
    assert read_of(bench) == set(COMET), "which was read by then, and is unread now"


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
    assert bench.parts.questions.thread.scribes.activity == ""
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

    looked_at, look, keys = bench.parts.marks._looked_at, FirstLook(), (Key(ALL_KEYS[0]), Key(ALL_KEYS[1]))
    is_kept = weakref.ref(keys[0])
    with Marks(bench.marks, lambda: CLOCK) as marks:
        look.set_time(marks, MarkKind.SEEN, ALL_KEYS, CLOCK)
    looked_at._remember(look, Change(MarkKind.READ, keys, (), True))
    del keys
    assert is_kept() is None
    await looked_at.take_back(Change(MarkKind.READ, tuple(reversed(ALL_KEYS)), (), True))
    with Marks(bench.marks, lambda: CLOCK) as marks:
        assert not marks.keys(MarkKind.SEEN)


async def test_while_many_are_written_no_list_of_them_is_held(
    bench: Bench, halted: list[Scribe], monkeypatch: pytest.MonkeyPatch
) -> None:
    await bench.list_stories()
    lists = [ids(bench.id_of(key) for key in ALL)]
    held = weakref.ref(lists[0])

    async def ids_of(_: object) -> array[int]:
        return lists.pop()

    monkeypatch.setattr(bench.parts.listed, "ids_of", ids_of)
    bench.parts.marks.read_all()
    await one_at_work(halted)
    assert held() is None
    os.kill(halted[0].pid, signal.SIGCONT)
    await bench.host.settle()
    assert read_of(bench) == ALL


async def test_what_a_scribe_was_given_is_forgotten_once_it_is_done(bench: Bench) -> None:
    await bench.list_stories()
    bench.parts.marks.read_all()
    await bench.host.settle()
    gc.collect()
    assert not [one for one in gc.get_objects() if isinstance(one, Scribe)]
