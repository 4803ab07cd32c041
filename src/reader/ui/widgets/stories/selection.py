"""Stories of the list that are selected: those of the rows from where the selection began to the cursor.

What is selected are stories and not places. Where rows open, close, come or go so that those from the beginning to the
cursor would be others, the stories that were selected are held, and the selection goes on from the cursor.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reader.base.wording import plural
from reader.ui.widgets.stories.rows import Rows

SELECTED = "┃"
"""What stands before a row that is selected."""


class Selected(NamedTuple):
    """What is selected, before the rows change.

    Attributes:
        start: the story of the row at which the selection began; None where stories are held from before.
        each: of each selected row the story that stands for it; of a closed event those that are selected one by one.
        all: the stories of the selected rows, each once.
    """

    start: int | None
    each: Sequence[int]
    all: Sequence[int]


class RowSelection:
    """Which stories are selected.

    Args:
        rows: the lines of the list.

    Attributes:
        hint: says how it ends.
        is_shown: whether it is in force and drawn; while another pane has the focus it waits.
    """

    def __init__(self, rows: Rows) -> None:
        self.hint = ""
        self.is_shown = True
        self._rows = rows
        self._start: int | None = None
        """The row from which it goes to the cursor; None where nothing is selected."""
        self._each: dict[int, None] = {}
        self._all: dict[int, None] = {}
        """The stories that are held, as in `Selected`; while there are any, the row at the start counts no more."""

    @property
    def is_on(self) -> bool:
        """Whether anything is selected."""
        return self._start is not None

    def begin(self, cursor: int, hint: str) -> None:
        """Select the row under the cursor, and on from there."""
        self.end()
        self._start, self.hint, self.is_shown = cursor, hint, True

    def end(self) -> None:
        """Select nothing any more."""
        self._start, self._each, self._all = None, {}, {}

    # What is selected, with the cursor on some row.

    def each(self, cursor: int) -> Sequence[int]:
        """Of each selected row the story that stands for it; of a closed event the ones that were selected alone."""
        rows = self._ids(cursor)
        return list(self._each | dict.fromkeys(rows)) if self._each else rows

    def all(self, cursor: int) -> Sequence[int]:
        """The stories of the selected rows: of a closed event all of them, or those that were selected alone."""
        stories = self._rows.stories_of_all(self._ids(cursor))
        return list(self._all | dict.fromkeys(stories)) if self._all else stories

    def holds(self, row: int, cursor: int) -> bool:
        """Whether a row is selected, or a story that it hides."""
        if not self.is_shown or self._start is None:
            return False
        if row in self._range(cursor):
            return True
        return bool(self._all) and not self._all.keys().isdisjoint(self._rows.stories_of(self._rows.ids[row]))

    def words(self, cursor: int) -> str:
        """How many are selected; nothing where none are."""
        if not self.is_shown or self._start is None:
            return ""
        each = self.each(cursor)
        are_rows = self._rows.events is not None and not (self._all and len(each) == len(self.all(cursor)))
        kinds = ("row", "rows") if are_rows else ("story", "stories")
        return f"{plural(len(each), *kinds)} selected · {self.hint}"

    def _range(self, cursor: int) -> range:
        """The rows from the start to the cursor, which is at either end; without the start where stories are held."""
        start = self._start
        if start is None:
            return range(0)
        if not self._all:
            return range(min(start, cursor), max(start, cursor) + 1)
        return range(start + 1, cursor + 1) if cursor > start else range(cursor, start)

    def _ids(self, cursor: int) -> Sequence[int]:
        rows = self._range(cursor)
        return self._rows.ids[rows.start : rows.stop]

    # When the rows change.

    def now(self, cursor: int) -> Selected | None:
        """What is selected, for `go_on` after the rows have changed; None where nothing is."""
        if self._start is None:
            return None
        start = None if self._all else self._rows.ids[self._start]
        return Selected(start, self.each(cursor), self.all(cursor))

    def go_on(self, before: Selected | None, cursor: int) -> None:
        """Have the same stories selected among other rows, as far as they are listed.

        Args:
            before: as of `now`.
            cursor: the row under the cursor now.
        """
        if before is None:
            return
        self.end()
        place = self._rows.place
        stories = [story for story in before.all if place(story) is not None]
        if not stories:
            return
        each = self._standing(stories, frozenset(before.each))
        if before.start is not None:
            is_gone = place(before.start) is None
            for self._start in map(place, (each[0], each[-1]) if is_gone else (before.start,)):
                if self._is_same(stories, each, cursor):
                    return
        self._start, self._each, self._all = cursor, dict.fromkeys(each), dict.fromkeys(stories)

    def _is_same(self, stories: Sequence[int], each: Sequence[int], cursor: int) -> bool:
        """Whether the rows from the start to the cursor are those of some stories, and no others."""
        return set(self.all(cursor)) == set(stories) and set(self.each(cursor)).issuperset(each)

    def _standing(self, stories: Sequence[int], before: frozenset[int]) -> list[int]:
        """Those of some stories that stand for their rows; `before`: those that did."""
        by_row: dict[int, list[int]] = {}
        for story in stories:
            by_row.setdefault(self._rows.line_of(story), []).append(story)
        each: list[int] = []
        for row, selected in by_row.items():
            stood = [story for story in selected if story in before]
            each += stood or ([row] if row in selected else selected)
        return each
