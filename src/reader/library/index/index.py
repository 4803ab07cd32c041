"""The index: every question about a library is put here, by the screen and the command line alike."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING

from reader.library.index.catalogue import Catalogue
from reader.library.index.listing import NOT_COUNTED, Answer, Listing, Shown
from reader.library.index.rows import TopicCount
from reader.library.index.tables import Tables
from reader.library.query.query import Query, Sort, asks_for_marks

if TYPE_CHECKING:
    from reader.coverage.model import Coverage
    from reader.library.index.events.event_list import Event, EventSort
    from reader.library.index.events.event_rows import EventFacts, EventRows
    from reader.library.index.lists.places import RowPlaces
    from reader.library.index.overview import Counting, Overview
    from reader.library.index.search.first_page import Hidden
    from reader.library.query.values import MarkSets

EVERYTHING = Query()

_EVENTS = 200
"""Events that are read at a time."""


class Index(Tables):
    """Answers questions about one library. One instance belongs to one thread at a time.

    A person's question is a `Listing`, for the methods that begin with `ask`. The others take a `Query`: one with ages
    or marks in it has to be bound first (`Query.bind`), else an age is a ValueError and no story counts as marked.

    Args:
        connection: an index as `schema.connect` opens it.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection)
        self._catalogue: Catalogue | None = None

    @property
    def catalogue(self) -> Catalogue:
        """What is kept in memory of the library as it is now: its orders and topics."""
        if self._catalogue is None or self._catalogue.version != self.version:
            self._catalogue = Catalogue(self)
        return self._catalogue

    # A person's question.

    def ask(
        self,
        listing: Listing,
        *,
        now: datetime | None = None,
        marks: MarkSets | None = None,
        outlets: Sequence[str] = (),
        most: int | None = None,
    ) -> Answer:
        """Which stories a listing lists. It may take long, and belongs in a thread.

        The answer's `topics` are empty: `ask_topics` counts them.

        Args:
            listing: the question.
            now: from when ages are counted, an aware time; by default the present.
            marks: what the reader did; without them nothing is marked.
            outlets: domains of outlets, the best first: whose story speaks for an event.
            most: how many stories are wanted at most; then the library is not counted. None for all.
        """
        query = _bound(listing, now, marks)
        ids = self.ids(query, listing.sort, listing.topics, most)
        events = self.catalogue.by_event(ids, outlets) if listing.by_event else None
        elsewhere = query.in_coverage
        in_coverage = self.count(elsewhere, listing.topics) if not ids and elsewhere != query else 0
        is_whole = most is None or len(ids) < most
        counts = self.catalogue.counts() if most is None else NOT_COUNTED
        return Answer(listing, ids, (), counts, in_coverage, self.catalogue.version, events, is_whole)

    def ask_first(
        self, listing: Listing, count: int, *, marks: MarkSets | None = None, outlets: Sequence[str] = ()
    ) -> Answer | None:
        """The first stories of a listing; None where all of them, by `ask`, come as soon.

        Args:
            listing: the question.
            count: how many rows are wanted at least.
            marks: as in `ask`; here only for what is read or hidden.
            outlets: as in `ask`.
        """
        asked = listing
        if asks_for_marks(listing.text) or listing.shown is Shown.STARRED:
            return None
        known, hidden = self.catalogue, () if marks is None else tuple(filter(None, (marks.hidden,)))
        if listing.shown is Shown.UNREAD:
            listing, hidden = (
                listing._replace(shown=Shown.ALL),
                (*hidden, *((marks.read,) if marks is not None else ())),
            )
        query = listing.query
        events = None
        if listing.by_event:
            page, events = self._folded_page(listing, count, hidden, outlets)
        elif asked.shown is Shown.ALL and not hidden and known.is_at_hand(query, listing.sort, listing.topics):
            return None
        else:
            page = known.first_page(query, listing.sort, listing.topics, count, hidden)
        if page is None:
            return None
        return Answer(asked, page, (), known.counts(), version=known.version, events=events, is_whole=False)

    def _folded_page(
        self, listing: Listing, count: int, hidden: Hidden, outlets: Sequence[str]
    ) -> tuple[array[int] | None, EventRows | None]:
        """The first stories, enough for so many rows where stories of one event share a row; and these rows."""
        from reader.library.index.search.first_page import conditions_of

        known, asked = self.catalogue, conditions_of(listing.query, listing.topics, hidden)
        for factor in (2, 8):
            page = known.first_page(listing.query, listing.sort, listing.topics, factor * count, hidden)
            if page is None or asked is None:
                break
            events = self.first_pages.folded(asked, page, outlets)
            if events is not None and len(events.rows) >= count:
                return page, events
        return None, None

    def ask_topics(
        self, listing: Listing, *, now: datetime | None = None, marks: MarkSets | None = None
    ) -> list[TopicCount]:
        """All topics, each with how many stories of a listing have it, whatever topics are chosen; as in `ask`."""
        return self.topics(_bound(listing, now, marks))

    def ask_count(self, listing: Listing, *, now: datetime | None = None, marks: MarkSets | None = None) -> int:
        """How many stories a listing lists; as in `ask`."""
        return self.count(_bound(listing, now, marks), listing.topics)

    # A query.

    def ids(
        self,
        query: Query = EVERYTHING,
        sort: Sort = Sort.NEWEST,
        topics: frozenset[str] = frozenset(),
        most: int | None = None,
    ) -> array[int]:
        """The ids of the stories that answer a query and have any of the topics, in order; at most so many of them.

        A query that says how to sort decides the order, else `sort` does. Without topics all stories count.
        """
        if not query and not topics and most is not None:  # the few that are wanted need no catalogue
            return self.order(query.sort or sort, most)
        found = self.catalogue.ids(query, sort, topics)
        return found if most is None else found[:most]

    def count(self, query: Query, topics: frozenset[str] = frozenset()) -> int:
        """How many stories answer a query and have any of the topics."""
        return self.catalogue.count(query, topics)

    def topics(self, query: Query = EVERYTHING) -> list[TopicCount]:
        """All topics of the library, the largest first, each with how many of its stories answer the query."""
        return self.catalogue.topics(query)

    # Coverage and events. Their modules are imported when first asked, as the first page does without them.

    def coverage(self, story: int) -> Coverage | None:
        """The coverage of a story: its event, what is linked, what is alike. None for a story that is gone."""
        from reader.library.index.events.coverage import coverage

        with self.one_state():
            return coverage(self.connection, story)

    def events(self, stories: Iterable[int] | None, sort: EventSort, most: int | None = None) -> Iterator[Event]:
        """The events that some stories are on, or all where that is None; at most so many. See `event_list`.

        They are read some at a time, so that a caller who is slow in between keeps nobody from writing.
        """
        from reader.library.index.events.event_list import event_ids, events

        with self.one_state():
            ids = event_ids(self.connection, stories, sort, most)
        for start in range(0, len(ids), _EVENTS):
            with self.one_state():
                some = events(self.connection, ids[start : start + _EVENTS])
            yield from some

    def event_facts(self, stories: Iterable[int], now: datetime, zone: tzinfo | None) -> dict[int, EventFacts]:
        """What there is to say of the events that some stories are on; see `event_rows.facts_of`."""
        from reader.library.index.events.event_rows import facts_of

        return facts_of(self.connection, stories, now, zone)

    def event_stories(self, story: int) -> array[int]:
        """The stories on a story's event, in order of time; itself among them, or alone."""
        from reader.library.index.events.coverage import event_stories

        return event_stories(self.connection, story)

    def day_starts(self, ids: array[int], zone: tzinfo | None) -> array[int]:
        """The places in a list of stories at which another day begins; see `StoryDays`."""
        return self.catalogue.day_starts(ids, zone)

    def places(self, rows: array[int]) -> RowPlaces:
        """Where each row of a list stands."""
        return self.catalogue.places(rows)

    def count_some(self, counting: Counting) -> Overview:
        """Count a further portion of the stories of an overview; gives what is counted so far."""
        return counting.count_some(self.connection)


def _bound(listing: Listing, now: datetime | None, marks: MarkSets | None) -> Query:
    return listing.query.bind(now or datetime.now(UTC), marks)
