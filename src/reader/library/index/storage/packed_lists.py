"""Tables of lists of ids: each owner has a list, which is packed into one value.

Millions of pairs of ids, with a row for each and an index for the other direction, would take thirty bytes a pair. In a
list an id takes four bytes; the list is found at once, and grows without being unpacked.

Such a table has two columns: `id`, the owner, is the primary key; `list` has unsigned numbers of 32 bits, called units
here, one after the other. An owner without a row has an empty list.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from reader.library.index.storage.portions import rows_of, run_for

_UNIT = "I"
"""The type of a unit in an array."""

_UNIT_BYTES = array(_UNIT).itemsize

_DAMAGED = "a list of the index is damaged"

_HALF = 16
"""Binary digits of each half of a unit that has an id in its high half and the id's weight in its low half."""

_MOST = (1 << _HALF) - 1
"""The greatest number that a half holds."""

_MIDDLE = 1 << _HALF - 1
"""Added to the difference between an id and its owner's, so that it is not negative."""

_NEAR = _MOST - _MIDDLE
"""An id must be less than this above its owner's to be put into a half: at that, the unit might look like `_WIDE`."""

_WIDE = (1 << 2 * _HALF) - 1
"""A unit that says that an id and its weight follow in a unit each."""

_ZERO = 1 << 31
"""Added to a weight that takes a unit, so that it is not negative."""


class _Table:
    """A table of lists of units.

    Args:
        connection: the index.
        table: the name of the table, a constant of the program.
    """

    def __init__(self, connection: sqlite3.Connection, table: str) -> None:
        self._connection = connection
        self._table = table

    def clear(self) -> None:
        """Make all lists empty."""
        self._connection.execute(f"DELETE FROM {self._table}")  # noqa: S608 — a constant

    def remove(self, owners: Iterable[int]) -> None:
        """Make the lists of some owners empty."""
        run_for(self._connection, f"DELETE FROM {self._table} WHERE id IN ({{}})", owners)  # noqa: S608 — a constant

    def read(self, owners: Iterable[int]) -> Iterator[tuple[int, array[int]]]:
        """Some owners and their lists, where these are not empty.

        Raises:
            sqlite3.DatabaseError: a list is damaged.
        """
        sql = f"SELECT id, list FROM {self._table} WHERE id IN ({{}})"  # noqa: S608 — a constant
        for owner, packed in rows_of(self._connection, sql, owners):
            if len(packed) % _UNIT_BYTES:
                raise sqlite3.DatabaseError(_DAMAGED)
            yield owner, array(_UNIT, packed)

    def append(self, lists: Iterable[tuple[int, array[int]]]) -> None:
        """Append units to the lists of owners."""
        self._connection.executemany(
            f"""INSERT INTO {self._table}(id, list) VALUES (?, ?)
                ON CONFLICT(id) DO UPDATE SET list = CAST(list || excluded.list AS BLOB)""",  # noqa: S608 — a constant
            lists,
        )

    def put(self, lists: Iterable[tuple[int, array[int]]]) -> None:
        """Replace the lists of owners; an empty list takes no room."""
        listed = list(lists)
        self.remove([owner for owner, packed in listed if not packed])
        self._connection.executemany(
            f"INSERT OR REPLACE INTO {self._table}(id, list) VALUES (?, ?)",  # noqa: S608 — a constant
            [one for one in listed if one[1]],
        )


class IdLists:
    """A table of lists of ids.

    Args:
        connection: the index; in a transaction where something is written.
        table: the name of the table, a constant of the program.
    """

    def __init__(self, connection: sqlite3.Connection, table: str) -> None:
        self._table = _Table(connection, table)
        self.clear = self._table.clear
        self.remove = self._table.remove

    def of(self, owners: Iterable[int]) -> dict[int, array[int]]:
        """The lists of some owners, where these are not empty, with the ids in the order in which they were added.

        An id that was added twice is in the list twice.
        """
        return dict(self._table.read(owners))

    def add(self, lists: Mapping[int, Collection[int]]) -> None:
        """Add ids to the lists of owners.

        Args:
            lists: the ids, from 0 to 2³² - 1, by owner.

        Raises:
            OverflowError: an id is out of range.
        """
        self._table.append([(owner, array(_UNIT, lists[owner])) for owner in sorted(lists)])

    def take_out(self, lists: Mapping[int, Collection[int]]) -> None:
        """Take ids out of the lists of owners, where they are in them."""
        kept = (
            (owner, array(_UNIT, [one for one in listed if one not in lists[owner]]))
            for owner, listed in self._table.read(sorted(lists))
        )
        self._table.put(list(kept))


class WeighedLists:
    """A table of lists of ids that have a weight each.

    An id and its weight take one unit if the id is near to its owner's (within some 32,000) and the weight is ordinary;
    else they take three.

    Args:
        connection: the index; in a transaction where something is written.
        table: the name of the table, a constant of the program.
        least: the least of the 65,536 weights that are ordinary; always the same for a table.
    """

    def __init__(self, connection: sqlite3.Connection, table: str, least: int) -> None:
        self._table = _Table(connection, table)
        self._least = least
        self.clear = self._table.clear
        self.remove = self._table.remove

    def of(self, owners: Iterable[int]) -> dict[int, dict[int, int]]:
        """The weights in the lists of some owners, by owner and by id, where the lists are not empty."""
        return dict(self.each(owners))

    def each(self, owners: Iterable[int]) -> Iterator[tuple[int, dict[int, int]]]:
        """The same owner by owner.

        Raises:
            sqlite3.DatabaseError: a list is damaged.
        """
        for owner, packed in self._table.read(owners):
            yield owner, self._unpacked(owner, packed)

    def add(self, lists: Mapping[int, Iterable[tuple[int, int]]]) -> None:
        """Add ids with their weights to the lists of owners. An id that is in the list already gets the new weight.

        Args:
            lists: the ids, from 0 to 2³² - 1, and the weights, from -2³¹ to 2³¹ - 1, by owner.

        Raises:
            OverflowError: an id or a weight is out of range.
        """
        self._table.append([(owner, self._packed(owner, lists[owner])) for owner in sorted(lists)])

    def add_pairs(self, pairs: Iterable[tuple[int, int, int]]) -> set[int]:
        """Add, for many pairs of ids, each to the list of the other with the same weight.

        Args:
            pairs: the lesser id, the greater one, and the weight; with ranges and errors as in `add`.

        Returns:
            All ids in the pairs.
        """
        lists: defaultdict[int, list[int]] = defaultdict(list)
        least = self._least
        for one, other, weight in pairs:
            apart, ordinary = other - one, weight - least
            if apart < _NEAR and 0 <= ordinary <= _MOST:
                lists[one].append(_MIDDLE + apart << _HALF | ordinary)
                lists[other].append(_MIDDLE - apart << _HALF | ordinary)
            else:
                lists[one] += (_WIDE, other, weight + _ZERO)
                lists[other] += (_WIDE, one, weight + _ZERO)
        self._table.append([(owner, array(_UNIT, lists[owner])) for owner in sorted(lists)])
        return {*lists}

    def put(self, lists: Mapping[int, Iterable[tuple[int, int]]]) -> None:
        """Replace the lists of owners; with ranges and errors as in `add`."""
        self._table.put([(owner, self._packed(owner, lists[owner])) for owner in sorted(lists)])

    def take_out(self, lists: Mapping[int, Collection[int]]) -> None:
        """Take ids out of the lists of owners, where they are in them."""
        self.put(
            {
                owner: [(one, weight) for one, weight in weights.items() if one not in lists[owner]]
                for owner, weights in self.each(sorted(lists))
            }
        )

    def _packed(self, owner: int, weighed: Iterable[tuple[int, int]]) -> array[int]:
        base, least = _MIDDLE - owner, self._least
        units: list[int] = []
        for one, weight in weighed:
            near, ordinary = base + one, weight - least
            if 0 <= near < _MOST and 0 <= ordinary <= _MOST:  # see `_NEAR`
                units.append(near << _HALF | ordinary)
            else:
                units += (_WIDE, one, weight + _ZERO)
        return array(_UNIT, units)

    def _unpacked(self, owner: int, packed: array[int]) -> dict[int, int]:
        base, least = owner - _MIDDLE, self._least
        if _WIDE not in packed:  # as is usual
            return {base + (unit >> _HALF): (unit & _MOST) + least for unit in packed}  # the last weight of an id holds
        return self._unpacked_wide(base, packed)

    def _unpacked_wide(self, base: int, packed: array[int]) -> dict[int, int]:
        weights: dict[int, int] = {}
        units = iter(packed)
        for unit in units:
            if unit == _WIDE:
                one, weight = next(units, None), next(units, None)
                if one is None or weight is None:
                    raise sqlite3.DatabaseError(_DAMAGED)
                weights[one] = weight - _ZERO
            else:
                weights[base + (unit >> _HALF)] = (unit & _MOST) + self._least
        return weights
