"""A program that is killed while it sets marks has lost none that it was told are set."""

from __future__ import annotations

import os
import random
import select
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

import copies
from examples import thinned
from reader.library.marks.marks import MarkKind, Marks

ROUNDS = int(os.environ.get("READER_TEST_KILLS", "20"))
"""How often it is killed; `tests/bench/kills.py` kills the whole program on a terminal."""
AT_ONCE = 4

CHILD = """
import itertools, sys
from datetime import UTC, datetime
from pathlib import Path
from reader.library.marks.marks import MarkKind, Marks
marks = Marks(Path(sys.argv[1]), lambda: datetime(2024, 2, 20, tzinfo=UTC))
for number in itertools.count():
    keys = [f"https://{sys.argv[2]}.example/{number}/{part}" for part in range(1 + number % 7 * 40)]
    marks.set(keys, MarkKind.READ, True)
    print(number, len(keys), flush=True)
    if number % 5 == 4:
        marks.set(keys[:1], MarkKind.STARRED, True)
        marks.undo()
"""


def killed(file: Path, name: str, seconds: float) -> list[str]:
    """Let a process set marks until it is killed, so many seconds after its first; gives what it said."""
    with copies.Popen(
        [sys.executable, "-c", CHILD, str(file), name], text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as child:
        assert child.stdout is not None
        if seconds > 0:
            select.select([child.stdout], [], [], 20)
        time.sleep(abs(seconds))
        child.send_signal(signal.SIGKILL)
        return str(child.stdout.read()).splitlines()


@pytest.mark.parametrize("part", thinned(range(AT_ONCE), every=2))
def test_what_was_set_is_there_after_a_kill(part: int, tmp_path: Path) -> None:
    chance = random.Random(part)
    file = tmp_path / "data" / "marks.sqlite3"
    told: set[str] = set()
    for kill in range(ROUNDS // AT_ONCE):
        # Some are killed while they start: as soon as python has begun, the file is made or opened.
        seconds = chance.uniform(0.0, 0.08) if kill else -chance.uniform(0.03, 0.15)
        for line in killed(file, f"k{kill}", seconds):
            number, _, count = line.partition(" ")
            if count and line == f"{int(number)} {int(count)}":
                told |= {f"https://k{kill}.example/{number}/{part}" for part in range(int(count))}
        with Marks(file, lambda: datetime(2024, 2, 20, tzinfo=UTC)) as marks:
            assert told <= marks.keys(MarkKind.READ)
            assert marks.note == ""
        if file.exists():
            with closing(sqlite3.connect(file)) as connection:
                assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert told
