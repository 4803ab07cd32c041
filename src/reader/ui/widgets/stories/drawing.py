"""How the story list draws a row: the line of its day, where that begins with it, and its own lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from rich.style import Style
from textual.strip import Strip

from reader.library.index.rows import StoryRow
from reader.ui.look.cells import line
from reader.ui.widgets.stories.days import DayLines
from reader.ui.widgets.stories.facts import READ, RowFacts
from reader.ui.widgets.stories.fetched import FetchedRows
from reader.ui.widgets.stories.rows import Rows
from reader.ui.widgets.stories.selection import SELECTED
from reader.ui.widgets.stories.story_lines import LineStyles, StoryLine


class RowLook(NamedTuple):
    """How a row is to look.

    Attributes:
        width: cells of a line.
        height: lines of the row.
        ground: the style on which it is drawn.
        plain: the style on which a row is drawn that is nothing special.
        is_at_cursor: whether the cursor stands on it.
        is_selected: whether it is selected.
    """

    width: int
    height: int
    ground: Style
    plain: Style
    is_at_cursor: bool
    is_selected: bool


class RowDrawing:
    """Draws rows.

    Args:
        rows: the lines of the list.
        fetched: what is known of them.
        facts: what is said of them.
        days: the lines between them.
        style: the style of a part of a row, as `LineList.look`.

    Attributes:
        is_by_time: whether the list goes by time: then the last days say where they begin, where they have no lines.
    """

    def __init__(
        self, rows: Rows, fetched: FetchedRows, facts: RowFacts, days: DayLines, style: Callable[[str], Style]
    ) -> None:
        self._rows = rows
        self._fetched = fetched
        self._facts = facts
        self._days = days
        self._style = style
        self.is_by_time = False

    def lines(self, index: int, look: RowLook) -> list[Strip]:
        """A story: its headline; its outlet, time and number of outlets. Of an event: what it has of each."""
        dim, story = self._style("dim"), self._rows.ids[index]
        bar = (
            ("▌", self._style("mark"))
            if look.is_at_cursor
            else (SELECTED if look.is_selected else " ", self._style("accent"))
        )
        row = self._fetched.row(story)
        day = [self._day_line(index, row, look)] if self._days.begins_with(index) else []
        if row is None:
            waits = ["  …", *[""] * (look.height - 1)]
            return [*day, *(line([bar, (wait, dim)], look.width, look.ground) for wait in waits)]
        sign, indent = self._rows.sign(story)
        read, star = self._facts.marked(story, self._facts.marks)
        facts = self._facts.of_event if sign else self._facts.of_story
        told = StoryLine(read, star, sign, indent, row.title, facts, self._new_day(index, row))
        title = self._style("read") if read == READ else Style.null()
        title += self._style("strong") if look.is_at_cursor else Style.null()
        styles = LineStyles(title, dim, self._style("mark"), self._style("accent"))
        lines = told.lines(row, look.width - 1, look.height, styles)
        return [*day, *(line([bar, *parts], look.width, look.ground) for parts in lines)]

    def _day_line(self, index: int, row: StoryRow | None, look: RowLook) -> Strip:
        """The line above the first row of a day."""
        words = self._days.words(index, self._facts.day_of(row)) if row is not None else ""
        parts = [(" ", Style.null()), (words.ljust(look.width - 2, "─"), self._style("dim"))]
        return line(parts, look.width, look.plain)

    def _new_day(self, index: int, row: StoryRow) -> str:
        """The day of several stories that begins with a row, where the list goes by time; else empty."""
        if not self.is_by_time or self._days.count:
            return ""
        ids = self._rows.ids
        above = self._fetched.row(ids[index - 1]) if index else None
        below = self._fetched.row(ids[index + 1]) if index + 1 < len(ids) else None
        return self._facts.new_day(row, above, below)
