"""Pipes and sockets. The program ends when the reader of its output is gone, but not when another process is."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def raising_broken_pipes() -> Iterator[None]:
    """Within it, writing to a process that is gone raises `BrokenPipeError` instead of ending this process.

    It applies to this thread, and to the threads and processes that it starts meanwhile.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _BROKEN)
    try:
        yield
    finally:
        if _BROKEN & signal.sigpending():
            signal.sigwait(_BROKEN)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_BROKEN = {signal.SIGPIPE}
