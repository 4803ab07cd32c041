"""What is still done at SIGBUS: a file in use was truncated, and the program has read memory that is gone.

SQLite maps a file (`…-shm`) into memory, and another program may truncate that. A handler in Python would never run, as
the thread that failed fails again at once; a function that C calls does. The marks lose nothing: what was committed is
in the log.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import suppress

EXIT_CODE = 128 + signal.SIGBUS
"""The exit code of a shell for a program that was ended by the signal."""

_handlers: list[object] = []
"""The functions that C calls: they must live as long as the process."""


def at_bus_error(act: Callable[[], None]) -> None:
    """Have something done at a bus error, after which the process ends at once.

    Where the platform does not let C call Python, nothing is done.

    Args:
        act: called in the thread that failed. Locks that this thread holds stay locked, so it must not need any.
    """
    import ctypes

    def end(_: int) -> None:
        try:
            act()
        finally:
            os._exit(EXIT_CODE)

    with suppress(OSError, AttributeError, MemoryError):  # some systems forbid memory that is both written and run
        kind = ctypes.CFUNCTYPE(None, ctypes.c_int)
        handler = kind(end)
        install = ctypes.CDLL(None).signal
        install.argtypes, install.restype = [ctypes.c_int, kind], ctypes.c_void_p
        install(signal.SIGBUS, handler)
        _handlers.append(handler)
