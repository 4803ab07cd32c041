"""Waiting for an app of a test until it rests: exactly, in place of Textual's guess by the processor's time.

Textual's pilot sleeps, and looks how much time of the processor went by: a key takes two hundredths of a second at
least, more where other tests run, and may still come too early. Here an app rests when nothing is left in its event
loop that could go on by itself, and no thread works on what the loop waits for. Timers are not waited for.
"""

from __future__ import annotations

import asyncio
import time
from asyncio.base_events import BaseEventLoop
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

import pytest
from textual import app, pilot
from textual._context import active_app
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

PATIENCE = 0.25
"""Seconds that a thread is waited for: some live as long as the screen does, such as what watches the folder."""

LONGEST = 1.0
"""Seconds that an app is waited for, as Textual does: one that looks again and again never rests."""

_RESIZE = 1 / 120
"""Seconds after which Textual tells a screen of a new size."""

_run_in_executor = BaseEventLoop.run_in_executor
_since: WeakKeyDictionary[asyncio.Future[Any], float] = WeakKeyDictionary()


@contextmanager
def exact_waits() -> Iterator[None]:
    """Within the block, a pilot waits until its app rests, and no longer."""

    def run(self: BaseEventLoop, executor: Any, function: Callable[..., Any], *arguments: Any) -> asyncio.Future[Any]:
        future = _run_in_executor(self, executor, function, *arguments)
        _since[future] = time.monotonic()
        return future

    async def idle(*_: object) -> None:
        await rest(active_app.get())

    async def all_done(self: Pilot[Any], *_: object) -> bool:
        await rest(self.app)
        return True

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseEventLoop, "run_in_executor", run)
        patch.setattr(app, "wait_for_idle", idle)
        patch.setattr(pilot, "wait_for_idle", idle)
        patch.setattr(Pilot, "_wait_for_screen", all_done)
        yield


async def rest(app: App[Any]) -> None:
    """Wait until nothing goes on by itself in an app, and its screen is laid out."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, BaseEventLoop)
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        await _run_dry(loop, end)
        working = _working(loop)
        if working:
            await asyncio.wait(working, timeout=PATIENCE / 10, return_when=asyncio.FIRST_COMPLETED)
        elif app._resize_timer is not None:
            await asyncio.sleep(_RESIZE)
        elif not _lay_out(app):
            return


def _lay_out(app: App[Any]) -> bool:
    """Have the screen do what it would do within the sixtieth of a second; says whether there was anything to do."""
    screen = app._screen_stack[-1] if app._screen_stack else None
    if screen is None or not screen.is_running or not has_to_draw(screen):
        return False
    with app._context():  # where there are two, the other may be the active one
        screen._on_timer_update()
    return True


def has_to_draw(screen: Screen[Any]) -> bool:
    """Whether a frame waits, or what is to be done after it."""
    return bool(
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    )


async def _run_dry(loop: BaseEventLoop, end: float) -> None:
    """Let all run that can; twice, as what came from files and threads is taken in between two rounds."""
    dry = 0
    while dry < 2 and time.monotonic() < end:
        await asyncio.sleep(0)
        dry = 0 if loop._ready else dry + 1  # type: ignore[attr-defined]


def _working(loop: BaseEventLoop) -> list[asyncio.Future[Any]]:
    youngest = time.monotonic() - PATIENCE
    return [
        future
        for future, since in list(_since.items())
        if since > youngest and future.get_loop() is loop and not future.done()
    ]
