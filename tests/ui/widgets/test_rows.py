"""Which lines the story list has, and where each stands, whatever is open."""

from __future__ import annotations

from array import array
from collections.abc import Container, Sequence
from itertools import combinations
from typing import Any, cast

import pytest

from reader.library.index.lists.places import RowPlaces
from reader.ui.widgets.stories.rows import CLOSED, OPEN, Rows


class Events:
    """Five rows, of which two are events of several stories."""

    rows = array("q", [1, 10, 2, 20, 3])

    def place(self, story: int) -> int:
        return 1 if story < 20 else 3

    def stories(self, story: int) -> list[int]:
        return next((list(one) for one in ((11, 10, 12), (20, 21)) if story in one), [])

    def representative(self, story: int) -> int | None:
        return {1: 10, 2: 20}.get(story // 10) if story >= 10 else None

    def holder(self, story: int) -> int | None:
        return self.representative(story)

    def is_event(self, story: int) -> bool:
        return self.holder(story) == story

    def stories_of_rows(self, rows: Sequence[int], opened: Container[int]) -> list[int]:
        return [one for row in rows for one in ([row] if row in opened else self.stories(row) or [row])]


def shown(*opened: int, places: RowPlaces | None = None) -> Rows:
    """The rows, with some events open."""
    rows = Rows()
    rows.open_at_first(opened)
    rows.show(array("q", [1, 10, 11, 12, 2, 20, 21, 3]), cast(Any, Events()), places)
    return rows


@pytest.mark.parametrize("opened", [one for count in range(3) for one in combinations((12, 20), count)])
@pytest.mark.parametrize("places", [None, RowPlaces(Events.rows)])
def test_every_line_is_found_where_it_stands(opened: tuple[int, ...], places: RowPlaces | None) -> None:
    rows = shown(*opened, places=places)
    assert [rows.place(story) for story in rows.ids] == list(range(len(rows.ids)))
    assert rows.place(4) is None
    for hidden in {10, 11, 12, 20, 21} - set(rows.ids):
        assert rows.place(hidden) == list(rows.ids).index(Events().representative(hidden) or 0), "in its event's line"


def test_opened_and_closed_again_it_is_as_it_was() -> None:
    rows = shown()
    rows.open(11)
    assert list(rows.ids) == [1, 10, 11, 12, 2, 20, 3]
    assert (rows.heads, rows.head(12), rows.head(20)) == ([10], 10, None)
    assert (rows.sign(10)[0], rows.sign(20)[0], rows.sign(1)[0]) == (OPEN, CLOSED, "")
    assert rows.stories_of(10) == [10]
    assert rows.stories_of_all([1, 10, 20]) == [1, 10, 20, 21]
    rows.close(10)
    assert list(rows.ids) == list(Events.rows)
    assert rows.stories_of(10) == [11, 10, 12]
