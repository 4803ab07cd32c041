from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise
from random import Random
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from reader.coverage.units import MOST, THRESHOLDS, Near, Units


class Bonds:
    """Bonds that keep account of what was asked."""

    def __init__(self, bonds: Mapping[tuple[int, int], float]) -> None:
        self.asked: list[int] = []
        self._near: defaultdict[int, dict[int, float]] = defaultdict(dict)
        for (a, b), odds in bonds.items():
            self._near[a][b] = self._near[b][a] = odds

    def __call__(self, articles: set[int]) -> Mapping[int, Near]:
        self.asked += articles
        return {article: self._near[article] for article in articles}


def chain(first: int, articles: int, odds: float) -> dict[tuple[int, int], float]:
    return dict.fromkeys(pairwise(range(first, first + articles)), odds)


NETWORKS = st.dictionaries(
    st.tuples(st.integers(0, 30), st.integers(0, 30)).filter(lambda pair: pair[0] < pair[1]),
    st.sampled_from([0.0, 0.5, 1.0, 2.5, 4.0, 6.0, 9.0]),
    max_size=60,
)


def test_all_that_bonds_lead_to_is_grouped_together() -> None:
    units = Units(Bonds({**chain(0, MOST, 0.0), (900, 901): 0.5}))
    assert units.unit(7) == frozenset(range(MOST))
    assert units.unit(901) == {900, 901}
    assert units.unit(5_000) == {5_000}


def test_where_bonds_lead_to_too_many_only_stronger_ones_are_followed() -> None:
    strong, other = chain(0, 120, 3.0), chain(120, 120, 3.0)
    units = Units(Bonds({**strong, **other, (119, 120): 1.5}))
    assert units.unit(0) == frozenset(range(120))
    assert units.unit(239) == frozenset(range(120, 240))


def test_the_strongest_bonds_are_followed_however_many_they_are() -> None:
    assert Units(Bonds(chain(0, 2 * MOST, THRESHOLDS[-1]))).unit(0) == frozenset(range(2 * MOST))


@given(NETWORKS, st.randoms(use_true_random=False))
def test_units_are_the_same_for_each_of_their_articles_whoever_is_asked_first(
    bonds: dict[tuple[int, int], float], chance: Random
) -> None:
    with patch("reader.coverage.units.MOST", 5):
        units = Units(Bonds(bonds))
        order = chance.sample(range(31), 31)
        found = {article: units.unit(article) for article in order}
        for article, unit in found.items():
            assert article in unit
            assert Units(Bonds(bonds)).unit(article) == unit
            assert all(found[other] == unit for other in unit)


@given(NETWORKS)
def test_a_unit_is_no_larger_than_it_may_be_unless_by_the_strongest_bonds(bonds: dict[tuple[int, int], float]) -> None:
    strongest = Bonds({pair: odds for pair, odds in bonds.items() if odds >= THRESHOLDS[-1]})
    with patch("reader.coverage.units.MOST", 5):
        for article in range(31):
            unit = Units(Bonds(bonds)).unit(article)
            assert len(unit) <= 5 or unit == Units(strongest).unit(article)


def test_what_an_article_is_bound_to_is_looked_up_once() -> None:
    bonds = Bonds(chain(0, 50, 1.0))
    units = Units(bonds)
    assert units.bound(range(52)) == set(range(50))
    for article in range(50):
        units.unit(article)
    assert units.bound([3, 4, 51]) == {3, 4}
    assert sorted(bonds.asked) == list(range(52))
