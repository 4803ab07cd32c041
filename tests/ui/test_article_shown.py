"""The story pane shows what the cursor of the coverage tree is on, and the story again when the tree is left."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import WriteStory
from reader.ui.main_screen import MainScreen
from support import MakeApp, press, settle

WIDE = (120, 40)


@pytest.fixture
def folder(tmp_path: Path, write_story: WriteStory) -> Path:
    """Two stories that name each other, and an article on the web only."""
    web = {
        "title": "Web on the harbour",
        "excerpt": "What only the file of another says.",
        "url": "https://web.example/1",
        "published": "2024-05-10T09:00:00Z",
        "provider": "Web Post",
    }
    stories = [
        {
            "title": f"{name} on the harbour",
            "excerpt": f"Words of {name}. " * 40,
            "url": f"https://{name.lower()}.example/1",
            "published": f"2024-05-1{day}T10:00:00Z",
            "provider": name,
        }
        for day, name in enumerate(("Herald", "Gazette"))
    ]
    for number, story in enumerate(stories):
        write_story(tmp_path / "news", f"{number}.md", **story, related=[stories[1 - number], web])  # type: ignore[arg-type]
    return tmp_path / "news"


def page(screen: MainScreen) -> str:
    return "\n".join(screen.story_pane.lines)


async def test_the_article_under_the_cursor_is_shown_and_leaving_shows_the_story(
    make_app: MakeApp, folder: Path
) -> None:
    app = make_app(folder)
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        assert "Gazette on the harbour" in page(screen)
        await press(pilot, "c", "g")
        shown = set()
        for _ in range(3):
            article = screen.coverage_tree.selected
            assert article is not None
            assert article.title in page(screen)
            assert article.url.removeprefix("https://") in page(screen)
            shown.add((str(screen.story_pane.border_title), article.title))
            if article.title.startswith("Web"):
                assert "What only the file of another says." in page(screen)
                assert "on the web only" in page(screen)
            elif article.title.startswith("Herald"):
                assert "in your library" in page(screen)
            await press(pilot, "j")
        assert shown == {
            ("Article", "Web on the harbour"),
            ("Article", "Herald on the harbour"),
            ("Story", "Gazette on the harbour"),
        }
        assert not screen.story_pane.is_in_sight or screen.story_pane.border_title == "Story"
        await press(pilot, "escape")
        assert "Words of Gazette." in page(screen)
        assert screen.story_pane.border_title == "Story"


async def test_the_story_is_left_where_it_was_scrolled_to(make_app: MakeApp, folder: Path) -> None:
    app = make_app(folder)
    async with app.run_test(size=(120, 16)) as pilot:
        screen = await settle(pilot)
        await press(pilot, "J")
        before = screen.story_pane.scroll_offset.y
        assert before
        await press(pilot, "c", "G")
        assert screen.story_pane.scroll_offset.y == 0
        await press(pilot, "escape")
        assert screen.story_pane.scroll_offset.y == before


async def test_an_article_in_the_storys_place_does_not_count_as_the_story(make_app: MakeApp, folder: Path) -> None:
    app = make_app(folder)
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        assert screen.story_pane.is_in_sight
        await press(pilot, "c", "G")
        assert not screen.story_pane.is_in_sight
        await press(pilot, "escape")
        assert screen.story_pane.is_in_sight


async def test_stepping_along_from_the_tree_shows_the_story_that_was_stepped_to(
    make_app: MakeApp, folder: Path
) -> None:
    app = make_app(folder)
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        story = screen.story
        await press(pilot, "c", "G", "n")
        assert screen.story != story
        assert screen.focused is screen.coverage_tree
        assert "Words of Herald." in page(screen)
        await press(pilot, "G")
        assert "Words of Herald." not in page(screen)


async def test_typing_in_the_tree_shows_what_is_left(make_app: MakeApp, folder: Path) -> None:
    app = make_app(folder)
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        await press(pilot, "c", "slash", *"web")
        assert "What only the file of another says." in page(screen)
