"""The lines between the rows of a list by time: each says which day begins, and how many stories it has."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from reader.base.wording import plural
from reader.library.index.lists.id_arrays import ids

LEAST_HEIGHT = 20
"""In a list of fewer lines, days have no lines of their own: its stories need them all."""

LEAST_STORIES = 2
"""The least stories a day, on average, for which days have lines of their own; else each row says its day."""

NO_DAYS = ids()


class DayLines:
    """Knows where the lines of days are among rows of equal height.

    Attributes:
        starts: the places of the rows that begin another day, as `Index.day_starts`.
        is_whole: whether these are all rows; for a first page it is not known how many stories the last day has.
    """

    def __init__(self) -> None:
        self.starts: Sequence[int] = NO_DAYS
        self.is_whole = True
        self._shown: Sequence[int] = NO_DAYS
        self._count = 0

    @property
    def count(self) -> int:
        """How many days have a line."""
        return len(self._shown)

    def fit(self, count: int, height: int) -> None:
        """Decide whether days have lines: where there is room, and the rows in view first are of few days.

        Args:
            count: how many rows there are.
            height: of the list, in lines.
        """
        first = min(count, height)
        days = bisect_left(self.starts, first)
        self._count = count
        self._shown = self.starts if height >= LEAST_HEIGHT and first >= LEAST_STORIES * days else NO_DAYS

    def above(self, row: int) -> int:
        """How many lines of days there are above a row, the one right above it not counted."""
        return bisect_left(self._shown, row)

    def begins_with(self, row: int) -> bool:
        """Whether the line of a day is right above a row."""
        at = bisect_left(self._shown, row)
        return at < len(self._shown) and self._shown[at] == row

    def row_at(self, line: int, row_height: int) -> int:
        """The row to which a line of the list belongs. The line of a day belongs to the row below it."""
        low, high = max((line - len(self._shown)) // row_height, 0), line // row_height
        return bisect_right(range(low, high + 1), line, key=lambda row: row * row_height + self.above(row)) + low - 1

    def words(self, row: int, day: str) -> str:
        """The words of the line above a row, which begins a day."""
        at = bisect_right(self._shown, row)
        if at == len(self._shown) and not self.is_whole:
            return f"── {day} "
        end = self._shown[at] if at < len(self._shown) else self._count
        return f"── {day} · {plural(end - row, 'story', 'stories')} "
