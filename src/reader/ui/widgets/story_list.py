"""The stories: two lines each, headline first; on demand one row for each event, which opens in place."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.strip import Strip

from reader.base.times import local_day, recent_day, weekday
from reader.base.wording import plural
from reader.library.index.rows import StoryRow
from reader.ui.keys.bindings import LIST
from reader.ui.look.cells import cut, fitting, line
from reader.ui.widgets.event_line import event_words
from reader.ui.widgets.line_list import LineList
from reader.ui.widgets.story_lines import Looks, StoryLine, lines_a_story

if TYPE_CHECKING:
    from reader.library.index.event_rows import EventFacts, EventRows
    from reader.library.marks.snapshot import Snapshot

NO_IDS: array[int] = array("q")

CLOSED, OPEN = "▸", "▾"
"""The signs of an event's row, with its stories hidden or shown."""

UNREAD, READ, STARRED = "●", "○", "★"
"""The signs of marks: of an event's closed row, unread while any of its stories is, starred where any is."""

_MARGIN = 3
_STEP = 2


class StoryList(LineList):
    """A virtual list over story ids; rows are fetched by the page as they come near.

    Where it is given `EventRows`, the stories of an event are one row until that is opened; each story has one line at
    most: that of the representative is the event's row.

    Args:
        fetch: gives the rows of some ids.
        fetch_events: gives what there is to say of the events of some ids.
        now: the clock.
        zone: the time zone of what is shown; None for the system's.
        density: how many lines a story takes, as `Config.density`.
    """

    BINDINGS: ClassVar[list[Binding]] = [replace(LIST[0], priority=True), *LIST[1:]]  # in its turn among what is typed
    _KEPT_ROWS = 2_000

    @dataclass
    class Opened(Message):
        """The row of an event was opened."""

        story: int

    def __init__(
        self,
        fetch: Callable[[Sequence[int]], dict[int, StoryRow]],
        fetch_events: Callable[[Sequence[int]], dict[int, EventFacts]],
        now: Callable[[], datetime],
        zone: tzinfo | None,
        density: str = "auto",
    ) -> None:
        super().__init__(id="stories")
        self.item_height = 2
        self._density = density
        self.is_by_time = False
        """Whether the list goes by time: then each day says where it begins."""
        self._fetch = fetch
        self._fetch_events = fetch_events
        self._now = now
        self._zone = zone
        self._ids = NO_IDS
        self._rows: dict[int, StoryRow] = {}
        self._facts: dict[int, EventFacts] = {}
        self._events: EventRows | None = None
        self._opened: set[int] = set()
        self._inside: dict[int, int] = {}
        self._is_away = False
        self._lines: set[int] | None = None
        """The lines as a set, while the one to stand on is chosen."""
        self._marks: Snapshot | None = None
        self._new: dict[int, int] = {}

    @property
    def ids(self) -> array[int]:
        """The ids of the stories shown, in order."""
        return self._ids

    @property
    def opened(self) -> list[int]:
        """Of each event whose row is open, the story that stands for it, in order."""
        return list(dict.fromkeys(self._inside.values()))

    def open_at_first(self, stories: Iterable[int]) -> None:
        """Have the rows of the events of some stories open when events are listed first."""
        self._opened.update(stories)

    @property
    def selected(self) -> int | None:
        """The id of the story under the cursor."""
        return self._ids[self.cursor] if self._ids else None

    def holds(self, story: int | None) -> bool:
        """Whether the row under the cursor is that of a story, or of an event in which the story is hidden."""
        return story is not None and self.selected is not None and self._line_of(story) == self.selected

    def show_stories(
        self,
        ids: array[int],
        events: EventRows | None = None,
        *,
        choose: Callable[[Callable[[int], bool]], int | None],
        empty_text: str,
        fresh: bool = False,
    ) -> None:
        """Show other stories.

        Args:
            ids: the stories, in order.
            events: the same with one row per event; None to give every story its own.
            choose: given what says whether a story is listed, gives the one to stand on, or None for the first row;
                where its event's row is closed, the cursor goes to that.
            empty_text: what to say where there is none.
            fresh: whether rows may say something else than before.
        """
        if fresh:
            self._rows.clear()
            self._facts.clear()
            self._new.clear()
        is_switched = bool(self._ids) and (events is None) != (self._events is None)
        above = self.cursor * self.item_height - self.scroll_offset.y
        if events is None:
            self._opened.clear()
        self._events = events
        self._arrange(ids if events is None else events.rows)
        chosen = choose(self._is_listed)
        if chosen is not None and self._events is not None and chosen not in self._inside:
            chosen = self._events.representative(chosen) or chosen
        self._lines = None
        self.show_items(len(self._ids), 0 if chosen is None else self._position(chosen), empty_text=empty_text)
        if is_switched:
            self._scroll(self.cursor * self.item_height - above)

    @property
    def density(self) -> str:
        """How many lines a story takes, as `Config.density`."""
        return self._density

    @density.setter
    def density(self, density: str) -> None:
        self._density = density
        self.fit()

    def show_items(self, count: int, cursor: int, *, empty_text: str = "") -> None:
        """As `LineList.show_items`, with as many lines each as there is room for."""
        self._count_lines(count)
        super().show_items(count, cursor, empty_text=empty_text)

    def fit(self) -> None:
        """As `LineList.fit`; there may be room for more lines each, or fewer."""
        self._count_lines(self.count)
        super().fit()

    def _count_lines(self, count: int) -> None:
        def is_any_long() -> bool:
            self.prepare(0, count)
            room = self.size.width - _MARGIN - 1
            return any(cell_len(self._rows[story].title) > room for story in self._ids if story in self._rows)

        self.item_height = lines_a_story(self._density, count, self.size, is_any_long)

    def show_away(self, is_away: bool) -> None:
        """Whether another story than the row's is shown: then the row is not drawn as if it were that."""
        if is_away != self._is_away:
            self._is_away = is_away
            self._cache.pop((self.cursor, True), None)
            self._redraw_item(self.cursor)

    def show_marks(self, marks: Snapshot | None) -> None:
        """Show other marks; None where they are not known. Only the lines that say something else are drawn again."""
        before, self._marks = self._marks, marks
        if marks is not before:
            self._redraw_where(lambda story: self._marked(story, before) != self._marked(story, marks))

    def show_new(self, new: Mapping[int, int]) -> None:
        """Tell, by story, how many articles came to its event since that was last looked at."""
        before = dict(self._new)
        self._new.update(new)
        self._redraw_where(lambda story: self._new.get(story, 0) != before.get(story, 0))

    def _redraw_where(self, is_other: Callable[[int], bool]) -> None:
        """Draw the lines again of which something is true; what was never drawn needs nothing."""
        drawn = {index for index, _ in self._cache}
        for index in sorted(drawn):
            if index >= len(self._ids) or is_other(self._ids[index]):
                self._cache.pop((index, True), None)
                self._cache.pop((index, False), None)
                self._redraw_item(index)

    def stories_of(self, story: int) -> list[int]:
        """The stories that the row of a story stands for: all of an event while its row is closed."""
        events = self._events
        return events.stories(story) if events is not None and self._is_closed(story) else [story]

    def beside(self, *, above: bool) -> Sequence[int]:
        """The stories of the rows above the cursor, or below it."""
        rows = self._ids[: self.cursor] if above else self._ids[self.cursor + 1 :]
        return rows if self._events is None else [one for row in rows for one in self.stories_of(row)]

    @property
    def in_view(self) -> array[int]:
        """The stories of the rows that are on the screen."""
        first = self.scroll_offset.y // self.item_height
        return self._ids[first : first + self.size.height // self.item_height + 1]

    @property
    def untold(self) -> list[int]:
        """Those of them of which `show_new` has told nothing yet."""
        return [story for story in self.in_view if story not in self._new]

    def _marked(self, story: int, marks: Snapshot | None) -> tuple[str, str]:
        """The signs of a row: read or unread, and a star."""
        if marks is None:
            return " ", " "
        stories = self.stories_of(story)
        is_read = all(one in marks.read for one in stories)
        return READ if is_read else UNREAD, " " if marks.starred.isdisjoint(stories) else STARRED

    def _scroll(self, top: int) -> None:
        """Scroll to a line, as far as the cursor stays in view."""
        self.scroll_to(y=max(top, 0), animate=False, force=True)
        self.keep_in_view()

    def _arrange(self, rows: array[int]) -> None:
        """Make the lines: the rows, and under those of opened events their stories."""
        self._inside = {}
        known = self._events
        heads = {known.representative(story) for story in self._opened} - {None} if known else set()
        if known is None or not heads:
            self._ids = rows
            return
        lines, start = array("q"), 0
        for place, head in sorted((known.places[head], head) for head in heads if head is not None):
            others = [story for story in known.stories(head) if story != head]
            self._inside.update(dict.fromkeys((head, *others), head))
            lines += rows[start : place + 1]
            lines.extend(others)
            start = place + 1
        self._ids = lines + rows[start:]
        self._opened |= self._inside.keys()  # so that an event is known again by any story that it keeps

    def _line_of(self, story: int) -> int:
        """The story in whose line a story is found: that of its event while that is closed, else its own."""
        if self._events is None or story in self._inside:
            return story
        return self._events.holder(story) or story

    def _is_listed(self, story: int) -> bool:
        """Whether a story has a line, or its event."""
        if self._lines is None:
            self._lines = set(self._ids)
        return story in self._lines or (self._events is not None and self._events.representative(story) is not None)

    def take_rows(self, rows: Iterable[StoryRow]) -> None:
        """Keep rows that are at hand, so that they need not be fetched."""
        self._rows.update({row.id: row for row in rows})

    def select(self, story: int) -> bool:
        """Put the cursor on a story, and open the event's row in which it is hidden; says whether it is listed."""
        if self._line_of(story) != story:
            self._open(story)
        position = self._position(story, otherwise=-1)
        if position >= 0:
            self.move_to(position)
        return position >= 0

    def _position(self, story: int | None, otherwise: int | None = None) -> int:
        if story is not None:
            wanted = self._line_of(story)
            if self.cursor < len(self._ids) and self._ids[self.cursor] == wanted:
                return self.cursor
            try:
                return self._ids.index(wanted)
            except ValueError:
                pass
        return self.cursor if otherwise is None else otherwise

    def prepare(self, first: int, last: int) -> None:
        """Fetch the rows of a page and its neighbours."""
        near = self._ids[first:last]
        missing = [story for story in near if story not in self._rows]
        if missing:
            if len(self._rows) > self._KEPT_ROWS:
                self._rows = {story: self._rows[story] for story in near if story in self._rows}
                self._facts = {story: self._facts[story] for story in near if story in self._facts}
            self._rows.update(self._fetch(missing))
        if self._events is not None:
            untold = [story for story in near if story not in self._facts and self._events.is_event(story)]
            if untold:
                self._facts.update(self._fetch_events(untold))

    # Opening and closing events.

    def action_expand(self) -> None:
        """Show the stories of the event under the cursor."""
        story = self.selected
        if story is not None and self._is_closed(story):
            self._open(story)
            self.post_message(self.Opened(story))

    def action_collapse(self) -> None:
        """Hide the stories of the event under the cursor, or in which the cursor stands."""
        story = self.selected
        head = None if story is None else self._inside.get(story)
        if head is None or self._events is None:
            return
        self._opened = {one for one in self._opened if self._events.representative(one) != head}
        self._arrange(self._events.rows)
        self.show_items(len(self._ids), self._position(head))
        if story != head:
            self.post_message(self.Moved(self, self.cursor))

    def _is_closed(self, story: int) -> bool:
        """Whether a line is the row of an event whose stories are hidden."""
        return self._events is not None and story not in self._inside and self._events.is_event(story)

    def _open(self, story: int) -> None:
        """Open the row that holds a story; the cursor stays where it is, and as many stories as can come into view."""
        under_cursor = self.selected
        if self._events is None or under_cursor is None:
            return
        self._opened.add(story)
        self._arrange(self._events.rows)
        self.show_items(len(self._ids), self._position(under_cursor), empty_text=self.empty_text)
        head = self._inside[story]
        top = self._ids.index(head) * self.item_height
        below = top + len(self._events.stories(head)) * self.item_height
        if below > self.scroll_offset.y + self.size.height:
            self._scroll(min(top, below - self.size.height))

    def on_click(self, event: events.Click) -> None:
        """A click on the sign of an event's row opens or closes it."""
        offset = event.get_content_offset(self)
        if offset is None or self._events is None or not _MARGIN - 1 <= offset.x < _MARGIN + _STEP:
            return
        index = (offset.y + self.scroll_offset.y) // self.item_height
        if index < self.count and self._events.is_event(self._ids[index]):
            event.stop()
            event.prevent_default()
            self.move_to(index)
            if self._is_closed(self._ids[index]):
                self.action_expand()
            else:
                self.action_collapse()

    # Drawing.

    def render_item(self, index: int, width: int, *, at_cursor: bool) -> list[Strip]:
        """Draw a story: its headline; its outlet, time and number of outlets. Of an event: what it has of each."""
        at_cursor = at_cursor and not self._is_away
        ground, dim = self.ground(at_cursor=at_cursor), self.look("dim")
        story = self._ids[index]
        bar = ("▌" if at_cursor else " ", self.look("mark"))
        row = self._rows.get(story)
        if row is None:
            return [
                line([bar, ("  …" if not number else "", dim)], width, ground) for number in range(self.item_height)
            ]
        sign, indent = self._sign(story)
        read, star = self._marked(story, self._marks)
        facts = self._event_line if sign else self._story_line
        told = StoryLine(read, star, sign, indent, row.title, facts, self._new_day(index, row))
        title = self.look("read") if read == READ else Style.null()
        title += self.look("strong") if at_cursor else Style.null()
        looks = Looks(title, dim, self.look("mark"), self.look("accent"))
        lines = told.lines(row, width - 1, self.item_height, looks)
        return [line([bar, *parts], width, ground) for parts in lines]

    def _new_day(self, index: int, row: StoryRow) -> str:
        """The day of several stories that begins with a line, where the list goes by time; else empty."""
        above = self._rows.get(self._ids[index - 1]) if index else None
        if not self.is_by_time or row.published is None or row.id in self._inside:
            return ""
        day = local_day(row.published, self._zone)
        if above is not None and above.published is not None and local_day(above.published, self._zone) == day:
            return ""
        below = self._rows.get(self._ids[index + 1]) if index + 1 < len(self._ids) else None
        if below is None or below.published is None or local_day(below.published, self._zone) != day:
            return ""  # a day of one story has its date in that
        return weekday(day, self._now().astimezone(self._zone).date())

    def _sign(self, story: int) -> tuple[str, str]:
        """The sign in front of a line, empty where it is none of an event's; and the room that it and a step take."""
        if self._events is None:
            return "", ""
        if self._inside.get(story, story) != story:
            return "", " " * 2 * _STEP
        if not self._events.is_event(story):
            return "", " " * _STEP
        return OPEN if story in self._inside else CLOSED, " " * _STEP

    def _story_line(self, row: StoryRow, room: int) -> str:
        """The second line; where room is short the outlet's name gives way to the time and the count."""
        facts = [recent_day(row.published, self._zone, self._now())]
        if row.outlets > 1 and row.id not in self._inside:  # of a story under its event's row that one tells
            facts.append(f"{row.outlets} outlets")
        if row.type == "video":
            facts.append("video")
        if self._marks is not None and row.id in self._marks.later:
            facts.append("later")
        if self._marks is not None and row.id in self._marks.watched:
            facts.append("watched")
        if self._marks is not None and row.id in self._marks.noted:
            facts.append("note")
        if self._new.get(row.id):
            facts.append(f"{self._new[row.id]} new")
        tail = " · ".join(facts)
        name = cut(row.provider, max(room - len(tail) - 3, 8))
        return cut(f"{name} · {tail}" if name else tail, room)

    def _event_line(self, row: StoryRow, room: int) -> str:
        """The second line of an event; while it is open, with the outlet and the time of the story that it shows."""
        told = self._facts.get(row.id)
        if told is None or self._events is None:
            return "…"
        listed = len(self._events.stories(row.id))
        first = recent_day(told.first, self._zone, self._now()) if told.first else ""
        facts = event_words(told, listed, first)
        if self._new.get(row.id):
            facts.append((-1, f"{self._new[row.id]} new"))
        if row.id not in self._inside:
            return fitting(facts, room)
        day = recent_day(row.published, self._zone, self._now())
        return fitting(
            [(-1, f"{row.provider} · {day}" if row.provider else day), (0, plural(told.outlets, "outlet"))], room
        )
