"""A start: the stories stand first, and all else waits for them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from textual import events
from textual.app import ComposeResult
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode

from reader.ui.main_screen import MainScreen
from support import MakeApp, settle

if TYPE_CHECKING:
    from conftest import WriteStory


async def test_the_folder_is_looked_at_once_the_stories_have_been_drawn(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    held_back = []
    look_at_folder = MainScreen._look_at_folder

    async def look(screen: MainScreen) -> None:
        held_back.append(screen.app._batch_count)  # while it counts, what is drawn is not written to the terminal
        await look_at_folder(screen)

    monkeypatch.setattr(MainScreen, "_look_at_folder", look)
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await settle(pilot)
        assert app.screen_stack == [screen]
        assert held_back == [0]


async def test_keys_that_come_ahead_of_the_screen_wait_for_it(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app()
    typed = ["slash", *"met", "enter", "c"]

    def compose(screen: MainScreen) -> ComposeResult:
        for key in typed:
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        yield from composed(screen)

    composed = MainScreen.compose
    monkeypatch.setattr(MainScreen, "compose", compose)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await settle(pilot)
        assert screen.listing.text == "met"
        assert screen.focused is screen.coverage_tree


async def test_while_a_new_index_is_filled_the_newest_stays_at_the_top_until_somebody_moves(
    make_app: MakeApp, tmp_path: Path, write_story: WriteStory
) -> None:
    def wrote(days: Sequence[int]) -> None:
        for day in days:
            write_story(tmp_path / "news", f"{day}.md", title=f"Day {day}", published=f"2020-02-{day:02}T00:00:00Z")
        screen.library.sync()
        screen.parts.listed.list_anew()

    async def shows(title: str) -> None:
        for _ in range(300):
            text = screen.parts.questions.text(screen.story)
            if text is not None and text.title == title:
                return
            await pilot.pause(0.02)
        raise AssertionError(text)

    async def settled(stories: int) -> None:
        while screen.stories.count < stories:
            await pilot.pause(0.02)

    (tmp_path / "news").mkdir(exist_ok=True)
    app = make_app(tmp_path / "news")
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await settle(pilot)
        screen.parts.listed.is_filling = screen.parts.folder.state.is_syncing = True
        for days, shown in (((5, 6), "Day 6"), ((7, 8), "Day 8")):
            wrote(days)
            await shows(shown)
        await pilot.press("j")
        wrote((9, 10))
        await settled(6)
        await shows("Day 7")
        assert screen.parts.listed.is_filling
        screen.parts.folder.state.is_syncing = False
        screen.parts.listed.list_anew()
        await settle(pilot)
        assert not screen.parts.listed.is_filling


async def test_the_list_is_styled_once_before_it_is_drawn_though_it_gets_the_focus(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    styled: list[DOMNode] = []
    at_first: list[DOMNode] = []
    apply, look_at_folder = Stylesheet.apply, MainScreen._look_at_folder

    def counting(sheet: Stylesheet, node: DOMNode, *, animate: bool = False, **how: Any) -> None:
        styled.append(node)
        apply(sheet, node, animate=animate, **how)

    async def look(screen: MainScreen) -> None:
        at_first.extend(styled)
        await look_at_folder(screen)

    monkeypatch.setattr(Stylesheet, "apply", counting)
    monkeypatch.setattr(MainScreen, "_look_at_folder", look)
    async with make_app().run_test(size=(120, 40)) as pilot:
        screen = await settle(pilot)
        assert screen.focused is screen.stories
        assert screen.stories.has_pseudo_class("focus")
        assert at_first.count(screen.stories) == 1
