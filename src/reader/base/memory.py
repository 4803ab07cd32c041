"""Memory: giving back to the system what is no longer needed, and collecting garbage less often."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_LARGE = 1 << 17
"""From so many bytes on, a piece of memory is taken from the system by itself. It is the C library's default."""

_MMAP_THRESHOLD, _ARENA_MAX = -3, -8
"""Parameters of `mallopt`: for that number, and for how many heaps there may be. Their source:
https://man7.org/linux/man-pages/man3/mallopt.3.html."""

SELDOM = (100_000, 20, 20)
"""Thresholds for `gc.set_threshold` with which Python looks for cycles less often."""


def set_large_apart() -> None:
    """From now on have large pieces of memory go back to the system as soon as they are freed.

    The C library of Linux does so at first, but no longer once something large was freed: then pieces in use lie
    between free ones, and the program keeps all of them. On other systems this does nothing.
    """
    import ctypes

    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, _LARGE)


def share_heaps() -> None:
    """From now on have new threads use the heaps that there are.

    The C library of Linux makes a heap for each thread, up to eight for each processor, and what one has free serves no
    other. Of Python's threads one at a time runs and asks for memory. On other systems this does nothing.
    """
    import ctypes

    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)


def give_back() -> None:
    """Give back to the system the memory that was needed for a long answer.

    The C library of Linux keeps what was freed between pieces in use, so that the program grows with each such answer.
    On other systems this does nothing.
    """
    import ctypes

    with suppress(OSError, AttributeError, TypeError):  # another C library, or none that can be asked
        ctypes.CDLL(None).malloc_trim(0)


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Within it, Python looks for cycles less often. With many objects and few cycles, that halves the time."""
    before = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
