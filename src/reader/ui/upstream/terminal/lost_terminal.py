"""An end without a terminal, or with one that takes nothing any more.

Textual 8.2. The thread that draws ends with an error where the terminal has gone away; what is drawn then fills its
queue, and the program waits without end for room in it. The thread that reads takes the same for a defect. And the
end of the program waits until all that was drawn is taken, which a terminal that was halted (ctrl+s) never does. No
upstream issue is known.
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
"""Seconds for which a terminal that takes nothing is waited for at the end."""

STIR = signal.SIGURG
"""The signal that has a thread try again what it was writing; nothing else sends it to this program."""


def has_terminal() -> bool:
    """Whether the terminal is still there."""
    import termios

    try:
        termios.tcgetattr(sys.__stdin__.fileno() if sys.__stdin__ else 0)
    except (termios.error, OSError, ValueError):
        return False
    return True


def draw_into_nothing() -> None:
    """Let what is drawn from now on go nowhere: writing to a terminal that is gone fails."""
    with suppress(OSError, ValueError, AttributeError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, sys.__stderr__.fileno())  # type: ignore[union-attr]
        os.close(nothing)


def end(app: App[Any], number: int = signal.SIGHUP) -> None:
    """End an app as a signal ends a program, also where there is no terminal any more.

    Args:
        app: the app.
        number: the signal's; the exit code tells of it.
    """
    if not has_terminal():
        draw_into_nothing()
    app.exit(return_code=128 + number)


def was_drawing(failure: threading.ExceptHookArgs) -> bool:
    """Whether a thread that ended with an error is the one that draws, whose terminal went away."""
    from textual.drivers._writer_thread import WriterThread

    return isinstance(failure.thread, WriterThread) and isinstance(failure.exc_value, OSError)


def leave_unread() -> None:
    """Wait until the terminal has taken nothing for a while; then draw into nothing, also what is being written."""
    writing = sys.__stderr__.fileno() if sys.__stderr__ is not None else 2
    seen = time.monotonic()
    with suppress(OSError, ValueError):  # the terminal is gone: that is heard of elsewhere
        while time.monotonic() - seen < UNREAD:
            if select.select([], [writing], [], 0)[1]:
                seen = time.monotonic()
            time.sleep(0.1)
        draw_into_nothing()
        for thread in threading.enumerate():
            if thread.ident is not None:
                signal.pthread_kill(thread.ident, STIR)  # what it writes is written again, to where it goes now
