"""What the reader does with stories: reads them, stars them, watches their events; and takes it back."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from textual import work
from textual.timer import Timer

from reader.base.errors import LibraryIndexError, MarksError
from reader.base.wording import plural
from reader.library.index.index import Index
from reader.library.marks.snapshot import NOTHING_MARKED
from reader.ui.parts.listing import Listing, ask
from reader.ui.parts.marks.kept import Keeping
from reader.ui.parts.marks.words import taken_back
from reader.ui.widgets.coverage_tree import CoverageTree

if TYPE_CHECKING:
    from reader.coverage.model import Coverage
    from reader.library.marks.marks import Change, Marks
    from reader.ui.parts.marks.pending import Wish

NEAR = 2_000
"""Rows in which the next unread story is looked for at once; what is farther off is looked for in a thread."""


class Marking(Keeping):
    """The part of the main screen that marks.

    Attributes:
        mark_read: when a story counts as read: as `Config.mark_read`.
        mark_read_seconds: as `Config.mark_read_seconds`.
    """

    mark_read: str
    mark_read_seconds: float
    _reading: Timer | None = None
    _waits_to_be_seen = False

    @property
    def coverage_tree(self) -> CoverageTree:
        """The coverage tree."""
        return self.query_one(CoverageTree)

    # What a mark is for.

    def _stories_at_hand(self) -> list[int]:
        """The stories that a mark is for: in the tree the one under its cursor, else that of the screen."""
        if self.target is not None:
            return [] if self.target.story is None else [self.target.story]
        return [] if self.story is None else [self.story]

    def _row_at_hand(self) -> list[int]:
        """As `_stories_at_hand`; on an event's closed row all its stories."""
        stories = self.stories
        if self.focused is stories and stories.selected is not None and stories.selected == self.story:
            return stories.stories_of(stories.selected)
        return self._stories_at_hand()

    def _story_to_mark(self) -> int | None:
        """The story at hand; where there is none, that is told."""
        stories = self._stories_at_hand()
        if not stories:
            self._nothing_at_hand()
        return stories[0] if stories else None

    def _nothing_at_hand(self) -> None:
        on_web = self.target is not None
        self.toast("This article is not in your library: it has no marks." if on_web else "No story is selected.")

    # Read and starred.

    def action_read(self) -> None:
        """Read, or unread again; on an event's closed row all its stories."""
        stories = self._row_at_hand()
        if self.story in stories:
            self._stop_reading()
        if stories:
            self._toggle("read", stories)
        else:
            self._nothing_at_hand()

    def action_star(self) -> None:
        """Star, or take the star off."""
        if story := self._story_to_mark():
            self._toggle("starred", [story])

    @work(group="marks")
    async def _toggle(self, kind: str, stories: Sequence[int]) -> None:
        """Set a flag, or take it off where all have it. The file decides: one key may follow right upon another."""
        from reader.library.marks.model import NO_MARKS, Kind
        from reader.ui.parts.marks.pending import Wish

        def wish(marks: Marks, index: Index) -> Wish:
            keys = tuple(index.keys(stories).values())
            known = marks.of(keys)
            value = not all(getattr(known.get(key, NO_MARKS), kind) for key in keys)
            told = kind if value else f"no longer {kind}"
            return Wish((kind, keys, value), told, stories, lambda marks: marks.set(keys, Kind(kind), value))

        change = await self._grant(wish)
        if change is not None and change.kind is Kind.READ and change.value:
            await self._look_at(stories)

    @work(group="marks")
    async def _mark_read(self, stories: Sequence[int], *, by_itself: bool = False) -> None:
        """Mark stories read that were looked at."""
        if await self._grant(lambda _, index: _wish_read(stories, index), by_itself=by_itself) is not None:
            await self._look_at(stories)

    async def _look_at(self, stories: Sequence[int]) -> None:
        """Remember that stories were read, and that their events were looked at."""
        from reader.library.marks.model import Kind

        def seen(marks: Marks, index: Index) -> Change:
            return marks.set(index.keys(stories).values(), Kind.SEEN, self._now())

        def known(marks: Marks, index: Index) -> Change:
            events = index.event_keys(stories).values()
            keys = {*index.keys(stories).values(), *(key for event in events for key in event)}
            return marks.set(sorted(keys), Kind.KNOWN, self._now())

        for act in (seen, known):
            if await self._change(act, by_itself=True) is None:
                return
        if self.is_standing:
            await self._show_news(self.stories.in_view)

    def action_read_all(self) -> None:
        """Mark all listed stories read."""
        self._stop_reading()
        self._read_all(self.listing)

    @work(group="marks")
    async def _read_all(self, listing: Listing) -> None:
        answer = self.answer
        if answer.listing == listing and answer.is_whole:
            ids = answer.ids
        else:  # the key came before the list
            marked = await self._marks_for(listing)
            whole = await self.ask(lambda index: ask(index, listing, now=self._now(), marks=marked))
            ids = whole.ids if whole is not None else array("q")
        await self.look_at_marks()  # a mark on its way is not counted with these
        before = len((self.marks or NOTHING_MARKED).read)
        change = await self._grant(lambda _, index: _wish_read(ids, index))
        if change is None:
            return
        count = len((self.marks or NOTHING_MARKED).read) - before
        if change.keys:
            self.toast(f"{plural(count, 'story', 'stories')} marked read · U takes it back")
            self.list_with_marks()
        else:
            self.toast("All listed stories are read already.")

    @work(group="marks")
    async def action_undo_mark(self) -> None:
        """Take the last mark back."""
        self._stop_reading()
        try:
            if await self.index_thread.drop_pending():
                self.toast("The mark that was not kept yet is forgotten.")
                self._show_bars()
                return
            if not self.index_thread.has_marks:
                self.toast("There is no mark to take back.")
                return
            before = await self.index_thread.snapshot()
            change, marks = await self.index_thread.undo()
        except MarksError as error:
            self.toast(f"Not taken back: {error}", "error")
            return
        except LibraryIndexError as error:
            self.begin_index_anew(error)
            return
        if change is None:
            self.toast("There is no mark to take back.")
            return
        self.show_marks(marks)
        count: int | None
        if change.kind in ("read", "starred"):
            count = abs(len(getattr(before, change.kind)) - len(getattr(marks, change.kind)))
        else:
            count = await self.ask(lambda index: len(index.stories_with(change.keys)))
        self.toast(taken_back(change, count or 0))
        self.list_with_marks()

    # Reading.

    def begin_reading(self) -> None:
        """A story has come to the screen: it counts as read when it has stayed there for a moment."""
        self._stop_reading()
        if self.mark_read == "after_seconds" and self.story is not None:
            self._reading = self.set_timer(self.mark_read_seconds, self._has_been_read)

    def _stop_reading(self) -> None:
        self._waits_to_be_seen = False
        if self._reading is not None:
            self._reading.stop()
            self._reading = None

    def _has_been_read(self) -> None:
        self._reading = None
        if not self._is_in_sight:
            self._waits_to_be_seen = True
        elif self.story is not None:
            self._mark_read([self.story], by_itself=True)

    @property
    def _is_in_sight(self) -> bool:
        """Whether the story pane is on the screen, with nothing in front of it."""
        return self.is_standing and self.app.screen is self and bool(self.view.region) and self.view.is_on_screen

    def look_again(self) -> None:
        """Another pane or the whole screen has come forward: a story that was hidden begins to be read."""
        if self._waits_to_be_seen:
            self.begin_reading()

    def on_screen_resume(self) -> None:
        """A dialog was closed."""
        self.look_again()

    def on_story_view_came_up(self) -> None:
        """The story pane has got its place on the screen."""
        self.look_again()

    def opened(self) -> None:
        """The story was opened, here or in the browser."""
        if self.mark_read == "on_open" and (stories := self._stories_at_hand()):
            self._mark_read(stories)

    def action_open(self) -> None:
        """Open the link."""
        super().action_open()
        self.opened()

    def action_open_next(self) -> None:
        """Open the link, mark read, and go to the next."""
        super().action_open()
        stories = self._stories_at_hand()
        if stories:
            if self.story in stories:
                self._stop_reading()
            self._mark_read(stories)
        if self.focused is self.coverage_tree:
            self.coverage_tree.action_move(1)
        else:
            self._go_to_row(min(self.stories.cursor + 1, self.stories.count - 1))

    # Unread.

    def action_unread(self, by: int) -> None:
        """Go to the next or previous unread story in the list's order, around at its end."""
        ids, at = self.stories.ids, self.stories.cursor
        found = self._find_unread(ids, at, by, range(1, min(len(ids), NEAR + 1)))
        if found is not None:
            self._go_to_unread(found)
        elif len(ids) > NEAR:
            self._look_for_unread(by)
        else:
            self.toast("No other story of this list is unread.")

    @work(exclusive=True, group="unread")
    async def _look_for_unread(self, by: int) -> None:
        ids, at = self.stories.ids, self.stories.cursor
        found = await self.ask(lambda _: self._find_unread(ids, at, by, range(NEAR, len(ids))))
        if self.stories.ids is not ids or self.stories.cursor != at:
            return
        if found is None:
            self.toast("No other story of this list is unread.")
        else:
            self._go_to_unread(found)

    def _find_unread(self, ids: array[int], at: int, by: int, steps: Iterable[int]) -> int | None:
        """The place of the first row from another on that stands for an unread story; past the ends it goes on around.

        Args:
            ids: the stories of the rows.
            at: the place of the other.
            by: 1 for downwards, -1 for upwards.
            steps: how far to go.
        """
        read = (self.marks or NOTHING_MARKED).read
        places = (at + by * step for step in steps)
        return next((one for one in places if not read.issuperset(self.stories.stories_of(ids[one % len(ids)]))), None)

    def _go_to_unread(self, row: int) -> None:
        count = self.stories.count
        if not 0 <= row < count:
            self.toast("On from the beginning of the list." if row > 0 else "On from the end of the list.")
        self._go_to_row(row % count)

    def _go_to_row(self, row: int) -> None:
        stories = self.stories
        if not stories.count:
            return
        before = stories.cursor
        stories.move_to(row)
        if stories.cursor != before:
            self.show_story(stories.selected)

    # Events.

    def action_watch_event(self) -> None:
        """Watch the event of the story at hand, or watch it no longer."""
        if story := self._story_to_mark():
            self._watch_event(story)

    @work(group="marks")
    async def _watch_event(self, story: int) -> None:
        from reader.library.marks.model import Kind

        coverage = await self.ask(lambda index: index.coverage(story))
        if coverage is None:
            return
        keys, label = [article.key for article in coverage.event], coverage.event[0].key

        def act(marks: Marks, _: Index) -> Change:
            labels = sorted({name for mark in marks.of(keys).values() for name in mark.watches})
            for name in labels[1:]:  # one event now that was watched as several
                marks.set(marks.keys(Kind.WATCHED, name), Kind.WATCHED, False, name)
            if labels:
                return marks.set(marks.keys(Kind.WATCHED, labels[0]), Kind.WATCHED, False, labels[0])
            return marks.set(keys, Kind.WATCHED, True, label)

        change = await self._change(act)
        if change is not None:
            articles = plural(len(keys), "article")
            watched = f"Watched: {articles} now. is:watched lists its stories."
            self.toast(watched if change.value else "No longer watched.")

    async def news_of(self, coverage: Coverage) -> int:
        """How many articles came to a story's event since it was last looked at."""
        if not self.index_thread.has_marks:
            return 0
        keys = [article.key for article in coverage.event]
        try:
            return await self.index_thread.ask_marks(lambda marks, _: marks.new_since(keys))
        except (MarksError, LibraryIndexError):  # `look_at_marks` tells
            return 0

    @work(exclusive=True, group="news")
    async def look_for_news(self) -> None:
        """Show what is new on the events of the stories on the screen."""
        if self.is_standing:
            await self._show_news(self.stories.untold)

    async def _show_news(self, stories: Iterable[int]) -> None:
        ids = list(stories)
        if not ids or not self.index_thread.has_marks:
            return

        def question(marks: Marks, index: Index) -> dict[int, int]:
            events = index.event_keys(ids)
            return {story: marks.new_since(events[story]) if story in events else 0 for story in ids}

        try:
            new = await self.index_thread.ask_marks(question)
        except (MarksError, LibraryIndexError):  # `look_at_marks` tells
            return
        if self.is_standing:
            self.stories.show_new(new)


def _wish_read(stories: Sequence[int], index: Index) -> Wish:
    from reader.library.marks.model import Kind
    from reader.ui.parts.marks.pending import Wish

    keys = tuple(index.keys(stories).values())
    return Wish(("read", keys, True), "read", stories, lambda marks: marks.set(keys, Kind.READ, True))
