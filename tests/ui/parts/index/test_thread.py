"""The end of what asks the index and the marks: it waits a moment for others that write, and tells what is lost."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.library.index.index import Index
from reader.library.library import Library
from reader.library.marks.marks import Change, MarkKind, Marks
from reader.library.marks.snapshot import Snapshot
from reader.ui.parts.index import thread as index_thread
from reader.ui.parts.index.pending import Wish
from reader.ui.parts.index.thread import IndexThread

if TYPE_CHECKING:
    from conftest import WriteStory

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
KEYS = [f"https://x.example/{name}" for name in "abc"]


@pytest.fixture
def library(tmp_path: Path, write_story: WriteStory) -> Iterator[Library]:
    """A library of three stories."""
    for key in KEYS:
        write_story(tmp_path / "news", f"{key[-1]}.md", title=f"Story {key[-1]}", url=key)
    with Library(tmp_path / "news", tmp_path / "cache", in_process=True) as library:
        library.sync()
        yield library


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of marks, which is there."""
    file = tmp_path / "data" / "marks.sqlite3"
    with Marks(file, lambda: NOON) as marks:
        marks.set(["https://y.example/"], MarkKind.READ, True)
    return file


def starring(story: int, key: str) -> Wish:
    return Wish(("starred", key), "starred", [story], lambda marks: marks.set([key], MarkKind.STARRED, True))


async def test_marks_that_come_together_while_others_write_are_all_pending_and_the_end_does_not_wait_for_each(
    library: Library, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_thread, "AT_THE_END", 0.1)
    thread = IndexThread(library, file, lambda: NOON)
    stories = {key: library.index.story_named(key) or 0 for key in KEYS}

    def tag(marks: Marks, _: Index) -> Change:
        return marks.set(KEYS, MarkKind.TAG, True, "to be kept")

    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        wishes = [starring(story, key) for key, story in stories.items()]
        doing = [asyncio.ensure_future(thread.grant(lambda *_, wish=wish: wish)) for wish in wishes]
        doing.append(asyncio.ensure_future(thread.change(tag)))
        await asyncio.sleep(0)
        begun = time.monotonic()
        thread.close()
        assert time.monotonic() - begun < 5, "no longer than for a single one before"
        await asyncio.gather(*doing, return_exceptions=True)
    reason, *told = thread.lost
    assert reason.startswith("not kept: another program is writing the marks")
    assert told[:3] == ["starred: Story a", "starred: Story b", "starred: Story c"]
    assert len(told) == 4, "the tag"
    assert told[3].startswith("not kept: another program is writing the marks")


async def test_marks_that_were_asked_for_are_written_at_the_end(library: Library, file: Path) -> None:
    thread = IndexThread(library, file, lambda: NOON)
    doing = [asyncio.ensure_future(thread.grant(lambda *_, key=key: starring(1, key))) for key in KEYS]
    await asyncio.sleep(0)
    thread.close()
    await asyncio.gather(*doing, return_exceptions=True)
    assert thread.lost == []
    with Marks(file, lambda: NOON) as marks:
        assert marks.keys(MarkKind.STARRED) == set(KEYS)


def count_for_ever(index: Index) -> object:
    """What SQLite never has an answer to."""
    counting = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"
    return index.connection.execute(counting).fetchone()


def step_for_ever(index: Index) -> object:
    """What is never put together."""
    while True:
        index.check_cancelled()


@pytest.mark.parametrize("part", ["take", "after"])
async def test_the_end_does_not_wait_until_it_is_known_what_is_marked_and_writes_what_waits(
    library: Library, file: Path, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = threading.Event()

    def known(*args: object, **_: object) -> object:
        began.set()
        return step_for_ever(next(one for one in args if isinstance(one, Index)))

    def cancel_and_rest(index: Index, question: object = None) -> None:
        cancel(index, question)
        time.sleep(0.05)

    cancel = Index.cancel
    monkeypatch.setattr(Index, "cancel", cancel_and_rest)  # what waits behind it has the time to begin
    monkeypatch.setattr(index_thread, part, known)
    thread = IndexThread(library, file, lambda: NOON)
    doing = [asyncio.ensure_future(thread.grant(lambda *_, key=key: starring(1, key))) for key in KEYS]
    await asyncio.to_thread(began.wait, 20)
    thread.close()
    assert all(isinstance(one, asyncio.CancelledError) for one in await asyncio.gather(*doing, return_exceptions=True))
    assert thread.lost == []
    with Marks(file, lambda: NOON) as marks:
        assert marks.keys(MarkKind.STARRED) == set(KEYS)


async def ask(thread: IndexThread, question: Callable[[Index], object]) -> object:
    return await thread.ask(question)


async def ask_marks(thread: IndexThread, question: Callable[[Index], object]) -> object:
    return await thread.ask_marks(lambda _, index: question(index))


@pytest.mark.parametrize("question", [count_for_ever, step_for_ever])
@pytest.mark.parametrize("put", [ask, ask_marks])
async def test_a_question_for_which_nobody_waits_does_not_hold_up_the_next_one(
    library: Library,
    file: Path,
    question: Callable[[Index], object],
    put: Callable[[IndexThread, Callable[[Index], object]], Awaitable[object]],
) -> None:
    thread, began = IndexThread(library, file), threading.Event()

    def asked(index: Index) -> object:
        began.set()
        return question(index)

    for _ in range(3):
        asking = asyncio.ensure_future(put(thread, asked))
        await asyncio.to_thread(began.wait)
        asking.cancel()
        assert await asyncio.wait_for(thread.ask(lambda index: index.counts().stories), 60) == 3
        began.clear()
    asking = asyncio.ensure_future(put(thread, asked))
    await asyncio.to_thread(began.wait)
    thread.close()
    with pytest.raises(asyncio.CancelledError):
        await asking


@pytest.mark.parametrize("put", [ask, ask_marks])
async def test_all_of_an_answer_is_of_one_state_of_the_library(
    library: Library,
    file: Path,
    write_story: WriteStory,
    put: Callable[[IndexThread, Callable[[Index], object]], Awaitable[object]],
) -> None:
    def question(index: Index) -> list[int]:
        before = index.counts().stories
        write_story(library.root, "d.md", title="Story d", url="https://x.example/d")
        library.sync()
        return [before, index.counts().stories]

    thread = IndexThread(library, file)
    assert await put(thread, question) == [3, 3]
    assert await put(thread, lambda index: index.counts().stories) == 4
    thread.close()


async def test_marks_that_were_looked_at_for_nobody_are_known_then(
    library: Library, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, may_end, known = threading.Event(), threading.Event(), Snapshot()
    befores: list[Snapshot] = []

    def take_long(_: Marks, index: Index, before: Snapshot) -> Snapshot:
        befores.append(before)
        began.set()
        may_end.wait()
        index.check_cancelled()
        return known

    monkeypatch.setattr(index_thread, "take", take_long)
    thread = IndexThread(library, file)
    looking = asyncio.ensure_future(thread.snapshot())
    await asyncio.to_thread(began.wait)
    looking.cancel()
    may_end.set()
    assert await thread.snapshot() is known
    assert befores[1] is known
    thread.close()


async def test_the_end_does_not_wait_for_marks_that_are_looked_at(
    library: Library, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = threading.Event()

    def take_for_ever(_: Marks, index: Index, __: Snapshot) -> object:
        began.set()
        return step_for_ever(index)

    monkeypatch.setattr(index_thread, "take", take_for_ever)
    thread = IndexThread(library, file)
    looking = asyncio.ensure_future(thread.snapshot())
    await asyncio.to_thread(began.wait)
    thread.close()
    with pytest.raises(asyncio.CancelledError):
        await looking


@pytest.mark.parametrize("times", [0, 1_000_000])
async def test_where_it_takes_long_what_is_marked_is_known_for_a_while_though_the_library_changes(
    library: Library, file: Path, times: int, write_story: WriteStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_thread, "LONG_LOOK", 0)
    monkeypatch.setattr(index_thread, "MOST_LOOKS", times)
    thread = IndexThread(library, file, lambda: NOON)
    before = await thread.snapshot()
    write_story(library.root, "d.md", title="Story d", url="https://x.example/d")
    library.sync()
    assert (await thread.snapshot() is before) == (times > 0)
    with Marks(file, lambda: NOON) as another:
        another.set(["https://x.example/d"], MarkKind.READ, True)
    assert len((await thread.snapshot()).read) == 1
    thread.close()
