"""What the list says of a row besides its headline: outlet, time, number of outlets, and what the reader did."""

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
"""The signs of marks: of an event's closed row, unread while any of its stories is, starred where any is."""

PLAIN_NAME, SHORTEST_NAME = 12, 8
"""Cells in which most outlets can be told; cells that an outlet has at least."""


class RowFacts:
    """Puts into words what is known of rows.

    Args:
        rows: the lines of the list.
        fetched: what is known of them.
        now: the clock.
        zone: the time zone of what is shown; None for the system's.

    Attributes:
        marks: what the reader did; None where that is not known.
        new: by story, how many articles came to its event since that was last looked at.
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
        """What a story's row says of some marks in words."""
        if marks is None:
            return []
        told: Mapping[str, Set[int]] = {"later": marks.later, "watched": marks.watched, "note": marks.noted}
        return [word for word, stories in told.items() if story in stories]

    def are_told_alike(self, story: int, marks: Snapshot | None, others: Snapshot | None) -> bool:
        """Whether the row of a story says the same with some marks as with others."""
        signs, words = self.marked, self.words
        return signs(story, marks) == signs(story, others) and words(story, marks) == words(story, others)

    def of_story(self, row: StoryRow, room: int) -> str:
        """The second line; where room is short the outlet gives way to the time and the count, then a word."""
        facts, counted = [self._day(row)], f"{row.outlets} outlets"
        if row.outlets > 1 and not self._rows.is_inside(row.id):  # of a story under its event's row that one tells
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
        told, events = self._fetched.event(row.id), self._rows.events
        if told is None or events is None:
            return "…"
        first = recent_day(told.first, self._zone, self._now()) if told.first else ""
        facts = event_words(told, len(events.stories(row.id)), first)
        if self.new.get(row.id):
            facts.append((-1, f"{self.new[row.id]} new"))
        if not self._rows.is_inside(row.id):
            return fitting(facts, room)
        day = self._day(row)
        return fitting(
            [(-1, f"{row.provider} · {day}" if row.provider else day), (0, plural(told.outlets, "outlet"))], room
        )

    def _day(self, row: StoryRow) -> str:
        return recent_day(row.published, self._zone, self._now())

    def day_of(self, row: StoryRow) -> str:
        """The day of a row as a heading."""
        if row.published is None:
            return "no date"
        return weekday(local_day(row.published, self._zone), self._now().astimezone(self._zone).date())

    def new_day(self, row: StoryRow, above: StoryRow | None, below: StoryRow | None) -> str:
        """The day of several stories that begins with a row, between those next to it; else empty.

        A row that tells its date says it already: then it is empty as well.
        """
        if row.published is None or self._rows.is_inside(row.id):
            return ""
        if self._day(row) == short_day(row.published, self._zone, self._now()):
            return ""
        day = local_day(row.published, self._zone)
        if above is not None and above.published is not None and local_day(above.published, self._zone) == day:
            return ""
        if below is None or below.published is None or local_day(below.published, self._zone) != day:
            return ""  # a day of one story has its date in that
        return self.day_of(row)
