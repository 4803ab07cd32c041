"""Keeps in memory what answers a key at once: the orders of all stories, the topics, and what was last asked for.

Ids of stories are small numbers. A set of stories is one large integer with a bit for each id. To list the stories of
a set, the order of all stories is gone over, and those that are not in the set are left out: nothing is sorted. A
million stories take 4 MB in an order, and an eighth of a MB in a set.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import compress
from typing import TYPE_CHECKING

from reader.library.index.lists.id_arrays import greatest, ids
from reader.library.index.lists.places import CHUNK, RowPlaces
from reader.library.index.lists.story_set import listed, packed, unpacked
from reader.library.index.rows import Counts, TopicCount
from reader.library.query.query import Order, Query, Sort

if TYPE_CHECKING:
    from datetime import tzinfo

    from reader.library.index.events.event_rows import EventRows, StoriesOnEvents
    from reader.library.index.lists.days import StoryDays
    from reader.library.index.search.first_page import Hidden
    from reader.library.index.search.term_sets import Bits, TermSets
    from reader.library.index.tables import Tables

FEW, PART = 5_000, 40
"""An answer is *few* stories if it has no more than `FEW`, or than one in `PART` of all. Few are sorted by themselves,
at once; where there are more, the first page is looked for first.
"""

MOST_ORDERED = 1_000_000
"""How many ids the orders that are kept may have in all, besides the newest first: ten orders of 100,000 stories, or
one of a million."""


class Catalogue:
    """The orders and topics of one version of an index. A new version gets a new catalogue.

    Args:
        tables: the index. Each order and topic is read when it is first asked for.
    """

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self.version = tables.version
        self._orders: dict[Order, array[int]] = {}
        self._places: tuple[Order, RowPlaces] | None = None
        """The places in the order for which they were asked last: a million take 4 MB, and a tenth of a second."""
        self._topics: list[TopicCount] | None = None
        self._stories_of: dict[str, Bits | array[int]] = {}
        self._most: int | None = None
        self._counts: Counts | None = None
        self._few: tuple[Query, Sequence[int] | None] | None = None
        self._matching: tuple[Query, Bits] | None = None
        self._on_events: StoriesOnEvents | None = None
        self._term_sets: TermSets | None = None
        self._days: tuple[tzinfo | None, StoryDays] | None = None
        self._day_starts: dict[Order, tuple[tzinfo | None, array[int]]] = {}

    def ids(self, query: Query, sort: Sort, topics: frozenset[str]) -> array[int]:
        """The stories that answer a query and have any of some topics, in order.

        Args:
            query: the query, bound.
            sort: the order, unless the query has one.
            topics: their names; empty for stories with any topics or none.

        Raises:
            QuestionCancelledError: nobody waits for the answer any more; as from all that takes long here.
        """
        wanted = query.sort or sort
        if not query and not topics:
            return self._order(wanted)
        few = self._few_matching(query) if query else None
        if few is not None and not topics:
            return self._in_order(few, wanted)
        matching = self._set(query, topics)
        marked = unpacked(matching, self._size)
        if matching.bit_count() <= self._most_few:
            return self._in_order(listed(marked), wanted)
        order, found = self._order(wanted), ids()
        for start in range(0, len(order), CHUNK):
            self._tables.check_cancelled()
            part = order[start : start + CHUNK]
            found.extend(compress(part, map(marked.__getitem__, part)))
        return found

    def counts(self) -> Counts:
        """The size of the library."""
        if self._counts is None:
            self._counts = self._tables.counts()
        return self._counts

    def count(self, query: Query, topics: frozenset[str]) -> int:
        """How many stories `ids` would give. What is remembered of the last query stays."""
        found = self._sets.found(query)
        return (found & self._with_any(topics) if topics else found).bit_count()

    def first_page(
        self, query: Query, sort: Sort, topics: frozenset[str], count: int, hidden: Hidden = ()
    ) -> array[int] | None:
        """The first stories that `ids` would give; None where `ids` is as quick, or this is not found quickly.

        Args:
            query: as in `ids`.
            sort: as in `ids`.
            topics: as in `ids`.
            count: how many stories are wanted at least.
            hidden: sets of stories that are not listed.
        """
        from reader.library.index.search.first_page import READ_AHEAD, conditions_of

        asked = conditions_of(query, topics, hidden)
        if asked is None or (query and self._are_known_as_few(query)) or self._are_few(topics):
            return None
        candidates = self._first_of(query.sort or sort, max(READ_AHEAD, 0 if query else 2 * count) + 1)
        return self._tables.first_pages.answering(asked, candidates, count)

    def is_at_hand(self, query: Query, sort: Sort, topics: frozenset[str]) -> bool:
        """Whether what `ids` would give is an order that is in memory."""
        return not query and not topics and (query.sort or sort) in self._orders

    def by_event(self, stories: array[int], outlets: Sequence[str]) -> EventRows:
        """A list of stories, folded to one row per event; `outlets` as in `StoriesOnEvents`."""
        from reader.library.index.events.event_rows import StoriesOnEvents

        if self._on_events is None or self._on_events.outlets != tuple(outlets):
            with self._tables.one_state():
                self._on_events = StoriesOnEvents(self._tables.connection, outlets)
        self._tables.check_cancelled()
        return self._on_events.fold(stories)

    def day_starts(self, stories: array[int], zone: tzinfo | None) -> array[int]:
        """The places in a list at which a day begins, in a time zone; as in `StoryDays.starts`."""
        from reader.library.index.lists.days import StoryDays, starts_of_newest

        self._tables.check_cancelled()
        order = self._order_of(stories)
        if order is not None and (known := self._day_starts.get(order)) is not None and known[0] == zone:
            return known[1]
        starts = None
        if order is Sort.NEWEST:
            with self._tables.one_state():
                length, starts = starts_of_newest(self._tables.connection, zone)
            starts = starts if length == len(stories) else None
        if starts is None:
            if self._days is None or self._days[0] != zone:
                with self._tables.one_state():
                    self._days = (zone, StoryDays(self._tables.connection, zone))
            starts = self._days[1].starts(stories)
        if order is not None:
            self._day_starts[order] = (zone, starts)
        return starts

    def _order_of(self, rows: array[int]) -> Order | None:
        """The order that a list is, if it is one of those that are kept here and no other list; else None."""
        return next((order for order, stories in self._orders.items() if stories is rows), None)

    def places(self, rows: array[int]) -> RowPlaces:
        """The place of each story in a list. Those in a whole order are kept, until another order's are asked for."""
        order = self._order_of(rows)
        return RowPlaces(rows, self._tables.check_cancelled) if order is None else self._positions(order)

    def topics(self, query: Query) -> list[TopicCount]:
        """All topics, the largest first, each with how many of its stories answer the query."""
        if self._topics is None:
            self._topics = sorted(self._tables.topic_counts(), key=lambda topic: (-topic.stories, topic.name))
        if not query:
            return list(self._topics)
        matching = self._found(query)
        marked = unpacked(matching, self._size)
        return [TopicCount(name, _count(self._stories_in(name), matching, marked)) for name, _ in self._topics]

    @property
    def _size(self) -> int:
        """A number greater than all ids at the time it is first asked for. Later stories are left out everywhere."""
        if self._most is None:
            self._most = self._tables.greatest_id()
        return self._most + 1

    @property
    def _most_few(self) -> int:
        """How many stories are few; see `FEW`."""
        return max(FEW, self._size // PART)

    def _with_any(self, topics: frozenset[str]) -> Bits:
        """The stories that have any of some topics."""
        found = 0
        for stories in map(self._stories_in, topics):
            self._tables.check_cancelled()
            found |= stories if isinstance(stories, int) else self._packed(stories)
        return found

    def _stories_in(self, topic: str) -> Bits | array[int]:
        """The stories that have a topic: as a set, or as a list where that takes less memory."""
        if topic not in self._stories_of:
            self._tables.check_cancelled()
            stories = self._tables.stories_in_topic(topic)
            if len(stories) * 8 * stories.itemsize > self._size:
                self._stories_of[topic] = self._packed(stories)
            else:
                self._stories_of[topic] = ids(filter(self._size.__gt__, stories))
        return self._stories_of[topic]

    def _are_few(self, topics: frozenset[str]) -> bool:
        """Whether topics are asked for that few stories have."""
        counts = dict(self.topics(Query())) if topics else {}
        return bool(topics) and sum(counts.get(name, 0) for name in topics) <= self._most_few

    def _first_of(self, order: Order, count: int) -> array[int]:
        """The first stories of an order, whether or not it is in memory."""
        if order in self._orders:
            return self._orders[order][:count]
        return ids(filter(self._size.__gt__, self._tables.order(order, count)))

    def _are_known_as_few(self, query: Query) -> bool:
        """Whether it is known, or quickly found out, that few stories answer the query."""
        from reader.library.index.search.compilation import lacks_list

        is_known = self._few is not None and self._few[0] == query
        return (is_known or not any(map(lacks_list, query.parts))) and self._few_matching(query) is not None

    def _few_matching(self, query: Query) -> Sequence[int] | None:
        """The stories that answer the query if they are few; else None. Kept for the last query."""
        if self._few is None or self._few[0] != query:
            # Imported here, as a list of all stories needs none of them.
            from reader.library.index.search.compilation import is_words_only, lacks_list, narrowed, select_words

            selects = select_words(query.parts) if is_words_only(query) else []
            if selects and not any(map(lacks_list, query.parts)):
                most, size = self._most_few, self._size
                found = self._tables.selected(selects[0], most + 1)  # no more are needed to know that they are not few
                for select in selects[1:] if len(found) <= most else ():
                    found = self._tables.selected(narrowed(select, found))
                self._few = (query, [story for story in found if story < size] if len(found) <= most else None)
            else:
                matching = self._sets.found(query)
                self._matching = (query, matching)
                are_few = matching.bit_count() <= self._most_few
                self._few = (query, listed(unpacked(matching, self._size)) if are_few else None)
        return self._few[1]

    @property
    def _sets(self) -> TermSets:
        if self._term_sets is None:
            from reader.library.index.search.term_sets import TermSets

            self._term_sets = TermSets(self._tables, self._order(Sort.NEWEST), self._size)
        return self._term_sets

    def _in_order(self, few: Sequence[int], order: Order) -> array[int]:
        """A few stories in an order."""
        if order not in self._orders:
            return self._tables.in_order(few, order)
        places, stories = self._positions(order), self._orders[order]
        placed = sorted(place for place in map(places.get, few) if place is not None)
        return ids(map(stories.__getitem__, placed))

    def _positions(self, order: Order) -> RowPlaces:
        """The place of each story in an order, by id."""
        if self._places is None or self._places[0] != order:
            self._places = None
            self._places = (order, RowPlaces(self._order(order), self._tables.check_cancelled))
        return self._places[1]

    def _order(self, sort: Order) -> array[int]:
        if sort not in self._orders:
            self._tables.check_cancelled()
            size, order = self._size, self._tables.order(sort)
            if greatest(order) >= size:
                order = ids(story for story in order if story < size)  # without stories that came in meanwhile
            self._forget_orders(len(order))
            self._orders[sort] = order
        return self._orders[sort]

    def _forget_orders(self, room: int) -> None:
        """Make room for an order of so many stories: forget other orders, the one read first before the others."""
        for order in [order for order in self._orders if order is not Sort.NEWEST]:
            if sum(map(len, self._orders.values())) + room <= MOST_ORDERED + len(self._orders.get(Sort.NEWEST, ())):
                return
            del self._orders[order]
            if self._places is not None and self._places[0] == order:
                self._places = None
            self._day_starts.pop(order, None)

    def _set(self, query: Query, topics: frozenset[str]) -> Bits:
        """The stories that answer a query and have any of the topics."""
        chosen = self._with_any(topics) if topics else None
        if not query:
            return chosen or 0
        return self._found(query) if chosen is None else self._found(query) & chosen

    def _found(self, query: Query) -> Bits:
        """The stories that answer the query. Kept for the last query, as its topics are counted right afterwards."""
        if self._matching is None or self._matching[0] != query:
            few = self._few_matching(query)
            if self._matching is None or self._matching[0] != query:
                self._matching = (query, self._sets.found(query) if few is None else self._packed(few))
        return self._matching[1]

    def _packed(self, stories: Iterable[int]) -> Bits:
        self._tables.check_cancelled()
        marked, size = bytearray(self._size), self._size
        for story in stories:
            if story < size:  # later ones are left to the next catalogue
                marked[story] = 1
        return packed(marked)


def _count(stories: Bits | array[int], matching: Bits, marked: bytearray) -> int:
    """How many of some stories are in a set, which is given as bits and also as bytes: see `story_set`."""
    return (stories & matching).bit_count() if isinstance(stories, int) else sum(map(marked.__getitem__, stories))
