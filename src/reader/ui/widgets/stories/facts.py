"""What the list says of a row besides its headline: outlet, time, number of outlets, and the reader's marks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from rich.cells import cell_len

from reader.base.times import local_day, recent_day, short_day, weekday
from reader.base.wording import plural
from reader.ui.look.cells import cut, fitting
from reader.ui.widgets.stories.event_line import event_words

if TYPE_CHECKING:
    from reader.library.index.rows import StoryRow
    from reader.library.marks.snapshot import Snapshot
    from reader.ui.widgets.stories.fetched import FetchedRows
    from reader.ui.widgets.stories.rows import Rows

UNREAD, READ, STARRED = "●", "○", "★"
"""The signs of marks. The closed row of an event is unread if any of its stories is, and starred if any is."""

PLAIN_NAME, SHORTEST_NAME = 12, 8
"""Cells in which the names of most outlets can be recognised; and the least that a name is given."""


class RowFacts:
    """Puts into words what is known of rows.

    Args:
        rows: the rows of the list.
        fetched: their stories, as far as they were fetched.
        now: the clock.
        zone: the time zone of what is shown; None for the system's.

    Attributes:
        marks: the reader's marks; None where they are not known.
        new: how many articles came to the event of each story, by its id, since the reader last looked at it.
    """

    def __init__(self, rows: Rows, fetched: FetchedRows, now: Callable[[], datetime], zone: tzinfo | None) -> None:
        self._rows = rows
        self._fetched = fetched
        self._now = now
        self._zone = zone
        self.marks: Snapshot | None = None
        self.new: dict[int, int] = {}

    def marked(self, story: int, marks: Snapshot | None) -> tuple[str, str]:
        """The signs of a row with some marks: read or unread, and a star."""
        if marks is None:
            return " ", " "
        stories = self._rows.stories_of(story)
        is_read = all(one in marks.read for one in stories)
        return READ if is_read else UNREAD, " " if marks.starred.isdisjoint(stories) else STARRED

    def words(self, story: int, marks: Snapshot | None) -> list[str]:
        """The marks of a story that its row says in words, of some marks."""
        if marks is None:
            return []
        said: Mapping[str, Set[int]] = {"later": marks.later, "watched": marks.watched, "note": marks.noted}
        return [word for word, stories in said.items() if story in stories]

    def looks_alike(self, story: int, marks: Snapshot | None, others: Snapshot | None) -> bool:
        """Whether the row of a story says the same with some marks as with others."""
        signs, words = self.marked, self.words
        return signs(story, marks) == signs(story, others) and words(story, marks) == words(story, others)

    def of_story(self, row: StoryRow, room: int) -> str:
        """The second line of a story, in `room` cells. If these are few, the count loses its word, the name its end."""
        facts, counted = [self._day(row)], f"{row.outlets} outlets"
        if row.outlets > 1 and not self._rows.is_inside(row.id):  # under its event's row, that one says it
            facts.append(counted)
        if row.type == "video":
            facts.append("video")
        if self.new.get(row.id):  # before what the person knows: the end of it may be cut
            facts.append(f"{self.new[row.id]} new")
        facts += self.words(row.id, self.marks)
        tail = " · ".join(facts)
        if counted in facts and len(tail) + 3 + min(cell_len(row.provider), PLAIN_NAME) > room:  # 20 Feb 2020 · 4
            facts[facts.index(counted)] = str(row.outlets)
            tail = " · ".join(facts)
        name = cut(row.provider, max(room - len(tail) - 3, SHORTEST_NAME))
        return cut(f"{name} · {tail}" if name else tail, room)

    def of_event(self, row: StoryRow, room: int) -> str:
        """The second line of an event; while it is open, with the outlet and the time of the story that it shows."""
        event, events = self._fetched.event(row.id), self._rows.events
        if event is None or events is None:
            return "…"
        first = recent_day(event.first, self._zone, self._now()) if event.first else ""
        facts = event_words(event, len(events.stories(row.id)), first)
        if self.new.get(row.id):
            facts.append((-1, f"{self.new[row.id]} new"))
        if not self._rows.is_inside(row.id):
            return fitting(facts, room)
        day = self._day(row)
        return fitting(
            [(-1, f"{row.provider} · {day}" if row.provider else day), (0, plural(event.outlets, "outlet"))], room
        )

    def _day(self, row: StoryRow) -> str:
        return recent_day(row.published, self._zone, self._now())

    def day_of(self, row: StoryRow) -> str:
        """The day of a row, as the line of that day says it."""
        if row.published is None:
            return "no date"
        return weekday(local_day(row.published, self._zone), self._now().astimezone(self._zone).date())

    def new_day(self, row: StoryRow, above: StoryRow | None, below: StoryRow | None) -> str:
        """The day that begins with a row, to be said beside it; empty where none does.

        It is also empty for a day of a single story, and where the row itself says its date.

        Args:
            row: the row.
            above: the row above it; None for none, or where it was not fetched.
            below: likewise, the row below it.
        """
        if row.published is None or self._rows.is_inside(row.id):
            return ""
        if self._day(row) == short_day(row.published, self._zone, self._now()):
            return ""
        day = local_day(row.published, self._zone)
        if above is not None and above.published is not None and local_day(above.published, self._zone) == day:
            return ""
        if below is None or below.published is None or local_day(below.published, self._zone) != day:
            return ""  # the only story of a day says its time itself
        return self.day_of(row)
