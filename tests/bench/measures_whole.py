"""Measurements of what concerns a library as a whole: its events, its orders, its overview."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bench.figures import Figure, milliseconds
from bench.measures_keys import ANSWER, ESCAPE, FIRST
from bench.replay import Replay
from bench.setting import Setting
from bench.terminal import Press

EVENTS, NEXT_ORDER, OVERVIEW = b"E", b"\\", b"i"

_FIGURES = re.compile(rb"outlets?")
"""What the overview counts besides stories, and nothing under it does."""

PAUSE = 3.0
"""Seconds that an overview is given at least."""

LONGEST = 60.0
"""Seconds after which an overview that does not fall silent is left."""


def whole(setting: Setting, sizes: Sequence[int]) -> Iterator[Figure]:
    """One row per event and back, each order of the list, and the overview, in the largest library."""
    size = max(sizes)
    pressed: list[tuple[str, Press]] = []
    opened: list[Press] = []
    with setting.rested(setting.library(size)) as program:
        program.press(FIRST)
        for _ in range(setting.runs):
            pressed += [("one row per event", program.press(EVENTS, silence=ANSWER)) for _ in range(2)]
            pressed.append(("next order", program.press(NEXT_ORDER, silence=ANSWER)))
        for _ in range(setting.runs):
            opened.append(program.press(OVERVIEW, PAUSE, silence=ANSWER, seconds=LONGEST))
            program.press(ESCAPE, silence=ANSWER)
        chunks = program.chunks
    drawn = list(Replay(chunks).drawn(press for _, press in pressed))
    for name in dict.fromkeys(name for name, _ in pressed):
        rows = [one.rows for (other, _), one in zip(pressed, drawn, strict=True) if other == name]
        yield Figure(f"{name}: rows drawn", size, milliseconds(rows))
    yield Figure("overview: first figures", size, milliseconds(map(_first_figures, opened)))
    yield Figure("overview: complete", size, milliseconds(map(_last_byte, opened)))


def _last_byte(press: Press) -> float | None:
    """Seconds until the last byte; None where none came."""
    return press.chunks[-1].at - press.at if press.chunks else None


def _first_figures(press: Press) -> float | None:
    """Seconds until something is counted; None where nothing ever was."""
    said = b""
    for chunk in press.chunks:
        said += chunk.data
        if _FIGURES.search(said):
            return chunk.at - press.at
    return None
