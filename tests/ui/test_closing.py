"""Dialogs that are closed twice, or before they stand: the screen behind them stays."""

from __future__ import annotations

from textual.screen import ModalScreen

from reader.ui.main_screen import MainScreen
from support import MakeApp, press, settle


async def test_a_dialog_or_the_palette_is_closed_once_however_often_it_is_told_to(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        for key in ("question_mark", "colon", "t", "u"):
            await pilot.press(key)
            await pilot.pause()
            dialog = app.screen
            assert isinstance(dialog, ModalScreen), key
            dialog.dismiss(None)
            dialog.dismiss(None)
            await pilot.pause()
            assert isinstance(app.screen, MainScreen), key


async def test_keys_that_come_before_a_dialog_stands_do_not_break_it(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        for opening in ("help", "command_palette"):
            getattr(app, f"action_{opening}")()
            dialog = app.screen
            assert isinstance(dialog, ModalScreen)
            dialog.check_action("scroll", (1,))
            await pilot.press("j", "escape", "escape", "escape")
            await pilot.pause()
        screen = await press(pilot, "j")
        assert app.screen is screen
