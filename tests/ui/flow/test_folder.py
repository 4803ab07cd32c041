"""The folder behind the main screen: it changes, is empty, broken, hostile, gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from reader.base.errors import LibraryError
from reader.base.paths import sample_folder
from reader.library.index.storage.store import index_path
from reader.library.sync.progress import Progress
from reader.ui.dialogs.pages import ProblemsDialog
from reader.ui.main_screen import MainScreen
from reader.ui.widgets.bars import HeaderBar
from support import MakeApp, press, settle, toasts

WIDE = (120, 40)


def titles(screen: MainScreen) -> list[str]:
    rows = screen.library.index.rows(screen.stories.ids)
    return [rows[story].title for story in screen.stories.ids]


def _write(path: Path, title: str, day: str) -> None:
    path.write_text(f"---\ntitle: {title}\ndate: {day}\nurl: https://example.org/{path.stem}\n---\n")


async def test_a_changed_folder_is_read_again_and_the_selection_stays(make_app: MakeApp, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(3):
        _write(folder / f"{number}.md", f"Headline number {number}", f"2024-05-0{number + 1}")
    app = make_app(folder)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "j")
        assert titles(screen)[screen.stories.cursor] == "Headline number 1"
        _write(folder / "later.md", "The very latest", "2024-06-01")
        (folder / "0.md").unlink()
        screen = await press(pilot, "ctrl+r")
        screen = await settle(pilot)
        assert titles(screen) == ["The very latest", "Headline number 2", "Headline number 1"]
        assert titles(screen)[screen.stories.cursor] == "Headline number 1"


async def test_an_empty_folder_says_what_a_story_is(make_app: MakeApp, tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    app = make_app(folder)
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        assert "front matter" in screen.stories.empty_text
        await press(pilot, "enter", "j", "G", "o", "c", "backspace")
        assert app.is_running


async def problems_told(pilot: Pilot[None]) -> str:
    """What the dialog of problems says."""
    await pilot.press("exclamation_mark")
    await pilot.pause()
    dialog = pilot.app.screen
    assert isinstance(dialog, ProblemsDialog)
    return dialog.page().plain


async def test_files_that_cannot_be_read_are_told_in_the_header(make_app: MakeApp, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    _write(folder / "good.md", "All is well", "2024-05-01")
    (folder / "bad.md").write_text("---\ntitle: [\n---\n")
    app = make_app(folder)
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        assert "! 1 not read" in screen.query_one(HeaderBar).render_line(0).text
        assert "bad.md:" in await problems_told(pilot)


async def test_why_the_folder_was_not_read_is_told_with_the_problems(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        screen.parts.folder.follow(LibraryError("no such folder: news"))
        screen = await settle(pilot)
        assert "! folder not read" in screen.query_one(HeaderBar).render_line(0).text
        assert "no such folder: news" in await problems_told(pilot)


async def test_a_damaged_index_is_built_again_and_the_header_says_so(make_app: MakeApp, tmp_path: Path) -> None:
    make_app()
    index = index_path(tmp_path / "cache", sample_folder())
    index.write_bytes(b"no database " * 1_000)
    for tail in ("-wal", "-shm"):
        index.with_name(index.name + tail).unlink(missing_ok=True)
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        assert "the index was damaged" in screen.query_one(HeaderBar).content.hint
        assert len(screen.stories.ids) == 40


async def test_reading_is_told_with_the_time_it_still_takes(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        screen.parts.folder.state.is_syncing = True
        for seconds, progress in (
            (0.0, Progress(10, 100, 1_000_000, 9_000_000)),
            (4.0, Progress(50, 100, 5_000_000, 9_000_000)),
        ):
            monkeypatch.setattr("reader.ui.parts.index.folder.time.monotonic", lambda now=seconds: now)
            screen.parts.folder.follow(progress)
        monkeypatch.undo()
        assert screen.parts.folder.state.activity == "reading 50 of 100 files · 5.0 of 9.0 MB · 4 s left"
        screen.parts.folder.state.is_syncing = False
        assert not screen.parts.folder.state.activity


async def test_a_folder_that_vanishes_is_told_and_the_list_stays(make_app: MakeApp, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    _write(folder / "one.md", "Still here", "2024-05-01")
    app = make_app(folder)
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        folder.rename(tmp_path / "away")
        await press(pilot, "ctrl+r")
        screen = await settle(pilot)
        assert titles(screen) == ["Still here"]
        assert any("no such folder" in toast for toast in toasts(screen))


async def test_hostile_text_stays_text(make_app: MakeApp, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    hostile = "[bold red]Big[/] $x [@click=app.quit]go[/] \\x1b]0;owned\\x07 \\x9b31m \\u202egnp.exe"
    for number in range(2):
        (folder / f"{number}.md").write_text(
            f'---\ntitle: "{hostile} {number}"\nexcerpt: "{hostile}"\ndate: 2024-01-0{number + 1}\n'
            f'tags: ["{hostile}"]\nurl: "https://a.example/{number}"\n'
            f'odd: "{hostile}"\nprovider: {{name: "{hostile}"}}\n'
            f'related: [{{title: "{hostile}", url: "https://b.example/x", provider: {{name: "{hostile}"}}}}]\n'
            f"---\n{hostile}\n"
        )
    app = make_app(folder)
    async with app.run_test(size=(200, 60)) as pilot:
        screen = await settle(pilot)
        await press(pilot, "d", "1", "c", "v", "v", "escape")
        await pilot.press("t")
        await pilot.pause(0.1)
        await pilot.press("escape", "u")
        await pilot.pause(0.2)
        await pilot.press("escape", "y", "Y", "slash", *"big", "enter")
        screen = await settle(pilot)
        page = "\n".join(screen.story_pane.lines)
        assert "[bold red]Big[/]" in page
        everything = page + app.export_screenshot() + app.clipboard
        assert not any(sign in everything for sign in "\x1b\x07\x9b\u202e")
        assert app.is_running
