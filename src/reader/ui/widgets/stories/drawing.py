"""How the story list draws a row: its own lines, and above them the line of a day that begins with it."""

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
    """How a row is to be drawn.

    Attributes:
        width: of the list, in cells.
        height: of the row, in lines.
        ground: its background style.
        plain: the background style of a row that is neither at the cursor nor selected.
        is_at_cursor: whether the cursor is on it.
        is_selected: whether it is selected.
    """

    width: int
    height: int
    ground: Style
    plain: Style
    is_at_cursor: bool
    is_selected: bool


class RowDrawing:
    """Draws the rows of the story list.

    Args:
        rows: the rows.
        fetched: their stories, as far as they were fetched.
        facts: puts into words what is known of a story.
        days: the lines of days between them.
        style: the style of a part of a row, as `LineList.look`.

    Attributes:
        is_by_time: whether the list goes by time. Then the row that begins one of the last days says so, where days
            have no lines of their own.
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
        """The lines of the row of a story or an event: its headline, and what else `RowFacts` says of it."""
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
        story_line = StoryLine(read, star, sign, indent, row.title, facts, self._new_day(index, row))
        title = self._style("read") if read == READ else Style.null()
        title += self._style("strong") if look.is_at_cursor else Style.null()
        styles = LineStyles(title, dim, self._style("mark"), self._style("accent"))
        lines = story_line.lines(row, look.width - 1, look.height, styles)
        return [*day, *(line([bar, *parts], look.width, look.ground) for parts in lines)]

    def _day_line(self, index: int, row: StoryRow | None, look: RowLook) -> Strip:
        """The line of a day, above the first row of it."""
        words = self._days.words(index, self._facts.day_of(row)) if row is not None else ""
        parts = [(" ", Style.null()), (words.ljust(look.width - 2, "─"), self._style("dim"))]
        return line(parts, look.width, look.plain)

    def _new_day(self, index: int, row: StoryRow) -> str:
        """The day that begins with a row, as `RowFacts.new_day`; empty where the list does not go by time."""
        if not self.is_by_time or self._days.count:
            return ""
        ids = self._rows.ids
        above = self._fetched.row(ids[index - 1]) if index else None
        below = self._fetched.row(ids[index + 1]) if index + 1 < len(ids) else None
        return self._facts.new_day(row, above, below)
