"""The help on the screen."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from examples import thinned, thinned_rows
from reader.data.help import TOPICS
from reader.ui.dialogs.help import HelpDialog
from reader.ui.dialogs.listing.topic_picker import TopicPicker
from reader.ui.keys.bindings import KeyRow, key_table
from reader.ui.keys.page import markdown_table, matching
from reader.ui.main_screen import MainScreen
from support import MakeApp, settle

SIZES = [(120, 40), (80, 24), (40, 12), (20, 6)]


def lines(pilot: Pilot[None]) -> list[str]:
    """What the page says, in view or not."""
    return [line.rstrip() for line in str(pilot.app.screen.query_one(Static).content).split("\n")]


def areas(pilot: Pilot[None]) -> list[str]:
    return [line for line in lines(pilot) if line and not line.startswith(" ")]


async def opened(pilot: Pilot[None], *keys: str) -> HelpDialog:
    if isinstance(pilot.app.screen_stack[-1], MainScreen) or len(pilot.app.screen_stack) == 1:
        await settle(pilot)
    await pilot.press(*keys)
    for _ in range(100):
        await pilot.pause(0.02)
        if isinstance(pilot.app.screen, HelpDialog) and any(lines(pilot)):
            return pilot.app.screen
    raise AssertionError("no help came")


@pytest.mark.parametrize(
    ("keys", "first"),
    thinned_rows([
        (("question_mark",), ["Stories  where you are", "Moving  where you are"]),
        (("c", "f1"), ["Coverage  where you are", "Moving  where you are"]),
        (("enter", "question_mark"), ["Story  where you are", "Moving  where you are"]),
        (("slash", "f1"), ["Search line  where you are"]),
    ], every=4),
)  # fmt: skip
async def test_the_keys_of_the_pane_come_first(make_app: MakeApp, keys: tuple[str, ...], first: list[str]) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        await opened(pilot, *keys)
        found = areas(pilot)
        assert found.pop(0) == "Ten keys to begin with"
        assert sorted(found[: len(first)]) == sorted(first)
        assert len({area.split("  ")[0] for area in found}) == len(found) == len({row.area for row in key_table()})


@pytest.mark.long
async def test_in_a_dialog_those_of_dialogs_come_first(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        pilot.app.push_screen(TopicPicker([], frozenset()))
        await pilot.pause(0.1)
        await opened(pilot, "f1")
        assert areas(pilot)[:2] == ["Ten keys to begin with", "Dialogs  where you are"]
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, TopicPicker)


async def test_typing_narrows_by_key_name_and_what_it_does(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        await opened(pilot, "question_mark")
        await pilot.press(*"wire fold")
        await pilot.pause(0.05)
        assert areas(pilot) == ["Coverage"]
        assert "coverage.fold" in lines(pilot)[1]
        await pilot.press("ctrl+u", *"zzz")
        await pilot.pause(0.05)
        assert lines(pilot) == ["No key has these letters."]
        await pilot.press("question_mark")
        await pilot.pause(0.05)
        assert isinstance(pilot.app.screen, HelpDialog)


@pytest.mark.parametrize("key", thinned(["escape", "question_mark", "f1"], every=3))
async def test_these_keys_close_the_help(make_app: MakeApp, key: str) -> None:
    async with make_app().run_test(size=(80, 24)) as pilot:
        await opened(pilot, "question_mark")
        await pilot.press(key)
        await pilot.pause(0.1)
        assert not isinstance(pilot.app.screen, HelpDialog)


@pytest.mark.parametrize("size", [pytest.param(size, marks=pytest.mark.long) for size in (SIZES[0], SIZES[-1])])
async def test_every_page_fits_and_scrolls(make_app: MakeApp, size: tuple[int, int]) -> None:
    async with make_app().run_test(size=size) as pilot:
        dialog = await opened(pilot, "question_mark")
        for topic in [*list(TOPICS)[1:], "keys"]:
            scroll = dialog.query_one("VerticalScroll")
            assert max(map(len, lines(pilot))) <= scroll.size.width
            await pilot.press("pagedown", "down")
            await pilot.pause(0.02)
            assert scroll.scroll_offset.y > 0 or not scroll.max_scroll_y
            await pilot.press("tab")
            await pilot.pause(0.02)
            assert topic in str(dialog.query_one("Vertical").border_title)
            assert scroll.scroll_offset.y == 0


@pytest.mark.long
async def test_words_are_found_on_a_page_one_after_the_other(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(80, 24)) as pilot:
        dialog = await opened(pilot, "question_mark")
        await pilot.press("tab", *"sort")
        await pilot.pause(0.05)
        scroll = dialog.query_one("VerticalScroll")
        first = scroll.scroll_offset.y
        assert "sort" in lines(pilot)[first].casefold()
        await pilot.press("shift+tab", "tab", *"date")
        await pilot.pause(0.05)
        seen = {scroll.scroll_offset.y}
        for _ in range(3):
            await pilot.press("enter")
            await pilot.pause(0.02)
            seen.add(scroll.scroll_offset.y)
        assert len(seen) > 1


@pytest.mark.long
async def test_the_palette_opens_a_page(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.app.run_action("help('marks')")
        await pilot.pause(0.1)
        assert lines(pilot)[0] == "Marks"


def test_keys_are_matched_by_word() -> None:
    rows = [
        KeyRow("Story", "s", "story.star", "Star, or take the star off"),
        KeyRow("Story", "ctrl+d", "move.down", "Down"),
        KeyRow("Story", "|", "story.pipe", "To a | command"),
    ]
    assert matching(rows, "") == rows
    assert matching(rows, "STAR") == rows[:1]
    assert matching(rows, "ctrl") == rows[1:2]
    assert matching(rows, "|") == rows[2:]
    assert matching(rows, "story zzz") == []
    table = list(markdown_table([*rows, rows[0]._replace(area="Other")]))
    assert table[5] == "| `\\|` | To a \\| command | `story.pipe` |"
    assert table.count("| **Story** | | |") == 1
    assert len({line.replace("\\|", "").count("|") for line in table}) == 1
