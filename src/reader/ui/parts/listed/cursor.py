"""Where the cursor goes when another list is shown. Every way by which a list changes asks this rule.

What is asked for begins at its top: a new search, view, topic or order. Only where the person has opened the story and
narrowed the list, the cursor stays on it as long as it is listed. The same question asked again, other marks, and one
row for each event instead of each story ask for nothing new: the cursor stays on its story, and where that is taken
away it goes on with the next one below that is left, or the last one above. And what is left again is as it was; where
nothing new was asked for, only if the person has not moved meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum, auto
from typing import NamedTuple

from reader.library.index.listing import Listing, Shown

MOST_PLACES = 24
"""Lists that can be gone back to; each keeps the ids of some rows."""


MOST_BESIDE = 2_000
"""Rows above and below that are kept of a list that is left: the story may be gone, and the next one is stood on."""


class Way(Enum):
    """How one list became another."""

    AGAIN = auto()
    """The same question: the folder has changed, or the marks that decide what is listed."""
    MARKS = auto()
    """All, unread or starred stories."""
    ROWS = auto()
    """One row per event, or one per story."""
    NARROWED = auto()
    """More was asked of the same stories in the same order."""
    ASKED = auto()
    """Something else was asked for."""


class Stand(NamedTuple):
    """Where a person stands in a list.

    Attributes:
        rows: the stories of the rows, in order.
        row: the place of the cursor among them.
        story: the story that is shown, of that row or of its event; None where there is none.
        was_opened: whether the person opened that story.
    """

    rows: Sequence[int]
    row: int
    story: int | None
    was_opened: bool = False


class ViewTaken(NamedTuple):
    """A view that was listed.

    Attributes:
        listing: what it lists.
        before: what was listed before it, to which leaving it goes back.
        outer: the view that was left for it and that is come back to with that; None where it was none.
    """

    listing: Listing
    before: Listing
    outer: ViewTaken | None = None


def way(before: Listing, after: Listing) -> Way:
    """How a listing became another."""
    if before == after:
        return Way.AGAIN
    if before._replace(shown=after.shown) == after:
        return Way.MARKS
    if before._replace(by_event=after.by_event) == after:
        return Way.ROWS
    is_narrowed = (
        (before.sort, before.by_event) == (after.sort, after.by_event)
        and _words_begin(after.text.split(), before.text.split())
        and (not before.topics or (bool(after.topics) and after.topics <= before.topics))
        and before.shown in (Shown.ALL, after.shown)
    )
    return Way.NARROWED if is_narrowed else Way.ASKED


def _words_begin(words: Sequence[str], beginning: Sequence[str]) -> bool:
    """Whether a query goes on from another one: with further words, or further letters of its last word."""
    *whole, last = beginning or [""]
    begins = words[: len(whole)] == whole and "OR" not in words
    return begins and (words[len(whole)].startswith(last) if len(words) > len(whole) else not last)


def story_to_stand_on(way: Way, stand: Stand, holds: Callable[[int], bool]) -> int | None:
    """The story on which the cursor stands in another list; None for the first row.

    Args:
        way: how the list became another.
        stand: where the person stood.
        holds: whether a story has a row in the other list, its own or its event's.
    """
    if way is Way.ASKED or (way is Way.NARROWED and not stand.was_opened):
        return None
    if stand.story is not None and holds(stand.story):
        return stand.story
    if way is Way.NARROWED:
        return None
    below = range(stand.row, len(stand.rows))
    above = range(min(stand.row, len(stand.rows)) - 1, -1, -1)
    return next((stand.rows[row] for way_on in (below, above) for row in way_on if holds(stand.rows[row])), None)


class LeftList(NamedTuple):
    """A list that was left.

    Attributes:
        listing: the list.
        stand: where the person stood in it.
        has_moved: whether the person has moved in it.
        is_behind: whether they have moved in another since.
    """

    listing: Listing
    stand: Stand
    has_moved: bool = False
    is_behind: bool = False


class Arrival(NamedTuple):
    """How a person comes to a list.

    Attributes:
        way: how the list before became this one.
        stand: where the person stood: in the list before, or in this one where it is come back to.
    """

    way: Way
    stand: Stand


class Places:
    """Remembers where a person stood in the lists that were left for the one that is shown."""

    def __init__(self) -> None:
        self._left: list[LeftList] = []
        self._came_to: int | None = None
        self._emptied: tuple[Listing, Stand] | None = None

    def knows(self, listing: Listing) -> bool:
        """Whether a list is one of those that were left."""
        return any(listing == left.listing for left in self._left)

    def forget(self, listing: Listing) -> None:
        """Forget where the person stood in a list that is asked for anew, and is not gone back to."""
        self._left = [left for left in self._left if left.listing != listing]

    def come(self, story: int | None) -> None:
        """The person came to a story in another list, without having moved in it yet."""
        self._came_to = story

    def arrive(self, before: Listing, after: Listing, stand: Stand, *, is_empty: bool) -> Arrival:
        """Come from a list to another one by `go`, or to the same one asked for again by `stay`; see there."""
        if before == after:
            return Arrival(Way.AGAIN, self.stay(after, stand, is_empty=is_empty))
        left = self.go(before, after, stand)
        return Arrival(way(before, after), stand) if left is None else Arrival(Way.AGAIN, left)

    def go(self, before: Listing, after: Listing, stand: Stand) -> Stand | None:
        """Leave a list for another. Where that is one that was left, gives where one stood in it, to stand there again.

        What lies between the two is forgotten then, as pages that a browser went back from. Texts on the way to what
        is being typed are no lists to go back to.

        Args:
            before: the list that is left.
            after: the other.
            stand: where the person stands in the list that is left.
        """
        has_moved = stand.story != self._came_to
        if has_moved:
            self._left = [left._replace(is_behind=True) for left in self._left]
        for place, left in enumerate(self._left):
            if left.listing == after:
                gone_to = [one.stand for one in self._left[place + 1 :] if one.has_moved and not has_moved]
                del self._left[place:]
                if not left.is_behind or way(before, after) not in (Way.MARKS, Way.ROWS):
                    return left.stand
                return gone_to[-1] if gone_to else None
        is_typed = before._replace(text=after.text) == after
        if not is_typed or stand.row:
            self._left.append(LeftList(before, _near(stand), has_moved))
            del self._left[:-MOST_PLACES]
        return None

    def stay(self, listing: Listing, stand: Stand, *, is_empty: bool) -> Stand:
        """Where a person stands in a list that is asked for again: in one that was emptied where it was before.

        Args:
            listing: the list.
            stand: where the person stands among its former rows.
            is_empty: whether it has no rows any more.
        """
        if is_empty and stand.rows:
            self._emptied = (listing, _near(stand))
        elif not (is_empty or stand.rows) and self._emptied is not None:
            emptied, stood = self._emptied
            return stood if emptied == listing and stand.story is None else stand
        return stand


def _near(stand: Stand) -> Stand:
    """The same of no more rows than those near the cursor."""
    start = max(stand.row - MOST_BESIDE, 0)
    return stand._replace(rows=stand.rows[start : stand.row + MOST_BESIDE], row=stand.row - start)
