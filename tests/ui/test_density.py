"""How many lines a story has on the screen: by itself, by the key and by the setting."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import WriteStory
from reader.settings.config import Config
from support import MakeApp, press, settle, toasts

LONG = "A headline that is by far too long for the list of stories at the left of a screen of a hundred columns, number"


@pytest.fixture
def folder(tmp_path: Path, write_story: WriteStory) -> Path:
    """Four stories with long headlines; two of them are linked to a web article with one."""
    web = {"title": f"{LONG} web", "url": "https://web.example/1", "published": "2024-05-01T09:00:00Z"}
    for number in range(4):
        when = f"2024-05-10T1{number}:00:00Z"
        write_story(tmp_path / "news", f"{number}.md", title=f"{LONG} {number}", published=when, related=[web])
    return tmp_path / "news"


async def test_few_stories_have_their_headlines_in_full(make_app: MakeApp, folder: Path) -> None:
    app = make_app(folder)
    async with app.run_test(size=(120, 60)) as pilot:
        screen = await settle(pilot)
        assert screen.stories.item_height == 3
        top = " ".join(screen.stories.render_line(y).text.strip(" ▌●○") for y in (1, 2))  # below the day
        assert " ".join(top.split()).startswith(LONG[:80])
        tree = screen.coverage_tree
        assert tree.item_height == 2
        below = [tree.render_line(y).text for y in range(tree.size.height)]
        assert "web" in " ".join(below)


@pytest.mark.long
async def test_the_key_goes_around(make_app: MakeApp, folder: Path) -> None:
    app = make_app(folder)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await settle(pilot)
        await press(pilot, "j", "j")
        told = [(screen.stories.item_height, screen.stories.cursor)]
        for _ in range(3):
            await press(pilot, "M")
            told.append((screen.stories.item_height, screen.stories.cursor))
        assert told == [(3, 2), (1, 2), (3, 2), (3, 2)]
        assert toasts(screen)[0] == "The list: one line a story."


async def test_the_setting_gives_a_story_one_line(make_app: MakeApp, folder: Path) -> None:
    app = make_app(folder, config=Config(mark_read="never", density="one"))
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await settle(pilot)
        assert screen.stories.item_height == 1
        assert screen.stories.render_line(3).text.strip(" ▌●○")
