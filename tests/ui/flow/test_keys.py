"""The main screen, driven by keys on the sample library: moving, topics, orders, panes, looks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.command import CommandPalette, Hit

from reader.library.query.query import Sort
from reader.ui.dialogs.help import HelpDialog
from reader.ui.dialogs.listing.topic_picker import TopicPicker
from reader.ui.dialogs.pages import ProblemsDialog
from reader.ui.main_screen import MainScreen
from reader.ui.palette import ReaderCommands
from reader.ui.widgets.bars import HeaderBar
from reader.ui.widgets.panes import Panes
from support import MakeApp, press, settle

if TYPE_CHECKING:
    from conftest import WriteStory

WIDE = (120, 40)


def titles(screen: MainScreen) -> list[str]:
    rows = screen.library.index.rows(screen.stories.ids)
    return [rows[story].title for story in screen.stories.ids]


async def test_starts_with_the_newest_story_and_its_coverage(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        assert len(screen.stories.ids) == 40
        assert screen.stories.selected == screen.story == screen.stories.ids[0]
        assert screen.focused is screen.stories
        coverage = screen.coverage_tree.coverage
        assert coverage is not None
        assert coverage.focus.story == screen.story
        assert screen.story_pane.lines[0].strip().startswith(titles(screen)[0][:20])


async def test_the_header_says_that_it_is_the_sample_and_how_to_open_a_folder(make_app: MakeApp) -> None:
    for width in (120, 90, 44):
        app = make_app()
        async with app.run_test(size=(width, 24)) as pilot:
            screen = await settle(pilot)
            line = screen.query_one(HeaderBar).render_line(0).text
            assert "sample" in line
            assert "reader FOLDER" in line


async def test_moving_shows_each_story(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        ids = screen.stories.ids
        for key, place in (("j", 1), ("down", 2), ("k", 1), ("G", 39), ("g", 0), ("end", 39), ("home", 0)):
            await press(pilot, key)
            assert screen.story == ids[place], key
        await press(pilot, "pagedown")
        assert screen.stories.cursor == screen.stories.size.height // 2
        await press(pilot, "ctrl+u")
        assert 0 < screen.stories.cursor < screen.stories.size.height // 2


async def test_number_keys_switch_topics_and_zero_switches_them_off(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        first, second = screen.answer.topics[:2]
        await press(pilot, "1")
        assert len(screen.stories.ids) == first.stories
        await press(pilot, "2")
        assert screen.listing.topics == {first.name, second.name}
        assert max(first.stories, second.stories) <= len(screen.stories.ids) <= first.stories + second.stories
        await press(pilot, "1")
        assert len(screen.stories.ids) == second.stories
        await press(pilot, "0")
        assert len(screen.stories.ids) == 40


async def test_sorting_goes_round(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        seen = [screen.listing.sort]
        for _ in Sort:
            await press(pilot, "backslash")
            seen.append(screen.listing.sort)
        assert set(seen) == set(Sort)
        assert seen[0] == seen[-1] == Sort.NEWEST


async def test_choosing_topics_by_typing(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("t")
        await pilot.pause()
        assert isinstance(app.screen, TopicPicker)
        await pilot.press(*"priv", "enter")
        screen = await settle(pilot)
        assert screen.listing.topics == {"Privacy"}
        chosen = screen.listing.topics
        for leave in ("escape", "enter"):
            await pilot.press("t", "tab", "down", "down", "tab", leave)
            screen = await settle(pilot)
            assert len(screen.listing.topics ^ chosen) == 2, "what several were chosen by stays as it is"
            chosen = screen.listing.topics


async def test_panes_by_tab_and_letters(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        panes = [screen.stories, screen.story_pane, screen.coverage_tree]
        for key, place in (("tab", 1), ("l", 2), ("tab", 0), ("shift+tab", 2), ("h", 1), ("c", 2), ("escape", 0)):
            await press(pilot, key)
            assert screen.focused is panes[place], key


async def test_a_narrow_terminal_shows_one_pane_at_a_time(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(40, 12)) as pilot:
        screen = await settle(pilot)
        panes = [screen.stories, screen.story_pane, screen.coverage_tree]
        for key, place in (("tab", 1), ("tab", 2), ("tab", 0), ("enter", 1), ("escape", 0), ("c", 2)):
            await press(pilot, key)
            shown = [pane.size.height > 0 and pane.region.area > 0 for pane in panes]
            assert shown == [number == place for number in range(3)], key


async def test_zen_and_back(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "z")
        assert screen.story_pane.region.width == 120
        assert not screen.stories.region.area
        await press(pilot, "tab")
        assert screen.query_one(Panes).is_zen
        await press(pilot, "z")
        assert screen.stories.region.area
        assert screen.focused is screen.stories


async def test_help_palette_and_problems_open_and_close(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        for key, dialog in (("question_mark", HelpDialog), ("f1", HelpDialog), ("exclamation_mark", ProblemsDialog)):
            await pilot.press(key)
            await pilot.pause()
            assert isinstance(app.screen, dialog)
            await pilot.press("escape")
            await pilot.pause()
        for key in ("colon", "ctrl+p"):
            await pilot.press(key)
            await pilot.pause(0.2)
            assert isinstance(app.screen, CommandPalette)
            await pilot.press("escape")
            await pilot.pause()


@pytest.mark.long
async def test_the_palette_sorts(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("colon")
        await pilot.pause(0.2)
        await pilot.press(*"most covered")
        await pilot.pause(0.5)
        await pilot.press("enter")
        await pilot.pause(0.2)
        screen = await settle(pilot)
        assert screen.listing.sort is Sort.COVERED


async def test_the_palette_switches_the_topic_that_it_names(
    make_app: MakeApp, tmp_path: Path, write_story: WriteStory
) -> None:
    for number, topic in enumerate(["Sky", "Sky", "Sea"]):
        write_story(tmp_path / "n", f"{number}.md", topics=[topic])
    app = make_app(tmp_path / "n")
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        found = [hit async for hit in ReaderCommands(screen).search("Topic: Sea") if isinstance(hit, Hit)]
        (switch,) = (hit.command for hit in found if str(hit.match_display) == "Topic: Sea")
        for number in (3, 4):
            write_story(tmp_path / "n", f"{number}.md", topics=["Sea"])
        await press(pilot, "ctrl+r")
        assert [counted.name for counted in screen.answer.topics] == ["Sea", "Sky"], "in another order now"
        screen.call_later(switch)
        await settle(pilot)
        assert screen.listing.topics == {"Sea"}


async def test_light_and_dark(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert app.theme == "reader-dark"
        await press(pilot, "L")
        assert app.theme == "reader-light"
        await press(pilot, "L")
        assert app.theme == "reader-dark"


@pytest.mark.long
async def test_every_theme_can_be_worn(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        for theme in app.available_themes:
            app.theme = theme
            await pilot.pause()
        assert app.is_running


async def test_mouse_clicks_select_and_open_topics(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        await pilot.click("#stories", offset=(6, 6))
        await settle(pilot)
        assert screen.stories.cursor == 2
        await pilot.click("#topics", offset=(9, 0))
        await settle(pilot)
        assert screen.listing.topics == {screen.answer.topics[0].name}
        await pilot.click("#coverage", offset=(20, 3))
        await settle(pilot)
        assert screen.focused is screen.coverage_tree
