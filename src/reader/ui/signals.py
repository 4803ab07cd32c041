"""How the screen ends when it cannot by itself: told to by a signal, without a terminal, held up, or by a thread."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Collection
from contextlib import suppress

from textual.events import Key

from reader.outside.bus_error import at_bus_error
from reader.ui.upstream.app import SteadyApp
from reader.ui.upstream.terminal import lost_terminal
from reader.ui.upstream.terminal.stuck_screen import Ending, Impatience, Watch, give_back, is_typed_into

SIGNALS = (signal.SIGTERM, signal.SIGHUP)
"""What asks the program to end; all that was marked, and where the person was, is kept first."""

_SETTLED = 1.0
"""Seconds after the start at which is done what the first picture does not wait for."""


class Signals:
    """Has an app end in an orderly way when something outside of it asks for the end.

    Args:
        app: the app, which runs in this thread.
        ending: what there is to do at the end.
        quit_keys: the keys that quit, as Textual names them.
    """

    def __init__(self, app: SteadyApp, ending: Ending, quit_keys: Collection[str] = ()) -> None:
        self._app = app
        self._loop = asyncio.get_running_loop()
        self._watch = Watch(app, self._loop, ending)
        self._quit_keys = quit_keys
        self._impatience = Impatience()
        self._was_asked_to_end = False

    def listen(self) -> None:
        """Listen from now on."""
        for number in SIGNALS:
            self._loop.add_signal_handler(number, lost_terminal.end, self._app, number)
            signal.signal(number, self._asked_to_end)  # the loop hears of it as well
        signal.signal(lost_terminal.STIR, lambda *_: None)
        threading.excepthook = self._thread_failed
        self._app.overhear = self._heard
        self._loop.call_later(_SETTLED, at_bus_error, self._lost_memory)

    def _asked_to_end(self, number: int, *_: object) -> None:
        """A signal asks for the end, which the loop brings about, unless the terminal holds it up."""
        if not self._was_asked_to_end:
            self._was_asked_to_end = True
            with suppress(RuntimeError):  # too many signals fill what tells the loop of them
                self._loop.call_soon_threadsafe(lost_terminal.end, self._app, number)
            self._watch.begin(128 + number)
            threading.Thread(target=lost_terminal.leave_unread, daemon=True).start()

    def _heard(self, key: Key) -> None:
        """A key was pressed, of which the screen's thread has not heard yet."""
        quits = key.key in self._quit_keys and not is_typed_into(self._app)
        number = self._impatience.press(quits=quits)
        with suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(self._impatience.answer, number)
        steps = len(self._app.screen_stack)  # in a dialog the key closes that
        if quits and self._impatience.quits == steps:
            self._watch.begin(0, lambda: self._impatience.quits >= steps)

    def _lost_memory(self) -> None:
        """Another program has truncated a file in use: nothing goes on from here."""
        give_back(self._app)
        with suppress(OSError, AttributeError):
            told = b"reader: another program truncated a file that was in use; what was marked before is kept\n"
            os.write(sys.__stderr__.fileno(), told)  # type: ignore[union-attr]

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


def listen(app: SteadyApp, ending: Ending, quit_keys: Collection[str]) -> None:
    """Have an app end at a signal, and when there is no terminal any more. Tests have none of it.

    Args:
        app: the app.
        ending: what there is to do at the end.
        quit_keys: as in `Signals`.
    """
    if not app.is_headless and threading.current_thread() is threading.main_thread():
        Signals(app, ending, quit_keys).listen()
