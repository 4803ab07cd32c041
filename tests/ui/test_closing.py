"""Dialogs that are closed twice, or before they stand: the screen behind them stays."""

from __future__ import annotations

import asyncio
from contextlib import closing
from functools import partial

import pytest
from textual.app import App
from textual.await_remove import AwaitRemove
from textual.command import CommandList
from textual.geometry import Offset
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widgets import Static

from reader.library.index.index import Index
from reader.library.index.storage import schema
from reader.settings.config import View
from reader.ui.dialogs.listing.topic_picker import TopicPicker
from reader.ui.dialogs.listing.views import ViewsDialog
from reader.ui.dialogs.story.links import LinksDialog
from reader.ui.main_screen import MainScreen
from reader.ui.upstream.palette import SteadyPalette
from support import MakeApp, press, settle


@pytest.mark.long
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


@pytest.mark.long
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


@pytest.mark.long
async def test_what_a_closed_dialog_was_finding_out_goes_on_no_more(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await settle(pilot)
        asked, answered = asyncio.Event(), asyncio.Event()

        async def count(view: View) -> int:
            asked.set()
            await answered.wait()
            return 1

        dialog = ViewsDialog(screen.parts.views.views, None, count)
        await app.push_screen(dialog)
        await asked.wait()
        looking = [worker for worker in app.workers if worker.node is dialog]
        dialog.dismiss(None)
        answered.set()
        await pilot.pause()
        assert [worker.is_cancelled for worker in looking] == [True]


@pytest.mark.long
async def test_what_comes_to_a_dialog_that_is_being_closed_does_no_harm(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await settle(pilot)
        dialog = ViewsDialog(screen.parts.views.views, None, screen.parts.views.count)
        await app.push_screen(dialog)
        looked = []

        def look() -> None:
            looked.append(dialog.query_one("#nothing-here"))

        dialog.call_later(look)
        dialog.dismiss(None)
        await settle(pilot)
        assert looked == []
        assert app.screen is screen


async def test_a_dialog_that_is_put_up_while_the_program_ends_does_no_harm(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app()

    def on_mount(dialog: ViewsDialog) -> None:
        app.exit(return_code=143)  # as at SIGTERM; nothing can be mounted in the dialog any more
        mounted(dialog)

    mounted = ViewsDialog.on_mount
    monkeypatch.setattr(ViewsDialog, "on_mount", on_mount)
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await settle(pilot)
        app.push_screen(ViewsDialog(screen.parts.views.views, None, screen.parts.views.count))
        while app.is_running:
            await asyncio.sleep(0.01)
    assert app.return_code == 143


async def test_all_of_an_answer_is_of_one_state_of_the_library(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        screen = await settle(pilot)

        def question(index: Index) -> tuple[int, int]:
            before = index.counts().stories
            with closing(schema.connect(screen.library.index_path)) as another:
                another.execute("DELETE FROM known_stories")
            return before, index.counts().stories

        before, after = await screen.parts.questions.thread.ask(question)
        assert before == after > 0


async def test_who_asks_once_the_screen_is_gone_is_cancelled(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        thread = (await settle(pilot)).parts.questions.thread
    with pytest.raises(asyncio.CancelledError):
        await thread.ask(lambda index: index.topics())


@pytest.mark.long
async def test_a_click_at_what_is_being_taken_down_does_no_harm(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app()
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await settle(pilot)
        gone = Static("gone")
        monkeypatch.setattr(screen, "get_widget_and_offset_at", lambda x, y: (gone, Offset(x, y)))
        await pilot.click(screen.stories, offset=(5, 5))
        await settle(pilot)
        assert app.screen is screen


@pytest.mark.long
async def test_a_dialog_that_is_left_before_it_stands_closes_once_it_does(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await settle(pilot)
        dialogs = (
            TopicPicker([], frozenset()),
            ViewsDialog(screen.parts.views.views, None, screen.parts.views.count),
            LinksDialog([]),
        )
        for dialog in dialogs:
            app.push_screen(dialog)
            dialog.action_close()
            assert app.screen.is_modal
            await settle(pilot)
            assert app.screen is screen


@pytest.mark.long
async def test_a_key_that_comes_before_the_palettes_list_is_drawn_does_no_harm(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("colon")
        await pilot.pause(0.1)
        monkeypatch.setattr(CommandList, "_index_to_line", {})
        await pilot.press("down", "pageup")
        assert isinstance(app.screen, SteadyPalette)
        monkeypatch.undo()


async def test_an_end_that_fails_half_way_lets_go_of_the_folder_and_the_index(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app()
    screens = []

    async def leave(pilot: Pilot[None]) -> None:
        screens.append(await settle(pilot))
        app.exit()

    async def close_all(_: App[None]) -> None:
        raise OSError("on the way")

    monkeypatch.setattr(App, "_close_all", close_all)
    with pytest.raises(OSError, match="on the way"):
        await app.run_async(headless=True, auto_pilot=leave)
    with pytest.raises(asyncio.CancelledError):
        await screens[0].parts.questions.thread.ask(lambda index: index.topics())


async def test_the_program_goes_on_where_what_it_waits_for_is_cancelled(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await settle(pilot)
        for pump in (app, screen):
            waited = asyncio.get_running_loop().create_future()
            pump.call_next(waited.cancel)
            pump.call_next(partial(asyncio.gather, waited))
            await settle(pilot)
        await press(pilot, "j")
        assert screen.stories.cursor == 1
        assert app.is_running


async def test_who_is_cancelled_before_a_dialog_is_put_up_cancels_nothing_that_is_being_removed(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app()
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await settle(pilot)
        going = asyncio.create_task(asyncio.sleep(0.2))

        async def flush() -> None:
            await AwaitRemove([going])

        with monkeypatch.context() as patched:
            patched.setattr(app, "_flush_next_callbacks", flush)
            waiting = screen.run_worker(
                app.push_screen_wait(ViewsDialog(screen.parts.views.views, None, screen.parts.views.count))
            )
            await asyncio.sleep(0.05)
            waiting.cancel()
            await asyncio.sleep(0.05)
        assert not going.cancelled()
        await going
        await settle(pilot)
        assert app.screen is screen
