"""Measurements of keys: moving, searching, switching topics, and moving while the folder is read."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench import words
from bench.figures import Figure, milliseconds, percentile, ratio
from bench.make_library import Kind
from bench.replay import Replay
from bench.setting import ANY_HEADLINE, Setting, kind_of
from bench.terminal import Press, Program, children, processor_time

DOWN, PAGE_DOWN, FIRST, LAST, HOME, END, ESCAPE = b"j", b"\x1b[6~", b"g", b"G", b"\x1b[H", b"\x1b[F", b"\x1b"
UP, COVERAGE = b"k", b"c"

WITH_COVERAGE = b"/outlets:>=3\r"
"""Lists stories whose coverage tree has several articles."""

IN_TREE = "down and up in the coverage tree"
"""The cursor there shows its article in the story pane."""

PRESSES = 40
"""How often each key is pressed."""

COMPARED = 1_000
"""Stories of the library that keys are compared with."""

HELD_RATE, HELD_SECONDS = 30.0, 3.0

ANSWER = 0.45
"""Seconds without a byte after which a search is taken to be answered; less than the cursor's blinking."""

LETTERS = "ahesmto"
"""Single letters that are searched for."""

WHILE_READING = 0.25
"""Seconds from one key to the next while a folder is read."""

FIRST_KEYS = 25
"""Keys that are pressed after each start: six seconds long."""

_MANY_READ = re.compile(rb"reading \d+,\d{3} of")

LISTED = 1.0
"""Seconds after which what is read by now is listed."""

READING_SECONDS = 20.0
"""Seconds after which a folder that is still being read is left."""

MOVES: dict[str, tuple[bytes, ...]] = {
    "down": (DOWN,),
    "page down": (PAGE_DOWN,),
    "G and g": (LAST, FIRST),
    "End and Home": (END, HOME),
}


def moving(setting: Setting, sizes: Sequence[int]) -> Iterator[Figure]:
    """Moving in the list of the largest library, and in one of a thousand stories."""
    largest = max(sizes)
    small: dict[str, Figure] = {}
    libraries: list[tuple[int, Kind]] = [(COMPARED, "heads"), (largest, kind_of(largest))]
    for size, kind in libraries:
        for figure in _moves_in(setting, setting.library(size, kind), size):
            if figure.name in small:
                told = ratio(figure, small[figure.name], f"of {COMPARED:,}")
                yield Figure(figure.name, size, figure.values, ratio=told)
            else:
                small[figure.name] = figure
                yield figure


def _moves_in(setting: Setting, folder: Path, size: int) -> Iterator[Figure]:
    pressed: list[tuple[str, Press]] = []
    with setting.rested(folder) as program:
        for name, keys in MOVES.items():
            program.press(FIRST)
            pressed += [(name, program.press(keys[number % len(keys)])) for number in range(PRESSES)]
        program.press(FIRST)
        pressed += [("down, held at 30 Hz", _held(program)) for _ in range(max(setting.runs // 2, 1))]
        program.press(FIRST)
        program.press(WITH_COVERAGE, silence=ANSWER)
        program.press(COVERAGE)
        pressed += [(IN_TREE, program.press((DOWN, UP)[number % 2])) for number in range(PRESSES)]
        for _ in range(2):  # out of the tree, and out of the search: the next start takes up what was left
            program.press(ESCAPE)
        chunks = program.chunks
    drawn = list(Replay(chunks).drawn(press for _, press in pressed))
    for name in dict.fromkeys(name for name, _ in pressed):
        of_name = [one for (other, _), one in zip(pressed, drawn, strict=True) if other == name]
        lag = "lag of " if "held" in name else ""
        if name != IN_TREE:
            yield Figure(f"{lag}{name}: rows drawn", size, milliseconds(one.rows for one in of_name))
        if not lag:
            yield Figure(f"{name}: story drawn", size, milliseconds(one.story for one in of_name))
        yield Figure(f"{lag}{name}: last byte", size, milliseconds(one.press.last_byte for one in of_name))


def _held(program: Program) -> Press:
    press = program.hold(DOWN, HELD_RATE, HELD_SECONDS)
    program.press(FIRST)
    return press


def searching(setting: Setting, sizes: Sequence[int]) -> Iterator[Figure]:
    """Typing in the search bar, and switching topics, in the largest library."""
    size = max(sizes)
    pressed: list[tuple[str, Press]] = []
    with setting.rested(setting.library(size)) as program:
        for run in range(setting.runs):
            for word, name in (
                (LETTERS[run % len(LETTERS)], "one letter"),
                (words.RARE_WORD, "a rare word"),
                (words.COMMON_WORD, "a word of most stories"),
            ):
                pressed.append(("search: `/`", program.press(b"/", silence=ANSWER)))
                for place, letter in enumerate(word):
                    typed = f"search: {name if place else 'one letter'}"
                    pressed.append((typed, program.press(letter.encode(), silence=ANSWER)))
                pressed.append(("search: `Esc`", program.press(ESCAPE, silence=ANSWER)))
            pressed += [("topic switch", program.press(key, silence=ANSWER)) for key in (b"1", b"1", b"2", b"2")]
        chunks = program.chunks
    drawn = list(Replay(chunks).drawn(press for _, press in pressed))
    for name in dict.fromkeys(name for name, _ in pressed):
        of_name = [one for (other, _), one in zip(pressed, drawn, strict=True) if other == name]
        yield Figure(f"{name}: first bytes", size, milliseconds(one.press.echo for one in of_name))
        yield Figure(f"{name}: rows drawn", size, milliseconds(one.rows for one in of_name))
        yield Figure(f"{name}: counts drawn", size, milliseconds(one.counts for one in of_name))


def while_reading(setting: Setting, sizes: Sequence[int]) -> Iterator[Figure]:
    """Page down while a folder is read into a new index, and at rest."""
    full = [size for size in sizes if kind_of(size) == "full"]
    if not full:
        return
    size = max(full)
    folder = setting.library(size)
    with setting.rested(folder) as program:
        presses = [program.press(PAGE_DOWN, WHILE_READING, silence=0) for _ in range(PRESSES)]
        resting = _page_down(size, "at rest", _answered(program, presses))
    yield resting
    seconds: list[float] = []
    for _ in range(setting.runs):
        seconds += _pages_while_reading(setting, folder)
        if len(seconds) >= PRESSES:
            break
    busy = _page_down(size, "while reading", seconds)
    told = f"p90 {busy.p90 / resting.p90:.2f} of at rest" if seconds and resting.values else ""
    yield Figure(busy.name, size, busy.values, ratio=told)


def first_keys(setting: Setting, sizes: Sequence[int]) -> Iterator[Figure]:
    """Cursor down from the first drawing on, while the folder is looked at for changes."""
    size = max(sizes)
    folder = setting.library(size)
    words = setting.headline(folder)
    seconds: list[float] = []
    for _ in range(setting.runs):
        with setting.screen(folder) as program:
            program.wait_for(words)
            presses = [program.press(DOWN, WHILE_READING, silence=0) for _ in range(FIRST_KEYS)]
            seconds += _answered(program, presses)
            program.press(FIRST)  # the next start takes up where this one was
    told = f"99 of 100 within {percentile(seconds, 0.99) * 1_000:.0f} ms" if seconds else ""
    yield Figure("first keys: down: story drawn", size, milliseconds(seconds), ratio=told)


def _page_down(size: int, when: str, seconds: Sequence[float]) -> Figure:
    """By the story pane: the list changes by itself while a folder is read, the story only by the key."""
    return Figure(f"page down {when}: story drawn", size, milliseconds(seconds))


def _answered(program: Program, presses: Sequence[Press]) -> list[float]:
    """Seconds from each key to the story's change.

    A key that is not answered before the next is pressed counts with the time in between; what follows upon it may
    be its late answer, so that the next key does not count.
    """
    seconds: list[float] = []
    is_late = False
    for drawn in Replay(program.chunks).drawn(presses):
        if not is_late:
            seconds.append(WHILE_READING if drawn.story is None else drawn.story)
        is_late = drawn.story is None
    return seconds


def _pages_while_reading(setting: Setting, folder: Path) -> list[float]:
    presses: list[Press] = []
    with setting.screen(folder, setting.cold_cache()) as program:
        program.wait_for(ANY_HEADLINE)
        program.wait_for(_MANY_READ)  # at first the list is so short that a page down soon finds no more
        program.rest(LISTED)
        started = time.perf_counter()
        idle = 0
        while idle < 2 and time.perf_counter() - started < READING_SECONDS:
            worked = processor_time(children(program.pid))
            presses.append(program.press(PAGE_DOWN, WHILE_READING, silence=0))
            is_idle = processor_time(children(program.pid)) <= worked
            idle = idle + 1 if is_idle else 0
        return _answered(program, presses[: len(presses) - idle])
