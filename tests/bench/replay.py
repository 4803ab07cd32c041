"""What stood where on the screen, and when: drawn again after all times have been taken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyte

from bench.terminal import COLUMNS, ROWS, Chunk, Press

STORY_ROWS = 8
"""Lines of the story pane that are looked at."""

_BORDER = 2
"""Cells between two panes that tell of no story: the scroll bar and the border."""

_AT_ONCE = 0.001
"""Seconds between chunks that are parts of one write."""

_OF_A_DAY = re.compile(r"(?<=── )(\w[\w ]*?) (?:· [\d,]+ stor(?:y|ies) )?─*\s*$")
"""How many stories the day has that begins, and the line up to the border, which is as long as there is room."""

_UNKNOWN = re.compile(rb"\x1b\[>1u|\x1b\[<u|\x1b\[\?\d+\$p")
_UNFINISHED = re.compile(rb"\x1b[^a-zA-Z~]*\Z")


@dataclass(frozen=True, slots=True)
class Drawn:
    """When a key's parts of the screen were drawn, in seconds after it; None where nothing there changed.

    Attributes:
        rows: until the stories of the list stand as they stay; how many a day has is told when all are known.
        counts: until the bars above them do, which count what is listed.
        story: until another story stands in the story pane.
    """

    press: Press
    rows: float | None
    counts: float | None
    story: float | None


@dataclass(frozen=True, slots=True)
class _Sight:
    rows: tuple[str, ...]
    counts: tuple[str, ...]
    story: tuple[str, ...]


class Replay:
    """Draws what a program wrote.

    Args:
        chunks: all that it wrote, from its start.
    """

    def __init__(self, chunks: Sequence[Chunk]) -> None:
        self._chunks = chunks
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self._done = 0
        self._held = b""

    def drawn(self, presses: Iterable[Press]) -> Iterator[Drawn]:
        """When the parts of the screen were drawn after each key; the keys in the order they were pressed in."""
        for press in presses:
            self._draw_until(press.first)
            yield self._follow(press)

    def _draw_until(self, place: int) -> None:
        while self._done < place:
            data = _UNKNOWN.sub(b"", self._held + self._chunks[self._done].data)
            unfinished = _UNFINISHED.search(data)
            self._held = unfinished[0] if unfinished else b""
            self._stream.feed(data[: len(data) - len(self._held)])
            self._done += 1

    def _follow(self, press: Press) -> Drawn:
        before = self._sight()
        sights: list[tuple[float, _Sight]] = []
        last = press.first + len(press.chunks)
        for place in range(press.first, last):
            at = self._chunks[place].at
            self._draw_until(place + 1)
            if place + 1 == last or self._chunks[place + 1].at - at > _AT_ONCE:
                sights.append((at - press.at, self._sight()))
        rows = counts = story = None
        shown = before
        for at, sight in sights:
            if sight.rows != shown.rows:
                rows = at
            if sight.counts != shown.counts:
                counts = at
            if story is None and sight.story != before.story:
                story = at
            shown = sight
        if shown.rows == before.rows:
            rows = None
        if shown.counts == before.counts:
            counts = None
        return Drawn(press, rows, counts, story)

    def _sight(self) -> _Sight:
        lines = self._screen.display
        top, split = _list_corner(lines)
        rows = tuple(_OF_A_DAY.sub(r"\1", line[: split - _BORDER]) for line in lines[top + 1 : -1])
        return _Sight(rows, tuple(lines[:top]), tuple(line[split:] for line in lines[top + 1 : top + 1 + STORY_ROWS]))


def _list_corner(lines: Sequence[str]) -> tuple[int, int]:
    """The line on which the list's box begins, and the column before which it ends."""
    for place, line in enumerate(lines[:8]):
        if "Stories" in line and line.count("╭") >= 2:
            return place, line.index("╭", line.index("╭") + 1)
    return 3, COLUMNS * 2 // 5
