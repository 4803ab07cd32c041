from __future__ import annotations

import random
from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from reader.coverage.groups import LONGEST_SECONDS, SAME_TEXT, Bond, copies, gather
from reader.coverage.units import MOST, Units

DAY = 86_400


def bond(a: int, b: int, odds: float = 2.0, *, is_copy: bool = False) -> Bond:
    return Bond(a, b, odds, is_copy)


def events(bonds: list[Bond], times: dict[int, int] | None = None) -> list[list[int]]:
    known = dict.fromkeys(chain.from_iterable(bond[:2] for bond in bonds), 0)
    return gather(bonds, {**known, **(times or {})}, {one: f"{one:05}" for one in {*known, *(times or {})}})


@st.composite
def networks(draw: st.DrawFn) -> tuple[list[Bond], dict[int, int]]:
    """Bonds among up to 120 articles of three weeks, with many equal ones."""
    articles = draw(st.integers(2, 120))
    ids = st.integers(0, articles - 1)
    ends = draw(st.lists(st.tuples(ids, ids).filter(lambda pair: pair[0] < pair[1]), max_size=200, unique=True))
    odds = st.sampled_from([-2.5, -0.5, 0.5, 0.5000001, 3.0, 9.0])
    bonds = [Bond(a, b, draw(odds), draw(st.booleans())) for a, b in ends]
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
        assert len(event) >= 2
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


def complete(articles: range, odds: float = 3.0) -> list[Bond]:
    """Bonds between all of some articles."""
    return [bond(a, b, odds) for a, b in combinations(articles, 2)]


def test_what_is_like_most_of_an_event_joins_it() -> None:
    assert events([*complete(range(4)), bond(0, 9), bond(1, 9), bond(2, 9)]) == [[0, 1, 2, 3, 9]]


def test_what_is_like_one_member_alone_stays_outside() -> None:
    assert events([*complete(range(8)), bond(0, 9, 2.0)]) == [list(range(8))]


def test_two_events_are_not_welded_by_a_chain() -> None:
    assert events([*complete(range(6)), *complete(range(10, 16)), bond(5, 10, 2.9)]) == [
        list(range(6)), list(range(10, 16))
    ]  # fmt: skip


def test_an_event_is_as_large_as_it_is() -> None:
    assert events(complete(range(90))) == [list(range(90))]


def test_weak_bonds_make_no_event_and_speak_against_one() -> None:
    assert events([bond(1, 2, -0.1)]) == []
    assert events([bond(1, 2, 2.0), bond(2, 3, 1.0), bond(1, 3, -1.0)]) == [[1, 2, 3]]
    assert events([bond(1, 2, 2.0), bond(2, 3, 1.0), bond(1, 3, -2.4), bond(3, 4, 0.5)]) == [[1, 2], [3, 4]]


def test_one_text_is_together_before_any_likeness() -> None:
    bonds = [bond(1, 2, -9.0, is_copy=True), bond(2, 3, 9.0)]
    assert SAME_TEXT > 0
    assert events(bonds, {1: 0, 2: 6 * DAY, 3: 12 * DAY}) == [[1, 2]]


def test_no_event_is_too_long() -> None:
    times = {1: 0, 2: 6 * DAY, 3: 12 * DAY}
    assert events(complete(range(1, 4)), times) == [[1, 2]], "of equal ones by time and name"
    assert events(complete(range(1, 4)), {**times, 3: 10 * DAY}) == [[1, 2, 3]]


def units_of(bonds: list[Bond], chance: random.Random) -> set[frozenset[int]]:
    near: dict[int, dict[int, float]] = {}
    for one in bonds:
        near.setdefault(one.a, {})[one.b] = one.odds
        near.setdefault(one.b, {})[one.a] = one.odds
    units = Units(lambda articles: {article: near[article] for article in articles})
    return {units.unit(article) for article in chance.sample(sorted(near), len(near))}


@given(st.integers(2, 40), st.lists(st.sampled_from([0.0, 1.5, 4.5, 7.0]), max_size=300), st.randoms())
def test_units_are_disjoint_and_do_not_depend_on_where_one_begins(
    articles: int, odds: list[float], chance: random.Random
) -> None:
    pairs = chance.sample(list(combinations(range(articles), 2)), min(len(odds), articles * (articles - 1) // 2))
    bonds = [bond(a, b, known) for (a, b), known in zip(pairs, odds, strict=False)]
    units = units_of(bonds, chance)
    assert sum(map(len, units)) == len(set().union(*units))
    assert units == units_of(bonds, chance)


def test_a_unit_is_what_bonds_lead_to_unless_that_is_too_much() -> None:
    chance = random.Random(1)
    few = [bond(number, number + 1, 0.5) for number in range(MOST - 1)]
    assert {len(unit) for unit in units_of(few, chance)} == {MOST}
    many = [bond(number, number + 1, 0.5 if number % 50 == 49 else 2.5) for number in range(3 * MOST)]
    assert max(map(len, units_of(many, chance))) == 50


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
