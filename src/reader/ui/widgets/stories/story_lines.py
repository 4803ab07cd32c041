"""What a line of the story list says, in as many cells as there are; and how many lines a story takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from rich.cells import cell_len
from rich.style import Style
from textual.geometry import Size

from reader.ui.look.cells import column, cut, words

if TYPE_CHECKING:
    from reader.library.index.rows import StoryRow

Line: TypeAlias = list[tuple[str, Style]]
"""The parts of a line, each in its style."""

ONE_LINE_WIDTH = 60
"""Cells of the list from which one line has room for a headline and for what else there is to say."""

LOW = 12
"""Lines of the list below which a story takes but one by itself."""

USUAL, FULL = 2, 3
"""Lines of a story with its headline cut to one, and with two for the headline."""


class LineStyles(NamedTuple):
    """The styles of a story's parts."""

    title: Style
    dim: Style
    mark: Style
    accent: Style


class StoryLine(NamedTuple):
    """A story as the list draws it.

    Attributes:
        read: the sign of read or unread.
        star: the star, or a blank.
        sign: the sign of an event's row; empty for a story.
        indent: the room that it and a step into an event take.
        title: the headline.
        facts: what else there is to say of its row in so many cells.
        day: the day that begins with it; empty for none.
    """

    read: str
    star: str
    sign: str
    indent: str
    title: str
    facts: Callable[[StoryRow, int], str]
    day: str = ""

    def lines(self, row: StoryRow, width: int, height: int, styles: LineStyles) -> list[Line]:
        """As many lines as a story takes.

        Args:
            row: the story.
            width: cells of a line.
            height: how many lines.
            styles: those of its parts.
        """
        return [self._one(row, width, styles)] if height == 1 else self._several(row, width, height, styles)

    def _front(self, styles: LineStyles) -> Line:
        return [(f"{self.read} ", styles.mark), (self.sign, styles.accent), (self.indent[len(self.sign) :], styles.dim)]

    def _one(self, row: StoryRow, width: int, styles: LineStyles) -> Line:
        """Headline and facts in one line; a narrow list has room for the headline alone."""
        front = self._front(styles)
        if self.star.strip():
            front.append((f"{self.star} ", styles.accent))
        room = width - 1 - sum(cell_len(text) for text, _ in front)
        facts = self.facts(row, 2 * width // 5) if width >= ONE_LINE_WIDTH else ""
        tail = f"  {facts}" if facts else ""
        return [*front, (column(self.title, room - cell_len(tail)), styles.title), (tail, styles.dim)]

    def _add_day(self, lines: list[Line], texts: Sequence[str], room: int, styles: LineStyles) -> None:
        """Say at the right where a day begins: beside the headline, or else beside the facts, if there is room."""
        day = f"── {self.day}" if self.day else ""
        for number in (0, len(texts) - 1):
            gap = room - cell_len(texts[number]) - cell_len(day)
            if day and gap > 1:
                lines[number].append((" " * gap + day, styles.dim))
                return

    def _several(self, row: StoryRow, width: int, height: int, styles: LineStyles) -> list[Line]:
        """The headline, in two lines where there are three; below it outlet, time and number of outlets."""
        room = width - 3 - len(self.indent)
        told = words(self.title, room) if height == FULL else [self.title]
        titles = [told[0], " ".join(told[1:])] if len(told) > 1 else told
        texts = [(cut(title, room), styles.title) for title in titles]
        texts.append((self.facts(row, room), styles.dim))
        margins: list[Line] = [self._front(styles)]
        margins += [[(f"{sign} ", styles.accent), (self.indent, styles.dim)] for sign in (self.star, " ")]
        lines = [[*margin, text] for margin, text in zip(margins, texts, strict=False)]
        self._add_day(lines, [text for text, _ in texts], room, styles)
        return lines + [[] for _ in range(height - len(lines))]


DENSITIES = {"auto": "as many lines as there is room for", "one": "one line a story", "two": "two lines a headline"}
"""What `Config.density` may be, in the order of the key, in words."""


def lines_a_story(density: str, count: int, size: Size, is_any_long: Callable[[], bool], *, besides: int = 0) -> int:
    """How many lines each story takes.

    Args:
        density: as `Config.density`: `one` is one line in all, `two` gives the headline two, `auto` what has room.
        count: how many stories are listed.
        size: of the list.
        is_any_long: tells whether a headline is longer than one line; asked where all stories are in sight at once.
        besides: lines that the list has besides those of its stories.
    """
    if density == "one":
        return 1
    if density == "two":
        return FULL
    if size.height < LOW and size.width >= ONE_LINE_WIDTH and count * USUAL > size.height:
        return 1
    return FULL if count and count * FULL + besides <= size.height and is_any_long() else USUAL
