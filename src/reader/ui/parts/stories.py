"""What is listed: the question, its answer, and the bars that tell of both."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from textual import work

from reader.base.errors import LibraryIndexError, MarksError
from reader.base.wording import plural
from reader.library.index.rows import Counts, StoryRow, TopicCount
from reader.library.marks.snapshot import NOTHING_MARKED, Snapshot, grown, on_index
from reader.library.query.query import Sort
from reader.ui.parts.listing import Answer, Listing, Shown, ask, ask_first, ask_topics, why_empty
from reader.ui.parts.search import Completing
from reader.ui.upstream.type_ahead import DIALOG
from reader.ui.widgets.bars import HeaderBar, TopicBar
from reader.ui.widgets.panes import Panes
from reader.ui.widgets.query_bar import QueryBar
from reader.ui.widgets.story_list import NO_IDS, StoryList

if TYPE_CHECKING:
    from reader.library.index.event_rows import EventFacts
    from reader.library.query.values import MarkSets

T = TypeVar("T")


class ListScreen(Completing):
    """The part of the main screen that lists stories: searching, topics, orders, one row per event.

    Args:
        place: the library's folder as it is shown.
        listing: what is listed at first.
        now: the clock.
        outlets: domains of outlets, the best first: whose story speaks for an event.
    """

    def __init__(self, place: str, listing: Listing, now: Callable[[], datetime], outlets: Sequence[str]) -> None:
        super().__init__()
        self._now = now
        self.place = place
        self.listing = listing
        self._outlets = tuple(outlets)
        self.keymap: Mapping[str, str] = {}
        """Keys that differ from the program's own, by the ids of bindings."""
        self._answer = Answer(listing, NO_IDS, (), Counts(0, 0, 0), is_whole=False)
        self.marks: Snapshot | None = None
        self.is_filling = False
        """Whether the index was empty at the start, and is read into for the first time."""
        self._asked_with: tuple[Listing, Snapshot] | None = None
        self._marks_trouble = ""

    def show_story(self, story: int | None) -> None:
        """Show a story, and what belongs to it."""
        raise NotImplementedError

    @property
    def stories(self) -> StoryList:
        """The story list."""
        return self.query_one(StoryList)

    @property
    def is_standing(self) -> bool:
        """Whether there is a list to show anything in: an answer may come while the screen is taken down."""
        return self.display and bool(self.query(StoryList))

    @property
    def answer(self) -> Answer:
        """What is listed, with the counts of the bars."""
        return self._answer

    @property
    def _topics(self) -> Sequence[TopicCount]:
        """All topics; asked for at once where a key comes before the bar has them."""
        return self._answer.topics or self.peek(lambda index: index.topics(), [])

    # The list.

    def fetch_rows(self, ids: Sequence[int]) -> dict[int, StoryRow]:
        """The rows of some stories, for the list."""
        return self.peek(lambda index: index.rows(ids), {})

    def fetch_events(self, ids: Sequence[int]) -> dict[int, EventFacts]:
        """What there is to say of some stories' events, for the list."""
        return self.peek(lambda index: index.event_facts(ids), {})

    def show_first_page(self) -> None:
        """Show the newest stories before the rest is known; `list_anew` follows."""
        rows: Sequence[StoryRow] = self.peek(lambda index: index.first(self.size.height or 64), [])
        self.stories.take_rows(rows)
        self._show_answer(self._answer._replace(ids=array("q", (row.id for row in rows))))

    def show_listing(self, listing: Listing, *, take_offer: bool = False) -> None:
        """List other stories, or the same in another order.

        Args:
            listing: what to list.
            take_offer: where nothing is found, list at once what has the words in its coverage.
        """
        self.listing = listing
        self.list_anew(take_offer)

    @work(exclusive=True, group="listing")
    async def list_anew(self, take_offer: bool = False) -> None:
        """Put the question to the index, and show what it answers: the first page, all of it, the topics' counts."""
        listing = self.listing
        first = await self.ask(lambda index: ask_first(index, listing, self.size.height))
        if first is not None and listing == self.listing and self.is_standing:
            self._show_answer(first._replace(topics=self._answer.topics))
            await self._drawn()
        marks = await self._marks_for(listing)
        answer = await self.ask(lambda index: ask(index, listing, self._outlets, now=self._now(), marks=marks))
        if answer is None or listing != self.listing or not self.is_standing:
            return
        self._show_answer(answer._replace(topics=self._answer.topics))
        await self._drawn()
        if take_offer:
            self._take_offer()
        if not self.is_syncing or self.marks is None:  # what comes in by the file is marked once all of it is there
            await self.look_at_marks()
        topics = await self.ask(lambda index: ask_topics(index, listing, now=self._now(), marks=marks))
        if topics is not None and listing == self.listing:
            self._answer = self._answer._replace(topics=topics)
            self._show_bars()

    # The marks.

    async def look_at_marks(self) -> None:
        """Show the marks as they are now. Trouble with them is told once, and nothing is shown as marked then."""
        thread = self.index_thread
        try:
            marks = await thread.snapshot()
        except MarksError as error:
            self._tell_marks_trouble(str(error))
            self.show_marks(None)
        except LibraryIndexError as error:
            self.begin_index_anew(error)
        else:
            self._tell_marks_trouble(thread.marks_note)
            self.show_marks(marks)

    def _tell_marks_trouble(self, words: str) -> None:
        if words and words != self._marks_trouble:
            self.toast(words, "warning")
        self._marks_trouble = words

    def show_marks(self, marks: Snapshot | None) -> None:
        """Show other marks; None where they cannot be read."""
        if marks is not self.marks and self.is_standing:
            self.marks = marks
            self.stories.show_marks(marks)
            self._show_bars()

    async def _marks_for(self, listing: Listing) -> MarkSets[int] | None:
        """The marks that a listing is asked with: those of the first time it is, as long as it stays.

        A story that is read while the unread ones are listed stays where it is until they are listed again.
        """
        if not listing.asks_for_marks:
            self._asked_with = None
            return None
        if self._asked_with is None or self._asked_with[0] != listing:
            await self.look_at_marks()
            marks = await self._with_growth(listing, self.marks or NOTHING_MARKED)
        else:
            known = self._asked_with[1]
            marks = await self.ask(lambda index: on_index(known, index)) or known
        self._asked_with = (listing, marks)
        return marks.sets

    async def _with_growth(self, listing: Listing, known: Snapshot) -> Snapshot:
        if known.keys is None or not listing.asks_for_growth:
            return known
        try:
            return await self.index_thread.ask_marks(lambda marks, index: grown(known, marks, index))
        except MarksError as error:
            self._tell_marks_trouble(str(error))
            return known

    def list_with_marks(self) -> None:
        """Where the marks decide what is listed, list it anew with the marks as they are now."""
        if self._asked_with is not None:
            self._asked_with = None
            self.list_anew()

    async def _drawn(self) -> None:
        """Wait until what is shown has been drawn: the next question would take the time of the drawing."""
        drawn = asyncio.Event()
        self.call_after_refresh(drawn.set)
        await drawn.wait()

    def _take_offer(self) -> None:
        """Where nothing is listed, list the stories that have the words in their coverage, if there are any."""
        if self._answer.in_coverage:
            listing = self._answer.listing.in_coverage
            self.query_one(QueryBar).text = listing.text
            self.show_listing(listing)

    def _show_answer(self, answer: Answer) -> None:
        before, self._answer = self._answer, answer
        jumped_out = self.story is not None and not self.stories.holds(self.story)
        stays_out = jumped_out and answer.listing == before.listing
        is_reading = self.is_syncing or answer.version < 0
        stays_on = self.story if self.story is not None else self.stories.selected
        if self.is_filling and self.focused is self.stories and not self.stories.cursor:
            stays_on = None  # nobody has moved: the newest of all that is known by now stays at the top
        self.is_filling = self.is_filling and is_reading
        empty = why_empty(answer, is_reading=is_reading, place=self.place, keymap=self.keymap)
        self.stories.show_stories(
            answer.ids,
            answer.events,
            select=stays_on,
            empty_text=empty,
            fresh=answer.version != before.version,
        )
        self._show_bars()
        is_another = stays_on is None and self.stories.selected != self.story
        if not stays_out and (is_another or not self.stories.holds(self.story)):
            self.show_story(self.stories.selected)
        if before.version >= 0 and answer.events is not None and before.events is None and not answer.is_folded:
            self.toast("No two of these stories are on one event.")

    def _show_bars(self) -> None:
        if not self.is_standing:
            return
        answer = self._answer
        if answer.version >= 0:  # nothing is counted before the first stories stand
            self.query_one(TopicBar).show(answer.topics, answer.listing.topics, answer.describe())
        counts = self._answer.counts
        hint = self.library.note.partition(":")[0] or ("yours: reader FOLDER" if self.library.is_sample else "")
        told = [plural(counts.stories, "story", "stories")]
        if self.marks is not None and counts.stories:
            told.append(f"{max(counts.stories - len(self.marks.read), 0):,} unread")
        told.append(f"{plural(counts.articles, 'article')} linked")
        words = " · ".join(told) if answer.version >= 0 else ""
        pending = self.index_thread.pending
        alarms = [f"! {plural(pending, 'mark')} not kept yet"] if pending else []
        alarms += ["! folder not read"] if self.trouble else []
        content = HeaderBar.Content(self.place, hint, words, self.activity, counts.unread, tuple(alarms))
        self.query_one(HeaderBar).show(content)

    def on_query_bar_changed(self, message: QueryBar.Changed) -> None:
        """Search as it is typed; while what is typed is wrong, the list stays as it was."""
        listing = self.listing._replace(text=message.text)
        self.query_one(QueryBar).show_error(listing.error)
        if listing.error is None:
            self.show_listing(listing)

    def on_query_bar_closed(self, message: QueryBar.Closed) -> None:
        """Back to the list; Enter takes what an empty list offers."""
        if self.focused is None:  # a key that came meanwhile may have gone to another pane
            self.query_one(Panes).go_to(self.stories)
        if message.accepted:
            self.show_listing(self.listing, take_offer=True)

    def on_story_list_opened(self) -> None:
        """An event's row was opened: the cursor stands on the story that is shown, where it has come to light."""
        if self.story is not None:
            self.stories.select(self.story)

    # Actions. What each is for stands in `bindings`.

    async def action_search(self) -> None:
        """Type a query."""
        self.query_one(Panes).leave_zen()
        await self.query_one(QueryBar).open()

    @work(group=DIALOG)
    async def action_topics(self) -> None:
        """Choose topics."""
        from reader.ui.dialogs.topic_picker import TopicPicker  # dialogs are imported when they are opened

        chosen = await self.app.push_screen_wait(TopicPicker(self._topics, self.listing.topics))
        if chosen is not None:
            self.show_listing(self.listing._replace(topics=chosen))

    def action_topic(self, number: int) -> None:
        """Switch the nth topic."""
        known = self._topics
        if number <= len(known):
            self.show_listing(self.listing._replace(topics=self.listing.topics ^ {known[number - 1].name}))

    def action_no_topics(self) -> None:
        """Switch all topics off."""
        self.show_listing(self.listing._replace(topics=frozenset()))

    def action_sort(self, order: str = "") -> None:
        """Sort by the next order, or by the one that is named."""
        self.show_listing(self.listing._replace(sort=Sort(order) if order else self.listing.sort.next))

    def action_shown(self, shown: str = "") -> None:
        """All, unread or starred stories: the next of these, or the one that is named."""
        self._asked_with = None
        self.show_listing(self.listing._replace(shown=Shown(shown) if shown else self.listing.shown.next))

    def action_events(self) -> None:
        """One row per event, or one per story again."""
        self.show_listing(self.listing._replace(by_event=not self.listing.by_event))
