"""What is listed: the listing that the person asked for, and the index's answer, which the list shows."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from reader.library.index.listing import Answer, Listing, Shown
from reader.library.index.lists.id_arrays import ids
from reader.library.index.rows import Counts, StoryRow, TopicCount
from reader.library.query.query import Sort
from reader.ui.keys.bindings import key_of
from reader.ui.parts.host import Host, Widgets, task, until_drawn
from reader.ui.parts.index.folder_state import FolderState
from reader.ui.parts.index.questions import Questions
from reader.ui.parts.listed.asked_marks import AskedMarks
from reader.ui.parts.listed.cursor import Places, Stand, ViewTaken, Way, story_to_stand_on, way
from reader.ui.parts.listed.found import Found, day_starts, found_in, goes_by_time
from reader.ui.parts.listed.listing import error_in_words, why_empty
from reader.ui.parts.marks.shown import ShownMarks
from reader.ui.parts.story.current import CurrentStory
from reader.ui.upstream.type_ahead import DIALOG
from reader.ui.widgets.stories.rows import NO_IDS

if TYPE_CHECKING:
    from reader.base.errors import QueryError
    from reader.library.query.values import MarkSets

FIRST_ROWS = 64
"""How many rows to show first where the height of the screen is not known yet."""

MOST_ABOVE = 1_000
"""A first page that keeps the cursor on its story is only asked for if no more than this many rows are above it."""


class ListedStories:
    """Lists stories: those of a query, of topics, in an order, one row per story or per event.

    Args:
        host: the screen.
        questions: the way to the index.
        widgets: the widgets to show it in.
        folder: how the reading of the folder is going.
        marks: the marks; a query may ask for them.
        current: the story that is shown.
        listing: what is listed at first.
        now: the clock.
        zone: the time zone of what is shown; None for the system's.
        outlets: domains of outlets, the preferred first: an event's row shows the story of the first that has one.
        keymap: keys that differ from the program's own, by the ids of bindings.
        folder_name: the library's folder as a person writes it.

    Attributes:
        listing: what is listed, or asked for.
        answer: what the list shows now, with the counts that the bars show.
        is_filling: whether the index was empty at the start and is still being filled.
    """

    def __init__(
        self,
        host: Host,
        questions: Questions,
        widgets: Widgets,
        *,
        folder: FolderState,
        marks: ShownMarks,
        current: CurrentStory,
        listing: Listing,
        now: Callable[[], datetime],
        zone: tzinfo | None = None,
        outlets: Sequence[str],
        keymap: Mapping[str, str],
        folder_name: str,
    ) -> None:
        self.host = host
        self.listing = listing
        self.answer = Answer(listing, NO_IDS, (), Counts(0, 0, 0), is_whole=False)
        self.is_filling = False
        self._questions = questions
        self._stories = widgets.stories
        self._query_bar = widgets.query_bar
        self._folder = folder
        self._marks = marks
        self._current = current
        self._now = now
        self._zone = zone
        self._outlets = tuple(outlets)
        self._keymap = keymap
        self._folder_name = folder_name
        self._asked = AskedMarks(questions, marks)
        self._places = Places()
        self._jumps_before = 0
        """`CurrentStory.jumps` when the last listing was asked for."""
        self._takes_offer = False  # kept, as the same list may be asked for anew before it stands
        self._view: ViewTaken | None = None
        self._is_folding = False
        """Whether each event is to get one row, and not all of these rows are known yet."""
        self.error: QueryError | None = None
        """What is wrong with the query that is being typed; None where nothing is."""

    @property
    def is_answered(self) -> bool:
        """Whether the list shows what was asked for."""
        return self.answer.version >= 0 and self.answer.listing == self.listing

    @property
    def topics(self) -> Sequence[TopicCount]:
        """All topics. Where a key needs them before the bar has them, they are asked for at once."""
        return self.answer.topics or self._questions.peek(lambda index: index.topics(), [])

    # Asking.

    def list_first_page(self) -> None:
        """Show the newest stories at once, before all are known; call `list_anew` afterwards."""
        count = self.host.size.height or FIRST_ROWS
        rows: Sequence[StoryRow] = self._questions.peek(lambda index: index.first(count), [])
        self._stories.take_rows(rows)
        self._show(
            Found(
                self.answer._replace(ids=ids(row.id for row in rows)),
                days=day_starts(rows, self._zone) if goes_by_time(self.listing) else (),
            )
        )

    def list_stories(self, listing: Listing, *, take_offer: bool = False) -> None:
        """List other stories, or the same in another order.

        Args:
            listing: what to list.
            take_offer: whether, where nothing is found, to list what has the words in its coverage.
        """
        if listing != self.listing:
            self._stories.end_selection()
        self.listing, self.error = listing, None
        self._jumps_before = self._current.jumps
        self._takes_offer = take_offer
        self.list_anew()

    @task("listing", exclusive=True)
    async def list_anew(self) -> None:
        """Ask the index, and show its answers as they come: the first page, the whole list, the topics' counts."""
        listing = self.listing
        marks = await self._asked.of(listing)
        begins = await self._list_beginning(listing, marks)
        found = await self._questions.ask(
            lambda index: found_in(
                index,
                index.ask(listing, now=self._now(), marks=marks, outlets=self._outlets),
                self._zone,
                is_searched=not begins,
            )
        )
        if found is None or listing != self.listing or not self.host.is_standing:
            return
        self._show(found)
        await until_drawn(self.host)
        if self._takes_offer:
            self.take_offer()
        if not self._folder.is_syncing or self._marks.now is None:
            await self._marks.look()  # stories that come in while the folder is read get their marks at the end
        topics = await self._questions.ask(lambda index: index.ask_topics(listing, now=self._now(), marks=marks))
        if topics is not None and listing == self.listing:
            self.answer = self.answer._replace(topics=topics)
            self.host.show_bars()

    async def _list_beginning(self, listing: Listing, marks: MarkSets | None) -> bool:
        """Show a first page, from the top to below the cursor, where that is faster than waiting for the whole list.

        Returns:
            Whether the cursor is still to go to the first row when the whole list comes.
        """
        begins = self.answer.version < 0 or self._begins_at_top(listing)
        above = 0 if begins else self._stories.cursor
        is_plain = self.answer.version < 0 and listing == Listing()  # the newest stories stand there already
        if is_plain or (
            not begins and (way(self.answer.listing, listing) not in (Way.ROWS, Way.MARKS) or above > MOST_ABOVE)
        ):
            return begins
        count = self.host.size.height + above
        found = await self._questions.ask(
            lambda index: found_in(
                index, index.ask_first(listing, count, marks=marks, outlets=self._outlets), self._zone
            )
        )
        if found is None or listing != self.listing or not self.host.is_standing:
            return begins
        if not begins and self._current.id not in found.answer.ids:
            return False
        self._show(found)
        await until_drawn(self.host)
        return False

    def beside(self, *, above: bool) -> Sequence[int]:
        """The stories of the rows above the cursor, or below it."""
        return self._stories.beside(above=above)

    async def ids_of(self, listing: Listing) -> array[int]:
        """The ids of all stories of a listing. A key may need them before the list has them all."""
        answer = self.answer
        if answer.listing == listing and answer.is_whole:
            return answer.ids
        marks = await self._asked.of(listing)
        whole = await self._questions.ask(lambda index: index.ask(listing, now=self._now(), marks=marks))
        return whole.ids if whole is not None else NO_IDS

    def list_with_marks(self) -> None:
        """If marks decide what is listed, list it anew by the marks as they are now."""
        if self._asked.decide:
            self._asked.forget()
            self.list_anew()

    def list_what_comes_back(self) -> None:
        """If marks decide what is listed, add what they bring in now; what is listed stays."""
        if self._asked.decide:
            self._asked.forget_but(self.answer.ids)
            self.list_anew()

    def take_offer(self) -> None:
        """List the stories that have the words in their coverage, which an empty list offers where there are any."""
        self._takes_offer = False
        if self.answer.in_coverage:
            listing = self.answer.listing.in_coverage
            self._query_bar.text = listing.text
            self.list_stories(listing)

    # Showing.

    def _begins_at_top(self, listing: Listing) -> bool:
        """Whether the cursor goes to the first row of another list, whatever that holds."""
        how, is_left = way(self.answer.listing, listing), self._places.knows(listing)
        return not is_left and (how is Way.ASKED or (how is Way.NARROWED and not self._current.was_opened))

    def _show(self, found: Found) -> None:
        """Show what was found: the rows, with the cursor where it belongs, and the story."""
        if not self.host.is_standing:
            return
        answer = found.answer._replace(topics=self.answer.topics)
        before, self.answer = self.answer, answer
        is_same, stories = before.listing == answer.listing, self._stories
        how, stand = self._places.arrive(before.listing, answer.listing, self._stand, is_empty=not found.rows)
        is_away = is_same and not stories.holds(self._current.id)
        is_reading = self._folder.is_syncing or answer.version < 0
        if self.is_filling and self.host.focused is stories and not stories.cursor:
            how, is_away = Way.ASKED, False  # nobody has moved: the newest of all that is known stays at the top
        self.is_filling = self.is_filling and is_reading
        stories.show_stories(
            answer.ids,
            answer.events,
            choose=lambda holds: story_to_stand_on(how, stand, holds),
            empty_text=error_in_words(self.error)
            if self.error is not None
            else why_empty(answer, is_reading=is_reading, folder=self._folder_name, keymap=self._keymap),
            fresh=answer.version != before.version,
            places=found.places,
            days=found.days,
            is_by_time=goes_by_time(answer.listing),
            is_whole=answer.is_whole,
        )
        self.host.show_bars()
        self._show_story(how, is_away=is_away, is_same=is_same)
        if not is_same:
            self._places.come(self._current.id)
        self._tell_of_folding(before, answer)
        self._current.show_title()

    def _show_story(self, how: Way, *, is_away: bool, is_same: bool) -> None:
        """Show the story at the cursor, unless the one on the screen is to stay.

        Args:
            how: how this list follows from the one before.
            is_away: whether the story on the screen was not listed before either.
            is_same: whether the listing is the same: then a story that was jumped to and is not listed is left.
        """
        current, selected = self._current, self._stories.selected
        has_jumped = current.jumps != self._jumps_before  # since the question: its answer takes nobody back
        is_top = how is Way.ASKED and not has_jumped and selected != current.id
        may_stay = current.id is not None and (is_away or (has_jumped and not is_same))
        if is_top or not (may_stay or self._stories.holds(current.id)):
            current.show(selected)

    def _tell_of_folding(self, before: Answer, answer: Answer) -> None:
        """Once all rows are known, say so if one row per event was asked for but no two stories share an event."""
        if before.version >= 0 and answer.events is not None and before.events is None:
            self._is_folding = True
        if answer.is_whole and self._is_folding:
            self._is_folding = False
            if answer.events is not None and answer.ids and not answer.is_folded:
                self.host.toast("No two of these stories are on one event.")

    @property
    def _stand(self) -> Stand:
        """Where the person stands in the list. The story that is shown counts, even where it is not listed."""
        current, stories = self._current, self._stories
        return Stand(stories.ids, stories.cursor, current.id, current.was_opened)

    # What the keys ask for.

    @task(DIALOG)
    async def choose_topics(self) -> None:
        """Let the person choose topics in a dialog, and list their stories."""
        from reader.ui.dialogs.listing.topic_picker import TopicPicker

        chosen = await self.host.show(TopicPicker(self.topics, self.listing.topics))
        if chosen is not None:
            self.list_stories(self.listing._replace(topics=chosen))

    def switch_nth_topic(self, number: int) -> None:
        """Switch the nth topic, from 1."""
        if number <= len(self.topics):
            self.switch_topic(self.topics[number - 1].name)

    def switch_topic(self, name: str) -> None:
        """Switch a topic on or off."""
        self.list_stories(self.listing._replace(topics=self.listing.topics ^ {name}))

    def list_all_topics(self) -> None:
        """Switch all topics off."""
        self.list_stories(self.listing._replace(topics=frozenset()))

    def sort(self, order: str = "") -> None:
        """Sort by the next order, or by the one that is named; but a query that says how to sort decides."""
        if own := self.listing.query.sort:
            key, own_order = key_of("list.sort", self._keymap), f"sort:{','.join(map(str, own))}"
            self.host.toast(f"The search says its order itself, {own_order}: without that {key} does.", "warning")
            return
        self.list_stories(self.listing._replace(sort=Sort(order) if order else self.listing.sort.next))

    def list_shown(self, shown: str = "") -> None:
        """All, unread or starred stories: the next of these, or the one that is named."""
        self._asked.forget()
        self.list_stories(self.listing._replace(shown=Shown(shown) if shown else self.listing.shown.next))

    def switch_events(self) -> None:
        """One row per event, or one per story again."""
        self.list_stories(self.listing._replace(by_event=not self.listing.by_event))

    def tell_error(self, error: QueryError) -> None:
        """Keep the list while what is typed is wrong. An empty list says what is wrong, not that nothing was found."""
        self.error = error
        if not self._stories.count:
            self._stories.empty_text = error_in_words(error)
            self._stories.redraw()

    def list_text(self, text: str) -> None:
        """List what a query finds. Clearing the query of a view also takes back the view's order."""
        listing, view = self.listing._replace(text=text), self._view
        if not text and view is not None and self.listing.text == view.listing.text:
            if (listing.sort, listing.by_event) == (view.listing.sort, view.listing.by_event):
                listing = listing._replace(sort=view.before.sort, by_event=view.before.by_event)
            self._view = None
        self.list_stories(listing)

    def list_view(self, listing: Listing) -> None:
        """List a view, in the place of one that is listed now; `leave_view` goes back to what was listed before."""
        view = self._view
        before = view.before if view is not None and view.listing == self.listing else self.listing
        self._view = ViewTaken(listing, before) if before != listing else None  # it was asked for, and saved as a view
        self._list_asked(listing)

    def list_like(self, listing: Listing) -> None:
        """List more like a story of this list; `leave_view` goes back to this list, be it a view or not."""
        if listing != self.listing:
            self._view = ViewTaken(listing, self.listing, self._view)
        self._list_asked(listing)

    def know_view(self, listing: Listing) -> None:
        """Treat what was listed at the start as a view: leaving it lists all stories."""
        if self._view is None:
            self._view = ViewTaken(listing, Listing())

    def leave_view(self) -> None:
        """List what was listed before the view, in its order."""
        view, self._view = self._view, self._view.outer if self._view is not None else None
        self._list_other(view.before if view is not None else Listing())

    def _list_asked(self, listing: Listing) -> None:
        """As `_list_other`, but from the first row, even where this list was left before."""
        if listing != self.listing:
            self._places.forget(listing)
        self._list_other(listing)

    def _list_other(self, listing: Listing) -> None:
        """List something else, and have the search bar say what."""
        self._query_bar.text = listing.text
        self._asked.forget()
        self.list_stories(listing)

    def widen(self) -> None:
        """Take back the last thing that narrows the list: the view, else the search, the topics, the marks."""
        if self._view is not None and self.listing == self._view.listing:
            self.leave_view()
        elif self.listing.text:
            self._query_bar.text = ""
            self.list_text("")
        elif self.listing.topics:
            self.list_all_topics()
        elif self.listing.shown is not Shown.ALL:
            self.list_shown(Shown.ALL)
