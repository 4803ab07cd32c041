"""Bonds come back as they were written, from both sides."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.coverage.groups import JOINS, SAME_TEXT, Bond
from reader.coverage.likeness.odds import ALIKE, ODDS_UNIT, kept
from reader.coverage.reasons import Basis
from reader.library.index.events.bonds import BondRow, Bonds, HeldBonds, Strength

ARTICLES = range(1, 9)
ODDS = st.one_of(
    st.integers(-2_000_000, 2_000_000),  # of any that evidence comes to, and far beyond
    st.sampled_from([kept(ALIKE), kept(ALIKE) - 1, kept(JOINS), kept(JOINS) - 1, kept(ALIKE) + 65_536]),
)


@st.composite
def some_bonds(draw: st.DrawFn) -> list[BondRow]:
    pairs = draw(st.sets(st.tuples(st.sampled_from(ARTICLES), st.sampled_from(ARTICLES)), max_size=12))
    return [BondRow(a, b, draw(ODDS), draw(st.sampled_from(Basis))) for a, b in sorted(pairs) if a < b]


def made() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("CREATE TABLE bonds (id INTEGER PRIMARY KEY, list BLOB NOT NULL)")
    return connection


def all_of(bonds: Bonds) -> list[BondRow]:
    return sorted(bonds.inside(dict.fromkeys(ARTICLES, 0)))


@given(rows=some_bonds(), gone=st.sets(st.sampled_from(ARTICLES)))
def test_bonds_are_as_they_were_written(rows: list[BondRow], gone: set[int]) -> None:
    with closing(made()) as connection:
        bonds = Bonds(connection)
        assert bonds.write(rows) == {one for row in rows for one in row[:2]}
        assert all_of(bonds) == rows
        for article in ARTICLES:
            known = {row.b if row.a == article else row.a: row[2:] for row in rows if article in row[:2]}
            assert bonds.of(article) == {other: Strength(odds, Basis(basis)) for other, (odds, basis) in known.items()}
            assert bonds.joining([article])[article] == {
                other: SAME_TEXT if basis else odds / ODDS_UNIT
                for other, (odds, basis) in known.items()
                if odds >= kept(JOINS) or basis
            }
        parted = [row[:2] for row in rows[::3]]
        bonds.part([*parted, (1, 8)])
        left = [row for row in rows if row[:2] not in [*parted, (1, 8)]]
        assert all_of(bonds) == left
        beside = {one for row in left if gone & set(row[:2]) for one in row[:2]} - gone
        assert bonds.let_go(gone) == beside
        assert all_of(bonds) == [row for row in left if not gone & set(row[:2])]


@pytest.fixture
def some() -> Iterator[Bonds]:
    with closing(made()) as connection:
        bonds = Bonds(connection)
        bonds.write([BondRow(1, 2, 5, 0), BondRow(2, 3, 7, 2), BondRow(1, 4, 9, 1)])
        yield bonds


def test_only_what_is_in_one_group_is_inside(some: Bonds) -> None:
    assert list(some.inside({1: 10, 2: 10, 3: 20, 4: 20})) == [BondRow(1, 2, 5, 0)]
    assert sorted(some.inside({2: 10, 3: 10, 1: 20, 4: 20})) == [BondRow(1, 4, 9, 1), BondRow(2, 3, 7, 2)]


def test_bonds_by_group_are_those_that_events_are_made_of(some: Bonds) -> None:
    assert some.by_group({1: 10, 2: 10, 3: 20, 4: 20}) == {10: [Bond(1, 2, 5 / ODDS_UNIT, is_copy=False)]}
    assert some.by_group({1: 20, 4: 20, 5: 30}) == {20: [Bond(1, 4, SAME_TEXT, is_copy=True)]}


@given(rows=some_bonds(), asked=st.lists(st.sets(st.sampled_from(ARTICLES)), max_size=4))
def test_bonds_that_are_held_are_the_same_and_read_once(rows: list[BondRow], asked: list[set[int]]) -> None:
    with closing(made()) as connection:
        bonds, held = Bonds(connection), HeldBonds(connection)
        bonds.write(rows)
        for articles in [*asked, set(ARTICLES)]:
            assert held.joining(articles) == bonds.joining(articles)
            assert dict(held.bound(sorted(articles))) == dict(bonds.bound(sorted(articles)))
            assert list(held.inside(dict.fromkeys(articles, 0))) == list(bonds.inside(dict.fromkeys(articles, 0)))
        bonds.clear()
        assert all_of(held) == rows


def test_a_bond_that_is_written_again_has_the_new_odds(some: Bonds) -> None:
    some.write([BondRow(1, 2, 90_000, 0), BondRow(1, 4, 8, 0)])
    assert all_of(some) == [BondRow(1, 2, 90_000, 0), BondRow(1, 4, 8, 0), BondRow(2, 3, 7, 2)]


def test_a_bond_that_is_written_again_and_no_longer_joins_joins_nothing(some: Bonds) -> None:
    some.write([BondRow(1, 2, kept(JOINS) + 5, 0)])
    some.write([BondRow(1, 2, kept(JOINS) - 5, 0)])
    assert 2 not in some.joining([1])[1]
    assert 1 not in some.joining([2])[2]
