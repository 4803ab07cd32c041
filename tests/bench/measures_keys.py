"""Measurements of keys: moving, searching, switching topics, and moving while the folder is read."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench import words
from bench.figures import Figure, milliseconds, ratio
from bench.make_library import Kind
from bench.replay import Drawn, Replay
from bench.setting import ANY_HEADLINE, Setting, kind_of
from bench.terminal import Press, Program, children, processor_time

DOWN, PAGE_DOWN, FIRST, LAST, HOME, END, ESCAPE = b"j", b"\x1b[6~", b"g", b"G", b"\x1b[H", b"\x1b[F", b"\x1b"

PRESSES = 40
"""How often each key is pressed."""

COMPARED = 1_000
"""Stories of the library that keys are compared with."""

HELD_RATE, HELD_SECONDS = 30.0, 3.0

ANSWER = 0.45
"""Seconds without a byte after which a search is taken to be answered; less than the cursor's blinking."""

LETTERS = "ahesmto"
"""Single letters that are searched for."""

WHILE_READING = 0.15
"""Seconds from one key to the next while a folder is read."""

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
        chunks = program.chunks
    drawn = list(Replay(chunks).drawn(press for _, press in pressed))
    for name in dict.fromkeys(name for name, _ in pressed):
        of_name = [one for (other, _), one in zip(pressed, drawn, strict=True) if other == name]
        lag = "lag of " if "held" in name else ""
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
                for letter in word:
                    pressed.append((f"search: {name}", program.press(letter.encode(), silence=ANSWER)))
                pressed.append(("search: `Esc`", program.press(ESCAPE, silence=ANSWER)))
            pressed += [("topic switch", program.press(key, silence=ANSWER)) for key in (b"1", b"1", b"2", b"2")]
        chunks = program.chunks
    drawn = list(Replay(chunks).drawn(press for _, press in pressed))
    for name in dict.fromkeys(name for name, _ in pressed):
        of_name = [one for (other, _), one in zip(pressed, drawn, strict=True) if other == name]
        yield Figure(f"{name}: first bytes", size, milliseconds(one.press.echo for one in of_name))
        yield Figure(f"{name}: rows drawn", size, milliseconds(one.rows for one in of_name))


def while_reading(setting: Setting, sizes: Sequence[int]) -> Iterator[Figure]:
    """Page down while a folder is read into a new index, and at rest."""
    full = [size for size in sizes if kind_of(size) == "full"]
    if not full:
        return
    size = max(full)
    folder = setting.library(size)
    with setting.rested(folder) as program:
        presses = [program.press(PAGE_DOWN, WHILE_READING) for _ in range(PRESSES)]
        resting = _stories(size, "page down at rest", Replay(program.chunks).drawn(presses))
    yield resting
    reading: list[Drawn] = []
    for _ in range(setting.runs):
        reading += _press_while_reading(setting, folder)
        if len(reading) >= PRESSES:
            break
    busy = _stories(size, "page down while reading", reading)
    yield Figure(busy.name, size, busy.values, ratio=_ratio_of_p90(busy, resting))


def _stories(size: int, name: str, drawn: Iterator[Drawn] | Sequence[Drawn]) -> Figure:
    """By the story pane: the list changes by itself while a folder is read, the story only by the key."""
    return Figure(f"{name}: story drawn", size, milliseconds(one.story for one in drawn))


def _ratio_of_p90(figure: Figure, other: Figure) -> str:
    return f"p90 {figure.p90 / other.p90:.2f} of at rest" if figure.values and other.values else ""


def _press_while_reading(setting: Setting, folder: Path) -> list[Drawn]:
    presses: list[Press] = []
    with setting.screen(folder, setting.cold_cache()) as program:
        program.wait_for(ANY_HEADLINE)
        started = time.perf_counter()
        idle = 0
        while idle < 3 and time.perf_counter() - started < 20:
            worked = processor_time(children(program.pid))
            press = program.press(FIRST if len(presses) % 8 == 7 else PAGE_DOWN, WHILE_READING, seconds=2)
            if processor_time(children(program.pid)) > worked:
                presses.append(press)
                idle = 0
            else:
                idle += 1
        chunks = program.chunks
    return list(Replay(chunks).drawn(presses))
