"""How the screen ends when nobody pressed `q`: told to by a signal, without a terminal any more, or by a defect."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from typing import Any

from rich.console import RenderableType
from textual._context import active_message_pump
from textual.app import App
from textual.css.query import NoMatches
from textual.dom import NoScreen
from textual.widget import MountError, Widget
from textual.worker import WorkerFailed, active_worker

from reader.ui.upstream.stuck_screen import end_if_stuck

SIGNALS = (signal.SIGTERM, signal.SIGHUP)
"""What asks the program to end; all that was marked, and where the person was, is kept first."""


UNREAD = 3.0
"""Seconds for which a terminal that takes nothing, as after ctrl+s, is waited for at the end."""

_STIR = signal.SIGURG
"""The signal that has a thread try again what it was writing; nothing else sends it to this program."""

_TAKEN_DOWN = (NoMatches, NoScreen, MountError)
"""What Textual raises where widgets are not there any more, or not on a screen."""


class Ending(App[None]):
    """The part of the app that sees to it that the terminal is given back, and that nothing is lost.

    Attributes:
        crash: the defect that the screen ended with; None where there was none.
    """

    crash: BaseException | None = None
    _loop_of_screen: asyncio.AbstractEventLoop | None = None
    _was_told_to_end = False

    async def run_async(self, **how: Any) -> Any:
        """As usual; where the screen's end fails half-way, what it holds is let go of all the same.

        A thread that nobody stops would keep the program from ending, and a mark that waits would be lost.
        """
        try:
            return await super().run_async(**how)
        finally:
            self.let_go()

    def let_go(self) -> None:
        """Let go of all that is held, where that was not done already."""

    def listen_to_signals(self) -> None:
        """End in an orderly way at a signal, and when there is no terminal any more. Tests have none of it."""
        if self.is_headless or threading.current_thread() is not threading.main_thread():
            return
        self._loop_of_screen = asyncio.get_running_loop()
        for number in SIGNALS:
            self._loop_of_screen.add_signal_handler(number, self.end_by, number)
            signal.signal(number, self._told_to_end)  # the loop hears of it as well
        signal.signal(_STIR, lambda *_: None)
        threading.excepthook = self._thread_failed

    def end_by(self, number: int) -> None:
        """End because of a signal, with the exit code that tells of it."""
        if not has_terminal():
            _draw_into_nothing()
        self.exit(return_code=128 + number)

    def _told_to_end(self, number: int, *_: object) -> None:
        """A signal asks for the end, which `end_by` brings about, unless the terminal holds up the loop."""
        if not self._was_told_to_end:
            self._was_told_to_end = True
            if (loop := self._loop_of_screen) is not None:
                loop.call_soon_threadsafe(self.end_by, number)  # too many signals fill what tells the loop of them
                stuck = (self, loop, 128 + number, self.let_go)
                threading.Thread(target=end_if_stuck, args=stuck, daemon=True).start()
            threading.Thread(target=_leave_unread_terminal, daemon=True).start()

    def _thread_failed(self, failure: threading.ExceptHookArgs) -> None:
        """A thread ended with an error: the one that draws does when the terminal goes away."""
        loop = self._loop_of_screen
        if loop is None:
            return
        from textual.drivers._writer_thread import WriterThread  # the start goes without it

        if isinstance(failure.thread, WriterThread) and isinstance(failure.exc_value, OSError):
            _draw_into_nothing()
            with suppress(RuntimeError):  # it may have ended meanwhile
                loop.call_soon_threadsafe(self.end_by, signal.SIGHUP)
            failure.thread.run()  # the screen waits for what it draws to be taken
        elif isinstance(failure.exc_value, Exception):
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(self._handle_exception, failure.exc_value)

    def panic(self, *renderables: RenderableType) -> None:
        """End because of a defect; where it is that the terminal went away, as at that signal."""
        if not self.is_headless and not has_terminal():
            self.end_by(signal.SIGHUP)
        else:
            super().panic(*renderables)

    def _handle_exception(self, error: Exception) -> None:
        cause = error.error if isinstance(error, WorkerFailed) else error
        if isinstance(cause, _TAKEN_DOWN) and (self._exit or not self._is_shown()):
            return  # what was under way found its widgets taken down
        if self.is_headless:
            super()._handle_exception(error)
            return
        self.crash = self.crash or cause
        self._return_code = 1
        self._close_messages_no_wait()  # nothing is printed of it: the report tells

    def _is_shown(self) -> bool:
        """Whether what is running belongs to a screen that has not been closed."""
        worker, pump = active_worker.get(None), active_message_pump.get(self)
        node = worker.node if worker is not None else pump
        try:
            return not isinstance(node, Widget) or (node.screen.display and node.screen in self.screen_stack)
        except NoScreen:
            return False


def has_terminal() -> bool:
    """Whether the terminal is still there."""
    import termios

    try:
        termios.tcgetattr(sys.__stdin__.fileno() if sys.__stdin__ else 0)
    except (termios.error, OSError, ValueError):
        return False
    return True


def _leave_unread_terminal() -> None:
    """Wait until the terminal has taken nothing for a while; then draw into nothing, also what is being written."""
    import select

    writing = sys.__stderr__.fileno() if sys.__stderr__ is not None else 2
    seen = time.monotonic()
    with suppress(OSError, ValueError):  # the terminal is gone: that is heard of elsewhere
        while time.monotonic() - seen < UNREAD:
            if select.select([], [writing], [], 0)[1]:
                seen = time.monotonic()
            time.sleep(0.1)
        _draw_into_nothing()
        for thread in threading.enumerate():
            if thread.ident is not None:
                signal.pthread_kill(thread.ident, _STIR)  # what it writes is written again, to where it goes now


def _draw_into_nothing() -> None:
    """Let what is drawn from now on go nowhere: writing to a terminal that is gone fails."""
    with suppress(OSError, ValueError, AttributeError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.__stderr__.fileno())  # type: ignore[union-attr]
        os.close(nothing)
