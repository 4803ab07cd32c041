"""Piping, sharing, saving, editing and copying, by keys."""

from __future__ import annotations

import stat
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Label

from reader.outside import programs
from reader.settings.config import Config, ShareTarget
from reader.ui.app import ReaderApp
from reader.ui.dialogs.story.pipe import PipeDialog
from reader.ui.dialogs.story.save import SaveDialog
from reader.ui.dialogs.story.share import ShareDialog
from reader.ui.main_screen import MainScreen
from support import MakeApp, press, settle, toasts

if TYPE_CHECKING:
    from conftest import WriteStory

SIZE = (120, 30)
URL = "https://x.example/1"
WEB_ONLY = "https://y.example/2"


@pytest.fixture
def folder(tmp_path: Path, write_story: WriteStory) -> Path:
    write_story(
        tmp_path / "n", "-one\ntwo.md", title="--help {url}", published="2024-01-01T10:00:00Z", url=URL, body="Text.",
        related=[{"title": "Elsewhere", "url": WEB_ONLY, "provider": "Y", "published": "2024-01-01T11:00:00Z"}],
    )  # fmt: skip
    return tmp_path / "n"


@pytest.fixture
def script(tmp_path: Path) -> Callable[[str, str], Path]:
    def make(name: str, text: str) -> Path:
        file = tmp_path / name
        file.write_text(f"#!/bin/sh\n{text}\n")
        file.chmod(stat.S_IRWXU)
        return file

    return make


def on_our_terminal(app: ReaderApp) -> None:
    app.suspend = nullcontext  # type: ignore[method-assign, assignment]


async def opened(pilot: Pilot[None], key: str, dialog: type) -> None:
    """Press a key and wait for its dialog."""
    await pilot.press(key)
    for _ in range(100):
        await pilot.pause(0.02)
        if isinstance(pilot.app.screen, dialog) and pilot.app.screen.query(Label):
            return
    raise AssertionError(f"no {dialog.__name__}")


async def told(pilot: Pilot[None], words: str) -> None:
    """Wait for a toast."""
    screen = await settle(pilot)
    for _ in range(200):
        if toasts(screen) and words in toasts(screen)[-1]:
            return
        await pilot.pause(0.02)
    raise AssertionError(f"no {words!r} in {toasts(screen)}")


async def into_the_tree(pilot: Pilot[None]) -> MainScreen:
    """Go to the article that is on the web only."""
    screen = await press(pilot, "c")
    tree = screen.coverage_tree
    for _ in range(10):
        if tree.selected is not None and tree.selected.url == WEB_ONLY:
            return screen
        await press(pilot, "j")
    raise AssertionError("not there")


async def test_a_story_is_piped_as_markdown(
    make_app: MakeApp, folder: Path, tmp_path: Path, script: Callable[[str, str], Path]
) -> None:
    taker = script("taker", f"cat > {tmp_path}/taken; printf '%s' \"$1\" > {tmp_path}/first; exit $2")
    app = make_app(folder)
    async with app.run_test(size=SIZE) as pilot:
        screen = await settle(pilot)
        on_our_terminal(app)
        await opened(pilot, "vertical_line", PipeDialog)
        line = app.screen.query_one(Input)
        for typed, words in (
            ("", "a command is needed"),
            ("x '", "no closing"),
            ("/gone/x[b]", "no such command: x[b]"),
        ):
            line.value = typed
            await pilot.press("enter")
            await pilot.pause()
            assert words in str(app.screen.query_one("#trouble", Label).render())
        line.value = f"{taker} '$HOME; two' 0"
        await pilot.press("enter")
        await told(pilot, "Piped to taker")
        assert (tmp_path / "first").read_text() == "$HOME; two"
        taken = (tmp_path / "taken").read_text()
        assert taken.startswith("# --help {url}\n")
        assert f"<{URL}>" in taken
        assert WEB_ONLY in taken
        await opened(pilot, "vertical_line", PipeDialog)
        assert "lately" in str(app.screen.query(Label).last().render())
        app.screen.query_one(Input).value = f"{taker} '' 3"
        await pilot.press("enter")
        await told(pilot, "taker ended with code 3")
        await opened(pilot, "vertical_line", PipeDialog)
        await pilot.press("x", "up", "up", "up")
        assert app.screen.query_one(Input).value == f"{taker} '$HOME; two' 0"
        await pilot.press("down", "down", "down")
        assert app.screen.query_one(Input).value == "x"
        await pilot.press("escape")
        screen = await into_the_tree(pilot)
        assert screen.at_hand.article is not None
        await opened(pilot, "vertical_line", PipeDialog)
        await pilot.press("up", "enter")
        await told(pilot, "code 3")
        assert (tmp_path / "taken").read_text().startswith("# Elsewhere\n\n**Y** · ")
        assert (tmp_path / "taken").read_text().endswith(f"<{WEB_ONLY}>\n")


async def test_what_cannot_be_piped_is_told(make_app: MakeApp, folder: Path) -> None:
    app = make_app(folder)
    async with app.run_test(size=(20, 8)) as pilot:
        await settle(pilot)
        await opened(pilot, "vertical_line", PipeDialog)
        app.screen.query_one(Input).value = "true"
        await pilot.press("enter")
        await told(pilot, "cannot be left")  # nothing here can be suspended
        for file in folder.iterdir():
            file.unlink()
        await pilot.press("vertical_line")
        await told(pilot, "The story cannot be read: No such file")


def shared_to(script: Path) -> Config:
    return Config(mark_read="never", share=(ShareTarget("[b]Keep", (str(script), "{title}", "{url}", "at={path}")),))


@pytest.mark.long
async def test_one_share_target_is_taken_at_once(
    make_app: MakeApp, folder: Path, tmp_path: Path, script: Callable[[str, str], Path]
) -> None:
    taker = script("taker", f"printf '%s|' \"$@\" > {tmp_path}/taken; echo kept '[b]'")
    app = make_app(folder, config=shared_to(taker))
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("S")
        await told(pilot, "Shared: [b]Keep: kept [b]")
        assert (tmp_path / "taken").read_text() == f" --help {{url}}|{URL}|at={folder}/-one\ntwo.md|"
        await into_the_tree(pilot)
        await pilot.press("S")
        await told(pilot, "[b]Keep: there is no file to hand over")


@pytest.mark.long
async def test_one_of_several_share_targets_is_chosen(
    make_app: MakeApp, folder: Path, tmp_path: Path, script: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs, "SCREEN_PROGRAMS", {"page"})
    page = script("page", f"echo shown > {tmp_path}/taken; exit 2")
    targets = (
        ShareTarget("one", ("/gone/one",)),
        ShareTarget("two", ("sh", "-c", "echo no >&2; exit 5")),
        ShareTarget("on the terminal", (str(page), "{url}")),
        ShareTarget("slow", ("sleep", "20")),
    )
    app = make_app(folder, config=Config(mark_read="never", share=targets))
    monkeypatch.setattr("reader.ui.parts.handing_on.PATIENCE", 0.2)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        on_our_terminal(app)
        for typed, words in (
            ("one", "one: no such command: one"),
            ("two", "sh ended with code 5: no"),
            ("term", "page ended with code 2"),
        ):
            await opened(pilot, "S", ShareDialog)
            await pilot.press(*typed, "enter")
            await told(pilot, words)
        assert (tmp_path / "taken").read_text() == "shown\n"
        await opened(pilot, "S", ShareDialog)
        await pilot.press("escape")
        await settle(pilot)


@pytest.mark.long
async def test_without_a_share_target_it_is_told(make_app: MakeApp, folder: Path, tmp_path: Path) -> None:
    app = make_app(folder)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("S")
        await told(pilot, "[[share]]")
    (tmp_path / "empty").mkdir()
    app = make_app(tmp_path / "empty", config=Config(mark_read="never", share=(ShareTarget("x", ("true",)),)))
    async with app.run_test(size=SIZE) as pilot:
        screen = await settle(pilot)
        for key in ("S", "vertical_line", "W", "e", "I"):
            await press(pilot, key)
        assert toasts(screen) == ["No story is selected."] * 5


async def test_a_story_is_saved(
    make_app: MakeApp, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    app = make_app(folder)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        for name in ("help-url.md", "help-url-2.md"):
            await opened(pilot, "W", SaveDialog)
            assert app.screen.query_one(Input).value == name
            await pilot.press("enter")
            await told(pilot, name)
            assert "Text." in (tmp_path / "here" / name).read_text()
        await into_the_tree(pilot)
        await opened(pilot, "W", SaveDialog)
        await pilot.press("enter")
        await told(pilot, "elsewhere.md")


async def test_the_file_is_edited_and_read_again(
    make_app: MakeApp, folder: Path, script: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = script("editor", 'sed -i s/--help/Changed/ "$2"')
    monkeypatch.setenv("VISUAL", f"{editor} --wait")
    app = make_app(folder)
    async with app.run_test(size=SIZE) as pilot:
        screen = await settle(pilot)
        on_our_terminal(app)
        await press(pilot, "e")
        text = screen.library.index.text(screen.story or 0)
        assert text is not None
        assert text.title == "Changed {url}"
        monkeypatch.setenv("VISUAL", "false")
        await press(pilot, "e")
        assert toasts(screen)[-1] == "false ended with code 1"
        monkeypatch.setenv("VISUAL", "/gone/editor '")
        await press(pilot, "e")
        assert "no closing quotation" in toasts(screen)[-1]
        await into_the_tree(pilot)
        await press(pilot, "e")
        assert "on the web only" in toasts(screen)[-1]
        await press(pilot, "escape")
        for file in folder.iterdir():
            file.unlink()
        await press(pilot, "e")
        assert "gone" in toasts(screen)[-1]
        assert not list(folder.iterdir())


async def test_a_file_that_is_broken_in_the_editor_is_told(
    make_app: MakeApp, folder: Path, script: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", str(script("editor", 'sed -i "s/^title:.*/title: [/" "$1"')))
    app = make_app(folder)
    async with app.run_test(size=SIZE) as pilot:
        screen = await settle(pilot)
        on_our_terminal(app)
        text = screen.library.index.text(screen.story or 0)
        assert text is not None
        await press(pilot, "e")
        assert toasts(screen)[-1].startswith(f"No longer read: {text.title} · while parsing")


async def test_copies_go_to_the_platform_s_clipboard_too(
    make_app: MakeApp, folder: Path, tmp_path: Path, script: Callable[[str, str], Path]
) -> None:
    app = make_app(folder)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("y")
        await told(pilot, "Link copied by the terminal (OSC 52)")
        assert app.clipboard == URL
        script("xclip", f"/bin/cat > {tmp_path}/taken")
        app.environment = {"DISPLAY": ":0", "PATH": str(tmp_path)}
        await pilot.press("y")
        await told(pilot, "Link copied with xclip")
        assert (tmp_path / "taken").read_text() == URL
        await pilot.press("u")
        await pilot.pause(0.1)
        (tmp_path / "taken").unlink()
        await pilot.press("y")
        for _ in range(200):
            await pilot.pause(0.02)
            if (tmp_path / "taken").exists() and (tmp_path / "taken").read_text() == URL:
                break
        else:
            raise AssertionError("not copied")
        await pilot.press("escape")
        script("xclip", "echo no display >&2; exit 1")
        await pilot.press("Y")
        await told(pilot, "Title and link copied by the terminal alone (OSC 52): xclip ended with code 1: no display")
