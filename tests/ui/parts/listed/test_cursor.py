"""Where the cursor goes when another list is shown: the rule, without a list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.library.index.listing import Listing, Shown
from reader.library.query.query import Sort
from reader.ui.parts.listed.cursor import MOST_BESIDE, MOST_PLACES, Places, Stand, Way, story_to_stand_on, way

ALL = Listing()
SEA, SKY = frozenset({"Sea"}), frozenset({"Sky"})


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (ALL, ALL, Way.AGAIN),
        (ALL, Listing(shown=Shown.UNREAD), Way.MARKS),
        (Listing("a", shown=Shown.UNREAD), Listing("a", shown=Shown.STARRED), Way.MARKS),
        (ALL, Listing(by_event=True), Way.ROWS),
        (Listing(by_event=True), ALL, Way.ROWS),
        (ALL, Listing("a"), Way.NARROWED),
        (Listing("a"), Listing("ab"), Way.NARROWED),
        (Listing("a"), Listing("a b"), Way.NARROWED),
        (Listing("a"), Listing("a "), Way.NARROWED),
        (Listing("ab"), Listing("a"), Way.ASKED),
        (Listing("a"), Listing("b a"), Way.ASKED),
        (Listing("a"), Listing("a OR b"), Way.ASKED),
        (Listing("a"), ALL, Way.ASKED),
        (ALL, Listing(topics=SEA), Way.NARROWED),
        (Listing(topics=SEA | SKY), Listing(topics=SKY), Way.NARROWED),
        (Listing(topics=SEA), Listing(topics=SEA | SKY), Way.ASKED),
        (Listing(topics=SEA), Listing(topics=SKY), Way.ASKED),
        (Listing(topics=SEA), ALL, Way.ASKED),
        (ALL, Listing(sort=Sort.OLDEST), Way.ASKED),
        (ALL, Listing("a", sort=Sort.OLDEST), Way.ASKED),
        (Listing(shown=Shown.UNREAD), Listing("a"), Way.ASKED),
    ],
)
def test_how_a_list_becomes_another(before: Listing, after: Listing, expected: Way) -> None:
    assert way(before, after) is expected


@pytest.mark.parametrize(
    ("how", "was_opened", "listed", "expected"),
    [
        # Where the person stands on 30 among 10 to 50.
        (Way.ASKED, True, {10, 30}, None),
        (Way.NARROWED, False, {10, 30}, None),
        (Way.NARROWED, True, {10, 30}, 30),
        (Way.NARROWED, True, {10, 40}, None),
        (Way.AGAIN, False, {10, 30}, 30),
        (Way.AGAIN, False, {10, 40, 50}, 40),
        (Way.AGAIN, False, {10, 20}, 20),
        (Way.MARKS, False, {10, 30}, 30),
        (Way.MARKS, False, {10, 20, 50}, 50),
        (Way.ROWS, True, {10, 20}, 20),
        (Way.AGAIN, True, set(), None),
        (Way.MARKS, True, {60}, None),
    ],
)
def test_the_story_to_stand_on(how: Way, was_opened: bool, listed: set[int], expected: int | None) -> None:
    stand = Stand([10, 20, 30, 40, 50], 2, 30, was_opened)
    assert story_to_stand_on(how, stand, listed.__contains__) == expected


def test_a_story_that_is_shown_and_was_not_listed_is_stood_on_where_it_is_listed_now() -> None:
    stand = Stand([10, 20, 30], 1, 99)
    assert story_to_stand_on(Way.AGAIN, stand, {30, 99}.__contains__) == 99
    assert story_to_stand_on(Way.AGAIN, stand, {10, 20, 30}.__contains__) == 20
    assert story_to_stand_on(Way.MARKS, stand, {10, 30}.__contains__) == 30


@given(
    how=st.sampled_from(Way),
    rows=st.lists(st.integers(1, 30), unique=True),
    listed=st.sets(st.integers(1, 30)),
    was_opened=st.booleans(),
    data=st.data(),
)
def test_nobody_is_led_past_a_story_that_is_left(
    how: Way, rows: list[int], listed: set[int], was_opened: bool, data: st.DataObject
) -> None:
    row = data.draw(st.integers(0, max(len(rows) - 1, 0)))
    story = rows[row] if rows else None
    found = story_to_stand_on(how, Stand(rows, row, story, was_opened), listed.__contains__)
    assert found is None or found in listed
    left = [one for one in rows if one in listed]
    if how in (Way.AGAIN, Way.MARKS, Way.ROWS):
        assert (found is None) == (not left)
        if found is not None:
            between = rows[row : rows.index(found)] if rows.index(found) >= row else rows[rows.index(found) + 1 :]
            assert not listed & set(between)
    else:
        assert found in (None, story)


def test_leaving_a_list_again_goes_back_to_where_one_stood() -> None:
    places = Places()
    stand, in_topic = Stand([1, 2, 3], 2, 3), Stand([2, 3], 1, 3)
    topic = Listing(topics=SEA)
    assert places.go(ALL, topic, stand) is None
    assert places.knows(ALL)
    assert places.go(topic, topic._replace(text="a"), in_topic) is None
    assert places.go(topic._replace(text="a"), topic._replace(text="ab"), Stand([3], 0, 3)) is None
    assert not places.knows(topic._replace(text="a")), "it was on the way to what is typed"
    assert places.go(topic._replace(text="ab"), ALL, Stand([3], 0, 3)) == stand
    assert not places.knows(topic), "what lies between is forgotten"
    assert not places.knows(ALL), "it is shown"


@pytest.mark.parametrize("other", [ALL._replace(by_event=True), ALL._replace(shown=Shown.UNREAD)])
@pytest.mark.parametrize("has_moved", [True, False])
def test_back_from_rows_of_events_or_other_marks_one_stands_where_one_stood_or_has_gone(
    other: Listing, has_moved: bool
) -> None:
    places, stand = Places(), Stand([1, 2, 3], 0, 1)
    assert places.go(ALL, other, stand) is None
    places.come(2)
    third = other._replace(shown=Shown.STARRED)
    assert places.go(other, third, Stand([2, 3], int(has_moved), 2 + has_moved)) is None
    places.come(2 + has_moved)
    assert places.go(third, other, Stand([2, 3], int(has_moved), 2 + has_moved)) == (
        Stand([2, 3], int(has_moved), 2 + has_moved)
    )
    assert places.go(other, ALL, Stand([2, 3], int(has_moved), 2 + has_moved)) == (None if has_moved else stand)


@pytest.mark.parametrize("starred", [[20], []])
def test_over_a_list_in_which_nobody_moved_one_stands_where_one_had_gone_before(starred: list[int]) -> None:
    places, gone_to = Places(), Stand([5, 7], 1, 7)
    unread, third = ALL._replace(shown=Shown.UNREAD), ALL._replace(shown=Shown.STARRED)
    places.go(ALL, unread, Stand([5, 7, 20], 0, 5))
    places.come(5)
    places.go(unread, third, gone_to)
    story = next(iter(starred), None)
    places.come(story)
    assert places.go(third, ALL, Stand(starred, 0, story)) == gone_to


def test_what_is_asked_for_anew_is_not_gone_back_to() -> None:
    places, topic = Places(), Listing(topics=SEA)
    places.go(topic, ALL, Stand([1, 2], 1, 2))
    places.forget(topic)
    assert places.go(ALL, topic, Stand([1, 2, 3], 2, 3)) is None
    assert places.go(topic, ALL, Stand([1, 2], 0, 1)) == Stand([1, 2, 3], 2, 3)


def test_not_all_places_are_remembered() -> None:
    places = Places()
    for number in range(MOST_PLACES + 5):
        places.go(Listing(f"{number}", SEA), Listing(f"{number + 1}", SKY), Stand([1], 0, 1))
    assert not places.knows(Listing("4", SEA))
    assert places.knows(Listing("5", SEA))


@pytest.mark.parametrize("row", [0, 10, 9_999, 19_999])
def test_of_a_long_list_only_what_lies_near_is_remembered(row: int) -> None:
    places, rows = Places(), range(20_000)
    places.go(ALL, Listing(topics=SEA), Stand(rows, row, row))
    left = places.go(Listing(topics=SEA), ALL, Stand([1], 0, 1))
    assert left is not None
    assert left.rows[left.row] == row
    assert len(left.rows) <= 2 * MOST_BESIDE
    assert rows[row : row + MOST_BESIDE] == left.rows[left.row :]
