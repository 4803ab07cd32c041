"""Where each story stands in a list."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from reader.library.index.lists.places import RowPlaces


@given(st.lists(st.integers(1, 500), unique=True), st.integers(-3, 600))
def test_it_says_the_same_as_looking_through_all_of_the_list(rows: list[int], other: int) -> None:
    places = RowPlaces(array("q", rows))
    assert [places.get(story) for story in rows] == list(range(len(rows)))
    assert (places.get(other) is None) == (other not in rows)
