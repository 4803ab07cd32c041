"""Text measured in cells of the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

ELLIPSIS = "…"
_MOST_SIGNS = 10
"""Characters that one cell may take, at most: a letter and the marks on it."""


def cut(text: str, width: int) -> str:
    """Shorten a text to a width, in cells, with an ellipsis where something is missing."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + ELLIPSIS


def column(text: str, width: int) -> str:
    """Shorten or fill a text to exactly a width, in cells."""
    return set_cell_size(cut(text, width), width)


def line(parts: Iterable[tuple[str, Style]], width: int, ground: Style) -> Strip:
    """A line of exactly a width: each part in its style, all of them on one ground."""
    segments = [Segment(text, ground + style) for text, style in parts if text]
    return Strip(segments).adjust_cell_length(width, ground)


def words(text: str, width: int) -> list[str]:
    """Break a text into lines of at most a width, in cells, at spaces where there are any; line ends stay."""
    width = max(width, 1)
    lines = []
    for paragraph in text.split("\n"):
        lines.extend(_broken(paragraph, width))
    return lines


def _broken(paragraph: str, width: int) -> list[str]:
    lines, current, used = [], "", 0
    for word in paragraph.split(" "):
        size = cell_len(word)
        if current and used + 1 + size <= width:
            current, used = f"{current} {word}", used + 1 + size
            continue
        if current:
            lines.append(current)
        while size > width:
            # Text that passed the gate has few signs that take no room: so much of it fills a line.
            head = set_cell_size(word[: _MOST_SIGNS * width], width)
            taken = len(head.rstrip(" ")) or 1
            lines.append(word[:taken])
            size -= cell_len(word[:taken])
            word = word[taken:]  # noqa: PLW2901 — what is left of the word
        current, used = word, size
    lines.append(current)
    return lines
