"""The lines of the story list: a row for each story or each event, and under an opened event's row its stories."""

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
"""Stories up to which the place of each is looked for: of a million rows that is as long as to go over all once."""

_STEP = 2
"""Cells of a step into an event."""

CLOSED, OPEN = "▸", "▾"
"""The signs of an event's row, with its stories hidden or shown."""


class Rows:
    """Which stories have a line, and in which order; which events are open.

    Attributes:
        ids: the stories of the lines, in order.
        events: the list folded into one row per event; None where every story has its own.
    """

    def __init__(self) -> None:
        self.ids = NO_IDS
        self.events: EventRows | None = None
        self._opened: set[int] = set()
        self._inside: dict[int, int] = {}
        """Of each story of an open event, the one that stands for the event."""
        self._others: dict[int, list[int]] = {}
        """Of each open event, by the story that stands for it, the other stories; in the order of the rows."""
        self._open_at: list[int] = []
        """The places of their rows, as if none was open."""
        self._places: RowPlaces | None = None
        """The places of all rows, as if no event was open; None where each is looked for."""

    # What there is.

    @property
    def heads(self) -> list[int]:
        """Of each event whose row is open, the story that stands for it, in order."""
        return list(dict.fromkeys(self._inside.values()))

    def head(self, story: int) -> int | None:
        """The story that stands for the open event which a story is on; None where it is on none."""
        return self._inside.get(story)

    def is_inside(self, story: int) -> bool:
        """Whether a story is on an event whose row is open."""
        return story in self._inside

    def is_closed(self, story: int) -> bool:
        """Whether a line is the row of an event whose stories are hidden."""
        return self.events is not None and story not in self._inside and self.events.is_event(story)

    def stories_of(self, story: int) -> list[int]:
        """The stories that the row of a story stands for: all of an event while its row is closed."""
        events = self.events
        return events.stories(story) if events is not None and self.is_closed(story) else [story]

    def stories_of_all(self, rows: Sequence[int]) -> Sequence[int]:
        """The stories that some rows stand for, each once."""
        return self.expansion()(rows)

    def expansion(self) -> Callable[[Sequence[int]], Sequence[int]]:
        """`stories_of_all` as it is now, also once other rows are there."""
        events, inside = self.events, self._inside
        return lambda rows: rows if events is None else events.stories_of_rows(rows, inside)

    def listed_of(self, stories: StorySet) -> StorySet:
        """Those of some stories that are listed, each in a line of its own or in the row of its event."""
        if len(stories) > _FEW:
            return stories & StorySet(self.stories_of_all(self.ids))
        return StorySet(story for story in stories if self.place(story) is not None)

    def closed_rows(self, stories: StorySet) -> dict[int, list[int]]:
        """Of some listed stories those that are found in the rows of closed events, by the story of the row."""
        return {} if self.events is None else self.events.by_row(stories, self._inside)

    def line_of(self, story: int) -> int:
        """The story in whose line a story is found: that of its event while that is closed, else its own."""
        if self.events is None or story in self._inside:
            return story
        return self.events.holder(story) or story

    def row_for(self, story: int) -> int:
        """The story to whose row the cursor goes for a story, which may be listed no more though its event is."""
        if self.events is None or story in self._inside:
            return story
        return self.events.representative(story) or story

    def is_listed(self, story: int) -> bool:
        """Whether a story has a line, or its event."""
        if self.events is not None and self.events.representative(story) is not None:
            return True
        return self.place(story) is not None

    def place(self, story: int) -> int | None:
        """The place of the line of a story, or of its event while that is closed; None where it has none."""
        wanted = self.line_of(story)
        head = self._inside.get(wanted, wanted)
        rows = self.ids if self.events is None else self.events.rows
        at = place_in(rows, head) if self._places is None else self._places.get(head)
        if at is None:
            return None
        opened = bisect_left(self._open_at, at)
        within = 1 + self._others[head].index(wanted) if wanted != head else 0
        return at + sum(len(self._others[one]) for one in list(self._others)[:opened]) + within

    def sign(self, story: int) -> tuple[str, str]:
        """The sign in front of a line, empty where it is none of an event's; and the room that it and a step take."""
        if self.events is None:
            return "", ""
        if self._inside.get(story, story) != story:
            return "", " " * 2 * _STEP
        if not self.events.is_event(story):
            return "", " " * _STEP
        return OPEN if story in self._inside else CLOSED, " " * _STEP

    # What changes.

    def show(self, ids: array[int], events: EventRows | None, places: RowPlaces | None = None) -> None:
        """Have other lines; events that were open stay so.

        Args:
            ids: the stories, in order.
            events: the same with one row per event; None to give every story its own.
            places: of the rows; where they are not given, each that is asked for is looked for.
        """
        self._places = places
        if events is None:
            self._opened.clear()
        self.events = events
        self._arrange(ids if events is None else events.rows)

    def forget_places(self) -> None:
        """Look for each place from now on: few are asked for, and of a million rows all of them take 4 MB."""
        self._places = None

    def open_at_first(self, stories: Iterable[int]) -> None:
        """Have the rows of the events of some stories open when events are listed first."""
        self._opened.update(stories)

    def open(self, story: int) -> None:
        """Open the row of the event that holds a story."""
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
        """Make the lines: the rows, and under those of opened events their stories."""
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
        self._opened |= self._inside.keys()  # so that an event is known again by any story that it keeps
