"""The places of stories in a list: of one story by a search, or of all by a table."""

from __future__ import annotations

from array import array
from collections.abc import Callable

from reader.library.index.lists.id_arrays import greatest, ids

CHUNK = 1 << 15
"""Rows that are gone over at a time; in between other threads have their turn, and cancelling is checked."""


def place_in(rows: array[int], story: int) -> int | None:
    """The place of a story in a list, counted from 0; None where it is not in it.

    The list is searched, which takes 6 ms for a million stories: less than a key may take. For the places of many
    stories there is `RowPlaces`.

    Args:
        rows: the stories of the list, each once.
        story: the story's id.
    """
    if story < 0:
        return None
    wanted, size = array(rows.typecode, (story,)).tobytes(), rows.itemsize
    for start in range(0, len(rows), CHUNK):
        part = rows[start : start + CHUNK].tobytes()
        at = part.find(wanted)
        while at >= 0:
            if at % size == 0:
                return start + at // size
            at = part.find(wanted, at + 1)  # these were bytes of two neighbours
    return None


class RowPlaces:
    """The place of each story in a list, by its id: four bytes a story.

    A million take about 70 ms. A loop of Python makes it, so that the thread that draws has its turn meanwhile.

    Args:
        rows: the stories of the list, in order.
        check_cancelled: called before each chunk of the list; it may raise an error to end this.
    """

    def __init__(self, rows: array[int], check_cancelled: Callable[[], None] = lambda: None) -> None:
        places = self._places = ids([0]) * (greatest(rows) + 1)
        for start in range(0, len(rows), CHUNK):
            check_cancelled()
            for place, story in enumerate(rows[start : start + CHUNK], start=start + 1):
                places[story] = place

    def get(self, story: int) -> int | None:
        """The place of a story, counted from 0; None where it is not in the list."""
        place = self._places[story] if 0 <= story < len(self._places) else 0
        return place - 1 if place else None
