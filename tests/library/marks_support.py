"""What the tests of the marks share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def memory_disk() -> Iterator[Path]:
    """A folder for many small files, on the system's memory disk where there is one: each is waited for."""
    place = Path("/dev/shm")
    with TemporaryDirectory(prefix="reader-test-", dir=place if os.access(place, os.W_OK) else None) as folder:
        yield Path(folder)
