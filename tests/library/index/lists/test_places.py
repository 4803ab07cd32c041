"""Where each story stands in a list."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from reader.library.index.lists.places import CHUNK, RowPlaces, place_in


@given(st.lists(st.integers(1, 500), unique=True), st.integers(-3, 600))
def test_it_says_the_same_as_looking_through_all_of_the_list(rows: list[int], other: int) -> None:
    places = RowPlaces(array("q", rows))
    assert [places.get(story) for story in rows] == list(range(len(rows)))
    assert (places.get(other) is None) == (other not in rows)


@given(st.lists(st.integers(1, 500), unique=True), st.integers(-3, 600), st.sampled_from("Iq"))
def test_looking_for_one_says_the_same(rows: list[int], other: int, kind: str) -> None:
    stories = array(kind, rows)
    assert [place_in(stories, story) for story in rows] == list(range(len(rows)))
    assert (place_in(stories, other) is None) == (other not in rows)


def test_bytes_of_neighbours_are_no_story() -> None:
    rows = array("I", [0x01000000, 0x00000002, 0x02010000, *range(5, CHUNK + 10), 0x00020100])
    for story in (0x00020100, 0x00000201, 0x00010000, CHUNK + 9):
        at = list(rows).index(story) if story in rows else None
        assert place_in(rows, story) == at
