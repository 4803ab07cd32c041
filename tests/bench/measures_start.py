"""Measurements of starts: the first paint, the cold index, the rescan, the command line."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.empty_app import WORDS
from bench.figures import Figure, milliseconds, pairwise
from bench.setting import ANY_HEADLINE, Cost, Setting, bytes_of
from bench.terminal import Program

_EMPTY = re.compile(re.escape(WORDS.encode()))

ENOUGH = 60.0
"""Seconds of one measurement after which it is not repeated any more."""


def first_paint(setting: Setting, sizes: Sequence[int]) -> Iterator[Figure]:
    """From the start to a headline on the screen with a warm index, and the empty app in turns with it."""
    for size in sizes:
        folder = setting.library(size)
        words = setting.headline(folder)
        ours: list[float] = []
        empty: list[float] = []
        for run in range(setting.runs + 1):
            times = (_seconds_to(setting.empty_app(), _EMPTY), _seconds_to(setting.screen(folder), words))
            if run:  # the first one warms the caches of the system
                empty.append(times[0])
                ours.append(times[1])
        floor = Figure("empty Textual app", size, milliseconds(empty))
        told = (
            f"{statistics.median(ours) / statistics.median(empty):.2f} of empty, by pairs {pairwise(ours, empty):.2f}"
        )
        yield floor
        yield Figure("first paint, warm index", size, milliseconds(ours), ratio=told)


def _seconds_to(program: Program, words: re.Pattern[bytes]) -> float:
    with program:
        return program.wait_for(words) - program.started


def cold_start(setting: Setting, sizes: Sequence[int]) -> Iterator[Figure]:
    """From the start to the first headlines on the screen with no index."""
    for size in sizes:
        folder = setting.library(size)
        seconds = [_seconds_to(setting.screen(folder, setting.cold_cache()), ANY_HEADLINE) for _ in range(setting.runs)]
        yield Figure("first headlines, no index", size, milliseconds(seconds))


def cold_index(setting: Setting, sizes: Sequence[int]) -> Iterator[Figure]:
    """Reading a whole folder into a new index."""
    for size in sizes:
        folder = setting.library(size)
        megabytes = bytes_of(folder) / 1e6
        costs = _index_from_nothing(setting, folder)
        seconds = [cost.seconds for cost in costs]
        yield Figure("cold index, `reader index --rebuild`", size, seconds, "s")
        yield Figure("… megabytes", size, [megabytes / value for value in seconds], "MB/s")
        yield Figure("… stories", size, [size / value for value in seconds], "/s")
        yield Figure("… CPU-seconds", size, [cost.processor for cost in costs], "s")
        yield Figure("… memory of one process", size, [cost.memory / 1e6 for cost in costs], "MB")
        yield Figure("… index on the disk", size, [bytes_of(setting.cold) / 1e6], "MB")


def beside_a_parse(setting: Setting, sizes: Sequence[int]) -> Iterator[Figure]:
    """Reading a whole folder into a new index, and a plain parse of the same front matter in turns with it."""
    for size in sizes:
        folder = setting.library(size)
        cache = setting.cold_cache()
        parses: list[float] = []
        indexes: list[float] = []
        for run in range(setting.runs + 1):
            times = (setting.parse(folder), setting.timed("index", str(folder), "--rebuild", cache=cache))
            if run:  # the first one has the files read from the disk
                parses.append(times[0])
                indexes.append(times[1])
        yield Figure("plain parse in one process", size, parses, "s")
        told = f"{1 / pairwise(indexes, parses):.2f} times as quick"
        yield Figure("cold index, in turns with it", size, indexes, "s", ratio=told)


def _index_from_nothing(setting: Setting, folder: Path) -> list[Cost]:
    costs: list[Cost] = []
    cache = setting.cold_cache()
    while len(costs) < setting.runs and sum(cost.seconds for cost in costs) < ENOUGH:
        costs.append(setting.cost("index", str(folder), "--rebuild", cache=cache))
    return costs


def rescan(setting: Setting, sizes: Sequence[int]) -> Iterator[Figure]:
    """Looking at a folder in which nothing has changed."""
    for size in sizes:
        yield Figure("rescan, nothing changed", size, milliseconds(setting.rescan(setting.library(size))))


def command_line(setting: Setting, sizes: Sequence[int]) -> Iterator[Figure]:
    """Listing twenty stories with a warm index."""
    size = max(sizes)
    folder = setting.warm(setting.library(size))
    seconds = [setting.timed("list", str(folder), "--limit", "20") for _ in range(setting.runs + 1)][1:]
    yield Figure("`reader list --limit 20`", size, milliseconds(seconds))
