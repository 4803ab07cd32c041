"""The stories: two lines each, headline first."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, tzinfo
from typing import ClassVar

from textual.binding import Binding
from textual.strip import Strip

from reader.library.rows import StoryRow
from reader.stories.timetext import short_day
from reader.ui.bindings import LIST
from reader.ui.cells import cut, line
from reader.ui.widgets.line_list import LineList

NO_IDS: array[int] = array("q")


class StoryList(LineList):
    """A virtual list over story ids; rows are fetched by the page as they come near.

    Args:
        fetch: gives the rows of some ids.
        now: the clock.
        zone: the time zone of what is shown; None for the system's.
    """

    BINDINGS: ClassVar[list[Binding]] = [*LIST]
    ITEM_HEIGHT = 2
    _KEPT_ROWS = 2_000

    def __init__(
        self,
        fetch: Callable[[Sequence[int]], dict[int, StoryRow]],
        now: Callable[[], datetime],
        zone: tzinfo | None,
    ) -> None:
        super().__init__(id="stories")
        self._fetch = fetch
        self._now = now
        self._zone = zone
        self._ids = NO_IDS
        self._rows: dict[int, StoryRow] = {}

    @property
    def ids(self) -> array[int]:
        """The ids of the stories shown, in order."""
        return self._ids

    @property
    def selected(self) -> int | None:
        """The id of the story under the cursor."""
        return self._ids[self.cursor] if self._ids else None

    def show_stories(self, ids: array[int], *, select: int | None, empty_text: str, fresh: bool = False) -> None:
        """Show other stories. `select` stays selected where it is listed; else the cursor keeps its place.

        Args:
            ids: the stories, in order.
            select: the story to stay on.
            empty_text: what to say where there is none.
            fresh: whether rows may say something else than before.
        """
        if fresh:
            self._rows.clear()
        self._ids = ids
        self.show_items(len(ids), self._position(select), empty_text=empty_text)

    def take_rows(self, rows: Iterable[StoryRow]) -> None:
        """Keep rows that are at hand, so that they need not be fetched."""
        self._rows.update({row.id: row for row in rows})

    def select(self, story: int) -> bool:
        """Put the cursor on a story; says whether it is listed."""
        position = self._position(story, otherwise=-1)
        if position >= 0:
            self.move_to(position)
        return position >= 0

    def _position(self, story: int | None, otherwise: int | None = None) -> int:
        if story is not None:
            if self.cursor < len(self._ids) and self._ids[self.cursor] == story:
                return self.cursor
            try:
                return self._ids.index(story)
            except ValueError:
                pass
        return self.cursor if otherwise is None else otherwise

    def prepare(self, first: int, last: int) -> None:
        """Fetch the rows of a page and its neighbours."""
        missing = [story for story in self._ids[first:last] if story not in self._rows]
        if missing:
            if len(self._rows) > self._KEPT_ROWS:
                self._rows = {story: self._rows[story] for story in self._ids[first:last] if story in self._rows}
            self._rows.update(self._fetch(missing))

    def render_item(self, index: int, width: int, *, at_cursor: bool) -> list[Strip]:
        """Draw a story: its headline; its outlet, time and number of outlets."""
        ground, dim = self.ground(at_cursor=at_cursor), self.look("dim")
        bar = ("▌" if at_cursor else " ", self.look("mark"))
        row = self._rows.get(self._ids[index])
        if row is None:
            return [line([bar, ("  …", dim)], width, ground), line([bar], width, ground)]
        room = width - 3
        title = (cut(row.title, room), self.look("strong") if at_cursor else self.ground(at_cursor=False))
        return [
            line([bar, (" ", dim), title], width, ground),
            line([bar, (" ", dim), (self._facts(row, room), dim)], width, ground),
        ]

    def _facts(self, row: StoryRow, room: int) -> str:
        """The second line; where room is short the outlet's name gives way to the time and the count."""
        facts = [short_day(row.published, self._zone, self._now())]
        if row.outlets > 1:
            facts.append(f"{row.outlets} outlets")
        if row.type == "video":
            facts.append("video")
        tail = " · ".join(facts)
        name = cut(row.provider, max(room - len(tail) - 3, 8))
        return cut(f"{name} · {tail}" if name else tail, room)
