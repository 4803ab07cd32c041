"""Locks, by files, for what no two copies of the program may do at the same time."""

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
    """Hold a lock. The system releases it when the process ends, however that happens.

    Args:
        file: the file to lock. It is made where it is missing, is empty, and stays.
        patience: seconds to wait for another process that holds the lock.

    Raises:
        LockedError: another process held it all that time.
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
