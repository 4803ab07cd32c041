"""Days in the list: where it goes by time, each of several stories says where it begins."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import WriteStory
from reader.ui.main_screen import MainScreen
from support import MakeApp, press, settle


@pytest.fixture
def folder(tmp_path: Path, write_story: WriteStory) -> Path:
    """Seven stories; by the clock of the tests it is 2 March 2026, 8:30."""
    for number, when in enumerate(
        (
            "2026-03-02T07:45:00Z",
            "2026-03-02T05:00:00Z",
            "2026-03-01T22:00:00Z",
            "2026-02-27T10:00:00Z",
            "2026-02-27T09:00:00Z",
            "2025-12-01T10:00:00Z",
            "2025-12-01T09:00:00Z",  # rows of long ago tell their dates themselves
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


@pytest.fixture
def dense(tmp_path: Path, write_story: WriteStory) -> Path:
    """Thirty stories of three days, ten of each."""
    for number in range(30):
        when = f"2026-02-{27 - number // 10}T{20 - number % 10:02}:00:00Z"
        write_story(tmp_path / "dense", f"{number}.md", title=f"Story {number}", published=when)
    return tmp_path / "dense"


async def test_days_of_several_stories_have_lines_of_their_own_where_there_is_room(
    make_app: MakeApp, dense: Path
) -> None:
    app = make_app(dense)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await settle(pilot)
        stories = screen.stories
        assert days(screen)[0].startswith("Fri 27 Feb · 10 stories ─")
        assert stories.render_line(0).text.startswith(" ── Fri 27 Feb")
        await press(pilot, *["j"] * 10)
        y = stories.top_of(10) - stories.scroll_offset.y
        assert stories.render_line(y).text.startswith(" ── Thu 26 Feb · 10 stories ─")
        assert stories.render_line(y + 1).text.startswith("▌● Story 10")
        await press(pilot, "G")
        assert stories.scroll_offset.y + stories.size.height == stories.virtual_size.height
        assert "Story 29" in stories.render_line(stories.size.height - 2).text
        await press(pilot, "g")
        assert stories.scroll_offset.y == 0, "the day's line comes into view as well"
        await pilot.click("#stories", offset=(8, 1 + stories.top_of(3) + 1))
        await settle(pilot)
        assert stories.cursor == 3
        await press(pilot, "E")
        assert not any("·" in day for day in days(screen)), "an event has no day of its own"
        await press(pilot, "E", "M")
        assert stories.item_height == 1
        assert len([day for day in days(screen) if "10 stories" in day]) == 3
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert not any("stories" in day for day in days(screen))
