"""Ending the program where the screen's thread is stuck.

Textual 8.2 ends by messages to the screen's thread. Where that thread is held up, by a defect or by a text that takes
far longer than anybody knew, nobody reads them: neither a signal nor the key that quits ends the program. Then another
thread gives the terminal back and ends the process.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NamedTuple

from textual.app import App
from textual.driver import Driver
from textual.events import Key
from textual.message import Message
from textual.widgets import Input

PATIENCE = 2.0
"""Seconds without an answer after which the screen's thread, once it was told to end, counts as stuck."""

_LETTING_GO = 0.6
"""Seconds that `Ending.let_go` may take, which writes marks that wait and closes the library."""

_CLOSING = 8.0
"""The same as `PATIENCE` for a screen that is closing: it may wait for other programs that write the marks."""

_AGAIN = 0.2
"""Seconds between two questions to a thread that answers."""

_GIVE_BACK = (
    b"\x1b[?2004l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1004l\x1b[<u\x1b[?7h\x1b[?2048l\x1b[?25h\x1b[?1049l"
)
"""What Textual's driver writes at its end: pasting, mouse, focus, keys, line wrap, sizes, cursor, the old screen."""


class Ending(NamedTuple):
    """What there is to do at the end. All of it is called by other threads than the screen's.

    Attributes:
        keep: writes marks that wait, and where the person is; the program may go on afterwards.
        let_go: closes the library, and writes marks that wait; it is given up where it takes long.
        is_closing: whether the screen's thread is closing the library itself.
    """

    keep: Callable[[], None] = lambda: None
    let_go: Callable[[], None] = lambda: None
    is_closing: Callable[[], bool] = lambda: False


class Watch:
    """Ends the process where the screen's thread was told to end, and is stuck.

    Args:
        app: the app.
        loop: the loop of its thread.
        ending: what there is to do at the end.
    """

    def __init__(self, app: App[Any], loop: asyncio.AbstractEventLoop, ending: Ending) -> None:
        self._app = app
        self._loop = loop
        self._ending = ending
        self._has_kept = False

    def begin(self, code: int, is_meant: Callable[[], bool] | None = None) -> threading.Thread:
        """Watch from now on, in a thread of its own; gives that thread.

        Args:
            code: the exit code.
            is_meant: says whether the person still wants the end. With it, one answer of the screen's thread ends the
                watch; without it, the watch goes on until the app has ended.
        """
        watching = threading.Thread(target=self._watch, args=(code, is_meant), daemon=True)
        watching.start()
        return watching

    def _watch(self, code: int, is_meant: Callable[[], bool] | None) -> None:
        with suppress(RuntimeError):  # the loop has ended: nothing is stuck
            while self._app.is_running:
                if not self._is_stuck():
                    if is_meant is not None:
                        return
                    time.sleep(_AGAIN)
                elif is_meant is None or is_meant():
                    self._end(code)
                else:
                    return

    def _is_stuck(self) -> bool:
        answers = threading.Event()
        self._loop.call_soon_threadsafe(answers.set)
        asked = time.monotonic()
        while not answers.wait(PATIENCE) and self._app.is_running:
            if _is_lent(self._app):  # the screen's thread waits for an editor that the person is in: that is not stuck
                self._keep()
            elif not self._ending.is_closing() or time.monotonic() - asked > _CLOSING:
                return True
        return False

    def _keep(self) -> None:
        if not self._has_kept:
            self._has_kept = True
            self._ending.keep()

    def _end(self, code: int) -> None:
        letting_go = threading.Thread(target=self._let_go, daemon=True)
        letting_go.start()
        letting_go.join(_LETTING_GO)
        give_back(self._app)
        os._exit(code)

    def _let_go(self) -> None:
        self._ending.let_go()
        self._keep()


class Impatience:
    """Tells by the keys that are pressed whether a person wants to leave a screen that does nothing any more.

    They do as long as the key that quits is the last one. Where other keys follow it, the person is typing ahead of a
    busy screen, perhaps into a line where that key is a letter.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pressed = self._answered = 0
        self.quits = 0
        """How often the key that quits was pressed in a row while the screen has not handled all keys."""

    def press(self, *, quits: bool) -> int:
        """Take in a key; gives its number, for `answer`.

        Args:
            quits: whether it is the one that quits.
        """
        with self._lock:
            before = self.quits if self._answered < self._pressed else 0
            self.quits = before + 1 if quits else 0
            self._pressed += 1
            return self._pressed

    def answer(self, number: int) -> None:
        """The screen's thread has handled the key with this number."""
        with self._lock:
            self._answered = number


def heeding(driver: type[Driver]) -> type[Driver]:
    """A driver whose reading thread calls `overhear` of the app with each key, before the screen's thread gets it."""

    class Heeding(driver):  # type: ignore[valid-type,misc]
        def send_message(self, message: Message) -> None:
            if isinstance(message, Key) and threading.current_thread() is not threading.main_thread():
                self._app.overhear(message)
            super().send_message(message)

    return Heeding


def is_typed_into(app: App[Any]) -> bool:
    """Whether the focus is in a line that is typed in, where keys are letters."""
    return isinstance(app.focused, Input)


def _is_lent(app: App[Any]) -> bool:
    """Whether the terminal is lent to another program: then no thread of ours reads it."""
    reading: threading.Thread | None = getattr(app._driver, "_key_thread", None)
    return reading is None or not reading.is_alive()


def give_back(app: App[Any]) -> None:
    """Give the terminal back without the app, from any thread."""
    import termios

    driver: Any = app._driver
    with suppress(OSError, ValueError, AttributeError, termios.error):  # a terminal that is gone needs nothing
        if (before := driver.attrs_before) is not None:
            termios.tcsetattr(driver.fileno, termios.TCSANOW, before)
    with suppress(OSError, ValueError, AttributeError):
        os.write(sys.__stderr__.fileno(), _GIVE_BACK)  # type: ignore[union-attr]
