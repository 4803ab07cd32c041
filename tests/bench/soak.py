"""Copies of the program under random keys, on one library that changes under them and one file of marks.

`python tests/bench/soak.py [--minutes N] [--stories N] [--seed N] [--work FOLDER] [--copies N] [--library FOLDER]`
prints the memory of each, three times a minute, and ends with 1 if a copy ended by itself, or if its memory grew by
more than a tenth after the first ten minutes (a third of the time, where it is shorter). A library that is named, as
one of a million stories, stays as it is but for a folder of its own that changes and goes in the end; an index of it
that lies in `FOLDER/cache` of the work is taken up.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import random
import select
import shutil
import signal
import struct
import sys
import tempfile
import termios
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.make_library import make_stories
from bench.story_files import write_library

GROWTH = 1.10
"""By how much memory may grow after the first while."""

CHANGING = "soak"
"""The folder that changes, in a library that is there already."""

FIRST_WHILE = 10.0
"""Minutes that memory is given to find its size."""

_MOVES = ("j", "k", "J", "K", " ", "g", "G", "\x04", "\x15", "\x1b[B", "\x1b[A", "\x1b[6~", "\x1b[5~", "h", "l", "\t")
_VIEWS = ("c", "v", "x", "]", "[", "\r", "\x7f", "a", "E", "\\", "z", "d", "L", "1", "2", "0", "n", "p")
_MARKS = ("s", "r", "O", "w", "U", "U")
_DIALOGS = ("u", "t", "=", "i", "?", "!", "f", "b", "T")
_WORDS = ("/met", "/is:unread", "/topic:", "/(", "/heat:>5 OR is:starred", "/zzz", "/date:2020..2022")
"""Without a `q`, which quits where a dialog took the `/`."""
_AWAY = "\x1b\x1b\x1b"
_END = b"\x1b[?1049l"


def keys(chance: random.Random) -> str:
    """Some keys: mostly moves, at times a dialog or a search and the way out of it."""
    pick = chance.random()
    if pick < 0.60:
        return chance.choice(_MOVES) * chance.choice((1, 1, 2, 5, 20))
    if pick < 0.78:
        return chance.choice(_VIEWS)
    if pick < 0.86:
        return chance.choice(_MARKS)
    if pick < 0.91:
        return chance.choice(_DIALOGS) + chance.choice(("", "j", "jj\x1b[B")) + _AWAY
    if pick < 0.96:
        word = chance.choice(_WORDS)  # where `:` opened the palette, Enter might choose to quit
        return word + (chance.choice(("\r", "")) if ":" not in word else "") + _AWAY
    if pick < 0.97:
        return "R"
    if pick < 0.98:
        return "\x12"
    return f"\x1b[<0;{chance.randrange(1, 200)};{chance.randrange(1, 60)}M\x1b[<0;1;1m"


@dataclass
class Copy:
    """One copy of the program on a pseudo-terminal; what it draws is thrown away.

    Attributes:
        pid: its process.
        memory: its own bytes of memory, sample by sample.
        code: how it ended by itself; None where it has not.
        last: the end of what it wrote.
    """

    pid: int
    terminal: int
    memory: list[int] = field(default_factory=list)
    code: int | None = None
    last: bytes = b""

    def read(self) -> None:
        """Throw away what it has drawn."""
        with suppress(OSError):
            while select.select([self.terminal], [], [], 0)[0] and (data := os.read(self.terminal, 1 << 16)):
                self.last = (self.last + data)[-20_000:]

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of its terminal."""
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def press(self, text: str) -> None:
        """Press keys; none while it has not taken the last ones."""
        if select.select([], [self.terminal], [], 0)[1]:
            with suppress(OSError):
                os.write(self.terminal, text.encode())

    def is_running(self) -> bool:
        """Whether it runs; its exit code is kept where it does not."""
        if self.code is None:
            process, status = os.waitpid(self.pid, os.WNOHANG)
            if process:
                self.code = os.waitstatus_to_exitcode(status)
        return self.code is None

    def close(self, seconds: float = 20) -> None:
        """Let it end."""
        self.press(_AWAY)
        for number in (signal.SIGTERM, signal.SIGABRT, signal.SIGKILL):  # the second has it say where it hangs
            end = time.monotonic() + seconds
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)
            while time.monotonic() < end:
                self.read()
                if not self.is_running():
                    os.close(self.terminal)
                    return
                time.sleep(0.02)


def start(folder: Path, environment: Mapping[str, str]) -> Copy:
    """Start a copy on a folder."""
    pid, terminal = pty.fork()
    if pid == 0:
        try:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
            os.chdir(environment["HOME"])
            os.execvpe(sys.executable, [sys.executable, "-m", "reader", str(folder)], dict(environment))
        finally:
            os._exit(127)
    return Copy(pid, terminal)


def own_memory(pid: int) -> int:
    """The bytes of memory that are a process's alone; 0 where it has ended."""
    total = 0
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Private_"):
                total += int(line.split()[1]) * 1024
    return total


class Unrest(threading.Thread):
    """Adds, changes, spoils, renames and removes stories, until it is told to stop; about as many stay."""

    def __init__(self, folder: Path, chance: random.Random, pause: float) -> None:
        super().__init__(daemon=True)
        self.stop = threading.Event()
        self.changes = 0
        self._folder, self._chance, self._pause = folder, chance, pause
        self._texts = [file.read_bytes() for file in sorted(folder.rglob("*.md"))]

    def run(self) -> None:
        """Change something, and again."""
        acts: tuple[Callable[[Path], object], ...] = (
            self._add, self._add, self._add, self._change, self._change, self._spoil, self._rename, self._remove,
            self._remove, self._remove,
        )  # fmt: skip
        while not self.stop.wait(self._chance.uniform(0, 2 * self._pause)):
            files = sorted(self._folder.rglob("*.md"))
            if files:
                with suppress(OSError):
                    self._chance.choice(acts)(self._chance.choice(files))
            if len(files) < len(self._texts) // 2:
                self._add(files[0] if files else self._folder / "first.md")
            self.changes += 1

    def _text(self) -> bytes:
        return self._chance.choice(self._texts).replace(b"title: ", b"title: %d " % self.changes, 1)

    def _add(self, near: Path) -> None:
        near.with_name(f"soak-{self._chance.randrange(10_000)}.md").write_bytes(self._text())

    def _change(self, file: Path) -> None:
        file.write_bytes(self._text())

    def _spoil(self, file: Path) -> None:
        data = bytearray(file.read_bytes())
        for _ in range(20):
            data[self._chance.randrange(len(data))] = self._chance.randrange(256)
        file.write_bytes(data[: self._chance.randrange(1, len(data) + 1)])

    def _rename(self, file: Path) -> None:
        file.rename(file.with_name(f"renamed-{self._chance.randrange(10_000)}.md"))

    def _remove(self, file: Path) -> None:
        file.unlink()


@dataclass(frozen=True)
class Outcome:
    """What came of a soak.

    Attributes:
        memory: of each copy, sample by sample, in bytes.
        codes: how each ended when it was told to; 128 + SIGTERM is as it should.
        ended: what was written last by those that ended before.
        pressed: how often keys were pressed.
        changes: how often the library was changed.
    """

    memory: list[list[int]]
    codes: list[int | None]
    ended: list[bytes]
    pressed: int
    changes: int

    def growth(self, first: float) -> list[float]:
        """Memory in the end against that after the first while, for each copy; the means of a fifth of the time each.

        What is on the screen and what is selected make more of a difference than an hour: single samples of a library
        of a million lie a third apart.

        Args:
            first: the first while, as a share of the whole.
        """
        grown = []
        for samples in filter(None, self.memory):  # one that ended at once has none
            settled = samples[int(len(samples) * first) :] or samples
            few = max(1, len(settled) // 5)
            grown.append(fmean(settled[-few:]) / fmean(settled[:few]))
        return grown


def soak(
    work: Path,
    seconds: float,
    *,
    stories: int = 300,
    seed: int = 1,
    count: int = 2,
    library: Path | None = None,
    every: float = 60.0,
    tell: Callable[[str], None] = lambda _: None,
    pause: float = 0.4,
) -> Outcome:
    """Run copies for a while.

    Args:
        work: a folder to work in; empty, but for an index of the library that is named.
        seconds: how long.
        stories: how many change, which are all that there are where no library is named.
        seed: makes the same keys again, though not the same times.
        count: of the copies.
        library: what they read, where it is there already.
        every: seconds between two looks at the memory.
        tell: is told each of them.
        pause: seconds between two changes of the library.
    """
    chance = random.Random(seed)
    folder = library or work / "library"
    changing = library / CHANGING if library else folder
    write_library(make_stories(stories, seed, "full"), changing, seed)
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(work), "TERM": "xterm-256color", "LANG": "C.UTF-8", "TZ": "UTC",
        "BROWSER": "true %s", "EDITOR": "true", "PYTHONFAULTHANDLER": "1", "READER_CRASH_DETAILS": "1",
        "READER_CACHE_DIR": str(work / "cache"), "READER_CONFIG_DIR": str(work / "config"),
        "READER_DATA_DIR": str(work / "data"),
    }  # fmt: skip
    unrest = Unrest(changing, random.Random(seed + 1), pause)
    copies = [start(folder, environment) for _ in range(count)]
    unrest.start()
    began = looked = time.monotonic()
    pressed = 0
    while (now := time.monotonic()) - began < seconds and all(copy.is_running() for copy in copies):
        for copy in copies:
            copy.read()
            if chance.random() < 0.5:
                copy.press(keys(chance))
                pressed += 1
            if chance.random() < 0.02:
                copy.resize(chance.randrange(20, 201), chance.randrange(6, 61))
        if now - looked >= every:
            looked = now
            for copy in copies:
                copy.memory.append(own_memory(copy.pid))
            amounts = "  ".join(f"{copy.memory[-1] / 1e6:6.1f} MB" for copy in copies)
            tell(f"{(now - began) / 60:6.1f} min  {amounts}  {pressed:,} keys, {unrest.changes:,} changes")
        time.sleep(0.03)
    unrest.stop.set()
    unrest.join()
    ended = [copy.last for copy in copies if not copy.is_running()]
    for copy in copies:
        copy.close()
        if copy.code in (-signal.SIGABRT, -signal.SIGKILL):
            ended.append(copy.last)
    if library:
        shutil.rmtree(changing)
    return Outcome([copy.memory for copy in copies], [copy.code for copy in copies], ended, pressed, unrest.changes)


def say(words: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main() -> int:
    """Soak, and tell."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--stories", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", type=Path, default=None)
    parser.add_argument("--copies", type=int, default=2)
    parser.add_argument("--library", type=Path, default=None)
    given = parser.parse_args()
    work = given.work or Path(tempfile.mkdtemp(prefix="reader-soak-"))
    work.mkdir(parents=True, exist_ok=True)
    outcome = soak(
        work,
        60 * given.minutes,
        stories=given.stories,
        seed=given.seed,
        count=given.copies,
        library=given.library,
        tell=say,
        every=min(20.0, 60 * given.minutes / 10),
    )
    growth = outcome.growth(min(FIRST_WHILE / given.minutes, 1 / 3))
    say(f"{outcome.pressed:,} keys, {outcome.changes:,} changes; ended with {outcome.codes}")
    say("memory after the first while, at the end: " + ", ".join(f"x {one:.3f}" for one in growth))
    reports = sorted((work / "data").glob("story-reader-crash-*"))
    for text in [*(file.read_text() for file in reports), *(last.decode(errors="replace") for last in outcome.ended)]:
        say(text[-3_000:])
    is_well = not outcome.ended and not reports and all(one <= GROWTH for one in growth)
    if given.work is None and is_well:
        shutil.rmtree(work)
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main())
