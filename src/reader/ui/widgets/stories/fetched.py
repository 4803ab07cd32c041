"""The rows of the story list that were fetched from the index: a page and its neighbours at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.library.index.events.event_rows import EventFacts, EventRows
    from reader.library.index.rows import StoryRow

MOST_KEPT = 2_000
"""With more rows than these, those that are not near the screen are forgotten."""


class FetchedRows:
    """Keeps what was fetched of stories, and of the events whose rows they stand for.

    Args:
        fetch: gives the rows of some stories, by their ids.
        fetch_events: gives the facts of the events of some stories, by their ids.
    """

    def __init__(
        self,
        fetch: Callable[[Sequence[int]], dict[int, StoryRow]],
        fetch_events: Callable[[Sequence[int]], dict[int, EventFacts]],
    ) -> None:
        self._fetch = fetch
        self._fetch_events = fetch_events
        self._rows: dict[int, StoryRow] = {}
        self._events: dict[int, EventFacts] = {}

    def row(self, story: int) -> StoryRow | None:
        """The row of a story; None where it was not fetched."""
        return self._rows.get(story)

    def event(self, story: int) -> EventFacts | None:
        """The facts of the event of a story; None where they were not fetched."""
        return self._events.get(story)

    def take(self, rows: Iterable[StoryRow]) -> None:
        """Keep rows that the caller has already."""
        self._rows.update({row.id: row for row in rows})

    def forget(self) -> None:
        """Forget all rows, as the index may have others for them now."""
        self._rows.clear()
        self._events.clear()

    def have(self, near: Sequence[int], events: EventRows | None) -> None:
        """Fetch what is missing of rows that come into view.

        Args:
            near: the ids of their stories.
            events: the list with one row per event; None where every story has its own.
        """
        missing = [story for story in near if story not in self._rows]
        if missing:
            if len(self._rows) > MOST_KEPT:
                self._rows = {story: self._rows[story] for story in near if story in self._rows}
                self._events = {story: self._events[story] for story in near if story in self._events}
            self._rows.update(self._fetch(missing))
        if events is not None:
            unknown = [story for story in near if story not in self._events and events.is_event(story)]
            if unknown:
                self._events.update(self._fetch_events(unknown))
