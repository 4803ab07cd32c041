"""A terminal's screen as pyte understands it, several times as fast for what the program draws.

pyte takes sequences apart letter by letter, and puts all lines together whenever one is asked for. Nearly all that a
program made with Textual sends are colours, places and text: these are taken whole, everything else is left to pyte.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyte
from pyte import modes
from pyte.screens import Char
from wcwidth import wcwidth

_COLOURS_OR_PLACE = re.compile("\x1b\\[([0-9;]*)([mH])")


class DrawnScreen(pyte.Screen):
    """pyte's screen; only the lines that changed are put together anew."""

    def __init__(self, columns: int, lines: int) -> None:
        self._shown: list[str] = []
        super().__init__(columns, lines)

    @property
    def display(self) -> list[str]:
        """The lines as text. The cell after a wide letter is empty."""
        if len(self._shown) != self.lines:
            self._shown = [""] * self.lines
            self.dirty.update(range(self.lines))
        for y in self.dirty:
            if y < self.lines:
                line = self.buffer[y]
                self._shown[y] = "".join([line[x].data for x in range(self.columns)])
        self.dirty.clear()
        return self._shown

    def draw(self, data: str) -> None:
        """Put text at the cursor."""
        x, attributes = self.cursor.x, self.cursor.attrs[1:]
        is_plain = not self.charset and modes.IRM not in self.mode and x + len(data) <= self.columns
        if not is_plain or any(wcwidth(letter) != 1 for letter in data):
            super().draw(data)
            self.dirty.update(range(self.lines))  # an accent goes to another line, of which pyte says nothing
            return
        line = self.buffer[self.cursor.y]
        for place, letter in enumerate(data, x):
            line[place] = Char(letter, *attributes)
        self.cursor.x = x + len(data)
        self.dirty.add(self.cursor.y)


class DrawnStream(pyte.ByteStream):
    """pyte's stream of bytes."""

    def __init__(self, screen: DrawnScreen) -> None:
        self._screen = screen
        self._worn: dict[tuple[Char, str], Char] = {}
        super().__init__(screen)

    def feed(self, data: bytes) -> None:  # type: ignore[override]  # as in pyte's own
        """Draw what was sent; a sequence may end in what is sent next."""
        for part in self._parts(self.utf8_decoder.decode(data)):
            pyte.Stream.feed(self, part)

    def _parts(self, text: str) -> Iterator[str]:
        """What is left to pyte; colours and places are done when it is their turn."""
        start = 0
        while start < len(text):
            match = _COLOURS_OR_PLACE.match(text, start) if self._taking_plain_text else None
            if match:
                start = match.end()
                numbers, what = match.groups()
                if what == "m":
                    self._wear(numbers)
                else:
                    self._screen.cursor_position(*_numbers(numbers))
            else:
                end = text.find("\x1b[", start + 1)
                part = text[start : end if end > 0 else len(text)]
                start += len(part)
                yield part

    def _wear(self, colours: str) -> None:
        cursor = self._screen.cursor
        worn = (cursor.attrs, colours)
        if worn not in self._worn:
            self._screen.select_graphic_rendition(*_numbers(colours))
            self._worn[worn] = cursor.attrs
        cursor.attrs = self._worn[worn]


def _numbers(text: str) -> list[int]:
    """The numbers of a sequence, as pyte reads them."""
    return [min(int(number or 0), 9999) for number in text.split(";")]
