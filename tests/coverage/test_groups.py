from __future__ import annotations

from itertools import chain, combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.coverage.groups import ALONE, LONGEST_SECONDS, Bond, copies, gather

DAY = 86_400


def bond(a: int, b: int, odds: float = 3.0, *, is_copy: bool = False) -> Bond:
    return Bond(a, b, odds, is_copy)


def all_of(articles: range, odds: float = 3.0) -> list[Bond]:
    """Each bound to each."""
    return [bond(a, b, odds) for a, b in combinations(articles, 2)]


def events(bonds: list[Bond], times: dict[int, int] | None = None) -> list[list[int]]:
    known = {**dict.fromkeys(chain.from_iterable(bond[:2] for bond in bonds), 0), **(times or {})}
    return gather(bonds, known, {one: f"{one:05}" for one in known})


@st.composite
def networks(draw: st.DrawFn) -> tuple[list[Bond], dict[int, int]]:
    """Bonds among up to 60 articles of three weeks, with many equal ones."""
    articles = draw(st.integers(2, 60))
    ids = st.integers(0, articles - 1)
    ends = draw(st.lists(st.tuples(ids, ids).filter(lambda pair: pair[0] < pair[1]), max_size=150, unique=True))
    odds = st.sampled_from([-2.5, -0.3, 0.0, 0.1, 2.0, 2.0001, 4.9, 11.0])
    bonds = [Bond(a, b, draw(odds), draw(st.booleans())) for a, b in ends]
    chance = draw(st.randoms(use_true_random=False))
    return bonds, {one: chance.randrange(21 * 24) * 3600 for one in range(articles)}


@given(networks(), st.randoms(use_true_random=False))
def test_events_are_the_same_in_whatever_order_bonds_and_articles_come(
    network: tuple[list[Bond], dict[int, int]], chance: Random
) -> None:
    bonds, times = network
    names = {one: f"{one:05}" for one in times}
    found = gather(bonds, times, names)
    shuffled = chance.sample(bonds, len(bonds))
    order = chance.sample(sorted(times), len(times))
    assert gather(shuffled, {one: times[one] for one in order}, {one: names[one] for one in order}) == found
    assert gather([bond._replace(a=bond.b, b=bond.a) for bond in shuffled], times, names) == found

    others = dict(zip(times, chance.sample(range(10_000), len(times)), strict=True))
    renamed = gather(
        [bond._replace(a=others[bond.a], b=others[bond.b]) for bond in shuffled],
        {others[one]: when for one, when in times.items()},
        {others[one]: name for one, name in names.items()},
    )
    assert renamed == [[others[one] for one in event] for event in found]


@given(networks())
def test_events_are_bounded_disjoint_and_in_order(network: tuple[list[Bond], dict[int, int]]) -> None:
    bonds, times = network
    found = events(bonds, times)
    members = list(chain.from_iterable(found))
    assert len(members) == len(set(members))
    assert set(members) <= set(chain.from_iterable(bond[:2] for bond in bonds))
    for event in found:
        assert len(event) >= 2
        assert times[event[-1]] - times[event[0]] <= LONGEST_SECONDS
        assert event == sorted(event, key=lambda one: (times[one], one))
        inside = [bond for bond in bonds if {bond.a, bond.b} <= set(event) and (bond.is_copy or bond.odds >= 0)]
        assert {one for bond in inside for one in bond[:2]} == set(event), "each has a reason to be there"
    assert [times[event[0]] for event in found] == sorted(times[event[0]] for event in found)


@given(networks(), networks())
def test_events_apart_do_not_change_each_other(
    one: tuple[list[Bond], dict[int, int]], other: tuple[list[Bond], dict[int, int]]
) -> None:
    shifted = [bond._replace(a=bond.a + 1000, b=bond.b + 1000) for bond in other[0]]
    times = {article + 1000: when for article, when in other[1].items()}
    together = events(one[0] + shifted, {**one[1], **times})
    assert sorted(together) == sorted(events(one[0], one[1]) + events(shifted, times))


def test_no_bonds_make_no_events() -> None:
    assert events([]) == []


@pytest.mark.parametrize(("odds", "expected"), [(ALONE, [[1, 2]]), (ALONE - 0.0001, [])])
def test_two_articles_are_on_one_event_where_that_is_rather_likely(odds: float, expected: list[list[int]]) -> None:
    assert events([bond(1, 2, odds)]) == expected


def test_a_third_speaks_for_two_that_are_on_one_event_as_likely_as_not() -> None:
    assert events([bond(1, 2, 0.0), bond(2, 3, 0.0), bond(1, 3, 0.0)]) == [[1, 2, 3]]


def test_bonds_join_across_articles() -> None:
    assert events([*all_of(range(1, 5)), bond(7, 8)]) == [[1, 2, 3, 4], [7, 8]]
    assert events([bond(1, 2), bond(2, 3, 5.0)]) == [[1, 2, 3]], "a short report is like the fullest"


@given(st.lists(st.floats(-2, 50), min_size=1, max_size=60))
def test_a_chain_of_single_links_does_not_weld_neighbours(odds: list[float]) -> None:
    links = [bond(number, number + 1, each) for number, each in enumerate(odds)]
    assert max(map(len, events(links)), default=0) <= 6
    weak = [one._replace(odds=min(one.odds, 1.9)) for one in links]
    assert max(map(len, events(weak)), default=0) <= 2


@pytest.mark.parametrize("odds", [0.5, 5.0, 50.0])
def test_one_link_however_strong_does_not_weld_two_events(odds: float) -> None:
    monday, wednesday = range(1, 4), range(4, 7)
    times = {one: 0 if one in monday else 2 * DAY for one in range(1, 7)}
    bonds = [*all_of(monday), *all_of(wednesday), bond(3, 4, odds)]
    strong = [*all_of(monday, 6.0), *all_of(wednesday, 6.0), bond(3, 4, odds)]
    assert events(strong, times) == [[1, 2, 3], [4, 5, 6]]
    assert all(not {2, 5} <= set(event) for event in events(bonds, times))


def test_the_strongest_bonds_come_first_where_an_event_would_be_too_long() -> None:
    times = {1: 0, 2: 6 * DAY, 3: 12 * DAY}
    assert events([bond(1, 2, 3.5), bond(2, 3, 3.4)], times) == [[1, 2]]
    assert events([bond(1, 2, 3.4), bond(2, 3, 3.5)], times) == [[2, 3]]
    assert events([bond(1, 2, 9.0), bond(2, 3, 0.0, is_copy=True)], times) == [[2, 3]]
    assert events([bond(1, 2), bond(2, 3)], times) == [[1, 2]], "of equal ones the earlier"
    assert events([bond(1, 2), bond(2, 3), bond(1, 3)], {**times, 3: 10 * DAY}) == [[1, 2, 3]]


def test_articles_of_one_text_are_together_whatever_their_odds() -> None:
    assert events([bond(1, 2, -2.5, is_copy=True)]) == [[1, 2]]


def test_copies_are_the_articles_with_one_text_within_an_event() -> None:
    bonds = [
        bond(1, 2, is_copy=True),
        bond(3, 4, is_copy=True),
        bond(2, 3, is_copy=True),
        bond(5, 6, is_copy=True),
        bond(4, 5),
        bond(6, 9, is_copy=True),
    ]
    assert sorted(map(sorted, copies(bonds, range(1, 8)))) == [[1, 2, 3, 4], [5, 6]]
    assert copies(bonds, [7, 8]) == copies([], [1, 2]) == []


@given(networks(), st.randoms(use_true_random=False))
def test_copies_are_disjoint_and_do_not_depend_on_the_order(
    network: tuple[list[Bond], dict[int, int]], chance: Random
) -> None:
    bonds, times = network
    for event in events(bonds, times):
        groups = copies(bonds, event)
        members = list(chain.from_iterable(groups))
        assert len(members) == len(set(members))
        assert set(members) <= set(event)
        assert all(len(group) > 1 for group in groups)
        shuffled = copies(chance.sample(bonds, len(bonds)), event)
        assert sorted(map(sorted, shuffled)) == sorted(map(sorted, groups))
