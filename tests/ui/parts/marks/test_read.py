"""What is read by itself, and a file of marks that others write as well or nobody can."""

from __future__ import annotations

import time
from datetime import UTC
from pathlib import Path

import pytest

from reader.library.index.listing import Listing
from reader.library.library import Library
from reader.library.marks.marks import MarkKind, Marks
from reader.settings.config import Config
from reader.ui.app import ReaderApp
from support import DEFAULT_CONFIG, MakeApp, press, settle, toasts
from ui.parts.marks.comets import CLOCK, WIDE, header, signs, stars, until_read


async def test_read_when_opened(make_app: MakeApp, news: Path) -> None:
    app = make_app(news, config=Config(mark_read="on_open"))
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "enter", "escape", "j", "j", "o")
        assert signs(screen) == "○●○●●"


async def test_read_after_a_moment_in_sight(make_app: MakeApp, news: Path, marks: Marks) -> None:
    app = make_app(news, config=Config(mark_read_seconds=0.3))
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "j", "k")
        await until_read(pilot, screen, {screen.story})
        await settle(pilot)
        assert signs(screen) == "○●●●●"
        assert marks.keys(MarkKind.SEEN) == {"https://x.example/last.md"}
        await press(pilot, "r")
        await pilot.pause(0.5)
        assert signs(screen) == "●●●●●", "it is not read again by itself"


@pytest.mark.long
async def test_a_story_that_a_list_begins_with_is_not_read_before_somebody_turns_to_it(
    make_app: MakeApp, news: Path
) -> None:
    app = make_app(news, config=Config(mark_read_seconds=0.03))
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        search = ["slash", *"comet", "enter"]
        for keys in ([], search, ["escape"], ["backslash"], ["a"], ["a", "a"], ["1"], ["0"], ["E"]):
            await press(pilot, *keys)
            await pilot.pause(0.1)
            assert "○" not in signs(screen), keys
        for keys in (["tab"], ["escape", "slash", *"comet", "enter", "J"], ["escape", "G"]):
            await press(pilot, *keys)
            await until_read(pilot, screen, {*screen.parts.shown_marks.known.read, screen.story})


async def test_what_is_out_of_sight_is_not_read(make_app: MakeApp, news: Path) -> None:
    app = make_app(news, config=Config(mark_read_seconds=0.2))
    async with app.run_test(size=(60, 20)) as pilot:
        screen = await settle(pilot)
        await pilot.pause(0.5)
        assert signs(screen) == "●●●●●"
        await press(pilot, "enter")
        await until_read(pilot, screen, {screen.story})


@pytest.mark.long
async def test_two_screens_on_one_file(tmp_path: Path, news: Path) -> None:
    file, libraries, apps = tmp_path / "data" / "marks.sqlite3", [], []
    for name in ("one", "two"):
        library = Library(news, tmp_path / name, in_process=True)
        library.sync()
        libraries.append(library)
        apps.append(ReaderApp(library, DEFAULT_CONFIG, lambda: CLOCK, zone=UTC, listing=Listing(), marks=file))
    async with apps[0].run_test(size=WIDE) as here, apps[1].run_test(size=WIDE) as there:
        one, two = await press(here, "r"), await press(there, "j")
        assert signs(one) == signs(two) == "○●●●●"
        await press(there, "s")
        await press(here, "j")
        assert stars(one) == stars(two) == " ★   "
        await press(here, "U")
        await press(there, "j")
        assert stars(one) == stars(two) == "     "
    for library in libraries:
        library.close()


async def test_marks_that_cannot_be_kept_are_not_shown(make_app: MakeApp, news: Path, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "r", "s", "w", "R", "U")
        assert (signs(screen), stars(screen)) == ("●●●●●", "     ")
        assert sum("Not kept yet" in toast for toast in toasts(screen)) == 3
        assert sum("Not marked" in toast for toast in toasts(screen)) == 1, "a watch is not tried again"
        assert "5 unread" in header(screen)


async def test_reading_by_itself_tells_of_trouble_once(make_app: MakeApp, news: Path, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    app = make_app(news, config=Config(mark_read_seconds=0.03))
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        for _ in range(3):
            await press(pilot, "j")
            await pilot.pause(0.1)
        assert sum("Not kept yet" in toast for toast in toasts(screen)) == 1


async def test_marks_that_cannot_be_read_are_told(make_app: MakeApp, news: Path, tmp_path: Path) -> None:
    (tmp_path / "data" / "marks.sqlite3").mkdir(parents=True)
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "j", "k")
        assert signs(screen) == "     "
        assert sum("marks cannot be read" in toast for toast in toasts(screen)) == 1
        assert "unread" not in header(screen)


async def test_a_key_right_before_leaving_is_kept(make_app: MakeApp, news: Path, marks: Marks) -> None:
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        screen.parts.questions.thread._thread.submit(time.sleep, 0.3)
        await pilot.press("s")
        await pilot.press("q")
    assert marks.keys(MarkKind.STARRED) == {"https://x.example/last.md"}
