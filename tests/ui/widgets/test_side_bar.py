"""The side bar of views and topics."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.pilot import Pilot

from frames import draw
from reader.library.index.listing import Listing
from reader.library.library import Library
from reader.library.query.query import Sort
from reader.settings.config import Config, View
from reader.settings.place import Place
from reader.ui.app import ReaderApp
from reader.ui.main_screen import MainScreen
from reader.ui.widgets.side_bar import SideBar
from support import DEFAULT_CONFIG, MakeApp, press, settle
from ui.conftest import CLOCK

if TYPE_CHECKING:
    from conftest import WriteStory

WIDE = (120, 30)


def rows(screen: MainScreen) -> list[str]:
    """What the side bar says, line by line."""
    bar = screen.query_one(SideBar)
    return ["".join(segment.text for segment in bar.render_line(y)).strip() for y in range(bar.size.height)]


async def counted(pilot: Pilot[None], screen: MainScreen, row: str) -> None:
    """Wait until a line of the side bar says something."""
    for _ in range(300):
        if any(" ".join(one.lstrip("▌ ").split()) == row for one in rows(screen)):
            return
        await pilot.pause(0.02)
    raise AssertionError(f"waited in vain for {row!r}: {rows(screen)}")


async def test_it_opens_counts_and_closes(make_app: MakeApp) -> None:
    async with make_app().run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        assert not screen.query(SideBar)
        screen = await press(pilot, "b")
        assert screen.focused is screen.stories
        await counted(pilot, screen, "Unread 40")
        await counted(pilot, screen, "Most covered 31")
        await counted(pilot, screen, "Policing 14")
        await press(pilot, "s", "r")
        await counted(pilot, screen, "Starred 1")
        await counted(pilot, screen, "Unread 39")
        await press(pilot, "slash", *"microsoft", "enter")
        await counted(pilot, screen, "Policing 0")
        await counted(pilot, screen, "Unread 39")
        await press(pilot, "b")
        assert not screen.query(SideBar)


@pytest.mark.long
async def test_the_side_bar_is_moved_to_and_in_as_a_pane(make_app: MakeApp) -> None:
    async with make_app().run_test(size=WIDE) as pilot:
        screen = await press(pilot, "b", "h")
        bar = screen.query_one(SideBar)
        assert screen.focused is bar
        before = screen.story
        for keys, cursor in ((("j", "j"), 2), (("G",), 25), (("g",), 0), (("j",) * 6, 8), (("k",), 5)):
            screen = await press(pilot, *keys)
            assert bar.cursor == cursor, keys
        assert screen.story == before
        for key, pane in (("h", screen.coverage_tree), ("l", bar), ("l", screen.stories), ("shift+tab", bar)):
            await press(pilot, key)
            assert screen.focused is pane
        await press(pilot, "escape")
        assert screen.focused is screen.stories
        await press(pilot, "h", "b")
        assert screen.focused is screen.stories


async def test_views_and_topics_are_chosen_in_it(make_app: MakeApp) -> None:
    async with make_app().run_test(size=WIDE) as pilot:
        screen = await press(pilot, "b", "h", *"jjjj", "enter")
        assert screen.listing == Listing("outlets:>=2", sort=Sort.COVERED)
        assert "✓ Most covered" in " ".join(rows(screen)[4].split())
        assert screen.focused is screen.query_one(SideBar)
        assert str(screen.stories.border_title) == "Stories · Most covered"
        await press(pilot, "enter")
        assert screen.listing == Listing()
        await press(pilot, "G", "g", *"jjjjjj", "enter", "j", "enter")
        assert screen.listing.topics == {"Policing", "Privacy"}
        assert [row[0] for row in rows(screen)[8:11]] == ["✓", "▌", "C"]
        await press(pilot, "enter")
        assert screen.listing.topics == {"Policing"}
        await pilot.click(SideBar, offset=(4, 2), times=2)
        screen = await settle(pilot)
        assert screen.listing == Listing("is:starred")


@pytest.mark.long
async def test_the_side_bar_needs_room(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(109, 30)) as pilot:
        screen = await press(pilot, "b")
        assert not screen.parts.side_bar.is_open
        assert [toast.message for toast in screen.app._notifications] == [
            "The side bar needs 110 columns. f lists the views, t the topics."
        ]
        await pilot.resize_terminal(110, 30)
        screen = await press(pilot, "b", "h")
        bar = screen.query_one(SideBar)
        assert bar.has_focus
        await pilot.resize_terminal(60, 20)
        await settle(pilot)
        for _ in range(100):
            if screen.stories.has_focus:
                break
            await pilot.pause(0.02)
        assert screen.stories.has_focus
        assert screen.stories.region.width == 60
        assert not bar.region
        await press(pilot, "h")
        assert screen.coverage_tree.has_focus
        await pilot.resize_terminal(120, 30)
        await press(pilot, "h", "z")
        assert not bar.region
        assert screen.story_pane.region.width == 120
        await press(pilot, "z")
        assert bar.region.width == 28


@pytest.mark.long
async def test_it_is_open_again_at_the_next_start(tmp_path: Path, write_story: WriteStory) -> None:
    write_story(tmp_path / "n", "1.md", topics=["Sea\x1b[31m", "[b]Sky"])
    with Library(tmp_path / "n", tmp_path / "cache", in_process=True) as library:
        library.sync()
        app = ReaderApp(library, DEFAULT_CONFIG, lambda: CLOCK, zone=UTC)
        async with app.run_test(size=WIDE) as pilot:
            await press(pilot, "b")
        place = app.place()
        assert place is not None
        assert place.side_bar
        app = ReaderApp(library, DEFAULT_CONFIG, lambda: CLOCK, zone=UTC, place=place)
        async with app.run_test(size=WIDE) as pilot:
            screen = await settle(pilot)
            await counted(pilot, screen, "Unread 1")
            assert any("[b]Sky" in row for row in rows(screen))
            await press(pilot, "b")
        place = app.place()
        assert place is not None
        assert not place.side_bar
        app = ReaderApp(library, DEFAULT_CONFIG, lambda: CLOCK, zone=UTC, place=Place(side_bar=True))
        async with app.run_test(size=(40, 12)) as pilot:
            screen = await settle(pilot)
            assert screen.stories.region.width == 40
        place = app.place()
        assert place is not None
        assert place.side_bar


@pytest.mark.long
async def test_what_is_saved_and_what_is_wrong(make_app: MakeApp) -> None:
    views = tuple(View(f"View {number}", "is:gone" if number == 3 else "policing") for number in range(40))
    async with make_app(config=Config(mark_read="never", views=views)).run_test(size=(110, 12)) as pilot:
        screen = await press(pilot, "b", "h")
        bar = screen.query_one(SideBar)
        assert bar.count == 6 + 40 + 2 + 18
        await press(pilot, *"j" * 9)
        await counted(pilot, screen, "View 3 !")
        await press(pilot, "enter")
        assert screen.listing == Listing()
        await pilot.press("F")
        await pilot.pause(0.1)
        await pilot.press(*"zz", "enter")
        screen = await settle(pilot)
        assert bar.count == 6 + 40 + 1 + 2 + 18
        assert bar.cursor == 9


@pytest.mark.long
async def test_the_title_of_the_coverage_fits_beside_it(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        screen = await settle(pilot)
        assert "days" in str(screen.coverage_tree.border_title)
        await press(pilot, "b")
        for _ in range(200):
            draw(pilot.app)  # it is fitted to where it is drawn
            if "days" not in str(screen.coverage_tree.border_title):
                break
            await pilot.pause(0.02)
        assert str(screen.coverage_tree.border_title) == "Coverage · 11 outlets · earliest known ZDNet"
