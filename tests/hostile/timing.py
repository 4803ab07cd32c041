"""Measures how long the worst files take, through parser, index, export and screen.

    python -m hostile.timing --files 1000 --seed 1

Files come from `grammars`, some at a time as one library. Each step of each is timed in processor time; the slowest are
told with their numbers, and a step past a second fails. `--only NUMBER` writes the file again.
"""

from __future__ import annotations

import argparse
import asyncio
import heapq
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from hostile.grammars import story
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

TOGETHER = 25
"""Files that make one library."""

TOLD = 10
"""The slowest that are told."""

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


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


def read_alone(watch: Watch, number: int, kind: str, data: bytes) -> None:
    """The ways of the parser."""
    path = Path(f"{number}.{'yaml' if kind == 'yaml' else 'md'}")
    for what, memory in (("read whole", None), ("read in pieces", EntryMemory())):
        with watch.time(number, kind, what):
            try:
                parse_story(data, path, DEFAULT_LIMITS, memory)
            except StoryError as error:
                assert error.reason  # noqa: PT017 — an error is as good as a story
    with watch.time(number, kind, "read the head"):
        parse_head(data[:HEAD_BYTES], path)


async def show(watch: Watch, library: Library, numbers: Sequence[int], kinds: dict[int, str]) -> None:
    """Every story on the screen, with all of its details, wide and narrow."""
    app = ReaderApp(library, Config(mark_read="never"), lambda: NOON, zone=UTC, environment={})
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await settle(pilot)
        for place, story_id in enumerate(library.index.ids()):
            number = int(Path(library.index.path(story_id).decode()).stem)  # type: ignore[union-attr]
            for what, keys in (("show", ["j"] if place else []), ("show the details", ["d"]), ("hide them", ["d"])):
                with watch.time(number, kinds[number], what):
                    await press(pilot, *keys)
            with watch.time(number, kinds[number], "set it anew"):
                screen.view.notify_style_update()
        assert numbers


def run_library(watch: Watch, numbers: Sequence[int], seed: int) -> None:
    """Some files, alone and as a library."""
    work = Path(tempfile.mkdtemp(prefix="reader-timing-"))
    kinds: dict[int, str] = {}
    try:
        (work / "stories").mkdir()
        for number in numbers:
            kinds[number], data = story(number, seed)
            ending = "yaml" if kinds[number] == "yaml" else "md"
            (work / "stories" / f"{number}.{ending}").write_bytes(data)
            read_alone(watch, number, kinds[number], data)
        with Library(work / "stories", work / "cache", in_process=True) as library:
            library.sync()
            for story_id in library.index.ids():
                number = int(Path(library.index.path(story_id).decode()).stem)  # type: ignore[union-attr]
                _print(watch, library, story_id, number, kinds[number])
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
    parser.add_argument("--only", type=int, help="write the file of this number to standard output")
    options = parser.parse_args()
    if options.only is not None:
        sys.stdout.buffer.write(story(options.only, options.seed)[1])
        return 0
    watch = Watch()
    for start in range(options.first, options.first + options.files, TOGETHER):
        run_library(watch, range(start, min(start + TOGETHER, options.first + options.files)), options.seed)
        for step in watch.failures:
            print(f"past {SECONDS} s: {step}", flush=True)  # noqa: T201 — a command
        watch.failures = []
        print(f"{start + TOGETHER - options.first} files", file=sys.stderr, flush=True)  # noqa: T201
    print(f"{options.files} files, {watch.steps} steps; the slowest:")  # noqa: T201
    for step in sorted(watch.slowest, reverse=True):
        print(step)  # noqa: T201
    return int(watch.slowest != [] and max(watch.slowest).seconds > SECONDS)


if __name__ == "__main__":
    sys.exit(main())
