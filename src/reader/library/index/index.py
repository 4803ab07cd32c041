"""The index of a library: the door for every question about it, from the screen and the command line alike."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING

from reader.library.index.listing import NOT_COUNTED, Answer, Listing, Shown
from reader.library.index.rows import TopicCount
from reader.library.index.tables import Tables
from reader.library.query.query import Query, Sort, asks_for_marks

if TYPE_CHECKING:
    from reader.coverage.model import Coverage
    from reader.library.index.catalogue import Catalogue
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

    The methods that begin with `ask` take a person's question, a `Listing`. The others take a `Query`: one with ages or
    marks in it has to be bound first (`Query.bind`). If it is not, an age raises a ValueError, and no story counts as
    marked.

    Args:
        connection: an index as `schema.connect` opens it.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection)
        self._catalogue: Catalogue | None = None

    @property
    def catalogue(self) -> Catalogue:
        """The orders and topics of the library as it is now, which are kept in memory."""
        if self._catalogue is None or self._catalogue.version != self.version:
            from reader.library.index.catalogue import Catalogue

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
            now: the aware time from which ages are counted; by default the present.
            marks: what the reader marked; without them nothing is marked.
            outlets: domains of outlets, the best first, to choose which story represents an event.
            most: how many stories are wanted at most; then the library is not counted. None for all.

        Raises:
            QuestionCancelledError: nobody waits for the answer any more; see `cancel`.
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
        """The first stories of a listing; None where `ask` is as quick, or they cannot be found quickly.

        Args:
            listing: the question.
            count: how many rows are wanted at least.
            marks: as in `ask`; only what is read or hidden is used here.
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
        """The first stories, enough for `count` rows if each event has one, and these rows; None where not found."""
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
        """All topics, each with how many stories have it that answer a listing's query; arguments as in `ask`.

        The topics that the listing chooses make no difference.
        """
        return self.topics(_bound(listing, now, marks))

    def ask_count(self, listing: Listing, *, now: datetime | None = None, marks: MarkSets | None = None) -> int:
        """How many stories a listing lists; arguments as in `ask`."""
        return self.count(_bound(listing, now, marks), listing.topics)

    # A query.

    def ids(
        self,
        query: Query = EVERYTHING,
        sort: Sort = Sort.NEWEST,
        topics: frozenset[str] = frozenset(),
        most: int | None = None,
    ) -> array[int]:
        """The ids of the stories that answer a query and have any of some topics, in order.

        Args:
            query: the query, bound.
            sort: the order, unless the query has one.
            topics: their names; empty for stories with any topics or none.
            most: how many to give at most; None for all.
        """
        if not query and not topics and most is not None:  # the few that are wanted need no catalogue
            return self.order(query.sort or sort, most)
        found = self.catalogue.ids(query, sort, topics)
        return found if most is None else found[:most]

    def count(self, query: Query, topics: frozenset[str] = frozenset()) -> int:
        """How many stories answer a query and have any of some topics, as in `ids`."""
        return self.catalogue.count(query, topics)

    def topics(self, query: Query = EVERYTHING) -> list[TopicCount]:
        """All topics of the library, the largest first, each with how many of its stories answer the query."""
        return self.catalogue.topics(query)

    # Coverage and events. Their modules are imported when first asked for, as the first page does not need them.

    def coverage(self, story: int) -> Coverage | None:
        """The coverage of a story: its event, what is linked, what is alike. None for a story that is gone."""
        from reader.library.index.events.coverage import coverage

        with self.one_state():
            return coverage(self.connection, story)

    def events(self, stories: Iterable[int] | None, sort: EventSort, most: int | None = None) -> Iterator[Event]:
        """The events of the library, in order.

        They are read some at a time, so that a caller that is slow in between keeps nobody from writing.

        Args:
            stories: list only events that one of these stories is on; None for events that any story is on.
            sort: the order.
            most: how many to give at most; None for all.
        """
        from reader.library.index.events.event_list import event_ids, events

        with self.one_state():
            ids = event_ids(self.connection, stories, sort, most)
        for start in range(0, len(ids), _EVENTS):
            with self.one_state():
                some = events(self.connection, ids[start : start + _EVENTS])
            yield from some

    def event_facts(self, stories: Iterable[int], now: datetime, zone: tzinfo | None) -> dict[int, EventFacts]:
        """What rows show of the events that some stories are on; see `event_rows.facts_of`."""
        from reader.library.index.events.event_rows import facts_of

        return facts_of(self.connection, stories, now, zone)

    def event_stories(self, story: int) -> array[int]:
        """The stories on a story's event in order of time, the story itself included; only itself if it is on none."""
        from reader.library.index.events.coverage import event_stories

        return event_stories(self.connection, story)

    def day_starts(self, ids: array[int], zone: tzinfo | None) -> array[int]:
        """The places in a list of stories at which a day begins; see `StoryDays.starts`."""
        return self.catalogue.day_starts(ids, zone)

    def places(self, rows: array[int]) -> RowPlaces:
        """The place of each story in a list."""
        return self.catalogue.places(rows)

    def count_some(self, counting: Counting) -> Overview:
        """Count one more portion of the stories of an overview; gives what is counted so far."""
        return counting.count_some(self.connection)


def _bound(listing: Listing, now: datetime | None, marks: MarkSets | None) -> Query:
    return listing.query.bind(now or datetime.now(UTC), marks)
