"""A set of stories is a set like Python's own, and smaller."""

from __future__ import annotations

import random
import sys
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.library.index.lists.story_set import StorySet, listed

STORIES = st.frozensets(st.integers(0, 300))


@pytest.mark.parametrize("count", [0, 1, 5, 40, 100])
def test_the_listed_are_those_marked(count: int) -> None:
    chosen = sorted(random.Random(count).sample(range(100), k=count))
    marked = bytearray(100)
    for story in chosen:
        marked[story] = 1
    assert listed(marked) == chosen


@given(STORIES, STORIES)
def test_it_is_a_set_like_any_other(some: frozenset[int], others: frozenset[int]) -> None:
    one, other = StorySet(some), StorySet(others)
    assert [*one] == sorted(some)
    assert (len(one), bool(one)) == (len(some), bool(some))
    assert all((story in one) == (story in some) for story in range(-1, 310))
    assert (one == other) == (some == others)
    assert one == some
    assert hash(one) == hash(StorySet(sorted(some, reverse=True)))
    for made in (one & other, one & others, some & other):
        assert made == some & others
    for made in (one | other, one | others, some | other):
        assert made == some | others
    for made in (one - other, one - others, some - other):
        assert made == some - others
    assert one.isdisjoint(other) == some.isdisjoint(others)
    assert (one <= other) == (some <= others)
    assert object() not in one


def test_it_takes_a_bit_for_each_story() -> None:
    all_of_many = StorySet(range(100_000))
    assert sum(map(sys.getsizeof, (all_of_many.bits, all_of_many.as_bytes))) < 30_000


@pytest.mark.parametrize("step", [1, 40])
def test_to_go_over_a_million_takes_no_list_of_them(step: int) -> None:
    stories = StorySet(range(0, 1_000_000, step))
    tracemalloc.start()
    try:
        assert sum(1 for _ in stories) == len(stories)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 6_000_000
