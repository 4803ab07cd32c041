"""Memory that is needed no more."""

from __future__ import annotations

from contextlib import suppress

_LARGE = 128 * 1024
"""Bytes from which on what is freed goes back to the system at once."""

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""Names of settings of Linux's C library (`mallopt`)."""


def give_back() -> None:
    """Give the system back what was needed for a long answer.

    The C library of Linux keeps what was freed in between what is still used, and grows with each such answer.
    Elsewhere this does nothing.
    """
    import ctypes

    with suppress(OSError, AttributeError, TypeError):  # another C library, or none that can be asked
        ctypes.CDLL(None).malloc_trim(0)


def give_back_large() -> None:
    """Have what is large given back to the system from now on as soon as it is freed.

    The C library of Linux begins so, and takes the size of what was freed for what is usual: after one list of a
    million stories it keeps up to 64 MB for the next, in between what is still used. Elsewhere this does nothing.
    """
    import ctypes

    with suppress(OSError, AttributeError, TypeError):  # another C library, or none that can be told
        library = ctypes.CDLL(None)
        library.mallopt(_MMAP_THRESHOLD, _LARGE)
        library.mallopt(_TRIM_THRESHOLD, _LARGE)
