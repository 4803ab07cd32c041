"""Dialogs that are closed twice, and what they were finding out."""

from __future__ import annotations

import asyncio

import pytest
from textual.app import App, ComposeResult
from textual.await_complete import AwaitComplete
from textual.css.query import NoMatches
from textual.screen import ModalScreen, Screen
from textual.widgets import Label
from textual.worker import WorkerFailed

from reader.ui.upstream.closing import close_once


class Plain(ModalScreen[None]):
    """A dialog as Textual has it."""


class Ours(ModalScreen[None]):
    """A dialog that is closed once."""

    def dismiss(self, result: None = None) -> AwaitComplete:
        return close_once(self, lambda: super(Ours, self).dismiss(result))


async def screens_left(dialog: ModalScreen[None]) -> int:
    """How many of three screens are left where the uppermost, a dialog, is closed twice."""
    app = App[None]()
    async with app.run_test() as pilot:
        await app.push_screen(Screen[None]())
        await app.push_screen(dialog)
        dialog.dismiss(None)
        dialog.dismiss(None)
        await pilot.pause()
        return len(app.screen_stack)


async def test_closed_again_a_dialog_leaves_the_screen_behind_it_alone() -> None:
    assert await screens_left(Ours()) == 2


@pytest.mark.long
async def test_textual_still_closes_the_screen_behind_a_dialog_that_is_closed_again() -> None:
    assert await screens_left(Plain()) == 1


def looking(kind: type[ModalScreen[None]]) -> ModalScreen[None]:
    """A dialog that shows, all the time, what it finds out."""

    class Looking(kind):  # type: ignore[valid-type,misc]
        def compose(self) -> ComposeResult:
            yield Label("")

        def on_mount(self) -> None:
            self.run_worker(self.look())

        async def look(self) -> None:
            while True:
                self.query_one(Label).update("found")
                await asyncio.sleep(0)

    dialog: ModalScreen[None] = Looking()
    return dialog


async def closed_while_it_looks(dialog: ModalScreen[None]) -> None:
    """Close a dialog while it looks for something."""
    app = App[None]()
    async with app.run_test() as pilot:
        await app.push_screen(dialog)
        await asyncio.sleep(0.01)  # it never rests
        dialog.dismiss(None)
        await pilot.pause()


async def test_a_dialog_that_is_closed_finds_nothing_out_any_more() -> None:
    await closed_while_it_looks(looking(Ours))


@pytest.mark.long
async def test_textual_still_lets_a_closed_dialog_look_for_widgets_that_are_gone() -> None:
    with pytest.raises(WorkerFailed) as failed:
        await closed_while_it_looks(looking(Plain))
    assert isinstance(failed.value.error, NoMatches)
