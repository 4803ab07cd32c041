"""Clicks, which select nothing."""

from __future__ import annotations

import pytest
from textual.app import App
from textual.geometry import Offset
from textual.screen import Screen
from textual.widgets import Static

from reader.ui.upstream.app import SteadyApp


async def clicked_at_what_is_gone(app: App[None], monkeypatch: pytest.MonkeyPatch) -> None:
    """Click at a widget that has been taken down."""
    async with app.run_test() as pilot:
        gone = Static("gone")
        monkeypatch.setattr(Screen, "get_widget_and_offset_at", lambda *_: (gone, Offset(1, 1)))
        await pilot.click(offset=(5, 5))
        await pilot.pause()


async def test_a_click_at_what_is_being_taken_down_does_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    await clicked_at_what_is_gone(SteadyApp(), monkeypatch)


@pytest.mark.long
async def test_textual_still_fails_at_a_click_at_what_is_being_taken_down(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(AttributeError):
        await clicked_at_what_is_gone(App(), monkeypatch)
