"""Ends that come from outside: a signal, a lost terminal, a screen that is stuck, a thread that failed."""

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
"""The signals that ask the program to end. Marks, and where the person is, are written first."""

_SETTLED = 1.0
"""Seconds after the start when the rest is set up: the first picture does not wait for it."""


class Signals:
    """Ends an app in an orderly way when something outside of it asks for that.

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
        """A signal asks for the end. The loop ends the app, and threads see to it that nothing holds that up."""
        if not self._was_asked_to_end:
            self._was_asked_to_end = True
            with suppress(RuntimeError):  # the loop misses signals where too many come, or has ended
                self._loop.call_soon_threadsafe(lost_terminal.end, self._app, number)
            self._watch.begin(128 + number)
            threading.Thread(target=lost_terminal.leave_unread, daemon=True).start()

    def _heard(self, key: Key) -> None:
        """A key was pressed. It is called by the thread that reads the terminal: the screen has not got the key yet."""
        quits = key.key in self._quit_keys and not is_typed_into(self._app)
        number = self._impatience.press(quits=quits)
        with suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(self._impatience.answer, number)
        steps = len(self._app.screen_stack)  # in a dialog the key closes that
        if quits and self._impatience.quits == steps:
            self._watch.begin(0, lambda: self._impatience.quits >= steps)

    def _lost_memory(self) -> None:
        """Another program has truncated a file in use, so that ours cannot go on: say so before the process ends."""
        give_back(self._app)
        with suppress(OSError, AttributeError):
            words = b"reader: another program truncated a file that was in use; what was marked before is kept\n"
            os.write(sys.__stderr__.fileno(), words)  # type: ignore[union-attr]

    def _thread_failed(self, failure: threading.ExceptHookArgs) -> None:
        """A thread ended with an error. The one that draws does so when the terminal goes away: that is no defect."""
        if lost_terminal.was_drawing(failure):
            lost_terminal.draw_into_nothing()
            with suppress(RuntimeError):  # the loop may have ended meanwhile
                self._loop.call_soon_threadsafe(lost_terminal.end, self._app)
            if failure.thread is not None:
                failure.thread.run()  # the screen's thread waits until somebody takes what it draws
        elif isinstance(failure.exc_value, Exception):
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._app.fail, failure.exc_value)


def listen(app: SteadyApp, ending: Ending, quit_keys: Collection[str]) -> None:
    """Have an app end at a signal, or when its terminal is gone. Without a terminal, as in tests, nothing is done.

    Args:
        app: the app.
        ending: what there is to do at the end.
        quit_keys: as in `Signals`.
    """
    if not app.is_headless and threading.current_thread() is threading.main_thread():
        Signals(app, ending, quit_keys).listen()
