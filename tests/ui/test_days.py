"""Days in the list: where it goes by time, each of several stories says where it begins."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import WriteStory
from reader.ui.main_screen import MainScreen
from support import MakeApp, press, settle


@pytest.fixture
def folder(tmp_path: Path, write_story: WriteStory) -> Path:
    """Six stories; by the clock of the tests it is 2 March 2026, 8:30."""
    for number, when in enumerate(
        (
            "2026-03-02T07:45:00Z",
            "2026-03-02T05:00:00Z",
            "2026-03-01T22:00:00Z",
            "2026-02-27T10:00:00Z",
            "2026-02-27T09:00:00Z",
            "2025-12-01T10:00:00Z",
        )
    ):
        write_story(tmp_path / "news", f"{number}.md", title=f"Story {number}", published=when)
    return tmp_path / "news"


def days(screen: MainScreen) -> list[str]:
    """The days that begin on the screen, from the top."""
    lines = [screen.stories.render_line(y).text for y in range(screen.stories.size.height)]
    return [line.partition("── ")[2].strip() for line in lines if "── " in line]


async def test_each_day_says_where_it_begins(make_app: MakeApp, folder: Path) -> None:
    app = make_app(folder)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await settle(pilot)
        expected = ["today", "Fri 27 Feb"]
        assert days(screen) == expected
        told = "\n".join(screen.stories.render_line(y).text for y in range(12))
        for words in ("45m", "3h", "yesterday", "3d"):
            assert words in told
        await press(pilot, "backslash")
        assert days(screen) == expected[::-1]
        await press(pilot, "backslash")
        assert not days(screen), "by quality"
