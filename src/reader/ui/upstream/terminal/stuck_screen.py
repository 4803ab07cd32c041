"""The end of a screen whose thread does nothing any more.

Textual 8.2 ends by messages to the thread that draws. Where that thread is held up, by a defect or by a text that takes
far longer than anybody knew, nobody reads them. Then the terminal is given back from outside, and the process ends.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from textual.app import App

PATIENCE = 2.0
"""Seconds for which the screen's thread may say nothing once it was told to end."""

_LETTING_GO = 0.6
"""Seconds in which what is held, such as marks that wait to be written, is let go of."""

_GIVE_BACK = (
    b"\x1b[?2004l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1004l\x1b[<u\x1b[?7h\x1b[?2048l\x1b[?25h\x1b[?1049l"
)
"""What Textual's driver says at its end: pasting, mouse, focus, keys, line wrap, sizes, cursor, the screen before."""


def end_if_stuck(app: App[Any], loop: asyncio.AbstractEventLoop, code: int, let_go: Callable[[], None]) -> None:
    """End the process where the screen's thread does not answer in time; to be called in a thread of its own.

    Args:
        app: the app, which was told to end.
        loop: the loop of its thread.
        code: the exit code.
        let_go: lets go of what is held; it is called from a thread, and given up where it takes long.
    """
    answers = threading.Event()
    with suppress(RuntimeError):  # the loop has ended: then all goes its way
        loop.call_soon_threadsafe(answers.set)
        while not answers.wait(PATIENCE):
            if _is_lent(app):
                continue  # the person is in an editor: it is waited for, and the screen's thread with it
            letting_go = threading.Thread(target=let_go, daemon=True)
            letting_go.start()
            letting_go.join(_LETTING_GO)
            _give_back(app)
            os._exit(code)


def _is_lent(app: App[Any]) -> bool:
    """Whether the terminal is another program's for now: then nothing of ours reads it."""
    reading: threading.Thread | None = getattr(app._driver, "_key_thread", None)
    return reading is None or not reading.is_alive()


def _give_back(app: App[Any]) -> None:
    import termios

    driver: Any = app._driver
    with suppress(OSError, ValueError, AttributeError, termios.error):  # what of it is gone needs nothing
        if (before := driver.attrs_before) is not None:
            termios.tcsetattr(driver.fileno, termios.TCSANOW, before)
    with suppress(OSError, ValueError, AttributeError):
        os.write(sys.__stderr__.fileno(), _GIVE_BACK)  # type: ignore[union-attr]
