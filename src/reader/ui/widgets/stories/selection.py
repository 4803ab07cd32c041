"""The stories of the list that are selected: those of the rows from where the selection began to the cursor.

Stories are selected, and not places. Where rows open, close, come or go, the rows from the beginning to the cursor may
be others: then the stories that were selected are held as a set, and the selection goes on from the cursor.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain
from typing import NamedTuple

from reader.base.wording import plural
from reader.library.index.lists.id_arrays import ids
from reader.library.index.lists.story_set import StorySet
from reader.ui.widgets.stories.rows import Rows

SELECTED = "┃"
"""The sign in front of a row that is selected."""


class Selected(NamedTuple):
    """What was selected before the rows changed.

    Attributes:
        start: the story of the row at which the selection began; None where stories were held already.
        each: the story of each selected row; of a closed event, those of its stories that were selected one by one.
        expand: gives the stories of the selected rows, each once.
    """

    start: int | None
    each: Sequence[int]
    expand: Callable[[], Sequence[int]]

    @property
    def all(self) -> Sequence[int]:
        """The stories of the selected rows, each once."""
        return self.expand()


class _Held(NamedTuple):
    """Stories that stay selected wherever their rows are; `each` and `all` are as in `Selected`."""

    each: StorySet
    all: StorySet


class _Beside(NamedTuple):
    """How much some rows add to the stories that are held: so many to `each`, and so many to `all`."""

    rows: range = range(0)
    each: int = 0
    all: int = 0


class RowSelection:
    """Knows which stories are selected.

    A million rows may be selected: to move the cursor costs only as much as the rows that it passes.

    Args:
        rows: the rows of the list.

    Attributes:
        hint: says which key ends the selection.
        is_shown: whether it is in force and drawn; it is not while another pane has the focus.
    """

    def __init__(self, rows: Rows) -> None:
        self.hint = ""
        self.is_shown = True
        self._rows = rows
        self._start: int | None = None
        """The row from which the selection goes to the cursor; None where nothing is selected."""
        self._held: _Held | None = None
        """The stories that are held; while there are any, the row at the start does not count itself."""
        self._beside = _Beside()

    @property
    def is_on(self) -> bool:
        """Whether anything is selected."""
        return self._start is not None

    def begin(self, cursor: int, hint: str) -> None:
        """Select the row under the cursor, and on from there."""
        self.end()
        self._start, self.hint, self.is_shown = cursor, hint, True

    def end(self) -> None:
        """Select nothing."""
        self._start, self._held, self._beside = None, None, _Beside()

    # What is selected, with the cursor on a given row.

    def each(self, cursor: int) -> Sequence[int]:
        """The story of each selected row; of a closed event, those of its stories that were selected one by one."""
        rows = self._ids(self._range(cursor))
        return ids(self._held.each | StorySet(rows)) if self._held else rows

    def all(self, cursor: int) -> Sequence[int]:
        """The stories of the selected rows: of a closed event all, or those that were selected one by one."""
        stories = self._rows.stories_of_all(self._ids(self._range(cursor)))
        return ids(self._held.all | StorySet(stories)) if self._held else stories

    def holds(self, row: int, cursor: int) -> bool:
        """Whether a row is selected, or any story that it hides."""
        if not self.is_shown or self._start is None:
            return False
        if row in self._range(cursor):
            return True
        return self._held is not None and any(
            story in self._held.all for story in self._rows.stories_of(self._rows.ids[row])
        )

    def words(self, cursor: int) -> str:
        """How many rows or stories are selected, and how to end that; empty where none are."""
        if not self.is_shown or self._start is None:
            return ""
        held, rows = self._held, self._range(cursor)
        if held is None:
            each, are_rows = len(rows), self._rows.events is not None
        else:
            self._beside = self._added(rows, held)
            each = len(held.each) + self._beside.each
            are_rows = self._rows.events is not None and each != len(held.all) + self._beside.all
        kinds = ("row", "rows") if are_rows else ("story", "stories")
        return f"{plural(each, *kinds)} selected · {self.hint}"

    def _added(self, rows: range, held: _Held) -> _Beside:
        """How much rows add to what is held: worked out from the rows before, where those begin or end with them."""
        before = self._beside
        if rows.start == before.rows.start:
            ends = before.rows.stop, rows.stop
        elif rows.stop == before.rows.stop:
            ends = rows.start, before.rows.start
        else:
            before, ends = _Beside(), (rows.start, rows.stop)
        sign = 1 if ends[0] <= ends[1] else -1
        others = self._ids(range(min(ends), max(ends)))
        each = len(StorySet(others) - held.each)
        stories = self._rows.stories_of_all(others)
        all_ = each if stories is others else len(StorySet(stories) - held.all)
        return _Beside(rows, before.each + sign * each, before.all + sign * all_)

    def _range(self, cursor: int) -> range:
        """The rows between the start and the cursor, in either order; where stories are held, without the start."""
        start = self._start
        if start is None:
            return range(0)
        if self._held is None:
            return range(min(start, cursor), max(start, cursor) + 1)
        return range(start + 1, cursor + 1) if cursor > start else range(cursor, start)

    def _ids(self, rows: range) -> array[int]:
        return self._rows.ids[rows.start : rows.stop]

    # When other rows are shown.

    def now(self, cursor: int) -> Selected | None:
        """What is selected, to be given to `go_on` after the rows have changed; None where nothing is."""
        if self._start is None:
            return None
        each = self.each(cursor)
        if self._held:
            return Selected(None, each, partial(ids, self.all(cursor)))
        return Selected(self._rows.ids[self._start], each, partial(self._rows.expansion(), each))

    def turn(self, before: Selected | None, cursor: int, event: Iterable[int], *, is_open: bool) -> None:
        """As `go_on`, for where an event was opened or closed, and nothing else has changed.

        Args:
            before: what `now` gave.
            cursor: the row under the cursor now.
            event: the listed stories on the event.
            is_open: whether it was opened.
        """
        if before is None:
            return
        self.end()
        each, turned = StorySet(before.each), StorySet(event)
        is_selected = not turned.isdisjoint(each)
        if before.start is not None and (is_open or not is_selected):
            self._start = self._rows.place(before.start)
            if StorySet(self._ids(self._range(cursor))) == (each | turned if is_selected else each):
                return
        stories = StorySet(before.all)
        if is_open:
            each = each - turned | stories & turned
        self._start, self._held = cursor, _Held(each, stories)

    def go_on(self, before: Selected | None, cursor: int) -> None:
        """Have the same stories selected among other rows, where they are still listed.

        Args:
            before: what `now` gave.
            cursor: the row under the cursor now.
        """
        if before is None:
            return
        self.end()
        if before.start is not None and self._has_stayed(before, before.start, cursor):
            return
        stories = self._rows.listed_of(StorySet(before.all))
        if not stories:
            return
        closed = self._rows.closed_rows(stories)
        plain = stories - StorySet(chain.from_iterable(closed.values()))
        each = plain | _standing(closed, StorySet(before.each))
        if before.start is not None:
            start = self._rows.row_with(before.start) if before.start in stories else None
            for at in self._starts(cursor, len(plain) + len(closed), start):
                self._start = at
                lines = StorySet(self._ids(self._range(cursor)))
                if lines == plain | StorySet(closed) and not each - lines and self._are_whole(closed):
                    return
        self._start, self._held = cursor, _Held(each, stories)

    def _has_stayed(self, before: Selected, start: int, cursor: int) -> bool:
        """Begin the selection where it began before; says whether nothing has changed about its rows."""
        for at in self._starts(cursor, len(before.each), start):
            self._start = at
            if self._ids(self._range(cursor)) == before.each and self.all(cursor) == before.all:
                return True
        self._start = None
        return False

    def _starts(self, cursor: int, lines: int, story: int | None) -> list[int]:
        """The rows from which `lines` rows reach to the cursor, up or down; where a story is given, only its row."""
        rows = self._rows.ids
        ends = [row for row in (cursor - lines + 1, cursor + lines - 1) if 0 <= row < len(rows)]
        return [row for row in ends if story is None or rows[row] == story]

    def _are_whole(self, closed: dict[int, list[int]]) -> bool:
        """Whether all stories of some closed events are selected; `closed` has those that are, by their row."""
        return len(self._rows.stories_of_all(ids(closed))) == sum(map(len, closed.values()))


def _standing(closed: dict[int, list[int]], before: StorySet) -> StorySet:
    """What stands in `Selected.each` for closed events.

    Args:
        closed: the stories that are selected, by their row.
        before: what stood in `each` before.
    """
    each: list[int] = []
    for row, selected in closed.items():
        stood = [story for story in selected if story in before]
        each += stood or ([row] if row in selected else selected)
    return StorySet(each)
