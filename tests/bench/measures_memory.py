"""Measurements of memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bench.figures import Figure
from bench.measures_keys import DOWN, ESCAPE, FIRST, LAST, PAGE_DOWN
from bench.setting import Setting
from bench.terminal import Program, children, resident_memory

AT_REST = 3.0
"""Seconds after the start at which a program is taken to be at rest."""

SESSION = (
    *(DOWN, PAGE_DOWN, PAGE_DOWN, LAST, FIRST, b"/", b"h", b"a", b"r", b"\r", PAGE_DOWN, LAST, DOWN, ESCAPE, b"1"),
    *(PAGE_DOWN, LAST, b"1", FIRST, DOWN, b"/", b"q", b"u", b"i", b"l", b"\r", DOWN, ESCAPE, PAGE_DOWN, b"2"),
)
"""Half a session: scrolling, searching, topics."""


def memory(setting: Setting, sizes: Sequence[int]) -> Iterator[Figure]:
    """The memory held at rest and after a session, alone and with what was started."""
    size = max(sizes)
    words = setting.headline(setting.library(size))
    with setting.screen(setting.library(size)) as program:
        program.wait_for(words)
        program.rest(AT_REST)
        rest = megabytes(program)
        for key in (*SESSION, *SESSION):
            program.press(key)
        program.until_silent(1.0, seconds=5)
        later = megabytes(program)
    for name, (own, together) in (("at rest", rest), ("after 60 keys", later)):
        yield Figure(f"memory {name}", size, [own], "MB")
        yield Figure(f"memory {name}, with children", size, [together], "MB")


def megabytes(program: Program) -> tuple[float, float]:
    """The resident memory of a program, and of it with all that it started."""
    own = resident_memory(program.pid) / 1e6
    return own, own + sum(resident_memory(child) for child in children(program.pid)) / 1e6
