"""Where somebody who waited is cancelled."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest
from textual.app import App
from textual.await_remove import AwaitRemove
from textual.screen import ModalScreen

from reader.ui.upstream.app import SteadyApp


async def runs_on(app: App[None]) -> bool:
    """Whether an app goes on after somebody cancelled what it waits for."""
    async with app.run_test():
        waited = asyncio.get_running_loop().create_future()
        app.call_next(waited.cancel)
        app.call_next(partial(asyncio.gather, waited))
        await asyncio.sleep(0.2)
        return app.is_running


async def test_a_program_goes_on_where_what_it_waits_for_is_cancelled() -> None:
    assert await runs_on(SteadyApp())


@pytest.mark.long
async def test_textual_still_ends_without_a_word_where_what_it_waits_for_is_cancelled() -> None:
    app = App[None]()
    assert not await runs_on(app)
    assert not app.return_code


async def is_removed(app: App[None]) -> bool:
    """Whether an app removes what it was about to, where a worker was cancelled before it put up a dialog."""
    async with app.run_test():
        going = asyncio.create_task(asyncio.sleep(0.2))

        async def remove() -> None:
            await AwaitRemove([going])

        async def put_up() -> None:
            app.call_next(remove)
            await app.push_screen_wait(ModalScreen[None]())

        worker = app.run_worker(put_up())
        await asyncio.sleep(0.05)
        worker.cancel()
        await asyncio.wait([going])
        return not going.cancelled()


async def test_who_is_cancelled_before_a_dialog_is_put_up_cancels_nothing_that_is_being_removed() -> None:
    assert await is_removed(SteadyApp())


@pytest.mark.long
async def test_textual_still_cancels_what_is_being_removed_with_who_puts_up_a_dialog() -> None:
    assert not await is_removed(App())
