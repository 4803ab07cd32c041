"""What the story list shows, and the question that is put to the index for it."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reader.library.index import Index
from reader.library.query import Query, Sort, parse
from reader.library.rows import Counts, TopicCount


@dataclass(frozen=True, slots=True)
class Listing:
    """A choice of stories and their order: what the person asked for.

    Attributes:
        text: the query as it is written.
        topics: stories with any of these; all where it is empty.
        sort: the order.
    """

    text: str = ""
    topics: frozenset[str] = frozenset()
    sort: Sort = Sort.NEWEST

    @property
    def query(self) -> Query:
        """The query, read."""
        return parse(self.text)

    @property
    def in_coverage(self) -> Listing:
        """The same words, looked for in the coverage."""
        return replace(self, text=str(self.query.in_coverage))

    def describe(self, listed: int, total: int) -> tuple[str, str]:
        """In a few words, for the bar above the list; and in fewer, for a narrow one."""
        amount = "all stories" if listed == total else f"{listed:,} of {total:,}"
        looked_for = [f"“{self.text.strip()}”"] if self.text.strip() else []
        return " · ".join([str(self.sort), *looked_for, amount]), amount


@dataclass(frozen=True, slots=True)
class Answer:
    """What the index says to a listing.

    Attributes:
        listing: the question.
        ids: the stories, in order.
        topics: all topics; their counts follow the query, not the choice of topics.
        counts: the size of the library.
        in_coverage: where nothing is listed: how many stories have the words in their coverage.
        version: of the index; where it is another, rows may say something else.
    """

    listing: Listing
    ids: array[int]
    topics: Sequence[TopicCount]
    counts: Counts
    in_coverage: int = 0
    version: int = -1


def ask(index: Index, listing: Listing) -> Answer:
    """Put the question to the index; may take long, and belongs in a thread. `topics` are left to `ask_topics`."""
    query = listing.query
    ids = index.catalogue.ids(query, listing.sort, listing.topics)
    elsewhere = query.in_coverage
    in_coverage = index.count(elsewhere, listing.topics) if not ids and elsewhere != query else 0
    return Answer(listing, ids, (), index.counts(), in_coverage, index.catalogue.version)


def ask_first(index: Index, listing: Listing, count: int) -> Answer | None:
    """The first stories that answer, where they can be had sooner than all of them."""
    ids = index.catalogue.first_page(listing.query, listing.sort, listing.topics, count)
    return None if ids is None else Answer(listing, ids, (), index.counts(), 0, index.catalogue.version)


def ask_topics(index: Index, listing: Listing) -> list[TopicCount]:
    """The topics with the counts that follow a listing's query: the second question, once the stories stand."""
    return index.catalogue.topics(listing.query)


def why_empty(answer: Answer, *, is_reading: bool, place: str) -> str:
    """Why nothing is listed, and which key leads out of it."""
    listing, counts = answer.listing, answer.counts
    if is_reading and not counts.stories:
        return f"Reading {place} …"
    if not counts.stories:
        told = f"No stories in {place}."
        if counts.unread:
            return f"{told} {counts.unread} files could not be read: press ! to see why."
        return (
            f"{told} A story is a .md, .markdown, .txt, .yaml or .yml file that begins with front matter between lines "
            "of ---. Press q to leave, and run: reader FOLDER"
        )
    if answer.in_coverage:
        count = answer.in_coverage
        stories, them = ("story", "it") if count == 1 else ("stories", "them")
        return (
            f"No story says “{listing.text.strip()}”, but the coverage of {count:,} {stories} does. "
            f"Press Enter to list {them}."
        )
    ways = []
    if listing.text.strip():
        ways.append("Esc clears the search")
    if listing.topics:
        ways.append("0 switches all topics on")
    looked_for = f" for “{listing.text.strip()}”" if listing.text.strip() else ""
    topics = f" in {' or '.join(sorted(listing.topics))}" if listing.topics else ""
    return f"No story found{looked_for}{topics}. {'; '.join(ways)}."
