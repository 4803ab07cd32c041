from __future__ import annotations

import random
from itertools import chain

from hypothesis import given
from hypothesis import strategies as st
from reader.coverage.bonds import Kind
from reader.coverage.events import LONGEST_SECONDS, MOST_MEMBERS, Bond, copies, gather

DAY = 86_400


def bond(a: int, b: int, alike: float = 0.5, kind: Kind = Kind.WORDS) -> Bond:
    return Bond(a, b, kind, alike, 3)


def events(bonds: list[Bond], times: dict[int, int] | None = None) -> list[list[int]]:
    known = dict.fromkeys(chain.from_iterable(bond[:2] for bond in bonds), 0)
    return gather(bonds, {**known, **(times or {})}, {one: f"{one:05}" for one in {*known, *(times or {})}})


@st.composite
def networks(draw: st.DrawFn) -> tuple[list[Bond], dict[int, int]]:
    """Bonds among up to 120 articles of three weeks, with many equal ones."""
    articles = draw(st.integers(2, 120))
    ids = st.integers(0, articles - 1)
    ends = draw(st.lists(st.tuples(ids, ids).filter(lambda pair: pair[0] < pair[1]), max_size=200, unique=True))
    alike = st.sampled_from([0.25, 0.5, 0.5000001, 0.9])
    bonds = [Bond(a, b, draw(st.sampled_from(Kind)), draw(alike), 1) for a, b in ends]
    chance = draw(st.randoms(use_true_random=False))
    return bonds, {one: chance.randrange(21 * 24) * 3600 for one in range(articles)}


@given(networks(), st.randoms(use_true_random=False))
def test_events_do_not_depend_on_the_order_of_bonds_nor_on_ids(
    network: tuple[list[Bond], dict[int, int]], chance: random.Random
) -> None:
    bonds, times = network
    names = {one: f"{one:05}" for one in times}
    found = gather(bonds, times, names)
    shuffled = chance.sample(bonds, len(bonds))
    assert gather(shuffled, times, names) == found
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
        assert 2 <= len(event) <= MOST_MEMBERS
        assert times[event[-1]] - times[event[0]] <= LONGEST_SECONDS
        assert event == sorted(event, key=lambda one: (times[one], one))
        inside = [bond for bond in bonds if {bond.a, bond.b} <= set(event)]
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


def test_bonds_join_across_articles() -> None:
    assert events([bond(1, 2), bond(3, 4), bond(2, 3), bond(7, 8)]) == [[1, 2, 3, 4], [7, 8]]


def test_the_strongest_bonds_come_first_where_an_event_would_be_too_long() -> None:
    times = {1: 0, 2: 6 * DAY, 3: 12 * DAY}
    assert events([bond(1, 2, 0.4), bond(2, 3, 0.3)], times) == [[1, 2]]
    assert events([bond(1, 2, 0.3), bond(2, 3, 0.4)], times) == [[2, 3]]
    assert events([bond(1, 2, 0.9), bond(2, 3, 0.3, Kind.SAME_TEXT)], times) == [[2, 3]]
    assert events([bond(1, 2, 0.4), bond(2, 3, 0.4)], times) == [[1, 2]], "of equal ones by name"
    assert events([bond(1, 2), bond(2, 3)], {**times, 3: 10 * DAY}) == [[1, 2, 3]]


def test_an_event_is_full_with_forty_articles() -> None:
    chain_of_41 = [bond(number, number + 1, 0.9 - number / 100) for number in range(40)]
    assert events(chain_of_41) == [list(range(40))]
    two_halves = [bond(number, number + 1) for number in range(60) if number != 29]
    assert events([*two_halves, bond(29, 30, 0.3)]) == [list(range(30)), list(range(30, 61))]


def test_copies_are_the_articles_with_one_text_within_an_event() -> None:
    bonds = [
        bond(1, 2, kind=Kind.SAME_TEXT),
        bond(3, 4, kind=Kind.SAME_HEADLINE),
        bond(2, 3, kind=Kind.SAME_TEXT),
        bond(5, 6, kind=Kind.SAME_TEXT),
        bond(4, 5),
        bond(6, 9, kind=Kind.SAME_TEXT),
    ]
    assert sorted(map(sorted, copies(bonds, range(1, 8)))) == [[1, 2, 3, 4], [5, 6]]
    assert copies(bonds, [7, 8]) == copies([], [1, 2]) == []


@given(networks(), st.randoms(use_true_random=False))
def test_copies_are_disjoint_and_do_not_depend_on_the_order(
    network: tuple[list[Bond], dict[int, int]], chance: random.Random
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
