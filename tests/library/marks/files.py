"""Files of marks as the tests make, spoil and look at them."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from reader.library.marks import schema

if TYPE_CHECKING:
    pass

PAGE = schema.PAGE
KEYS = [f"https://site{number % 7}.example/2024/02/some-headline-{number}" for number in range(400)]
LONG = "".join(f"line {number}\n" for number in range(1_500)).strip()
MOST_ON_A_PAGE = 80


def copies(file: Path) -> list[Path]:
    """Files beside the marks that are neither SQLite's nor the lock."""
    return sorted(path for path in file.parent.iterdir() if path.name.startswith((f"{file.name}.d", f"{file.name}.b")))


def is_whole(file: Path) -> bool:
    with closing(sqlite3.connect(file)) as connection:
        return bool(connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)])


def spoiled(file: Path, number: int, how: str) -> bytes:
    """Spoil one page of a file, counted from 0; gives the file as it is then."""
    data = bytearray(file.read_bytes())
    garbage = {"random": random.Random(number).randbytes(PAGE), "zero": bytes(PAGE), "half": None}[how]
    if garbage is None:
        garbage = bytes(data[number * PAGE : number * PAGE + PAGE // 2]) + random.Random(number).randbytes(PAGE // 2)
    data[number * PAGE : (number + 1) * PAGE] = garbage
    file.write_bytes(data)
    return bytes(data)
