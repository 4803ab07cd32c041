"""The lines of a story in the list, fitted to its width; and how many lines each story takes."""

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
"""From so many cells on, one line has room for a headline and for the facts beside it."""

LOW = 12
"""In a list of fewer lines, and wide enough, stories take one line each where not all fit with more."""

USUAL, FULL = 2, 3
"""The lines of a story with one line for its headline, and with two."""


class LineStyles(NamedTuple):
    """The styles of a story's parts."""

    title: Style
    dim: Style
    mark: Style
    accent: Style


class StoryLine(NamedTuple):
    """What the list says of a story.

    Attributes:
        read: the sign of read or unread.
        star: the star, or a blank.
        sign: the sign of an event's row; empty for a story.
        indent: blanks as wide as the sign and the indent under an event's row.
        title: the headline.
        facts: gives what else there is to say of a row in so many cells.
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
        """The lines of the story, each as wide as it has words.

        Args:
            row: the story.
            width: the most cells of a line.
            height: how many lines to give.
            styles: the styles of its parts.
        """
        return [self._one(row, width, styles)] if height == 1 else self._several(row, width, height, styles)

    def _front(self, styles: LineStyles) -> Line:
        return [(f"{self.read} ", styles.mark), (self.sign, styles.accent), (self.indent[len(self.sign) :], styles.dim)]

    def _one(self, row: StoryRow, width: int, styles: LineStyles) -> Line:
        """Headline and facts in one line; in a narrow list the headline alone."""
        front = self._front(styles)
        if self.star.strip():
            front.append((f"{self.star} ", styles.accent))
        room = width - 1 - sum(cell_len(text) for text, _ in front)
        facts = self.facts(row, 2 * width // 5) if width >= ONE_LINE_WIDTH else ""
        tail = f"  {facts}" if facts else ""
        return [*front, (column(self.title, room - cell_len(tail)), styles.title), (tail, styles.dim)]

    def _add_day(self, lines: list[Line], texts: Sequence[str], room: int, styles: LineStyles) -> None:
        """Add the day that begins at the right: beside the headline, or else beside the facts, if there is room."""
        day = f"── {self.day}" if self.day else ""
        for number in (0, len(texts) - 1):
            gap = room - cell_len(texts[number]) - cell_len(day)
            if day and gap > 1:
                lines[number].append((" " * gap + day, styles.dim))
                return

    def _several(self, row: StoryRow, width: int, height: int, styles: LineStyles) -> list[Line]:
        """The headline, in two lines where there are three, and below it the facts."""
        room = width - 3 - len(self.indent)
        broken = words(self.title, room) if height == FULL else [self.title]
        titles = [broken[0], " ".join(broken[1:])] if len(broken) > 1 else broken
        texts = [(cut(title, room), styles.title) for title in titles]
        texts.append((self.facts(row, room), styles.dim))
        margins: list[Line] = [self._front(styles)]
        margins += [[(f"{sign} ", styles.accent), (self.indent, styles.dim)] for sign in (self.star, " ")]
        lines = [[*margin, text] for margin, text in zip(margins, texts, strict=False)]
        self._add_day(lines, [text for text, _ in texts], room, styles)
        return lines + [[] for _ in range(height - len(lines))]


DENSITIES = {"auto": "as many lines as there is room for", "one": "one line a story", "two": "two lines a headline"}
"""The values of `Config.density` in the order in which a key steps through them, each in words."""


def lines_a_story(density: str, count: int, size: Size, is_any_long: Callable[[], bool], *, besides: int = 0) -> int:
    """How many lines each story takes.

    Args:
        density: as `Config.density`: `one` is one line in all, `two` gives the headline two, `auto` what has room.
        count: how many stories are listed.
        size: of the list.
        is_any_long: says whether any headline is longer than a line; called only where all stories are in view.
        besides: how many lines the list needs for other things than stories.
    """
    if density == "one":
        return 1
    if density == "two":
        return FULL
    if size.height < LOW and size.width >= ONE_LINE_WIDTH and count * USUAL > size.height:
        return 1
    return FULL if count and count * FULL + besides <= size.height and is_any_long() else USUAL
