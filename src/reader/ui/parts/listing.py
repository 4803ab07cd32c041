"""What the story list shows, and the question that is put to the index for it."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from reader.base.circle import Circle
from reader.base.errors import QueryError
from reader.library.index.index import Index
from reader.library.index.rows import Counts, TopicCount
from reader.library.marks.snapshot import asks_for_growth, asks_for_marks
from reader.library.query.query import Query, Sort, parse
from reader.ui.keys.bindings import key_of

if TYPE_CHECKING:
    from reader.library.index.event_rows import EventRows
    from reader.library.query.values import AnyMarks


class Shown(Circle):
    """Which stories are shown, by the reader's marks."""

    ALL = "all"
    UNREAD = "unread"
    STARRED = "starred"


class Listing(NamedTuple):
    """A choice of stories and their order: what the person asked for.

    Attributes:
        text: the query as it is written.
        topics: stories with any of these; all where it is empty.
        sort: the order.
        by_event: whether the stories of one event are one row.
        shown: only those with a mark, or all.
    """

    text: str = ""
    topics: frozenset[str] = frozenset()
    sort: Sort = Sort.NEWEST
    by_event: bool = False
    shown: Shown = Shown.ALL

    @property
    def query(self) -> Query:
        """The query, read, with what is `shown`; every story where it is wrong, of which `error` tells."""
        if self.shown is Shown.ALL:
            return self._words
        from reader.library.query.tree import Field, Term, all_of  # a list of all stories goes without it

        return self._words._replace(tree=all_of((self._words.tree, Term(Field.IS, (str(self.shown),)))))

    @property
    def _words(self) -> Query:
        read = _read(self.text)
        return Query() if isinstance(read, QueryError) else read

    @property
    def asks_for_marks(self) -> bool:
        """Whether the answer may depend on what the reader marked."""
        return self.shown is not Shown.ALL or asks_for_marks(self.text)

    @property
    def asks_for_growth(self) -> bool:
        """Whether the answer may depend on which events grew."""
        return asks_for_growth(self.text)

    @property
    def error(self) -> QueryError | None:
        """What is wrong with the query, and where."""
        read = _read(self.text)
        return read if isinstance(read, QueryError) else None

    @property
    def in_coverage(self) -> Listing:
        """The same words, looked for in the coverage."""
        return self._replace(text=str(self._words.in_coverage))


class Answer(NamedTuple):
    """What the index says to a listing.

    Attributes:
        listing: the question.
        ids: the stories, in order.
        topics: all topics; their counts follow the query, not the choice of topics.
        counts: the size of the library.
        in_coverage: where nothing is listed: how many stories have the words in their coverage.
        version: of the index; where it is another, rows may say something else.
        events: the stories with one row per event, where that was asked for.
        is_whole: whether these are all stories, or the first of them.
    """

    listing: Listing
    ids: array[int]
    topics: Sequence[TopicCount]
    counts: Counts
    in_coverage: int = 0
    version: int = -1
    events: EventRows | None = None
    is_whole: bool = True

    @property
    def is_folded(self) -> bool:
        """Whether any row stands for more than one story."""
        return self.events is not None and len(self.events.rows) < len(self.ids)

    def describe(self) -> tuple[str, ...]:
        """In a few words, for the bar above the list; and in ever fewer, the last for a narrow one."""
        listed, total = len(self.ids), self.counts.stories
        amount = "all stories" if listed == total else f"{listed:,} of {total:,}"
        looked_for = [f"“{self.listing.text.strip()}”"] if self.listing.text.strip() else []
        if self.listing.shown is not Shown.ALL:
            looked_for.insert(0, str(self.listing.shown))
        order = _in_words(self.listing)
        if self.events is None:
            return " · ".join([order, *looked_for, amount]), amount
        rows = len(self.events.rows)
        if self.is_folded:
            amount = f"{rows:,} of {total:,}"
        kinds = "event" if rows == 1 else "events and stories"
        full = f"{rows:,} {kinds} of {total:,}" if self.is_folded else amount
        return (
            " · ".join([order, "by event", *looked_for, full]),
            " · ".join(["by event", *looked_for, amount]),
            f"by event · {rows:,}",
        )


def ask(
    index: Index,
    listing: Listing,
    outlets: Sequence[str] = (),
    *,
    now: datetime | None = None,
    marks: AnyMarks | None = None,
) -> Answer:
    """Put the question to the index; may take long, and belongs in a thread. `topics` are left to `ask_topics`.

    Args:
        index: whom to ask.
        listing: the question.
        outlets: domains of outlets, the best first: whose story speaks for an event.
        now: from when ages are counted, an aware time; by default the present.
        marks: what the reader did; without them nothing is marked.
    """
    query = _bound(listing, now, marks)
    ids = index.catalogue.ids(query, listing.sort, listing.topics)
    events = index.catalogue.by_event(ids, outlets) if listing.by_event else None
    elsewhere = query.in_coverage
    in_coverage = index.catalogue.count(elsewhere, listing.topics) if not ids and elsewhere != query else 0
    return Answer(listing, ids, (), index.catalogue.counts(), in_coverage, index.catalogue.version, events)


def ask_first(index: Index, listing: Listing, count: int) -> Answer | None:
    """The first stories that answer, where they can be had sooner than all of them, and need not be folded."""
    if listing.by_event:
        return None
    ids = index.catalogue.first_page(listing.query, listing.sort, listing.topics, count)
    return (
        None
        if ids is None
        else Answer(listing, ids, (), index.catalogue.counts(), 0, index.catalogue.version, None, False)
    )


def ask_topics(
    index: Index, listing: Listing, *, now: datetime | None = None, marks: AnyMarks | None = None
) -> list[TopicCount]:
    """The topics with the counts that follow a listing's query: the second question, once the stories stand."""
    return index.catalogue.topics(_bound(listing, now, marks))


def why_empty(answer: Answer, *, is_reading: bool, place: str, keymap: Mapping[str, str]) -> str:
    """Why nothing is listed, and which key leads out of it.

    Args:
        answer: what the index answered.
        is_reading: whether the folder is still being read.
        place: the library's folder as it is shown.
        keymap: keys that differ from the program's own, by the ids of bindings.
    """
    listing, counts = answer.listing, answer.counts
    if is_reading and not counts.stories:
        return f"Reading {place} …"
    if not counts.stories:
        told = f"No stories in {place}."
        if counts.unread:
            key = key_of("library.problems", keymap)
            return f"{told} {counts.unread} files could not be read: press {key} to see why."
        return (
            f"{told} A story is a .md, .markdown, .txt, .yaml or .yml file that begins with front matter between lines "
            f"of ---. Press {key_of('app.quit', keymap)} to leave, and run: reader FOLDER"
        )
    if answer.in_coverage:
        count = answer.in_coverage
        stories, them = ("story", "it") if count == 1 else ("stories", "them")
        return (
            f"No story says “{listing.text.strip()}”, but the coverage of {count:,} {stories} does. "
            f"Press {key_of('list.choose', keymap)} to list {them}."
        )
    ways = []
    if listing.text.strip():
        ways.append(f"{key_of('go.escape', keymap)} clears the search")
    if listing.topics:
        ways.append(f"{key_of('list.no_topics', keymap)} switches all topics on")
    if listing.shown is not Shown.ALL:
        ways.append(f"{key_of('list.shown', keymap)} goes on to other marks")
    looked_for = f" for “{listing.text.strip()}”" if listing.text.strip() else ""
    topics = f" in {' or '.join(sorted(listing.topics))}" if listing.topics else ""
    kind = "" if listing.shown is Shown.ALL else f"{listing.shown} "
    return f"No {kind}story found{looked_for}{topics}. {'; '.join(ways)}."


@lru_cache(maxsize=8)
def _read(text: str) -> Query | QueryError:
    try:
        return parse(text)
    except QueryError as error:
        return error


def _bound(listing: Listing, now: datetime | None, marks: AnyMarks | None) -> Query:
    return listing.query.bind(now or datetime.now(UTC), marks)


def _in_words(listing: Listing) -> str:
    """The order of a listing: the one of its query, where that says one."""
    keys = listing.query.sort
    told = ", ".join(f"{key.field} falling" if key.falls else str(key.field) for key in keys)
    return f"by {told}" if keys else str(listing.sort)
