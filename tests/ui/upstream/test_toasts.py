"""What is said in passing, and what is left of it."""

import asyncio

import pytest
from textual.app import App
from textual.notifications import Notification
from textual.pilot import Pilot
from textual.timer import Timer
from textual.widgets._toast import Toast

from reader.ui.upstream.toasts import Passing
from support import MakeApp, settle


async def _standing(pilot: Pilot[None], words: str) -> None:
    """Wait until a toast stands."""
    while not any(words in str(toast.render()) for toast in pilot.app.screen.query("Toast")):
        await pilot.pause()


@pytest.mark.long
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


@pytest.mark.long
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

        assert [one.message for one in app._notifications] == ["the last"]
        assert len(app.screen.query("ToastHolder")) <= 2


def empty_holders(app: App[None]) -> int:
    """How many of what hold toasts hold none."""
    return sum(not holder.children for holder in app.screen.query("ToastHolder"))


@pytest.mark.long
async def test_textual_still_leaves_what_held_a_toast() -> None:
    app = App[None]()
    async with app.run_test(notifications=True) as pilot:
        app.notify("the first")
        await _standing(pilot, "the first")
        app.clear_notifications()
        app.notify("the last")
        await _standing(pilot, "the last")
        assert empty_holders(app) == 1


class EndlessError(Exception):
    """A timer asks what time it is again and again, and lets nothing else happen."""


@pytest.mark.long
async def test_textual_still_counts_down_from_less_than_nothing_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    late = Toast(Notification("late", timeout=-0.01))
    counting = Timer(App[None](), late._timeout, repeat=0)
    asked = 0

    def hour() -> float:
        nonlocal asked
        asked += 1
        if asked > 10_000:
            raise EndlessError
        return asked * 0.001

    monkeypatch.setattr("textual._time.get_time", hour)
    with pytest.raises(EndlessError):
        await counting._run()


@pytest.mark.long
async def test_toasts_that_come_at_once_all_stand(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(notifications=True) as pilot:
        await settle(pilot)
        for number in range(5):
            app.notify(f"number {number}")
        await _standing(pilot, "number 4")

        assert len(app.screen.query("Toast")) == 5
