"""A person's question to the index (`Listing`), and what the index says to it (`Answer`), as values."""

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
        """The query, parsed, with what is `shown` as a part of it. A wrong text asks for every story: see `error`."""
        if self.shown is Shown.ALL:
            return self._words
        from reader.library.query.tree import Field, Term, all_of

        return self._words._replace(tree=all_of((self._words.tree, Term(Field.IS, (str(self.shown),)))))

    @property
    def _words(self) -> Query:
        read = _read(self.text)
        return Query() if isinstance(read, QueryError) else read

    @property
    def understood(self) -> str:
        """The text of the query as it is understood: a part that is only half typed, such as `is:`, is left out."""
        text = self.text.strip()
        if not text or self.error is not None:
            return text
        from reader.library.query.tokens import is_unfinished

        return str(self._words) if is_unfinished(text) else text

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
        """What is wrong with the text of the query, and where; None where nothing is."""
        read = _read(self.text)
        return read if isinstance(read, QueryError) else None

    @property
    def in_coverage(self) -> Listing:
        """The same words, looked for in the coverage."""
        return self._replace(text=str(self._words.in_coverage))


NOT_COUNTED = Counts(-1, -1, -1, -1)
"""Stands where the library was not counted: that would take as long as the few stories that were asked for."""


class Answer(NamedTuple):
    """What the index says to a `Listing`.

    Attributes:
        listing: the question.
        ids: the stories, in order.
        topics: all topics; their counts follow the query, not the choice of topics.
        counts: the size of the library; `NOT_COUNTED` where only some stories were asked for.
        in_coverage: where nothing is listed: how many stories have the words in their coverage.
        version: of the index when it answered; once that is another, rows may have changed.
        events: the stories with one row per event, where that was asked for.
        is_whole: whether these are all stories of the listing, or only the first ones.
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
