"""Packed lists tell what plain tables would that get the same rows."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from contextlib import closing
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from reader.library.index.storage.packed_lists import IdLists, WeighedLists

LEAST = -2_500

EACH_OWNER = [1, 5, 32_767, 32_768, 200_000]  # just near to each other, and just not
OWNERS = st.sampled_from(EACH_OWNER)
IDS = st.one_of(
    st.integers(1, 70),  # owners among them, and ids that are asked for twice
    st.sampled_from([0, 255, 256, 65_534, 65_535, 167_232, 167_233, 232_767, 2**31, 2**32 - 2, 2**32 - 1]),
    st.integers(0, 2**32 - 1),
)
WEIGHTS = st.one_of(
    st.sampled_from([0, LEAST - 1, LEAST, LEAST + 65_535, LEAST + 65_536, -(2**31), 2**31 - 1]),
    st.integers(-(2**31), 2**31 - 1),
)
WEIGHED = st.dictionaries(OWNERS, st.dictionaries(IDS, WEIGHTS, max_size=6), max_size=3)
LISTS = st.dictionaries(OWNERS, st.sets(IDS, max_size=6), max_size=3)
SOME_OWNERS = st.sets(OWNERS)


def database() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for table in ("weighed", "plain"):
        connection.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, list BLOB NOT NULL)")
    return connection


class Lists(RuleBasedStateMachine):
    """Both kinds of lists, beside a plain table each."""

    @initialize()
    def begin(self) -> None:
        self.connection = database()
        self.weighed = WeighedLists(self.connection, "weighed", LEAST)
        self.plain = IdLists(self.connection, "plain")
        self.connection.execute("CREATE TABLE weights (owner, one, weight, PRIMARY KEY (owner, one))")
        self.connection.execute("CREATE TABLE ids (owner, one, PRIMARY KEY (owner, one))")

    @rule(lists=WEIGHED)
    def add_weighed(self, lists: dict[int, dict[int, int]]) -> None:
        self.weighed.add({owner: weights.items() for owner, weights in lists.items()})
        self._write(lists)

    @rule(pairs=st.dictionaries(st.tuples(OWNERS, OWNERS).filter(lambda pair: pair[0] < pair[1]), WEIGHTS))
    def add_pairs(self, pairs: dict[tuple[int, int], int]) -> None:
        bound = self.weighed.add_pairs((a, b, weight) for (a, b), weight in pairs.items())
        assert bound == {one for pair in pairs for one in pair}
        for (a, b), weight in pairs.items():
            self._write({a: {b: weight}, b: {a: weight}})

    @rule(lists=WEIGHED)
    def put_weighed(self, lists: dict[int, dict[int, int]]) -> None:
        self.weighed.put({owner: weights.items() for owner, weights in lists.items()})
        self._forget("weights", lists)
        self._write(lists)

    @rule(lists=LISTS)
    def add_ids(self, lists: dict[int, set[int]]) -> None:
        self.plain.add(lists)
        rows = [(owner, one) for owner, ids in lists.items() for one in ids]
        self.connection.executemany("INSERT OR REPLACE INTO ids VALUES (?, ?)", rows)

    @rule(lists=LISTS, among=st.randoms(use_true_random=False))
    def take_out(self, lists: dict[int, set[int]], among: Any) -> None:
        """What is taken out is there or is not."""
        known = self.connection.execute("SELECT owner, one FROM weights UNION SELECT owner, one FROM ids").fetchall()
        gone = {owner: set(ids) for owner, ids in lists.items()}
        for owner, one in among.sample(known, len(known) // 2):
            gone.setdefault(owner, set()).add(one)
        self.weighed.take_out(gone)
        self.plain.take_out(gone)
        rows = [(owner, one) for owner, ids in gone.items() for one in ids]
        for table in ("weights", "ids"):
            self.connection.executemany(f"DELETE FROM {table} WHERE owner = ? AND one = ?", rows)

    @rule(owners=SOME_OWNERS)
    def remove(self, owners: set[int]) -> None:
        self.weighed.remove(owners)
        self.plain.remove(owners)
        self._forget("weights", owners)
        self._forget("ids", owners)

    @rule()
    def clear(self) -> None:
        self.weighed.clear()
        self.plain.clear()
        self.connection.execute("DELETE FROM weights")
        self.connection.execute("DELETE FROM ids")

    @invariant()
    def is_as_the_tables(self) -> None:
        owners = [*EACH_OWNER, 3]
        weights: defaultdict[int, dict[int, int]] = defaultdict(dict)
        for owner, one, weight in self.connection.execute("SELECT owner, one, weight FROM weights"):
            weights[owner][one] = weight
        ids: defaultdict[int, set[int]] = defaultdict(set)
        for owner, one in self.connection.execute("SELECT owner, one FROM ids"):
            ids[owner].add(one)
        known = {owner: told for owner, told in self.weighed.of(owners).items() if told}
        assert known == weights
        assert {owner: told for owner, told in self.weighed.each(owners) if told} == weights
        assert {owner: set(told) for owner, told in self.plain.of(owners).items() if told} == ids

    def teardown(self) -> None:
        self.connection.close()

    def _write(self, lists: dict[int, dict[int, int]]) -> None:
        rows = [(owner, one, weight) for owner, weights in lists.items() for one, weight in weights.items()]
        self.connection.executemany("INSERT OR REPLACE INTO weights VALUES (?, ?, ?)", rows)

    def _forget(self, table: str, owners: Any) -> None:
        self.connection.executemany(f"DELETE FROM {table} WHERE owner = ?", [(owner,) for owner in owners])


TestLists = Lists.TestCase


def test_what_is_ordinary_takes_four_bytes() -> None:
    with closing(database()) as connection:
        lists = WeighedLists(connection, "weighed", LEAST)
        near = {1_000 + apart: LEAST + 65_535 for apart in range(-900, 900)}
        lists.add({1_000: near.items(), 2_000: [(2_001, LEAST + 65_536)], 3_000: [(90_000, 0)]})
        sizes = dict(connection.execute("SELECT id, length(list) FROM weighed"))
        assert lists.of([1_000]) == {1_000: near}
    assert sizes == {1_000: 4 * 1_800, 2_000: 12, 3_000: 12}


@pytest.mark.parametrize(("one", "weight"), [(-1, 0), (2**32, 0), (2**20, 2**31), (2**20, -(2**31) - 1)])
def test_what_has_no_room_is_refused(one: int, weight: int) -> None:
    with closing(database()) as connection:
        with pytest.raises(OverflowError):
            WeighedLists(connection, "weighed", LEAST).add({2**20 + 5: [(one, weight)]})
        assert connection.execute("SELECT count(*) FROM weighed").fetchone() == (0,)


def test_a_list_that_is_emptied_takes_no_room() -> None:
    with closing(database()) as connection:
        weighed, plain = WeighedLists(connection, "weighed", LEAST), IdLists(connection, "plain")
        weighed.add({1: [(2, 0), (3, 0)]})
        plain.add({1: [2, 3, 2]})
        weighed.take_out({1: {2, 3}})
        plain.take_out({1: {2, 3}})
        assert not connection.execute("SELECT id FROM weighed UNION ALL SELECT id FROM plain").fetchall()


@pytest.mark.parametrize("damaged", [b"\0" * 7, b"\xff" * 4, b"\xff" * 4 + b"\0" * 4])
def test_a_damaged_list_is_told_as_a_damaged_file_is(damaged: bytes) -> None:
    with closing(database()) as connection:
        connection.execute("INSERT INTO weighed(id, list) VALUES (1, ?)", (damaged,))
        with pytest.raises(sqlite3.DatabaseError):
            WeighedLists(connection, "weighed", LEAST).of([1])
