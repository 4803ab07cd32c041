"""What is said in passing, and what is left of it."""

import asyncio

from textual.pilot import Pilot
from textual.widgets._toast import Toast

from reader.ui.upstream.toasts import Passing
from support import MakeApp, settle, toasts


async def _standing(pilot: Pilot[None], words: str) -> None:
    """Wait until a toast stands."""
    while not any(words in str(toast.render()) for toast in pilot.app.screen.query("Toast")):
        await pilot.pause()


async def test_a_toast_that_is_made_when_its_time_is_up_does_not_hold_the_program_up(make_app: MakeApp) -> None:
    late = Passing("late", timeout=0)
    app = make_app()
    async with app.run_test(notifications=True) as pilot:
        await settle(pilot)
        assert late.has_expired
        await app.screen.mount(Toast(late))  # Textual would count down from less than nothing, without end
        async with asyncio.timeout(10):
            while app.screen.query(Toast):
                await pilot.pause(0.01)


async def test_what_held_a_toast_goes_with_it(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(notifications=True) as pilot:
        await settle(pilot)
        for number in range(5):
            app.notify(f"number {number}")
            await _standing(pilot, f"number {number}")
            app.clear_notifications()  # as when its time is up while the program is busy: Textual takes it away itself
        app.notify("the last")
        await _standing(pilot, "the last")

        assert toasts(app.screen) == ["the last"]
        assert len(app.screen.query("ToastHolder")) <= 2


async def test_toasts_that_come_at_once_all_stand(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(notifications=True) as pilot:
        await settle(pilot)
        for number in range(5):
            app.notify(f"number {number}")
        await _standing(pilot, "number 4")

        assert len(app.screen.query("Toast")) == 5
