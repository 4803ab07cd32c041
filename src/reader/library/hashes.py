"""Numbers that stand for texts in the index, where the texts themselves would take more room and time."""

from __future__ import annotations

try:
    from _blake2 import (
        blake2b,
    )  # `hashlib` gives the same function, but loads OpenSSL, which every start would wait for
except ImportError:
    from hashlib import blake2b


def hash64(data: bytes) -> int:
    """A hash of 64 bits, with a sign, as SQLite's whole numbers are.

    The odds that any two of a million have the same are one in forty million.
    """
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big", signed=True)
