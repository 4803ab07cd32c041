"""Ending the program where the terminal is gone, or takes nothing any more.

Textual 8.2. The thread that writes to the terminal ends with an error where that has gone away; then what is drawn
fills the thread's queue, and the program waits for room in it without end. To the thread that reads, the same is a
defect. And the end of the program waits until the terminal has taken all that was drawn, which one that was halted
(ctrl+s) never does. No upstream issue is known.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
import time
from contextlib import suppress
from typing import Any

from textual.app import App

UNREAD = 3.0
"""Seconds after which, at the end, a terminal that takes nothing is no longer waited for."""

STIR = signal.SIGURG
"""The signal that interrupts a thread's write, so that it is tried again; nothing else sends it to this program."""


def has_terminal() -> bool:
    """Whether the terminal is still there."""
    import termios

    try:
        termios.tcgetattr(sys.__stdin__.fileno() if sys.__stdin__ else 0)
    except (termios.error, OSError, ValueError):
        return False
    return True


def draw_into_nothing() -> None:
    """Write to /dev/null instead of the terminal from now on: writing to one that is gone fails."""
    with suppress(OSError, ValueError, AttributeError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.__stderr__.fileno())  # type: ignore[union-attr]
        os.close(nothing)


def end(app: App[Any], number: int = signal.SIGHUP) -> None:
    """End an app as a signal would, also where there is no terminal any more.

    Args:
        app: the app.
        number: the signal's number; the exit code is 128 more, as in a shell.
    """
    if not has_terminal():
        draw_into_nothing()
    app.exit(return_code=128 + number)


def was_drawing(failure: threading.ExceptHookArgs) -> bool:
    """Whether a thread that ended with an error is the one that draws, whose terminal went away."""
    from textual.drivers._writer_thread import WriterThread

    return isinstance(failure.thread, WriterThread) and isinstance(failure.exc_value, OSError)


def leave_unread() -> None:
    """Wait until the terminal has taken nothing for `UNREAD` seconds; then send all output to /dev/null.

    A write that is under way is interrupted, so that it goes there as well. It runs in a thread of its own.
    """
    writing = sys.__stderr__.fileno() if sys.__stderr__ is not None else 2
    seen = time.monotonic()
    with suppress(OSError, ValueError):  # the terminal is gone: the thread that draws finds that out
        while time.monotonic() - seen < UNREAD:
            if select.select([], [writing], [], 0)[1]:
                seen = time.monotonic()
            time.sleep(0.1)
        draw_into_nothing()
        for thread in threading.enumerate():
            if thread.ident is not None:
                signal.pthread_kill(thread.ident, STIR)  # what it writes is written again, to where it goes now
