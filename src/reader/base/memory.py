"""Memory: giving back what is needed no more, and looking for garbage less often."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_LARGE = 1 << 17
"""Bytes from which on a piece of memory is taken from the system by itself: with that the C library begins."""

_MMAP_THRESHOLD = -3
"""What `mallopt` calls that number: https://man7.org/linux/man-pages/man3/mallopt.3.html."""

SELDOM = (100_000, 20, 20)
"""How many new objects it takes until Python looks for cycles among them; see `gc.set_threshold`."""


def set_large_apart() -> None:
    """From now on what is large goes back to the system as soon as it is freed.

    The C library of Linux does so at first, and no longer once something large was freed: what is still used then lies
    between what is not, and the program keeps all of it. Elsewhere this does nothing.
    """
    import ctypes

    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, _LARGE)


def give_back() -> None:
    """Give the system back what was needed for a long answer.

    The C library of Linux keeps what was freed in between what is still used, and grows with each such answer.
    Elsewhere this does nothing.
    """
    import ctypes

    with suppress(OSError, AttributeError, TypeError):  # another C library, or none that can be asked
        ctypes.CDLL(None).malloc_trim(0)


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Within it cycles are looked for less often: for many objects with few cycles, that halves the time."""
    before = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
