"""Lines between the rows of a list by time: which day begins, and how many stories of it are listed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from reader.base.wording import plural
from reader.library.index.lists.id_arrays import ids

LEAST_HEIGHT = 20
"""Lines of the list below which its stories need them all."""

LEAST_STORIES = 2
"""Stories a day, on average, for which days have lines of their own; in a list of fewer each row tells its day."""

NO_DAYS = ids()


class DayLines:
    """Where the lines stand, for rows of equal height.

    Attributes:
        starts: the rows with which another day begins, as `Index.day_starts`.
        is_whole: whether there are no more rows than those of the list: else it is not known where the last day ends.
    """

    def __init__(self) -> None:
        self.starts: Sequence[int] = NO_DAYS
        self.is_whole = True
        self._shown: Sequence[int] = NO_DAYS
        self._count = 0

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self._shown)

    def fit(self, count: int, height: int) -> None:
        """Have lines where there is room for them, and where the rows that come first are of few days.

        Args:
            count: how many rows there are.
            height: lines of the list.
        """
        first = min(count, height)
        days = bisect_left(self.starts, first)
        self._count = count
        self._shown = self.starts if height >= LEAST_HEIGHT and first >= LEAST_STORIES * days else NO_DAYS

    def above(self, row: int) -> int:
        """How many lines stand above a row and the line of its own."""
        return bisect_left(self._shown, row)

    def begins_with(self, row: int) -> bool:
        """Whether a line stands right above a row."""
        at = bisect_left(self._shown, row)
        return at < len(self._shown) and self._shown[at] == row

    def row_at(self, line: int, row_height: int) -> int:
        """The row to which a line of the list belongs, a day's line to the row below it."""
        low, high = max((line - len(self._shown)) // row_height, 0), line // row_height
        return bisect_right(range(low, high + 1), line, key=lambda row: row * row_height + self.above(row)) + low - 1

    def words(self, row: int, day: str) -> str:
        """What the line above a row says."""
        at = bisect_right(self._shown, row)
        if at == len(self._shown) and not self.is_whole:
            return f"── {day} "
        end = self._shown[at] if at < len(self._shown) else self._count
        return f"── {day} · {plural(end - row, 'story', 'stories')} "
