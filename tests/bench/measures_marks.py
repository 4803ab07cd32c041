"""Measurements of marks: ten thousand stories read at once, and that taken back; queries of five terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bench.figures import Figure, milliseconds
from bench.marking import COUNT, QUERIES
from bench.measures_keys import ANSWER, ESCAPE
from bench.replay import Replay
from bench.setting import Setting
from bench.terminal import Press

READ_ALL, UNDO = b"R", b"U"

_PAUSE = 2.0
"""Seconds from one of these keys to the next: in between the file is tidied up."""

_NAMES = {
    "file, read": "marked read: the file alone",
    "file, undo": "taken back: the file alone",
    "thread, read": "marked read: asked and answered",
    "thread, undo": "taken back: asked and answered",
    "query": "a query of five terms: answered",
}


def marking(setting: Setting, sizes: Sequence[int]) -> Iterator[Figure]:
    """Marking ten thousand of the largest library's stories read, and taking it back."""
    size = max(sizes)
    if size <= COUNT:
        return
    folder = setting.library(size)
    measured, query = setting.marking(folder)
    for name, seconds in measured.items():
        yield Figure(_NAMES[name], size, milliseconds(seconds))
    pressed: list[tuple[str, Press]] = []
    with _listing(setting, query).rested(folder) as program:
        for _ in range(setting.runs):
            pressed.append(("`R` on 10,000", program.press(READ_ALL, _PAUSE, silence=ANSWER)))
            pressed.append(("`U` of it", program.press(UNDO, _PAUSE, silence=ANSWER)))
        chunks = program.chunks
    drawn = list(Replay(chunks).drawn(press for _, press in pressed))
    for name in dict.fromkeys(name for name, _ in pressed):
        of_name = [one for (other, _), one in zip(pressed, drawn, strict=True) if other == name]
        yield Figure(f"{name}: first bytes", size, milliseconds(one.press.echo for one in of_name))
        yield Figure(f"{name}: rows drawn", size, milliseconds(one.rows for one in of_name))
        yield Figure(f"{name}: counts drawn", size, milliseconds(one.counts for one in of_name))


def _listing(setting: Setting, query: str) -> Setting:
    """The same, with the screen on a query, and no story read by itself."""
    return replace(setting, options=("-q", query, *setting.options), config='mark_read = "never"\n')


def asking(setting: Setting, sizes: Sequence[int]) -> Iterator[Figure]:
    """The last key of a query of five terms: a digit, each time another one, so that nothing was asked before."""
    size = max(sizes)
    presses: list[Press] = []
    with setting.rested(setting.library(size)) as program:
        for run in range(max(setting.runs // 2, 1)):
            for query in QUERIES:
                program.press(b"/", silence=ANSWER)
                program.press(query[:-1].encode(), silence=ANSWER)
                presses.append(program.press(b"%d" % (run % 9 + 1), silence=ANSWER))
                program.press(ESCAPE, silence=ANSWER)
        chunks = program.chunks
    drawn = list(Replay(chunks).drawn(presses))
    yield Figure("a query of five terms: rows drawn", size, milliseconds(one.rows for one in drawn))
