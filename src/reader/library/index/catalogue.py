"""What of the index is kept in memory, so that a key is answered at once: the order of all stories, and each topic's.

Ids of stories are small numbers. A set of stories is a row of bytes, one for each id, and a list of stories is the
order of all of them without those whose byte is 0: 100,000 stories take a few ms, and no sorting.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import compress
from typing import TYPE_CHECKING

from reader.library.index.rows import Counts, TopicCount
from reader.library.query.query import Order, Query, Sort

if TYPE_CHECKING:
    from datetime import tzinfo

    from reader.library.index.days import StoryDays
    from reader.library.index.event_rows import EventRows, StoriesOnEvents
    from reader.library.index.tables import Tables
    from reader.library.index.term_sets import TermSets

FEW = 5_000
"""Stories up to which an answer is put in order by itself; of more, the first page is found by itself."""

MOST_ORDERS = 10
"""Orders that are kept; a query may ask for any of hundreds."""

_NOWHERE = -1


class Catalogue:
    """The orders and topics of an index as they are now.

    Args:
        tables: where they are read from, each when it is first asked for.
    """

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self.version = tables.version
        self._orders: dict[Order, array[int]] = {}
        self._places: dict[Order, array[int]] = {}
        self._topics: dict[str, array[int]] | None = None
        self._most: int | None = None
        self._counts: Counts | None = None
        self._few: tuple[Query, list[int] | None] | None = None
        self._matching: tuple[Query, bytearray] | None = None
        self._on_events: StoriesOnEvents | None = None
        self._term_sets: TermSets | None = None
        self._days: StoryDays | None = None

    def ids(self, query: Query, sort: Sort, topics: frozenset[str]) -> array[int]:
        """The ids of the stories that answer a query and have any of the topics, in the query's order, else `sort`."""
        wanted = query.sort or sort
        if query and not topics and (few := self._few_matching(query)) is not None:
            if wanted not in self._orders:
                return self._tables.in_order(few, wanted)
            places = self._positions(wanted)
            listed = (story for story in few if places[story] != _NOWHERE)
            return array("q", sorted(listed, key=places.__getitem__))
        order, marked = self._order(wanted), self._marked(query) if query else None
        if topics:
            chosen = self._with_any(topics)
            marked = chosen if marked is None else _both(marked, chosen)
        if marked is None:
            return order
        return array("q", compress(order, map(marked.__getitem__, order)))

    def counts(self) -> Counts:
        """The size of the library."""
        if self._counts is None:
            self._counts = self._tables.counts()
        return self._counts

    def count(self, query: Query, topics: frozenset[str]) -> int:
        """How many stories `ids` would give; nothing that was found before is forgotten for it."""
        marked = self._sets.marked(query)
        return (_both(marked, self._with_any(topics)) if topics else marked).count(1)

    def first_page(self, query: Query, sort: Sort, topics: frozenset[str], count: int) -> array[int] | None:
        """The first stories of what `ids` would give, where they can be had sooner than all of them: else None.

        Where few answer, all of them are had at once.

        Args:
            query: what is looked for.
            sort: the order.
            topics: as of `ids`.
            count: how many are wanted at least.
        """
        if not query:
            return None
        from reader.library.index.compilation import is_words_only, match

        if not is_words_only(query) or self._few_matching(query) is not None or not (words := match(query)):
            return None
        candidates = self.ids(Query(sort=query.sort), sort, topics)
        return self._tables.first_pages.answering(words, candidates, count)

    def by_event(self, ids: array[int], outlets: Sequence[str]) -> EventRows:
        """A list of stories with one row per event; `outlets` as of `StoriesOnEvents`."""
        from reader.library.index.event_rows import StoriesOnEvents

        if self._on_events is None or self._on_events.outlets != tuple(outlets):
            self._on_events = StoriesOnEvents(self._tables.connection, outlets)
        return self._on_events.fold(ids)

    def days(self, zone: tzinfo | None) -> StoryDays:
        """The day of each story in a zone; None for the system's."""
        from reader.library.index.days import StoryDays

        if self._days is None or self._days.zone != zone:
            self._days = StoryDays(self._tables.connection, zone)
        return self._days

    def topics(self, query: Query) -> list[TopicCount]:
        """All topics, the largest first, each with how many of its stories answer the query."""
        order = sorted(self._all_topics.items(), key=lambda item: (-len(item[1]), item[0]))
        if not query:
            return [TopicCount(name, len(stories)) for name, stories in order]
        marked = self._marked(query)
        return [TopicCount(name, sum(map(marked.__getitem__, stories))) for name, stories in order]

    @property
    def _size(self) -> int:
        """Greater than the ids of all stories: of those, that is, which were there when it was first asked for."""
        if self._most is None:
            self._most = self._tables.greatest_id()
        return self._most + 1

    @property
    def _all_topics(self) -> dict[str, array[int]]:
        if self._topics is None:
            collected: defaultdict[str, array[int]] = defaultdict(lambda: array("q"))
            for name, story in self._tables.topics_of_stories():
                if story < self._size:
                    collected[name].append(story)
            self._topics = dict(collected)
        return self._topics

    def _with_any(self, topics: frozenset[str]) -> bytearray:
        """A byte for each id: 1 where the story has any of some topics."""
        return self._mark(story for name in topics for story in self._all_topics.get(name, ()))

    def _few_matching(self, query: Query) -> list[int] | None:
        """The stories that answer the query, where they are few."""
        if self._few is None or self._few[0] != query:
            # A list of all stories goes without these.
            from reader.library.index.compilation import is_words_only, match, select_words

            if is_words_only(query) and (words := match(query)):
                found = self._tables.selected(select_words(words), FEW + 1)  # it is quick to tell that they are many
                known = [story for story in found if story < self._size]
                self._few = (query, known if len(found) <= FEW else None)
            else:
                from reader.library.index.term_sets import listed

                marked = self._sets.marked(query)
                self._matching = (query, marked)
                self._few = (query, listed(marked) if marked.count(1) <= FEW else None)
        return self._few[1]

    @property
    def _sets(self) -> TermSets:
        if self._term_sets is None:
            from reader.library.index.term_sets import TermSets

            self._term_sets = TermSets(self._tables, self._order(Sort.NEWEST), self._size)
        return self._term_sets

    def _positions(self, sort: Order) -> array[int]:
        """The place of each story in an order, by id."""
        if sort not in self._places:
            places = self._places[sort] = array("q", [_NOWHERE]) * self._size
            for place, story in enumerate(self._order(sort)):
                places[story] = place
        return self._places[sort]

    def _order(self, sort: Order) -> array[int]:
        if sort not in self._orders:
            if len(self._orders) > MOST_ORDERS:
                self._orders.clear()
                self._places.clear()
            size, order = self._size, self._tables.order(sort)
            if max(order, default=0) >= size:
                order = array("q", (story for story in order if story < size))  # those that came in meanwhile
            self._orders[sort] = order
        return self._orders[sort]

    def _marked(self, query: Query) -> bytearray:
        """A byte for each id: 1 where the story answers the query. The last query's are kept: two questions ask it."""
        if self._matching is None or self._matching[0] != query:
            few = self._few_matching(query)
            if self._matching is None or self._matching[0] != query:
                self._matching = (query, self._sets.marked(query) if few is None else self._mark(few))
        return self._matching[1]

    def _mark(self, stories: Iterable[int]) -> bytearray:
        marked = bytearray(self._size)
        for story in stories:
            if story < len(marked):  # one that came in since the orders were read comes with the next catalogue
                marked[story] = 1
        return marked


def _both(one: bytearray, other: bytearray) -> bytearray:
    """What is marked in both."""
    both = int.from_bytes(one, "little") & int.from_bytes(other, "little")
    return bytearray(both.to_bytes(len(one), "little"))
