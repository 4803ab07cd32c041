"""Memory that is needed no more."""

from __future__ import annotations

from contextlib import suppress


def give_back() -> None:
    """Give the system back what was needed for a long answer.

    The C library of Linux keeps what was freed in between what is still used, and grows with each such answer.
    Elsewhere this does nothing.
    """
    import ctypes

    with suppress(OSError, AttributeError, TypeError):  # another C library, or none that can be asked
        ctypes.CDLL(None).malloc_trim(0)
