"""Text measured in cells of the terminal, and lines made of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len, get_character_cell_size, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

ELLIPSIS = "…"

LINK = "reader_link"
"""The key in a style's `meta` under which a part of a line has the address that a click on it opens."""

_MOST_SIGNS = 10
"""The most characters that share one cell: a letter and the marks on it."""


def cut(text: str, width: int) -> str:
    """Shorten a text to a width, in cells, with an ellipsis where something is missing."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + ELLIPSIS


def cut_within(text: str, width: int) -> str:
    """As `cut`, but in the middle: the end of a file's name tells it from others."""
    if cell_len(text) <= width:
        return text
    tail, used = "", 0
    for sign in reversed(text):
        used += get_character_cell_size(sign)
        if used > width // 3:
            break
        tail = sign + tail
    return cut(text, width - cell_len(tail)) + tail


def column(text: str, width: int) -> str:
    """Shorten or fill a text to exactly a width, in cells."""
    return set_cell_size(cut(text, width), width)


def fitting(ranked: Sequence[tuple[int, str]], room: int) -> str:
    """Join the facts that fit into a width, with dots between them, in their order.

    Args:
        ranked: the facts, each with a rank of its own: where room is short, the largest is left out first.
        room: the width, in cells.
    """
    kept: set[int] = set()
    for rank, _ in sorted(ranked):
        if cell_len(_joined(ranked, kept | {rank})) <= room:
            kept.add(rank)
    return _joined(ranked, kept) if kept else cut(ranked[0][1], room)


def _joined(ranked: Iterable[tuple[int, str]], kept: set[int]) -> str:
    return " · ".join(text for rank, text in ranked if rank in kept)


def line(parts: Iterable[tuple[str, Style]], width: int, ground: Style) -> Strip:
    """A line of exactly a width, in cells: each part in its style, on a common background."""
    segments = [Segment(text, ground + style) for text, style in parts if text]
    return Strip(segments).adjust_cell_length(width, ground)


def words(text: str, width: int) -> list[str]:
    """Break a text into lines of at most a width, in cells, at spaces where there are any; line ends stay."""
    return list(lines_of(text, width))


def lines_of(text: str, width: int) -> Iterator[str]:
    """As `words`, but one by one: of a long text only the lines that are shown are needed."""
    width = max(width, 1)
    for paragraph in text.split("\n"):
        yield from _broken(paragraph, width)


def _broken(paragraph: str, width: int) -> Iterator[str]:
    current, used = "", 0
    for word in paragraph.split(" "):
        size = cell_len(word)
        if current and used + 1 + size <= width:
            current, used = f"{current} {word}", used + 1 + size
            continue
        if current:
            yield current
        start = 0
        while size > width:
            taken = _that_fits(word, start, width)
            yield word[start : start + taken]
            size -= cell_len(word[start : start + taken])
            start += taken
        current, used = word[start:], size
    yield current


def _that_fits(word: str, start: int, width: int) -> int:
    """How many characters of a word, from a place on, fit into a line: one at least."""
    # Text that passed the gate has at most so many characters a cell: more need not be looked at.
    piece = word[start : start + _MOST_SIGNS * width]
    if piece[:width].isascii():
        return width
    used = 0
    for taken, sign in enumerate(piece):
        used += get_character_cell_size(sign)
        if used > width:
            return taken or 1
    return len(piece)
