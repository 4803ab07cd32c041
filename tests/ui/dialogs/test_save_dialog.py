"""Where a text is written to."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Label

from dialog_app import NOTHING, Mini
from reader.ui.dialogs.story.save import SaveDialog


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def trouble(app: Mini) -> str:
    label = app.screen.query_one("#trouble", Label)
    return str(label.render()) if label.display else ""


async def resting(app: Mini, pilot: Pilot[None]) -> None:
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.pause()


async def test_a_text_is_written_where_it_says(folder: Path) -> None:
    app = Mini(SaveDialog("Save", ["# A", "b"], "a-briefing.md"))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert " Save " in app.text
        assert f"in {folder}" in str(app.screen.query_one("#place", Label).render())
        await pilot.press("enter")
        await resting(app, pilot)
        assert app.result == folder / "a-briefing.md"
        assert (folder / "a-briefing.md").read_text() == "# A\nb\n"


async def test_a_file_that_is_there_is_overwritten_by_a_second_enter_only(folder: Path) -> None:
    (folder / "a.md").write_text("mine")
    app = Mini(SaveDialog("Save", ["# A"], "a.md"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await resting(app, pilot)
        assert "there is a file of this name" in trouble(app)
        assert "once more" in trouble(app)
        await pilot.press("x", "backspace")
        assert trouble(app) == ""
        await pilot.press("enter")
        await resting(app, pilot)
        assert (folder / "a.md").read_text() == "mine"
        await pilot.press("enter")
        await resting(app, pilot)
        assert (folder / "a.md").read_text() == "# A\n"
        assert app.result == folder / "a.md"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("gone/a.md", "no such folder"),
        ("", "a file needs a name"),
        (".", "this is a folder"),
        ("~nobody-here/a.md", "no such folder"),
        ("[b]x[/b]/a.md", "[b]x[/b]"),
    ],
)
async def test_what_goes_wrong_is_told_and_another_name_can_be_tried(folder: Path, typed: str, words: str) -> None:
    app = Mini(SaveDialog("Save", ["# A"], "a.md"))
    async with app.run_test(size=(100, 24)) as pilot:
        await pilot.pause()
        line = app.screen.query_one(Input)
        line.value = typed
        await pilot.press("enter")
        await resting(app, pilot)
        assert words in trouble(app)
        assert app.result is NOTHING
        assert not list(folder.iterdir())
        line.value = "b.md"
        await pilot.press("enter")
        await resting(app, pilot)
        assert app.result == folder / "b.md"


async def test_escape_writes_nothing(folder: Path) -> None:
    app = Mini(SaveDialog("Save", ["# A"], "a.md"))
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.press("escape")
        await pilot.pause()
        assert app.result is None
        assert not list(folder.iterdir())
