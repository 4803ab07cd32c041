"""Where measurements take place: the libraries, a home of their own, and the program's commands."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from bench.make_library import Kind, make_stories, outlets
from bench.story_files import write_library
from bench.terminal import Program, children, processor_time

BENCH = Path(__file__).resolve().parent

LARGEST_FULL = 10_000
"""Libraries up to this size are made with long lists of related articles, larger ones with short ones."""

HOUR = 3_600

IDLE_TICKS = 5
"""A program that has worked no more than so many hundredths of a second in half a second is idle."""

ANY_HEADLINE = re.compile("|".join(re.escape(outlet.name) for outlet in outlets()).encode())
"""An outlet's name stands under every headline of the list, and nowhere before."""


def kind_of(size: int) -> Kind:
    """The kind of the library of a size."""
    return "full" if size <= LARGEST_FULL else "heads"


class Cost(NamedTuple):
    """What running a program cost.

    Attributes:
        seconds: how long it took.
        processor: seconds of the processor, of all its processes.
        memory: the most bytes that one of its processes held.
    """

    seconds: float
    processor: float
    memory: int


@dataclass
class Setting:
    """A work folder, and what is measured in it.

    Attributes:
        work: the folder; libraries in it are used again.
        runs: how often what is slow is measured.
        options: options of the program for every start of its screen.
        source: a folder to take the program from, instead of the one installed.
        say: where progress is told.
        config: what the program's configuration says.
    """

    work: Path
    runs: int
    options: Sequence[str] = ()
    source: Path | None = None
    say: Callable[[str], None] = lambda _: None
    config: str = ""
    _warm: set[Path] = field(default_factory=set)

    @property
    def home(self) -> Path:
        """The home folder of all that is started."""
        return self.work / "home"

    def environment(self, cache: Path | None = None) -> dict[str, str]:
        """All that a program sees of the world.

        Args:
            cache: the folder of the indexes; by default the one in which they are kept warm.
        """
        told = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "READER_CACHE_DIR": str(cache or self.home / "cache"),
            "READER_CONFIG_DIR": str(self.home / "config"),
            "READER_DATA_DIR": str(self.home / "data"),
        }
        if self.config:
            folder = self.home / "config-of-one"
            folder.mkdir(exist_ok=True)
            (folder / "config.toml").write_text(self.config, encoding="utf-8")
            told["READER_CONFIG_DIR"] = str(folder)
        if self.source:
            told["PYTHONPATH"] = str(self.source)
        return told

    def library(self, size: int, kind: Kind | None = None) -> Path:
        """The library of a size; made where there is none yet."""
        kind = kind or kind_of(size)
        folder = self.work / f"{kind}-{size}"
        if not folder.is_dir():
            self.say(f"making {folder.name}")
            part = folder.with_suffix(".part")
            shutil.rmtree(part, ignore_errors=True)
            write_library(make_stories(size, kind=kind), part)
            part.rename(folder)
        return folder

    def warm(self, folder: Path) -> Path:
        """Bring the index of a library up to date; gives the library's folder."""
        if folder not in self._warm:
            self.say(f"warming the index of {folder.name}")
            self.run("list", str(folder), "--limit", "1")
            self._warm.add(folder)
        return folder

    @property
    def cold(self) -> Path:
        """The folder of the indexes that are made to be measured."""
        return self.work / f"cold-{os.getpid()}"

    def cold_cache(self) -> Path:
        """A cache folder with nothing in it."""
        shutil.rmtree(self.cold, ignore_errors=True)
        self.cold.mkdir(parents=True)
        return self.cold

    def close(self) -> None:
        """Remove what is not used again."""
        shutil.rmtree(self.cold, ignore_errors=True)

    def run(self, *arguments: str, cache: Path | None = None) -> str:
        """Run the program without a terminal, and give what it printed.

        Raises:
            subprocess.CalledProcessError: it failed.
        """
        done = subprocess.run(
            [*READER, *arguments],
            env=self.environment(cache),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=True,
            timeout=HOUR,
        )
        return done.stdout

    def timed(self, *arguments: str, cache: Path | None = None) -> float:
        """Run the program without a terminal, and give the seconds it took."""
        started = time.perf_counter()
        self.run(*arguments, cache=cache)
        return time.perf_counter() - started

    def cost(self, *arguments: str, cache: Path | None = None) -> Cost:
        """Run the program without a terminal, and give what it cost.

        Raises:
            subprocess.CalledProcessError: it failed.
        """
        started = time.perf_counter()
        nothing = subprocess.DEVNULL
        with subprocess.Popen(
            [*READER, *arguments], env=self.environment(cache), stdin=nothing, stdout=nothing, stderr=nothing
        ) as process:
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, process.args)
        return Cost(time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)

    def screen(self, folder: Path, cache: Path | None = None) -> Program:
        """Start the screen on a library, with the newest story first: where the one before left it is forgotten."""
        (self.home / "data" / "state.json").unlink(missing_ok=True)
        return Program([*READER, str(folder), *self.options], self.environment(cache), LEAVES_SCREEN)

    def empty_app(self) -> Program:
        """Start the empty app."""
        return Program([sys.executable, str(BENCH / "empty_app.py")], self.environment())

    def headline(self, folder: Path, place: int = 1) -> re.Pattern[bytes]:
        """The first letters of a headline of the list; by default the second, which the story pane does not show."""
        lines = self.run("list", str(self.warm(folder)), "--json", "--limit", str(place + 1)).splitlines()
        title: str = json.loads(lines[min(place, len(lines) - 1)])["title"]
        return re.compile(re.escape(title[:22].strip().encode()))

    def rested(self, folder: Path) -> Program:
        """Start the screen on a library with a warm index, and wait until it rests."""
        words = self.headline(folder)
        program = self.screen(folder)
        try:
            program.wait_for(words)
            program.rest(1.0)
            wait_until_idle(program)
        except BaseException:
            program.close()
            raise
        return program

    def rescan(self, folder: Path) -> list[float]:
        """The seconds that looks at an unchanged folder take.

        Raises:
            subprocess.CalledProcessError: it failed.
        """
        return [float(seconds) for seconds in json.loads(self._script("rescan.py", folder))]

    def parse(self, folder: Path) -> float:
        """The seconds that a plain parse of a library's front matter takes; see `plain_parse`."""
        started = time.perf_counter()
        self._bench("plain_parse.py", folder)
        return time.perf_counter() - started

    @property
    def marks(self) -> Path:
        """The file of the marks in the home."""
        return Path(self.environment()["READER_DATA_DIR"]) / "marks.sqlite3"

    def marking(self, folder: Path) -> tuple[dict[str, list[float]], str]:
        """The seconds that `marking.py` measures, and a query that lists the stories it leaves unread.

        Raises:
            subprocess.CalledProcessError: it failed.
        """
        told = json.loads(self._script("marking.py", folder, str(self.marks)))
        return told["seconds"], told["query"]

    def _script(self, name: str, folder: Path, *more: str) -> str:
        self.warm(folder)
        return self._bench(name, folder, self.environment()["READER_CACHE_DIR"], *more, str(self.runs))

    def _bench(self, name: str, folder: Path, *more: str) -> str:
        done = subprocess.run(
            [sys.executable, str(BENCH / name), str(folder), *more],
            env=self.environment(),
            capture_output=True,
            text=True,
            check=True,
            timeout=HOUR,
        )
        return done.stdout


READER = (sys.executable, "-m", "reader")
"""The program."""


def wait_until_idle(program: Program, seconds: float = 120) -> None:
    """Wait until a program and what it started have not worked for half a second, as far as one can see."""
    end = time.perf_counter() + seconds
    before = -1
    while time.perf_counter() < end:
        now = processor_time([program.pid, *children(program.pid)])
        if abs(now - before) <= IDLE_TICKS:
            return
        before = now
        program.rest(0.5)


LEAVES_SCREEN = b"\x1b[?1049l"
"""What Textual writes when it gives the terminal back."""


def bytes_of(folder: Path) -> int:
    """The size of all files of a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
