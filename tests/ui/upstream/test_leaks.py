"""What was drawn, and is drawn no more."""

from __future__ import annotations

import gc
import time
import weakref

import pytest
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual._styles_cache import StylesCache
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widgets import Label

from reader.ui import main_screen
from reader.ui.upstream.leaks import forget_drawings
from support import MakeApp, settle


def draw_somewhere() -> None:
    """Draw what stands nowhere else."""
    Strip.render_ansi(Style(color="#123456", meta={"offset": (7, 7)}), ColorSystem.TRUECOLOR)


def drawn() -> int:
    """How many styles' codes are remembered; a test's own terminal needs none."""
    return Strip.render_ansi.cache_info().currsize


def test_all_that_was_drawn_is_forgotten() -> None:
    draw_somewhere()
    Region(0, 0, 3, 3).intersection(Region(1, 1, 5, 5))
    Segment("wide 你好").split_cells(3)
    Strip.blank(17)
    remembered = (Strip.render_ansi, Region.intersection, Segment._split_cells, Strip.blank)
    assert all(function.cache_info().currsize for function in remembered)
    forget_drawings()
    assert not any(function.cache_info().currsize for function in remembered)


@pytest.mark.long
async def test_lines_as_wide_as_the_terminal_was_are_not_kept(make_app: MakeApp) -> None:
    app = make_app()
    kept = []
    async with app.run_test(size=(70, 24)) as pilot:
        await settle(pilot)
        for width in range(71, 81):
            await pilot.resize_terminal(width, 24)
            await settle(pilot)
            kept.append(Strip.blank.cache_info().currsize)
    assert max(kept) <= 5


@pytest.mark.long
@pytest.mark.parametrize("key", ["t", "question_mark", "ctrl+p"])
async def test_what_a_dialog_drew_is_not_kept(make_app: MakeApp, key: str) -> None:
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press(key)
        await pilot.pause()
        assert len(app.screen_stack) == 2
        draw_somewhere()
        assert drawn()
        await pilot.press("escape")
        await settle(pilot)
        assert len(app.screen_stack) == 1
        assert not drawn()


@pytest.mark.long
async def test_what_was_drawn_at_another_size_is_not_kept(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        draw_somewhere()
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert not drawn()


@pytest.mark.long
async def test_a_closed_dialog_is_let_go_of(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(main_screen, "CLEAR_UP_EVERY", 0.1)
    app = make_app()
    collected: list[int] = []
    gc.callbacks.append(lambda phase, told: collected.append(told["generation"]) if phase == "stop" else None)
    try:
        async with app.run_test(size=(100, 30)) as pilot:
            screen = await settle(pilot)
            await pilot.press("question_mark")
            while app.screen is screen:
                await pilot.pause()
            dialog = weakref.ref(app.screen)
            del screen
            await pilot.press("escape")
            await settle(pilot)
            end = time.monotonic() + 20
            while dialog() is not None and time.monotonic() < end:
                await pilot.pause(0.1)
            assert dialog() is None
            await pilot.pause(0.5)
            before = collected.count(2)
            await pilot.pause(0.5)
            assert collected.count(2) == before  # nothing was closed since
    finally:
        gc.callbacks.pop()


class Plain(ModalScreen[None]):
    """A dialog as Textual has it."""

    def compose(self) -> ComposeResult:
        yield Label("words")


async def closed_dialog(app: App[None]) -> weakref.ref[Plain]:
    """A dialog that has stood on an app and was closed."""
    async with app.run_test() as pilot:
        dialog = Plain()
        await app.push_screen(dialog)
        await pilot.pause()
        await app.pop_screen()
        return weakref.ref(dialog)


@pytest.mark.long
async def test_textual_still_remembers_what_a_closed_dialog_drew() -> None:
    forget_drawings()
    await closed_dialog(App())
    gc.collect()
    assert Region.intersection.cache_info().currsize
    asked = StylesCache()
    asked.get_inner_outer(Label().background_colors[1], Label().background_colors[1])
    kept = weakref.ref(asked)
    del asked
    gc.collect()
    assert kept() is not None
    forget_drawings()
    gc.collect()
    assert kept() is None


@pytest.mark.long
async def test_textual_still_leaves_closed_dialogs_lying_about() -> None:
    gc.disable()
    try:
        dialog = await closed_dialog(App())
        forget_drawings()
        assert dialog() is not None
        gc.collect()
        assert dialog() is None
    finally:
        gc.enable()
