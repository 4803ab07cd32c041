"""The rows of the story list: one for each story, or one for each event with its stories under it while it is open.

The row of an event is that of the story that stands for it, its representative: so a row is known by a story's id.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from reader.library.index.lists.id_arrays import ids
from reader.library.index.lists.places import RowPlaces, place_in
from reader.library.index.lists.story_set import StorySet

if TYPE_CHECKING:
    from reader.library.index.events.event_rows import EventRows

NO_IDS = ids()

_FEW = 8
"""Up to so many stories the place of each is looked for: with more it is quicker to go over all rows once."""

_STEP = 2
"""Cells by which rows are indented under an event's."""

CLOSED, OPEN = "▸", "▾"
"""The signs of an event's row, with its stories hidden or shown."""


class Rows:
    """Knows which stories have a row, in which order, and which events are open.

    Attributes:
        ids: the stories of the rows, in order.
        events: the list folded into one row per event; None where every story has its own.
    """

    def __init__(self) -> None:
        self.ids = NO_IDS
        self.events: EventRows | None = None
        self._opened: set[int] = set()
        self._inside: dict[int, int] = {}
        """The stories of open events, each with the one that stands for its event."""
        self._others: dict[int, list[int]] = {}
        """The other stories of each open event, by the one that stands for it; in the order of the rows."""
        self._open_at: list[int] = []
        """The places of the rows of open events, as they would be if none was open."""
        self._places: RowPlaces | None = None
        """The places of all rows, as they would be if no event was open; None where each is looked for when asked."""

    # What the rows are.

    @property
    def heads(self) -> list[int]:
        """The stories that stand for the open events, in order."""
        return list(dict.fromkeys(self._inside.values()))

    def head(self, story: int) -> int | None:
        """The story that stands for the open event which a story is on; None where it is on none."""
        return self._inside.get(story)

    def is_inside(self, story: int) -> bool:
        """Whether a story is on an event whose row is open."""
        return story in self._inside

    def is_closed(self, story: int) -> bool:
        """Whether the row of a story is that of an event whose stories are hidden."""
        return self.events is not None and story not in self._inside and self.events.is_event(story)

    def stories_of(self, story: int) -> list[int]:
        """The stories that the row of a story stands for: all of an event while its row is closed."""
        events = self.events
        return events.stories(story) if events is not None and self.is_closed(story) else [story]

    def stories_of_all(self, rows: Sequence[int]) -> Sequence[int]:
        """The stories that some rows stand for, each once."""
        return self.expansion()(rows)

    def expansion(self) -> Callable[[Sequence[int]], Sequence[int]]:
        """A function that does what `stories_of_all` does now, even once there are other rows."""
        events, inside = self.events, self._inside
        return lambda rows: rows if events is None else events.stories_of_rows(rows, inside)

    def listed_of(self, stories: StorySet) -> StorySet:
        """The stories, of some, that are listed: each in a row of its own, or in the closed row of its event."""
        if len(stories) > _FEW:
            return stories & StorySet(self.stories_of_all(self.ids))
        return StorySet(story for story in stories if self.place(story) is not None)

    def closed_rows(self, stories: StorySet) -> dict[int, list[int]]:
        """The stories, of some listed ones, that are hidden in closed rows of events; by the story of the row."""
        return {} if self.events is None else self.events.by_row(stories, self._inside)

    def row_with(self, story: int) -> int:
        """The story whose row has a story in it: the row of its event while that is closed, else its own."""
        if self.events is None or story in self._inside:
            return story
        return self.events.holder(story) or story

    def row_for(self, story: int) -> int:
        """The story to whose row the cursor goes for a story, which may be listed no more while its event still is."""
        if self.events is None or story in self._inside:
            return story
        return self.events.representative(story) or story

    def is_listed(self, story: int) -> bool:
        """Whether a story, or its event, has a row."""
        if self.events is not None and self.events.representative(story) is not None:
            return True
        return self.place(story) is not None

    def place(self, story: int) -> int | None:
        """The place of the row of a story, or of its event while that is closed; None where it has none."""
        wanted = self.row_with(story)
        head = self._inside.get(wanted, wanted)
        rows = self.ids if self.events is None else self.events.rows
        at = place_in(rows, head) if self._places is None else self._places.get(head)
        if at is None:
            return None
        opened = bisect_left(self._open_at, at)
        within = 1 + self._others[head].index(wanted) if wanted != head else 0
        return at + sum(len(self._others[one]) for one in list(self._others)[:opened]) + within

    def sign(self, story: int) -> tuple[str, str]:
        """The sign of an event's row, empty for other rows; and blanks as wide as the sign and the indent together."""
        if self.events is None:
            return "", ""
        if self._inside.get(story, story) != story:
            return "", " " * 2 * _STEP
        if not self.events.is_event(story):
            return "", " " * _STEP
        return OPEN if story in self._inside else CLOSED, " " * _STEP

    # Changing them.

    def show(self, ids: array[int], events: EventRows | None, places: RowPlaces | None = None) -> None:
        """Have other rows; events that were open stay open.

        Args:
            ids: the stories, in order.
            events: the same with one row per event; None to give every story its own.
            places: the places of the rows; where they are not given, each is looked for when it is asked for.
        """
        self._places = places
        if events is None:
            self._opened.clear()
        self.events = events
        self._arrange(ids if events is None else events.rows)

    def forget_places(self) -> None:
        """Look for each place from now on. Few are asked for, and the places of a million rows would take 4 MB."""
        self._places = None

    def open_at_first(self, stories: Iterable[int]) -> None:
        """Have the rows of the events of some stories open when events are first listed."""
        self._opened.update(stories)

    def open(self, story: int) -> None:
        """Open the row of the event that has a story."""
        if self.events is not None:
            self._opened.add(story)
            self._arrange(self.events.rows)

    def close(self, head: int) -> None:
        """Close the row of an event, given by the story that stands for it."""
        events = self.events
        if events is not None:
            self._opened = {one for one in self._opened if events.representative(one) != head}
            self._arrange(events.rows)

    def _arrange(self, rows: array[int]) -> None:
        """Work the rows out: those that are given, and under those of open events their stories."""
        self._inside, self._others, self._open_at = {}, {}, []
        known = self.events
        heads = {known.representative(story) for story in self._opened} - {None} if known else set()
        if known is None or not heads:
            self.ids = rows
            return
        lines, start = rows[:0], 0
        for place, head in sorted((known.place(head), head) for head in heads if head is not None):
            others = [story for story in known.stories(head) if story != head]
            self._inside.update(dict.fromkeys((head, *others), head))
            self._others[head] = others
            self._open_at.append(place)
            lines += rows[start : place + 1]
            lines.extend(others)
            start = place + 1
        self.ids = lines + rows[start:]
        self._opened |= self._inside.keys()  # so that an event is recognised by any story that it keeps
