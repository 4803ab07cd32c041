"""Files that are locked while this program does what no two copies of it may do at once."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reader.base.private_files import make_folder

_STEP = 0.05
"""Seconds between two tries."""


class LockedError(Exception):
    """Another process holds the lock."""


@contextmanager
def locked(file: Path, patience: float = 0.0) -> Iterator[None]:
    """Hold a lock; the system lets go of it when the process ends, however that happens.

    Args:
        file: what is locked. It is made, holds nothing, and stays.
        patience: seconds to wait for whoever holds it.

    Raises:
        LockedError: it is held all that time.
        OSError: the file cannot be made.
    """
    make_folder(file.parent)
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _take(descriptor, time.monotonic() + patience)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, end: float) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= end:
                raise LockedError from error
            time.sleep(_STEP)
        else:
            return
