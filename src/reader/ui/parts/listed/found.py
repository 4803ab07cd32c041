"""An answer of the index with what the list needs to draw it: days and places of rows, found in the same thread."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING, NamedTuple

from reader.base.times import local_day
from reader.library.index.listing import Answer, Listing
from reader.library.index.rows import StoryRow
from reader.library.query.query import Sort

if TYPE_CHECKING:
    from reader.library.index.index import Index
    from reader.library.index.lists.places import RowPlaces


FEW = 400
"""Up to this many stories, days are looked up story by story: faster for a first page than those of the library."""


class Found(NamedTuple):
    """An answer, with what the list needs to draw it.

    Attributes:
        answer: the answer of the index.
        places: the place of each row, by its story; None where nobody needs them.
        days: the places of the rows that begin another day; none where the list does not go by time.
    """

    answer: Answer
    places: RowPlaces | None = None
    days: Sequence[int] = ()

    @property
    def rows(self) -> array[int]:
        """The story of each row."""
        return self.answer.ids if self.answer.events is None else self.answer.events.rows


def found_in(index: Index, answer: Answer | None, zone: tzinfo | None, *, is_searched: bool = False) -> Found | None:
    """Work out what the list needs to draw an answer. It goes over the whole list, and belongs in a thread.

    Args:
        index: the index.
        answer: the answer of the index; None where there is none: then the result is None as well.
        zone: the time zone in which days begin; None for the system's.
        is_searched: whether the list will look for the place of the story at the cursor, and so needs `places`.
    """
    if answer is None:
        return None
    days: Sequence[int] = ()
    if goes_by_time(answer.listing) and answer.events is None:
        if answer.is_whole and len(answer.ids) > FEW:
            days = index.day_starts(answer.ids, zone)
        else:
            rows = index.rows(answer.ids)
            days = day_starts([rows[story] for story in answer.ids if story in rows], zone)
    return Found(answer, index.places(Found(answer).rows) if is_searched else None, days)


def goes_by_time(listing: Listing) -> bool:
    """Whether a list is ordered by time, and so can have lines between days."""
    return not listing.query.sort and listing.sort in (Sort.NEWEST, Sort.OLDEST)


def day_starts(rows: Sequence[StoryRow], zone: tzinfo | None) -> list[int]:
    """As `Index.day_starts`, for rows that were read already."""
    days = [None if row.published is None else local_day(row.published, zone) for row in rows]
    return [place for place, day in enumerate(days) if not place or day != days[place - 1]]
