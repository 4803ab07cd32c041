"""The story list: headline and facts of each story, or on demand one row for each event, which opens in place."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.strip import Strip

from reader.library.index.rows import StoryRow
from reader.ui.keys.bindings import LIST
from reader.ui.widgets.line_list import LineList
from reader.ui.widgets.stories.days import NO_DAYS, DayLines
from reader.ui.widgets.stories.drawing import RowDrawing, RowLook
from reader.ui.widgets.stories.facts import RowFacts
from reader.ui.widgets.stories.fetched import FetchedRows
from reader.ui.widgets.stories.rows import Rows
from reader.ui.widgets.stories.selection import RowSelection, Selected
from reader.ui.widgets.stories.story_lines import lines_a_story

if TYPE_CHECKING:
    from reader.library.index.events.event_rows import EventFacts, EventRows
    from reader.library.index.lists.places import RowPlaces
    from reader.library.marks.snapshot import Snapshot

_MARGIN = 3
"""Cells before a headline: the cursor's bar, and the sign of read or unread."""

_SIGN = 2
"""Cells of an event's sign, where a click opens or closes the event."""


class StoryList(LineList):
    """A virtual list of story ids. What it shows of a story is fetched a page at a time, as that comes near.

    Where it is given `EventRows`, the stories of an event share one row until that is opened. Each story has at most
    one row; the event's is that of the story that stands for it.

    Args:
        fetch: gives the rows of some stories, by their ids.
        fetch_events: gives the facts of the events of some stories, by their ids.
        now: the clock.
        zone: the time zone of what is shown; None for the system's.
        density: how many lines a story takes, as `Config.density`.
    """

    BINDINGS: ClassVar[list[Binding]] = [replace(LIST[0], priority=True), *LIST[1:]]  # in turn with keys typed ahead

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
        self._rows = Rows()
        self._fetched = FetchedRows(fetch, fetch_events)
        self._facts = RowFacts(self._rows, self._fetched, now, zone)
        self._is_away = False
        self._selection = RowSelection(self._rows)
        self._days = DayLines()
        self._drawing = RowDrawing(self._rows, self._fetched, self._facts, self._days, self.look)
        self._title: str | Content | None = None
        """The title of the list, while its place shows how much is selected."""

    @property
    def ids(self) -> array[int]:
        """The ids of the stories that have a row, in order."""
        return self._rows.ids

    @property
    def opened(self) -> list[int]:
        """The stories that stand for the open events, in order."""
        return self._rows.heads

    def open_at_first(self, stories: Iterable[int]) -> None:
        """Have the rows of the events of some stories open when events are first listed."""
        self._rows.open_at_first(stories)

    @property
    def selected(self) -> int | None:
        """The id of the story under the cursor."""
        return self._rows.ids[self.cursor] if self._rows.ids else None

    def holds(self, story: int | None) -> bool:
        """Whether the row under the cursor is that of a story, or of an event in which the story is hidden."""
        return story is not None and self.selected is not None and self._rows.row_with(story) == self.selected

    def show_stories(
        self,
        ids: array[int],
        events: EventRows | None = None,
        *,
        choose: Callable[[Callable[[int], bool]], int | None],
        empty_text: str,
        fresh: bool = False,
        places: RowPlaces | None = None,
        days: Sequence[int] = NO_DAYS,
        is_by_time: bool = False,
        is_whole: bool = True,
    ) -> None:
        """Show other stories.

        Args:
            ids: the stories, in order.
            events: the same with one row per event; None to give every story its own.
            choose: gives the story for the cursor, None for the first row; it is given a function that says whether a
                story is listed. Where the story is hidden in an event's closed row, the cursor goes to that.
            empty_text: what to say where there are none.
            fresh: whether what was fetched of stories may have changed.
            places: the places of the rows; needed where `choose` may ask for many stories.
            days: the places of the rows that begin another day, where days may have lines of their own.
            is_by_time: whether they go by time, so that rows may say which day begins.
            is_whole: whether these are all stories, and not only the first page.
        """
        if fresh:
            self._fetched.forget()
            self._facts.new.clear()
        rows = self._rows
        is_switched = bool(rows.ids) and (events is None) != (rows.events is None)
        above = self.top_of(self.cursor) - self.scroll_offset.y
        selected = self._selection.now(self.cursor)
        rows.show(ids, events, places)
        self._days.starts, self._days.is_whole, self._drawing.is_by_time = days, is_whole, is_by_time
        chosen = choose(rows.is_listed)
        place = None if chosen is None else rows.place(rows.row_for(chosen))
        rows.forget_places()
        self.show_items(
            len(rows.ids), 0 if chosen is None else self.cursor if place is None else place, empty_text=empty_text
        )
        self._go_on_selecting(selected)
        if is_switched:
            self._scroll(self.top_of(self.cursor) - above)

    @property
    def density(self) -> str:
        """How many lines a story takes, as `Config.density`."""
        return self._density

    @density.setter
    def density(self, density: str) -> None:
        self._density = density
        self.fit()

    def show_items(self, count: int, cursor: int, *, empty_text: str = "") -> None:
        """As `LineList.show_items`, with as many lines for each as there is room."""
        self._count_lines(count)
        super().show_items(count, cursor, empty_text=empty_text)

    def fit(self) -> None:
        """As `LineList.fit`, with as many lines for each as there is room now."""
        self._count_lines(self.count)
        super().fit()
        if self._selection.is_on:  # the list may have got a frame to say it in, or lost it
            self._tell_selection()

    def _count_lines(self, count: int) -> None:
        self._days.fit(count, self.size.height)

        def is_any_long() -> bool:
            self.prepare(0, count)
            room = self.size.width - _MARGIN - 1
            rows = map(self._fetched.row, self._rows.ids)
            return any(cell_len(row.title) > room for row in rows if row is not None)

        self.item_height = lines_a_story(self._density, count, self.size, is_any_long, besides=self._days.count)

    def top_of(self, index: int) -> int:
        """As `LineList.top_of`, with the lines of days."""
        return index * self.item_height + self._days.above(index)

    def item_at(self, line: int) -> int:
        """As `LineList.item_at`, with the lines of days."""
        return self._days.row_at(line, self.item_height)

    # Selecting rows.

    @property
    def is_selecting(self) -> bool:
        """Whether rows are selected."""
        return self._selection.is_on

    @property
    def selection(self) -> Sequence[int]:
        """The story of each selected row, as `RowSelection.each`; empty where nothing is selected."""
        return self._selection.each(self.cursor)

    @property
    def stories_selected(self) -> Sequence[int]:
        """The stories of the selected rows: of an event's closed row all of them."""
        return self._selection.all(self.cursor)

    def begin_selection(self, hint: str) -> None:
        """Select the rows from the cursor's on to where it moves; the hint says which key ends that."""
        self._selection.begin(self.cursor, hint)
        self._tell_selection()

    def end_selection(self) -> None:
        """Select nothing."""
        if self._selection.is_on:
            self._selection.end()
            self._tell_selection()

    def show_selection(self, is_shown: bool) -> None:
        """Put the selection in force, or let it wait while another pane has the focus: keys act on that one then."""
        if is_shown != self._selection.is_shown:
            self._selection.is_shown = is_shown
            self._tell_selection()

    def _go_on_selecting(self, before: Selected | None) -> None:
        """Select the stories that were selected before other rows were shown."""
        if before is not None:
            self._selection.go_on(before, self.cursor)
            self._tell_selection()

    def show_title(self, title: Content) -> None:
        """Show another title; while its place shows how much is selected, only after that."""
        if self._title is None:
            self.border_title = title
        else:
            self._title = title

    def _turn_selected(self, before: Selected | None, story: int, *, is_open: bool) -> None:
        """Select the stories that were selected before the event of a story was opened or closed."""
        if before is not None and self._rows.events is not None:
            self._selection.turn(before, self.cursor, self._rows.events.stories(story), is_open=is_open)
            self._tell_selection()

    def _tell_selection(self) -> None:
        words = self._selection.words(self.cursor)
        has_frame = bool(self.styles.border_bottom[0])
        if self._title is not None:
            self.border_title, self._title = self._title, None
        if words and not has_frame:  # a low screen has no line below the list
            self._title, self.border_title = self.border_title or "", Content(words)
        self.border_subtitle = Content(words if has_frame else "")
        self.redraw()

    def move_to(self, index: int) -> None:
        """As `LineList.move_to`; the selection goes on to the cursor."""
        super().move_to(index)
        if self._selection.is_on:
            self._tell_selection()

    def show_away(self, is_away: bool) -> None:
        """Whether the story pane shows another story than the cursor's: then the row is drawn without the cursor."""
        if is_away != self._is_away:
            self._is_away = is_away
            self._cache.pop((self.cursor, True), None)
            self._redraw_item(self.cursor)

    def show_marks(self, marks: Snapshot | None) -> None:
        """Show other marks; None where they are not known. Only the rows that they change are drawn again."""
        facts = self._facts
        before, facts.marks = facts.marks, marks
        if marks is not before:
            self._redraw_where(lambda story: not facts.looks_alike(story, before, marks))

    def show_new(self, new: Mapping[int, int]) -> None:
        """Show how many articles came to the event of each story, by its id, since the reader last looked at it."""
        known, before = self._facts.new, dict(self._facts.new)
        known.update(new)
        self._redraw_where(lambda story: known.get(story, 0) != before.get(story, 0))

    def _redraw_where(self, is_other: Callable[[int], bool]) -> None:
        """Draw the rows of stories again of which something is true, cached or in view: styles empty the cache."""
        first = self.item_at(self.scroll_offset.y)
        for index in sorted({*range(first, first + len(self.in_view)), *(index for index, _ in self._cache)}):
            if index >= len(self._rows.ids) or is_other(self._rows.ids[index]):
                self._cache.pop((index, True), None)
                self._cache.pop((index, False), None)
                self._redraw_item(index)

    def stories_of(self, story: int) -> list[int]:
        """The stories that the row of a story stands for: all of an event while its row is closed."""
        return self._rows.stories_of(story)

    def all_stories(self) -> Callable[[], Sequence[int]]:
        """A function that gives all stories that the rows stand for now; any thread may call it later."""
        return partial(self._rows.expansion(), self._rows.ids[:])

    def beside(self, *, above: bool) -> Sequence[int]:
        """The stories of the rows above the cursor, or below it."""
        rows = self._rows.ids[: self.cursor] if above else self._rows.ids[self.cursor + 1 :]
        return self._rows.stories_of_all(rows)

    @property
    def in_view(self) -> array[int]:
        """The stories of the rows that are on the screen."""
        first = self.item_at(self.scroll_offset.y)
        return self._rows.ids[first : first + self.size.height // self.item_height + 1]

    @property
    def without_news(self) -> list[int]:
        """The stories in view for which `show_new` was not called yet."""
        return [story for story in self.in_view if story not in self._facts.new]

    def _scroll(self, top: int) -> None:
        """Scroll to a line, but keep the cursor in view."""
        self.scroll_to(y=max(top, 0), animate=False, force=True)
        self.keep_in_view()

    def take_rows(self, rows: Iterable[StoryRow]) -> None:
        """Keep rows that the caller has already, so that they need not be fetched."""
        self._fetched.take(rows)

    def select(self, story: int) -> bool:
        """Put the cursor on a story, and open the event's row if it is hidden there; says whether it is listed."""
        if self._rows.row_with(story) != story:
            self._open(story)
        place = self._rows.place(story)
        if place is not None:
            self.move_to(place)
        return place is not None

    def prepare(self, first: int, last: int) -> None:
        """Fetch the rows of a page and its neighbours."""
        self._fetched.have(self._rows.ids[first:last], self._rows.events)

    # Opening and closing events.

    def action_expand(self) -> None:
        """Show the stories of the event under the cursor."""
        story = self.selected
        if story is not None and self._rows.is_closed(story):
            self._open(story)
            self.post_message(self.Opened(story))

    def action_collapse(self) -> None:
        """Hide the stories of the event under the cursor, or of the one whose stories the cursor is among."""
        story, rows = self.selected, self._rows
        head = None if story is None else rows.head(story)
        if head is None:
            return
        selected = self._selection.now(self.cursor)
        rows.close(head)
        self.show_items(len(rows.ids), rows.place(head) or 0)
        self._turn_selected(selected, head, is_open=False)
        if story != head:
            self.post_message(self.Moved(self, self.cursor))

    def _open(self, story: int) -> None:
        """Open the row that has a story, and bring its stories into view; the cursor stays on its story."""
        under_cursor, rows = self.selected, self._rows
        if rows.events is None or under_cursor is None:
            return
        selected = self._selection.now(self.cursor)
        rows.open(story)
        self.show_items(len(rows.ids), rows.place(under_cursor) or 0, empty_text=self.empty_text)
        self._turn_selected(selected, story, is_open=True)
        head = rows.head(story)
        first = rows.place(story if head is None else head) or 0
        top, below = self.top_of(first), self.top_of(first + len(rows.events.stories(story)))
        if below > self.scroll_offset.y + self.size.height:
            self._scroll(min(top, below - self.size.height))

    def on_click(self, event: events.Click) -> None:
        """A click on the sign of an event's row opens or closes it."""
        offset = event.get_content_offset(self)
        if offset is None or self._rows.events is None or not _MARGIN - 1 <= offset.x < _MARGIN + _SIGN:
            return
        index = self.item_at(offset.y + self.scroll_offset.y)
        if index < self.count and self._rows.events.is_event(self._rows.ids[index]):
            event.stop()
            event.prevent_default()
            self.move_to(index)
            if self._rows.is_closed(self._rows.ids[index]):
                self.action_expand()
            else:
                self.action_collapse()

    # Drawing.

    def render_item(self, index: int, width: int, *, at_cursor: bool) -> list[Strip]:
        """Draw the row of a story or an event, as `RowDrawing.lines`."""
        at_cursor = at_cursor and not self._is_away
        is_selected = self._selection.holds(index, self.cursor)
        ground = self.ground(at_cursor=at_cursor or is_selected)
        look = RowLook(width, self.item_height, ground, self.rich_style, at_cursor, is_selected)
        return self._drawing.lines(index, look)
