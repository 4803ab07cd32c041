"""What is still done when a file in use becomes shorter under the program: SIGBUS, at the next look at what is gone.

SQLite maps the memory that its log shares into the process (`…-shm`), and another program may truncate that file. A
handler in Python would never run, as the thread that failed fails again at once; a function that C calls does. The
marks themselves lose nothing by it: what was committed stands in the log.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import suppress

EXIT_CODE = 128 + signal.SIGBUS
"""As a shell tells of a program that ended by the signal."""

_handlers: list[object] = []
"""What C calls lives as long as the process."""


def at_bus_error(act: Callable[[], None]) -> None:
    """At a bus error do something, and end the process at once; nothing where the platform does not let C call us.

    Args:
        act: what is done, in whichever thread failed. Locks that this one holds stay locked: it must need none.
    """
    import ctypes

    def end(_: int) -> None:
        try:
            act()
        finally:
            os._exit(EXIT_CODE)

    with suppress(OSError, AttributeError, MemoryError):  # systems that forbid memory to be written and run
        kind = ctypes.CFUNCTYPE(None, ctypes.c_int)
        handler = kind(end)
        install = ctypes.CDLL(None).signal
        install.argtypes, install.restype = [ctypes.c_int, kind], ctypes.c_void_p
        install(signal.SIGBUS, handler)
        _handlers.append(handler)
