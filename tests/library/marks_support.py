"""What the tests of the marks share."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import copies

START = datetime(2024, 2, 20, 13, 59, tzinfo=UTC)
HOUR = timedelta(hours=1)
A, B, C = (f"https://news.example/{letter}" for letter in "abc")


def noon() -> datetime:
    """A clock that stands still."""
    return START


def rows_of(file: Path) -> list[tuple[object, ...]]:
    """All marks as they lie in a file."""
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT * FROM marks ORDER BY key, kind, label").fetchall()


@contextmanager
def memory_disk() -> Iterator[Path]:
    """A folder for many small files, on the system's memory disk where there is one: each is waited for."""
    place = Path("/dev/shm")
    with TemporaryDirectory(prefix="reader-test-", dir=place if os.access(place, os.W_OK) else None) as folder:
        yield Path(folder)


def errors_of_three(script: str, file: Path) -> list[str]:
    """Run a script in three processes that go on at the same moment; what each said on standard error.

    Args:
        script: reads a line before it goes on; its arguments are the file and a name of its own.
        file: what all of them work on.
    """
    pipe = subprocess.PIPE
    commands = [[sys.executable, "-c", script, str(file), name] for name in ("one", "two", "three")]
    children = [copies.Popen(command, stdin=pipe, stderr=pipe, text=True) for command in commands]
    for child in children:
        assert child.stdin is not None
        child.stdin.write("\n")
        child.stdin.flush()
    return [child.communicate(timeout=60)[1] for child in children]
