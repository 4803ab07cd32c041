"""Measures how long the worst files take, through parser, index, export and screen.

    python -m hostile.timing --files 1000 --seed 1
    python -m hostile.timing --files 100000 --mutants FOLDER

Files come from `grammars`, or are mutants of a folder's stories, some at a time as one library. Each step of each is
timed in processor time; the slowest are told with their numbers, and a step past a second fails. `--only NUMBER` writes
the file again.
"""

from __future__ import annotations

import argparse
import asyncio
import heapq
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from frames import put_off
from hostile.grammars import story
from hostile.mutants import mutant, sources
from hostile.worst import SECONDS
from reader.library.library import Library
from reader.outside import export
from reader.settings.config import Config
from reader.stories.errors import StoryError
from reader.stories.files import parse_head, parse_story
from reader.stories.limits import DEFAULT_LIMITS
from reader.stories.sections import HEAD_BYTES, EntryMemory
from reader.ui.app import ReaderApp
from support import press, settle

TOGETHER, MUTANTS_TOGETHER = 25, 250
"""Files that make one library: of `grammars`, and mutants, which are smaller."""

MUTANT, DETAILED = "mutant", 10
"""The kind of mutants; of each so many one has its details shown, which takes as long as all else."""

ENDINGS = ("md", "md", "md", "txt", "yaml")
"""What the names of mutants end with, in turn."""

TOLD = 10
"""The slowest that are told."""

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class File(NamedTuple):
    """A file that is to take long.

    Attributes:
        number: what it is made from, with a seed; its name.
        kind: what of it is to take long.
        ending: of its name.
        data: what is in it.
    """

    number: int
    kind: str
    ending: str
    data: bytes


Maker = Callable[[int], File]
"""Makes the file of a number."""


def of_grammars(seed: int) -> Maker:
    """Files that fill some place up to its bound."""

    def make(number: int) -> File:
        kind, data = story(number, seed)
        return File(number, kind, "yaml" if kind == "yaml" else "md", data)

    return make


def of_mutants(seed: int, *folders: Path) -> Maker:
    """Stories of some folders, each with faults bred into it."""
    originals = sources(*folders)

    def make(number: int) -> File:
        return File(number, MUTANT, ENDINGS[number % len(ENDINGS)], mutant(number, seed, originals))

    return make


class Step(NamedTuple):
    """How long one step took: seconds of processor time, the file's number, its kind, and what was done."""

    seconds: float
    number: int
    kind: str
    what: str

    def __str__(self) -> str:
        return f"{self.seconds:.3f} s  number {self.number} ({self.kind}): {self.what}"


class Watch:
    """Takes times, and keeps the longest."""

    def __init__(self) -> None:
        self.steps = 0
        self.slowest: list[Step] = []
        self.failures: list[Step] = []

    @contextmanager
    def time(self, number: int, kind: str, what: str) -> Iterator[None]:
        """Take the time of what is done within."""
        begun = time.process_time()
        yield
        step = Step(time.process_time() - begun, number, kind, what)
        self.steps += 1
        (heapq.heappushpop if len(self.slowest) >= TOLD else heapq.heappush)(self.slowest, step)
        if step.seconds > SECONDS:
            self.failures.append(step)


def read_alone(watch: Watch, file: File) -> None:
    """The ways of the parser."""
    path = Path(f"{file.number}.{file.ending}")
    for what, memory in (("read whole", None), ("read in pieces", EntryMemory())):
        with watch.time(file.number, file.kind, what):
            try:
                parse_story(file.data, path, DEFAULT_LIMITS, memory)
            except StoryError as error:
                assert error.reason  # noqa: PT017 — an error is as good as a story
    with watch.time(file.number, file.kind, "read the head"):
        parse_head(file.data[:HEAD_BYTES], path)


async def show(watch: Watch, library: Library, numbers: Sequence[int], kinds: dict[int, str]) -> None:
    """Every story on the screen, with all of its details, wide and narrow."""
    app = ReaderApp(library, Config(mark_read="never"), lambda: NOON, zone=UTC, environment={})
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await settle(pilot)
        for place, story_id in enumerate(library.index.ids()):
            number = int(Path(library.index.path(story_id).decode()).stem)  # type: ignore[union-attr]
            details = [("show the details", ["d"]), ("hide them", ["d"])]
            if kinds[number] == MUTANT and number % DETAILED:
                details = []
            for what, keys in [("show", ["j"] if place else []), *details]:
                with watch.time(number, kinds[number], what):
                    await press(pilot, *keys)
            with watch.time(number, kinds[number], "set it anew"):
                screen.story_pane.notify_style_update()
        assert numbers


def run_library(watch: Watch, numbers: Sequence[int], make: Maker) -> None:
    """Some files, alone and as a library."""
    work = Path(tempfile.mkdtemp(prefix="reader-timing-"))
    kinds: dict[int, str] = {}
    try:
        (work / "stories").mkdir()
        for file in map(make, numbers):
            kinds[file.number] = file.kind
            (work / "stories" / f"{file.number}.{file.ending}").write_bytes(file.data)
            read_alone(watch, file)
        with Library(work / "stories", work / "cache", in_process=True) as library:
            library.sync()
            for story_id in library.index.ids():
                number = int(Path(library.index.path(story_id).decode()).stem)  # type: ignore[union-attr]
                _print(watch, library, story_id, number, kinds[number])
            with put_off():
                asyncio.run(show(watch, library, numbers, kinds))
    finally:
        shutil.rmtree(work)


def _print(watch: Watch, library: Library, story_id: int, number: int, kind: str) -> None:
    with watch.time(number, kind, "ask the index"):
        library.index.rows([story_id])
        coverage = library.index.coverage(story_id)
    assert coverage is not None
    told = library.read(story_id)
    with watch.time(number, kind, "write it as text"):
        list(export.story_text(told, coverage, UTC, NOON))
    with watch.time(number, kind, "write it as Markdown"):
        list(export.story_markdown(told, coverage, UTC, NOON))
    with watch.time(number, kind, "write it as JSON"):
        export.story_json(told, coverage, NOON)


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Measure how long the worst story files take.")
    parser.add_argument("--files", type=int, default=250)
    parser.add_argument("--first", type=int, default=0, help="the number of the first file")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mutants", type=Path, nargs="+", metavar="FOLDER", help="mutants of the stories in these")
    parser.add_argument("--only", type=int, help="write the file of this number to standard output")
    options = parser.parse_args()
    make = of_mutants(options.seed, *options.mutants) if options.mutants else of_grammars(options.seed)
    together = MUTANTS_TOGETHER if options.mutants else TOGETHER
    if options.only is not None:
        sys.stdout.buffer.write(make(options.only).data)
        return 0
    watch, end = Watch(), options.first + options.files
    for start in range(options.first, end, together):
        run_library(watch, range(start, min(start + together, end)), make)
        for step in watch.failures:
            print(f"past {SECONDS} s: {step}", flush=True)  # noqa: T201 — a command
        watch.failures = []
        done = min(start + together, end) - options.first
        print(f"{done} files; {max(watch.slowest)}", file=sys.stderr, flush=True)  # noqa: T201
    print(f"{options.files} files, {watch.steps} steps; the slowest:")  # noqa: T201
    for step in sorted(watch.slowest, reverse=True):
        print(step)  # noqa: T201
    return int(watch.slowest != [] and max(watch.slowest).seconds > SECONDS)


if __name__ == "__main__":
    sys.exit(main())
