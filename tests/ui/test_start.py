"""A start: the stories stand first, and all else waits for them."""

from __future__ import annotations

import pytest
from textual import events
from textual.app import ComposeResult

from reader.ui.main_screen import MainScreen
from support import MakeApp, settle


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
