"""A person's question to the index (`Listing`) and the index's answer (`Answer`), as values."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from reader.base.circle import Circle
from reader.base.errors import QueryError
from reader.library.index.rows import Counts, TopicCount
from reader.library.query.query import Query, Sort, asks_for_growth, asks_for_marks, parse

if TYPE_CHECKING:
    from reader.library.index.events.event_rows import EventRows


class Shown(Circle):
    """Which stories are shown, by the reader's marks."""

    ALL = "all"
    UNREAD = "unread"
    STARRED = "starred"


class Listing(NamedTuple):
    """A choice of stories and their order: what the person asks for.

    Attributes:
        text: the query as it was typed.
        topics: names of topics, of which a story must have any; empty for all stories.
        sort: the order, unless the query has one.
        by_event: whether the stories on one event share a row.
        shown: whether all stories are shown, or only those with a mark.
    """

    text: str = ""
    topics: frozenset[str] = frozenset()
    sort: Sort = Sort.NEWEST
    by_event: bool = False
    shown: Shown = Shown.ALL

    @property
    def query(self) -> Query:
        """The query, parsed, with `shown` as a part of it. A wrong text asks for all stories: see `error`."""
        if self.shown is Shown.ALL:
            return self._words
        from reader.library.query.tree import Field, Term, all_of

        return self._words._replace(tree=all_of((self._words.tree, Term(Field.IS, (str(self.shown),)))))

    @property
    def _words(self) -> Query:
        """The query of the text alone."""
        read = _read(self.text)
        return Query() if isinstance(read, QueryError) else read

    @property
    def understood(self) -> str:
        """The text without a part that is only half typed, such as `is:`, and so is passed over."""
        text = self.text.strip()
        if not text or self.error is not None:
            return text
        from reader.library.query.tokens import is_unfinished

        return str(self._words) if is_unfinished(text) else text

    @property
    def asks_for_marks(self) -> bool:
        """Whether the answer may depend on marks."""
        return self.shown is not Shown.ALL or asks_for_marks(self.text)

    @property
    def asks_for_growth(self) -> bool:
        """Whether the answer may depend on which events have new articles."""
        return asks_for_growth(self.text)

    @property
    def error(self) -> QueryError | None:
        """What is wrong with the text of the query, and where; None where nothing is."""
        read = _read(self.text)
        return read if isinstance(read, QueryError) else None

    @property
    def in_coverage(self) -> Listing:
        """The same listing with its words looked for in the coverage of stories instead: see `Query.in_coverage`."""
        return self._replace(text=str(self._words.in_coverage))


NOT_COUNTED = Counts(-1, -1, -1, -1)
"""Stands for the size of a library that was not counted: that takes as long as finding the few stories asked for."""


class Answer(NamedTuple):
    """What the index answers to a `Listing`.

    Attributes:
        listing: the question.
        ids: the ids of the stories, in order.
        topics: all topics, each with how many stories have it that answer the query, whatever topics are chosen.
        counts: the size of the library; `NOT_COUNTED` where only some stories were asked for.
        in_coverage: if nothing is listed, how many stories have the words in their coverage.
        version: the version of the index when it answered; with another, rows may have changed.
        events: the same stories with one row per event, if that was asked for.
        is_whole: whether these are all stories of the listing, and not only the first ones.
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


@lru_cache(maxsize=8)
def _read(text: str) -> Query | QueryError:
    try:
        return parse(text)
    except QueryError as error:
        return error
