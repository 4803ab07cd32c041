"""How the screen ends when nobody pressed `q`: told to by a signal, without a terminal any more, or by a thread."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable
from contextlib import suppress

from reader.ui.upstream.app import SteadyApp
from reader.ui.upstream.terminal import lost_terminal
from reader.ui.upstream.terminal.stuck_screen import end_if_stuck

SIGNALS = (signal.SIGTERM, signal.SIGHUP)
"""What asks the program to end; all that was marked, and where the person was, is kept first."""


class Signals:
    """Has an app end in an orderly way when something outside of it asks for the end.

    Args:
        app: the app, which runs in this thread.
        let_go: lets go of what is held, such as marks that wait to be written; called where the screen is stuck.
    """

    def __init__(self, app: SteadyApp, let_go: Callable[[], None]) -> None:
        self._app = app
        self._let_go = let_go
        self._loop = asyncio.get_running_loop()
        self._was_told = False

    def listen(self) -> None:
        """Listen from now on."""
        for number in SIGNALS:
            self._loop.add_signal_handler(number, lost_terminal.end, self._app, number)
            signal.signal(number, self._told)  # the loop hears of it as well
        signal.signal(lost_terminal.STIR, lambda *_: None)
        threading.excepthook = self._thread_failed

    def _told(self, number: int, *_: object) -> None:
        """A signal asks for the end, which the loop brings about, unless the terminal holds it up."""
        if not self._was_told:
            self._was_told = True
            with suppress(RuntimeError):  # too many signals fill what tells the loop of them
                self._loop.call_soon_threadsafe(lost_terminal.end, self._app, number)
            stuck = (self._app, self._loop, 128 + number, self._let_go)
            threading.Thread(target=end_if_stuck, args=stuck, daemon=True).start()
            threading.Thread(target=lost_terminal.leave_unread, daemon=True).start()

    def _thread_failed(self, failure: threading.ExceptHookArgs) -> None:
        """A thread ended with an error: the one that draws does when the terminal goes away."""
        if lost_terminal.was_drawing(failure):
            lost_terminal.draw_into_nothing()
            with suppress(RuntimeError):  # the loop may have ended meanwhile
                self._loop.call_soon_threadsafe(lost_terminal.end, self._app)
            if failure.thread is not None:
                failure.thread.run()  # the screen waits for what it draws to be taken
        elif isinstance(failure.exc_value, Exception):
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._app.fail, failure.exc_value)


def listen(app: SteadyApp, let_go: Callable[[], None]) -> None:
    """Have an app end at a signal, and when there is no terminal any more. Tests have none of it.

    Args:
        app: the app.
        let_go: as of `Signals`.
    """
    if not app.is_headless and threading.current_thread() is threading.main_thread():
        Signals(app, let_go).listen()
