"""What the panes say and how they share the screen: read headlines, endings, captions, tabs."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.color import Color as RichColor
from textual.color import Color

from conftest import WriteStory
from reader.coverage.sections import in_short
from reader.ui.main_screen import MainScreen
from support import MakeApp, press, settle


@pytest.fixture
def folder(tmp_path: Path, write_story: WriteStory) -> Path:
    """Twelve stories: the newest alone and cut off, with an image; the others linked in a ring."""
    for number in range(11):
        others = [
            {
                "title": f"Story number {other}",
                "url": f"https://ring{other}.example/1",
                "published": f"2024-04-{other + 10}T10:00:00Z",
            }
            for other in {(number + 1) % 11, (number - 1) % 11}
        ]
        write_story(
            tmp_path / "news",
            f"{number}.md",
            title=f"Story number {number}",
            excerpt=f"Sentence {number}. " * 60,
            url=f"https://ring{number}.example/1",
            published=f"2024-04-{number + 10}T10:00:00Z",
            related=others,
        )
    write_story(
        tmp_path / "news",
        "alone.md",
        title="Alone in  the Harbour",
        excerpt="It begins well and is then cut off…",
        url="https://alone.example/1",
        published="2024-05-10T10:00:00Z",
        images=[
            {"url": "https://alone.example/1.jpg", "title": "alone in the harbour"},
            {"url": "https://alone.example/2.jpg", "title": "A crane"},
        ],
    )
    return tmp_path / "news"


def color_of(screen: MainScreen, headline: str) -> Color:
    """The colour in which the list draws a headline that is not under the cursor."""
    for y in range(screen.stories.size.height):
        for segment in screen.stories.render_line(y):
            if headline in segment.text:
                assert segment.style is not None
                assert isinstance(segment.style.color, RichColor)
                return Color.from_rich_color(segment.style.color)
    raise AssertionError(headline)


async def test_read_headlines_are_dimmer(make_app: MakeApp, folder: Path) -> None:
    app = make_app(folder)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await settle(pilot)
        await press(pilot, "j", "r", "j", "j")
        read, unread = color_of(screen, "Story number 10"), color_of(screen, "Story number 9")
        assert read.brightness < unread.brightness


async def test_an_excerpt_that_is_cut_off_says_which_key_opens_the_rest(make_app: MakeApp, folder: Path) -> None:
    app = make_app(folder)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await settle(pilot)
        assert " The file has no more of it; D fetches the rest, o opens it." in screen.story_pane.lines
        await press(pilot, "j")
        assert "has no more" not in " ".join(screen.story_pane.lines)


async def test_a_caption_that_is_the_headline_is_left_out(make_app: MakeApp, folder: Path) -> None:
    app = make_app(folder)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await settle(pilot)
        captions = [line.strip() for line in screen.story_pane.lines if "▣" in line]
        assert captions == ["▣ image", "▣ A crane"]


@pytest.mark.long
async def test_without_coverage_the_story_has_the_room(make_app: MakeApp, folder: Path) -> None:
    app = make_app(folder)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await settle(pilot)
        high = screen.story_pane.outer_size.height
        assert not screen.coverage_tree.is_on_screen
        await press(pilot, "c")
        assert screen.focused is screen.coverage_tree
        assert screen.coverage_tree.outer_size.height
        assert "Nothing is linked" in screen.coverage_tree.render_line(1).text
        await press(pilot, "escape", "j")
        assert screen.story_pane.outer_size.height < high
        assert screen.coverage_tree.outer_size.height


async def test_80_columns_and_24_lines_have_eight_stories_and_eight_lines_of_one(
    make_app: MakeApp, folder: Path
) -> None:
    app = make_app(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await settle(pilot)
        await press(pilot, "j")
        drawn = [screen.stories.render_line(y).text for y in range(screen.stories.size.height)]
        assert sum("Story number" in line or "Alone" in line for line in drawn) >= 8
        assert screen.story_pane.size.height >= 8
        assert "Sentence 10." in screen.story_pane.render_line(screen.story_pane.size.height - 1).text
        coverage = screen.coverage_tree.coverage
        assert coverage is not None
        assert f"│ Coverage: {', '.join(in_short(coverage))} (c)" in str(screen.story_pane.border_title)
        await press(pilot, "c", "g")
        assert not screen.stories.is_on_screen or not screen.stories.region
        assert screen.coverage_tree.size.height >= 8
        assert screen.story_pane.size.height >= 6
        assert screen.coverage_tree.selected is not None
        assert screen.coverage_tree.selected.title in screen.story_pane.lines[0]
        await press(pilot, "escape")
        assert screen.stories.size.height
        assert not screen.coverage_tree.region


async def test_one_pane_at_a_time_shows_the_article_below_the_tree_where_there_is_room(
    make_app: MakeApp, folder: Path
) -> None:
    for height, has_room in ((20, True), (12, False)):
        app = make_app(folder)
        async with app.run_test(size=(60, height)) as pilot:
            screen = await settle(pilot)
            await press(pilot, "j", "c", "g")
            assert bool(screen.story_pane.region) is has_room
            assert screen.coverage_tree.region
