"""Where stories stand in a list: looked for, or known of each at once."""

from __future__ import annotations

from array import array
from collections.abc import Callable

from reader.library.index.lists.id_arrays import greatest, ids

CHUNK = 1 << 15
"""Rows that are gone over at a time, before it is asked whether to go on."""


def place_in(rows: array[int], story: int) -> int | None:
    """The place of a story in a list, the first is 0; None where it is not in it.

    It is looked for, which takes 6 ms in a list of a million: less than a key may take, and the list is all that has to
    be kept. Who asks for many has them written out in `RowPlaces`.

    Args:
        rows: the stories, each of them once.
        story: its id.
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
            at = part.find(wanted, at + 1)  # the bytes of two neighbours looked like it
    return None


class RowPlaces:
    """The place of each story of a list, by its id: four bytes a story.

    A million take about 70 ms. It is written out as a loop, so that the thread that draws gets its turn meanwhile.

    Args:
        rows: the stories, in order.
        check_cancelled: called after each piece of the list; it may raise an error to end this.
    """

    def __init__(self, rows: array[int], check_cancelled: Callable[[], None] = lambda: None) -> None:
        places = self._places = ids([0]) * (greatest(rows) + 1)
        for start in range(0, len(rows), CHUNK):
            check_cancelled()
            for place, story in enumerate(rows[start : start + CHUNK], start=start + 1):
                places[story] = place

    def get(self, story: int) -> int | None:
        """The place of a story, the first is 0; None where it is not in the list."""
        place = self._places[story] if 0 <= story < len(self._places) else 0
        return place - 1 if place else None
