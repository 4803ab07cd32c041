"""Reading the folder without an app: what is listed when, what is told, and an index that cannot be used."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from reader.base.errors import IndexBusyError, LibraryError, LibraryIndexError
from reader.library.index.index import Index
from reader.library.index.storage.schema import APPLICATION_ID, VERSION, connect
from reader.library.sync.progress import Progress
from reader.ui.parts.index import folder
from reader.ui.parts.index.folder import TRY_AGAIN
from reader.ui.parts.index.folder_state import FolderState
from ui.parts.conftest import OTHER, Bench

if TYPE_CHECKING:
    from conftest import WriteStory


def test_what_is_being_read_is_told_in_words() -> None:
    state = FolderState()
    state.progress = Progress(50, 100, 5_000_000, 9_000_000)
    assert state.activity == ""
    state.is_syncing = True
    assert state.activity == "reading 50 of 100 files · 5.0 of 9.0 MB"
    state.seconds_left = 4.0
    assert state.activity == "reading 50 of 100 files · 5.0 of 9.0 MB · 4 s left"


async def test_what_comes_in_is_listed_and_the_folder_is_read_once_more_where_it_changes_meanwhile(
    bench: Bench, write_story: WriteStory
) -> None:
    await bench.list_stories()
    write_story(bench.library.root, "new.md", title="New", published="2025-01-01")
    for _ in range(3):
        bench.parts.folder.read()
    assert bench.parts.folder.state.is_syncing
    await bench.host.settle()
    assert not bench.parts.folder.state.is_syncing
    assert len(bench.parts.widgets.stories.ids) == 4
    assert bench.parts.current.id == bench.id_of(OTHER), "the story that was read stays"


async def test_the_story_that_is_shown_becomes_what_its_file_is(bench: Bench, write_story: WriteStory) -> None:
    await bench.list_stories()
    (bench.library.root / "other.md").unlink()
    write_story(bench.library.root, "other.md", title="Changed", published="2024-06-20", url=OTHER, excerpt="Anew.")
    bench.parts.folder.read()
    await bench.host.settle()
    assert bench.parts.current.id == bench.id_of(OTHER)
    shown = bench.parts.widgets.story_pane._content.text
    assert shown is not None
    assert (shown.title, shown.excerpt) == ("Changed", "Anew.")


async def test_what_comes_in_is_listed_at_once_and_then_less_and_less_often(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed: list[tuple[float, int]] = []
    now, version, files = 0.0, 0, 0
    monkeypatch.setattr(folder, "time", SimpleNamespace(monotonic=lambda: 1_000 + now))
    monkeypatch.setattr(bench.parts.questions, "peek", lambda *_: version)
    monkeypatch.setattr(bench.parts.listed, "list_anew", lambda: listed.append((now, files)))
    for tick in range(50):  # two passes; at last nothing is written any more
        now, version, files = tick / 4, min(tick, 40), 32 + 100 * (tick % 20)
        bench.parts.folder.follow(Progress(files, 2_032, files, 2_032))
    first, second = [(0, 32), (0.25, 132), (0.75, 332), (1.75, 732), (3.75, 1_532)], [(5, 32), (7, 832), (9, 1_632)]
    assert listed == [*first, *second, (10, 32)]


async def test_why_the_folder_cannot_be_read_is_told_once_or_when_it_is_asked_for(bench: Bench) -> None:
    moved = bench.library.root.rename(bench.library.root.with_name("away"))
    for act in (bench.parts.folder.read, bench.parts.folder.read, bench.parts.folder.rescan):
        act()
        await bench.host.settle()
    assert len(bench.host.toasts) == 2
    assert bench.parts.folder.state.trouble == bench.host.toasts[0]
    moved.rename(bench.library.root)
    bench.parts.folder.read()
    await bench.host.settle()
    assert bench.parts.folder.state.trouble == ""


async def test_a_damaged_index_is_built_again_whoever_finds_it(bench: Bench) -> None:
    await bench.list_stories()
    thread = bench.parts.questions.thread

    def find_damage(_: Index) -> int:
        raise LibraryIndexError("database disk image is malformed")

    assert await bench.parts.questions.ask(find_damage) is None
    assert bench.parts.questions.peek(find_damage, 7) == 7
    await bench.host.settle()
    assert bench.parts.questions.thread is not thread
    assert bench.host.toasts[0] == "the index was damaged; it is built again"
    assert len(bench.parts.widgets.stories.ids) == 3
    assert await bench.parts.questions.ask(lambda index: index.counts().stories) == 3


async def test_an_index_that_another_program_holds_is_tried_again_later(bench: Bench) -> None:
    await bench.list_stories()
    thread = bench.parts.questions.thread
    for _ in range(2):
        bench.parts.folder.mend(IndexBusyError("another program writes the index"))
    assert bench.parts.questions.thread is thread
    assert bench.host.toasts == ["another program writes the index; it is tried again"]
    assert [timer.seconds for timer in bench.host.timers].count(TRY_AGAIN) == 1
    await bench.host.go_off(TRY_AGAIN)
    assert bench.parts.folder.state.trouble == ""


async def test_what_is_asked_aside_ends_with_a_damaged_index_and_can_be_asked_again(bench: Bench) -> None:
    questions = bench.parts.questions
    assert await questions.ask_aside(lambda index: index.counts().stories) == 3

    def find_damage(_: Index) -> int:
        raise LibraryIndexError("malformed")

    aside = questions._aside
    assert await questions.ask_aside(find_damage) is None
    await bench.host.settle()
    assert await questions.ask_aside(lambda index: index.counts().stories) == 3
    assert questions._aside is not aside


def take_cache_away(index: Path) -> None:
    shutil.rmtree(index.parent)


def put_newer_version_there(index: Path) -> None:
    for file in index.parent.glob(f"{index.name}*"):
        file.unlink()
    with closing(sqlite3.connect(index)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")


@pytest.mark.parametrize("act", [take_cache_away, Path.unlink, put_newer_version_there])
async def test_an_index_that_was_taken_away_is_built_again_once_another_thread_would_open_it(
    bench: Bench, act: Callable[[Path], None]
) -> None:
    await bench.list_stories()
    questions = bench.parts.questions
    act(bench.library.index_path)
    await questions.ask_aside(lambda index: index.counts().stories)
    await bench.host.settle()
    assert await questions.ask_aside(lambda index: index.counts().stories) == 3
    assert await questions.ask(lambda index: index.counts().stories) == 3
    assert bench.library.index_path.is_relative_to(bench.library.root.with_name("cache"))


async def test_an_index_that_cannot_be_opened_again_is_tried_later(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bench.list_stories()

    opens = iter([connect])

    def open_once(path: Path, *, is_made: bool = True) -> sqlite3.Connection:
        for opening in opens:
            return opening(path, is_made=is_made)
        raise sqlite3.OperationalError("unable to open database file")

    with monkeypatch.context() as patch:
        patch.setattr("reader.library.index.storage.schema.connect", open_once)
        bench.parts.folder.mend(LibraryIndexError("malformed"))
    assert bench.host.toasts[-1].endswith("unable to open database file; it is tried again")
    await bench.host.go_off(TRY_AGAIN)
    assert await bench.parts.questions.ask(lambda index: index.counts().stories) == 3


async def test_once_it_is_stopped_nothing_is_read(bench: Bench) -> None:
    bench.parts.folder.stop()
    bench.parts.folder.read()
    assert not bench.parts.folder.state.is_syncing


async def test_a_folder_that_cannot_be_watched_is_looked_at_now_and_then_and_that_is_told(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bench.list_stories()
    looks = iter(range(3))

    def fail(*_: object, **__: object) -> None:
        raise LibraryError("the folder cannot be watched (OS file watch limit reached.)")

    def look_at(*_: object) -> None:
        if next(looks, None) is None:
            bench.parts.folder.stop()

    monkeypatch.setattr(folder, "watch", fail)
    monkeypatch.setattr(folder, "LOOK_SELDOM", 0.01)
    monkeypatch.setattr(bench.parts.folder, "read", look_at)
    bench.parts.folder.watch()
    await bench.host.settle()
    assert next(looks, None) is None
    (told,) = bench.host.toasts
    assert told.startswith("the folder cannot be watched (OS file watch limit reached.): it is looked at every ")
