"""Sums for many places at once are the sums of each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.library.sync.bonds.tally import Tally

PLACES = 70
"""More than a word of the machine has."""

SETS = st.integers(0, (1 << PLACES) - 1)


def of(places: int) -> list[int]:
    return [place for place in range(PLACES) if places >> place & 1]


@given(st.lists(st.tuples(SETS, st.integers(0, 1_000))), SETS, st.integers(1, 3_000))
def test_each_place_has_its_sum(added: list[tuple[int, int]], asked: int, least: int) -> None:
    tally, sums = Tally(), [0] * PLACES
    for places, number in added:
        tally.add(places, number)
        for place in of(places):
            sums[place] += number
    assert list(tally.of(asked)) == [(place, sums[place]) for place in of(asked)]
    assert of(tally.at_least(least)) == [place for place in range(PLACES) if sums[place] >= least]
    for sum_ in set(sums) - {0}:
        assert of(tally.at_least(sum_)) == [place for place in range(PLACES) if sums[place] >= sum_]
