"""Tags and notes, by keys."""

from __future__ import annotations

import stat
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from reader.library.marks.marks import MarkKind, Marks
from reader.ui.app import ReaderApp
from reader.ui.dialogs.story.tags import TagsDialog, TagSuggester
from reader.ui.main_screen import MainScreen
from support import MakeApp, press, settle, toasts

if TYPE_CHECKING:
    from conftest import WriteStory

CLOCK = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
KEY = "https://x.example/1"


@pytest.fixture
def app(make_app: MakeApp, tmp_path: Path, write_story: WriteStory) -> ReaderApp:
    write_story(tmp_path / "n", "1.md", published="2024-01-01T10:00:00Z", url=KEY)
    return make_app(tmp_path / "n")


@pytest.fixture
def marks(tmp_path: Path) -> Marks:
    return Marks(tmp_path / "data" / "marks.sqlite3", lambda: CLOCK)


async def test_tags_are_written_and_found(app: ReaderApp, marks: Marks) -> None:
    with marks:
        async with app.run_test(size=(120, 30)) as pilot:
            await settle(pilot)
            for typed, kept in (("sea,  [b]red , sea", ("[b]red", "sea")), ("", ()), ("sky", ("sky",))):
                await pilot.press("T")
                await pilot.pause(0.2)
                assert isinstance(app.screen, TagsDialog)
                app.screen.query_one(Input).value = typed
                screen = await press(pilot, "enter")
                assert (marks.of([KEY])[KEY].tags if KEY in marks.of([KEY]) else ()) == kept
            await press(pilot, "slash", *"tag:sky", "enter")
            assert len(screen.stories.ids) == 1
            await pilot.press("T")
            await pilot.pause(0.2)
            assert app.screen.query_one(Input).value == "sky"
            await press(pilot, "escape", "U")
            assert toasts(screen)[-1] == "tags as before: 1.md"


async def test_a_tag_in_use_is_suggested() -> None:
    suggester = TagSuggester(["seaside", "sea"])
    told = [await suggester.get_suggestion(line) for line in ("", "s", "seaside, se", "x,", "sea", "b")]
    assert told == [None, "seaside", "seaside, sea", None, "seaside", None]


async def test_a_note_is_written_in_the_editor(
    app: ReaderApp, marks: Marks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor, log = tmp_path / "editor", tmp_path / "log"
    editor.write_text(f'#!/bin/sh\ncp -p "$2" {log}\nprintf "[b]mine\\n" >> "$2"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", f"{editor} --wait")
    monkeypatch.setattr("reader.outside.programs.EDITOR", "false")
    with marks:
        async with app.run_test(size=(120, 30)) as pilot:
            screen = await settle(pilot)
            app.suspend = nullcontext  # type: ignore[method-assign, assignment]
            await press(pilot, "N")
            assert marks.of([KEY])[KEY].note == "[b]mine"
            assert stat.S_IMODE(log.stat().st_mode) == 0o600
            await press(pilot, "N")
            assert marks.of([KEY])[KEY].note == "[b]mine\n[b]mine"
            assert log.read_text().startswith("<!-- ")
            assert log.read_text().endswith("\n\n[b]mine\n")
            assert "note" in screen.stories.render_item(0, 80, at_cursor=True)[1].text
            monkeypatch.delenv("EDITOR")
            await press(pilot, "N")
            assert toasts(screen)[-1] == "No note: false ended with code 1"
            await press(pilot, "U", "U")
            assert KEY not in marks.of([KEY])


async def test_what_cannot_be_kept_is_not_lost(app: ReaderApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").write_text("in the way")
    monkeypatch.setenv("VISUAL", "sh -c 'echo mine > $0'")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        app.suspend = nullcontext  # type: ignore[method-assign, assignment]
        screen = await press(pilot, "N")
        assert "nothing was kept" in toasts(screen)[-2]
        assert "still here" in toasts(screen)[-1]
        assert [file.read_text() for file in tmp_path.glob("reader-note-*")] == ["mine\n"]


def page(screen: MainScreen) -> str:
    return "\n".join(screen.story_pane.lines)


async def test_own_words_stand_in_the_story_pane(app: ReaderApp, marks: Marks) -> None:
    with marks:
        marks.set_tags([KEY], ["sea", "[b]sky"])
        marks.set([KEY], MarkKind.NOTE, "First line.\n\nAnother\x1b[31m one.")
        async with app.run_test(size=(120, 30)) as pilot:
            screen = await settle(pilot)
            told = page(screen)
            assert "tags: [b]sky · sea" in told
            assert "│ First line." in told
            assert "│ Another␛[31m one." in told
            await press(pilot, "U")
            assert "│" not in page(screen)
            await press(pilot, "U")
            assert "tags:" not in page(screen)


async def test_what_another_copy_writes_comes_to_the_story_pane(app: ReaderApp, marks: Marks) -> None:
    with marks:
        marks.set([KEY], MarkKind.READ, True)
        async with app.run_test(size=(120, 30)) as pilot:
            screen = await settle(pilot)
            marks.set([KEY], MarkKind.NOTE, "From elsewhere.")
            for _ in range(100):
                await pilot.pause(0.05)
                if "From elsewhere." in page(screen):
                    break
            assert "│ From elsewhere." in page(screen)
            assert app.screen is screen
