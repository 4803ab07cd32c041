"""A host for the parts of the main screen without an app: what it was asked for can be looked at."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from textual.geometry import Size
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

from reader.ui.parts.host import Severity

T = TypeVar("T")


@dataclass
class FakeTimer:
    """Goes off when it is told to."""

    seconds: float
    act: Callable[[], None]
    is_stopped: bool = False

    def stop(self) -> None:
        """Do it no more."""
        self.is_stopped = True


class FakeHost:
    """Says yes to everything, and remembers it.

    Attributes:
        answers: what comes of the dialogs, by their classes.
        toasts: what was said.
        warned: of that, what may take several lines, and stays over the next key.
        posted: what was asked of the app.
        timers: what is to be done later, and was not stopped.
        told_bars: how often the bars were to be shown.
    """

    def __init__(self, size: tuple[int, int] = (120, 40)) -> None:
        self.size = Size(*size)
        self.focused: Widget | None = None
        self.is_standing = True
        self.answers: dict[type[Screen[Any]], Any] = {}
        self.toasts: list[str] = []
        self.warned: list[str] = []
        self.posted: list[Message] = []
        self.told_bars = 0
        self._timers: list[FakeTimer] = []
        self._tasks: dict[asyncio.Task[Any], str] = {}
        self._loop: asyncio.AbstractEventLoop | None = None

    def toast(self, words: str, severity: Severity = "information") -> None:
        """Say something."""
        self.toasts.append(words)
        if severity != "information":
            self.warned.append(words)

    async def show(self, dialog: Screen[T]) -> T | None:
        """Give what is to come of a dialog."""
        answer: T | None = self.answers[type(dialog)]
        return answer

    def lend_terminal(self, act: Callable[[], T]) -> T:
        """There is none to lend."""
        return act()

    def show_bars(self) -> None:
        """Count it."""
        self.told_bars += 1

    def post_message(self, message: Message) -> bool:
        """Remember it."""
        self.posted.append(message)
        return True

    def set_timer(self, delay: float, callback: Callable[[], None]) -> FakeTimer:
        """Remember it."""
        self._timers.append(FakeTimer(delay, callback))
        return self._timers[-1]

    def call_later(self, callback: Callable[..., None], *args: Any) -> bool:
        """Do it in the loop's next turn, at the latest."""
        if self._loop is None:
            self._loop = asyncio.get_running_loop()
        self._loop.call_soon_threadsafe(callback, *args)
        return True

    def call_after_refresh(self, callback: Callable[..., None], *args: Any) -> bool:
        """Nothing is drawn here."""
        return self.call_later(callback, *args)

    def run_worker(
        self, work: Callable[[], Any], name: str, group: str, *, exclusive: bool, thread: bool
    ) -> asyncio.Task[Any]:
        """Begin it; as with Textual, an exclusive one ends those of its group."""
        self._loop = asyncio.get_running_loop()
        if exclusive:
            for task, other in self._tasks.items():
                if other == group:
                    task.cancel()
        task = self._loop.create_task(asyncio.to_thread(work) if thread else work())
        self._tasks[task] = group
        return task

    @property
    def timers(self) -> list[FakeTimer]:
        """What is to be done later."""
        return [timer for timer in self._timers if not timer.is_stopped]

    async def settle(self) -> None:
        """Wait for all that goes on; what failed is raised."""
        await asyncio.sleep(0)
        while self._tasks:
            done, _ = await asyncio.wait(self._tasks)
            for task in done:
                del self._tasks[task]
                if not task.cancelled():
                    task.result()
            await asyncio.sleep(0)

    async def go_off(self, seconds: float) -> None:
        """Let the timers of so many seconds go off, and wait for what comes of it."""
        due = [timer for timer in self.timers if timer.seconds == seconds]
        assert due, f"no timer of {seconds} s: {self.timers}"
        for timer in due:
            timer.stop()
            timer.act()
        await self.settle()
