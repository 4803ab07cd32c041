"""Completing a query, and going back to earlier ones."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from examples import thinned_rows
from reader.base.paths import sample_folder
from reader.library.library import Library
from reader.ui.app import ReaderApp
from reader.ui.main_screen import MainScreen
from reader.ui.widgets.query.completion_menu import CompletionMenu
from reader.ui.widgets.query.query_bar import NARROWS_AFTER, QueryBar
from reader.ui.widgets.stories.story_list import StoryList
from support import DEFAULT_CONFIG, MOMENT, MakeApp, press, settle

CLOCK = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)


def bar(pilot: Pilot[None]) -> QueryBar:
    return pilot.app.screen.query_one(QueryBar)


def menu(pilot: Pilot[None]) -> list[str]:
    """What the menu lists; nothing where it is closed."""
    for shown in pilot.app.screen.query(CompletionMenu):
        if shown.display:
            return [" ".join(str(option.prompt).split()) for option in shown.options]
    return []


def is_on_list(pilot: Pilot[None]) -> bool:
    return isinstance(pilot.app.screen.focused, StoryList)


def kept(pilot: Pilot[None]) -> list[str]:
    assert isinstance(pilot.app.screen, MainScreen)
    return list(pilot.app.screen.parts.searched.new)


async def typed(pilot: Pilot[None], text: str, *keys: str) -> MainScreen:
    await pilot.press("slash", *text, *keys)
    return await settle(pilot)


async def test_tab_completes_a_field_and_then_a_value(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        screen = await typed(pilot, "to", "tab")
        assert bar(pilot).text == "topic:"
        assert menu(pilot) == []
        await press(pilot, *"comp", "tab")
        assert bar(pilot).text == 'topic:"Computer Vision"'
        assert 0 < len(screen.answer.ids) < 40
        assert isinstance(screen.focused, Input)
        await press(pilot, "enter")
        assert is_on_list(pilot)


@pytest.mark.long
async def test_several_ways_are_listed_and_gone_through(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await typed(pilot, "c", "tab")
        assert bar(pilot).text == "cover"
        assert [way.split()[0] for way in menu(pilot)] == ["coverage:", "covers:"]
        await press(pilot, "tab")
        assert bar(pilot).text == "coverage:"
        await press(pilot, "tab")
        assert bar(pilot).text == "covers:"
        await press(pilot, "tab")
        assert bar(pilot).text == "coverage:"
        await press(pilot, "shift+tab")
        assert bar(pilot).text == "covers:"
        assert menu(pilot)
        await press(pilot, "up")
        assert bar(pilot).text == "coverage:"
        await press(pilot, "down")
        assert bar(pilot).text == "covers:"
        await press(pilot, *"b")
        assert menu(pilot) == []
        assert bar(pilot).text == "covers:b"


@pytest.mark.long
async def test_typing_narrows_an_open_menu_and_escape_closes_it_first(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        screen = await typed(pilot, "topic:", "tab")
        everything = menu(pilot)
        assert len(everything) > 8
        counts = [int(way.rsplit(" ", 1)[1]) for way in everything]
        assert counts == sorted(counts, reverse=True)
        await pilot.press("p")
        await pilot.pause(NARROWS_AFTER)
        for _ in range(400):
            await settle(pilot)
            if menu(pilot) != everything:
                break
            await pilot.pause(MOMENT)
        narrowed = menu(pilot)
        assert 0 < len(narrowed) < len(everything)
        await press(pilot, "escape")
        assert menu(pilot) == []
        assert bar(pilot).text == "topic:p"
        assert isinstance(screen.focused, Input)
        await press(pilot, "escape")
        assert bar(pilot).text == ""
        assert is_on_list(pilot)


async def test_tab_right_after_letters_completes_those_and_not_the_list_of_before(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await typed(pilot, "topic:", "tab")
        line = bar(pilot).query_one(Input)
        line.value, line.cursor_position = "topic:priv", 10
        bar(pilot).action_complete(1)
        await settle(pilot)
        assert bar(pilot).text == "topic:Privacy"
        assert menu(pilot) == []


@pytest.mark.long
async def test_where_nothing_can_be_completed_it_says_so(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await typed(pilot, "police", "tab")
        said = str(pilot.app.screen.query_one("#query-error").render())
        assert said == "nothing to complete here"
        await press(pilot, "space")
        assert not str(pilot.app.screen.query_one("#query-error").render())
        await press(pilot, "tab")
        assert len(menu(pilot)) > 15


@pytest.mark.parametrize(
    ("query", "completed"),
    thinned_rows([
        ("provider:engad", "provider:Engadget"),
        ("covers:nyti", "covers:nytimes.com"),
        ("date:2020-02-20..2021-0", ""),
        ("is:unr", "is:unread"),
        ("-(topic:comp", '-(topic:"Computer Vision"'),
    ], every=3),
)  # fmt: skip
async def test_tab_completes_values_that_the_library_has(make_app: MakeApp, query: str, completed: str) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await typed(pilot, query, "tab")
        if completed:
            assert bar(pilot).text == completed
        else:
            assert [way.split()[0].removeprefix("2020-02-20..") for way in menu(pilot)] == [
                "2021-08", "2021-07", "2021-05", "2021-04",
            ]  # fmt: skip


@pytest.mark.long
async def test_own_tags_are_completed(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("T")
        await pilot.pause(0.1)
        await pilot.press(*"later", "enter")
        await settle(pilot)
        await typed(pilot, "tag:", "tab")
        assert bar(pilot).text == "tag:later"


@pytest.mark.long
async def test_an_answer_that_comes_too_late_is_dropped(make_app: MakeApp) -> None:
    from reader.library.query.completion import Completion, spot_at

    async with make_app().run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await typed(pilot, "topic:a")
        spot = spot_at("topic:a", 7)
        assert spot is not None
        await press(pilot, "i")
        bar(pilot).show_completions(spot, [Completion("Azure", "Azure")])
        await settle(pilot)
        assert bar(pilot).text == "topic:ai"
        assert menu(pilot) == []


@pytest.mark.long
async def test_a_completion_can_be_clicked(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        screen = await settle(pilot)
        await typed(pilot, "c", "tab")
        await pilot.click(CompletionMenu, offset=(4, 1))
        await settle(pilot)
        assert bar(pilot).text == "covers:"
        assert menu(pilot) == []
        assert isinstance(screen.focused, Input)


@pytest.mark.long
@pytest.mark.parametrize("size", [(40, 12), (120, 40), (20, 8)])
async def test_the_menu_stands_under_its_place(make_app: MakeApp, size: tuple[int, int]) -> None:
    async with make_app().run_test(size=size) as pilot:
        screen = await settle(pilot)
        await typed(pilot, "police -", "tab")
        region = screen.query_one(CompletionMenu).region
        assert screen.region.contains_region(region)
        assert region.y == bar(pilot).region.y + 1
        assert 0 < region.height <= 8


@pytest.mark.long
async def test_the_menu_goes_with_its_place_where_the_terminal_gets_another_size(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(40, 12)) as pilot:
        await settle(pilot)
        await typed(pilot, "is:", "tab", "tab")
        shown = pilot.app.screen.query_one(CompletionMenu)
        for size in ((120, 40), (40, 12), (60, 20)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            line = bar(pilot).query_one(Input).region
            assert (shown.region.y, shown.region.x) == (line.y + 1, line.x + len("is:") - 1), size
            assert shown.region.bottom <= size[1]


@pytest.mark.long
async def test_earlier_queries_come_back(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        screen = await settle(pilot)
        await typed(pilot, "police", "enter")
        await press(pilot, "escape")
        await typed(pilot, "azure", "enter", "escape")
        await typed(pilot, "met", "up")
        assert bar(pilot).text == "azure"
        assert screen.listing.text == "azure"
        await press(pilot, "up")
        assert bar(pilot).text == "police"
        await press(pilot, "up")
        assert bar(pilot).text == "police"
        assert str(pilot.app.screen.query_one("#query-error").render()) == "no earlier search"
        await press(pilot, "down", "down")
        assert bar(pilot).text == "met"
        await press(pilot, "down")
        assert is_on_list(pilot)
        assert kept(pilot) == ["police", "azure", "met"]


@pytest.mark.long
async def test_wrong_and_hasty_queries_are_not_kept(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await typed(pilot, "age:x", "enter")
        await press(pilot, "escape")
        await typed(pilot, "hasty", "escape")
        assert kept(pilot) == []
        await typed(pilot, "stands")
        bar(pilot)._changed_at -= 60
        await press(pilot, "escape")
        assert kept(pilot) == ["stands"]


@pytest.mark.long
async def test_queries_of_the_last_start_are_there(tmp_path: Path) -> None:
    with Library(sample_folder(), tmp_path / "cache", in_process=True) as library:
        library.sync()
        app = ReaderApp(library, DEFAULT_CONFIG, lambda: CLOCK, queries=("old", "la\x1b[31mte"))
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            await typed(pilot, "", "up")
            assert "\x1b" not in bar(pilot).text
            assert bar(pilot).text.startswith("la")
            await press(pilot, "up", "enter")
        assert app.queries() == ("old",)
