"""Kills the program while it sets marks, and compares what its screen had shown with what is in the file afterwards.

`python tests/bench/kills.py [--rounds N] [--seed N]`. In every other round the marks are taken off again. A round that
finds a mark that was shown and is not there, or a file that SQLite does not find whole, ends the run with exit code 1.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.command import tell
from reader.library.marks.marks import MarkKind, Marks
from support import Desk, Terminal

STORIES = 60
LONGEST = 2.0
"""Seconds after the first stories are shown within which the program is killed."""

EARLY = 0.15
"""The part of the rounds in which it is killed while it starts."""

_ROW = re.compile(r"([●○]) +Number (\d{3})\b.*?\n.([★ ])")
_STORY = """---
title: Number {0:03} of the tests
publishedDateTime: '2020-02-20T10:{0:02}:00Z'
webUrl: https://number.example/{0:03}
provider: {{name: The Test, domain: number.example}}
topics: []
---
"""

Mark = tuple[str, int]
"""The kind of mark and the number of the story."""


@dataclass
class Seen:
    """What a screen has shown of marks: those that stood on it at any time, and those that were missing.

    While the list scrolls, the lines of two stories may stand side by side for a moment: only what stood with the same
    stories twice is taken.
    """

    on: set[Mark] = field(default_factory=set)
    off: set[Mark] = field(default_factory=set)
    _last: list[tuple[str, str, str]] = field(default_factory=list)

    def take(self, text: str) -> None:
        """Take in what stands on a screen."""
        rows = rows_of(text)
        if [row[1] for row in rows] == [row[1] for row in self._last]:
            for sign, number, star in rows:
                (self.on if sign == "○" else self.off).add(("read", int(number)))
                (self.on if star == "★" else self.off).add(("starred", int(number)))
        self._last = rows


def rows_of(text: str) -> list[tuple[str, str, str]]:
    """The rows of the list on a screen: the sign of what was read, the story's number, the star."""
    return _ROW.findall("\n".join(line[1:45] for line in text.splitlines()))


def in_file(file: Path) -> set[Mark]:
    """The marks in the file.

    Raises:
        AssertionError: it is damaged.
    """
    if not file.exists():
        return set()
    with Marks(file, lambda: datetime.now(UTC)) as marks:
        found = {
            (str(kind), int(key.rpartition("/")[2]))
            for kind in (MarkKind.READ, MarkKind.STARRED)
            for key in marks.keys(kind)
        }
        assert not marks.note, marks.note
    with closing(sqlite3.connect(file)) as connection:
        told = connection.execute("PRAGMA integrity_check").fetchall()
    assert told == [("ok",)], told
    return found


def one_round(terminal: Terminal, chance: random.Random, before: set[Mark], *, sets: bool) -> Seen:
    """Set marks down the list until the program is killed; gives what its screen had shown by then.

    Args:
        terminal: the program, just started.
        chance: says when it is killed.
        before: the marks that are in the file.
        sets: whether marks are set, or taken off.
    """
    seen, presses = Seen(), keys(before, sets=sets)
    is_early = chance.random() < EARLY
    if not is_early:
        terminal.wait_for(lambda text: len(rows_of(text)) > 10)
    end = time.monotonic() + chance.uniform(0, LONGEST)
    while time.monotonic() < end:
        terminal.send(next(presses))
        pause = time.monotonic() + chance.choice((0.0, 0.02, 0.05, 0.15))
        while terminal.read(max(pause - time.monotonic(), 0)):
            pass
        seen.take(terminal.text)
    os.kill(terminal.process.pid, signal.SIGKILL)
    while terminal.read(0.1):  # what it had drawn by then
        pass
    seen.take(terminal.text)
    return seen


def keys(before: set[Mark], *, sets: bool) -> Iterator[str]:
    """The keys that set the marks of one story after the other where they are missing, or take them off."""
    for number in range(STORIES - 1, -1, -1):  # the newest first
        if (("read", number) in before) != sets:
            yield "r"
        if (("starred", number) in before) != sets:
            yield "s"
        yield "j"
    while True:
        yield "k"


def run(rounds: int, seed: int, source: str) -> int:
    """Kill it so many times; `source` is the folder the program is taken from, if not empty. Gives the exit code."""
    chance = random.Random(seed)
    shown = changed = 0
    with tempfile.TemporaryDirectory(prefix="reader-kills-") as name:
        desk = Desk(Path(name))
        folder = desk.home / "news"
        folder.mkdir()
        for number in range(STORIES):
            (folder / f"{number:03}.md").write_text(_STORY.format(number), encoding="utf-8")
        (desk.home / "config").mkdir()
        (desk.home / "config" / "config.toml").write_text('mark_read = "never"\n', encoding="utf-8")
        file, before = desk.home / "data" / "marks.sqlite3", set[Mark]()
        for number in range(rounds):
            sets = number % 2 == 0
            terminal = desk.start(str(folder), "--fresh", "--no-watch", PYTHONPATH=source)
            seen = one_round(terminal, chance, before, sets=sets)
            terminal.close()
            after = in_file(file)
            lost = seen.on - after if sets else (seen.off & after)
            if lost:
                tell(f"round {number}: shown and not kept: {sorted(lost)}\n{terminal.text}")
                return 1
            shown += len((seen.on - before) if sets else (seen.off & before))
            changed += len(after ^ before)
            before = after
            if number % 10 == 9:
                tell(f"{number + 1} kills; {shown:,} changes shown, {changed:,} in the file; none lost")
    sys.stdout.write(f"{rounds} kills, {shown:,} changes shown, {changed:,} in the file, none lost, every file whole\n")
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Kill the program while it sets marks.")
    parser.add_argument("--rounds", type=int, default=200, help="how often (default: 200)")
    parser.add_argument("--seed", type=int, default=1, help="for the moments")
    parser.add_argument("--source", type=Path, help="take the program from there: a folder like `src`")
    options = parser.parse_args()
    sys.exit(run(options.rounds, options.seed, str(options.source.resolve()) if options.source else ""))
