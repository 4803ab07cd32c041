"""Where each story stands in a list: known at once, where looking for it would go over all of the list."""

from __future__ import annotations

from array import array

from reader.library.index.id_arrays import ids


class RowPlaces:
    """The place of each story of a list, by its id: four bytes a story.

    A million take about 70 ms. It is written out as a loop, so that the thread that draws gets its turn meanwhile.

    Args:
        rows: the stories, in order.
    """

    def __init__(self, rows: array[int]) -> None:
        places = ids([0]) * (max(rows, default=0) + 1)
        for place, story in enumerate(rows, start=1):
            places[story] = place
        self._places = places

    def get(self, story: int) -> int | None:
        """The place of a story, the first is 0; None where it is not in the list."""
        place = self._places[story] if 0 <= story < len(self._places) else 0
        return place - 1 if place else None
