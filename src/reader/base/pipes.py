"""Pipes to other processes, in a program that ends where the reader of its output is gone."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def broken_pipes_told() -> Iterator[None]:
    """Have what is written to a process that is gone raise `BrokenPipeError`, where it would end this process.

    That holds for this thread, and for those that it starts meanwhile.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _BROKEN)
    try:
        yield
    finally:
        if _BROKEN & signal.sigpending():
            signal.sigwait(_BROKEN)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_BROKEN = {signal.SIGPIPE}
