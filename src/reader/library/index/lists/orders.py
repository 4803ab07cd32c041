"""The orders of stories as SQL, and reading the stories in them.

Sorting a million stories takes seconds. So SQLite reads a page, or all stories, along an index that is in the right
order: each order of `ORDERS` has one of its own, or uses another's.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reader.library.index.lists.id_arrays import AT_A_TIME, ids, read_ids, read_in_portions
from reader.library.index.storage.order_indexes import is_made
from reader.library.query.query import Order, Sort

if TYPE_CHECKING:
    from reader.library.query.tree import SortKey

ORDERS = {
    Sort.NEWEST: "published DESC, tie",
    Sort.OLDEST: "published IS NULL, published, tie",
    Sort.QUALITY: "quality DESC, published DESC, tie",
    Sort.PROVIDER: "provider = '', provider COLLATE NOCASE, published DESC, tie",
    Sort.COVERED: "outlets DESC, coverage DESC, published DESC, tie",
}
"""The columns of `stories` to sort by, as SQL. `tie`, which rises with the path among the stories of one time, decides
between equals: see `storage.ties`. With DESC, NULL comes last, as SQLite takes it for the smallest value."""

_INDEXES = {Sort.NEWEST: "stories_newest", Sort.QUALITY: "stories_quality", Sort.COVERED: "stories_covered"}
"""The orders along which SQLite reads by an index, as long as that is made."""

_BEGINNING, _END = -(1 << 63), (1 << 63) - 1
"""Before and after all seconds that SQLite can count."""

_SORTED = {
    "date": "published IS NULL, published",
    "quality": "quality IS NULL, quality",
    "provider": "provider = '', provider COLLATE NOCASE",
    "outlets": "outlets",
    "linked": "linked",
    "coverage": "coverage",
    "heat": "heat IS NULL, heat",
    "title": "title COLLATE NOCASE",
}
"""By the key of a query's `sort:`, the columns of `stories` to sort by. For a falling key DESC is put after them, which
concerns the last column only: so what is not known comes last either way."""


def order_by(order: Order) -> str:
    """The columns of `stories` that make an order, as SQL for ORDER BY."""
    if isinstance(order, Sort):
        return ORDERS[order]
    return ", ".join([*map(_sorted, order), ORDERS[Sort.NEWEST]])


def _sorted(key: SortKey) -> str:
    return f"{_SORTED[key.field]}{' DESC' if key.falls else ''}"


def ordered(connection: sqlite3.Connection, order: Order, most: int = -1) -> array[int]:
    """The ids of all stories in an order; `most` of them at most, -1 for all. To be called within a transaction."""
    if order is Sort.OLDEST:
        return _oldest(connection, most)
    if order is Sort.PROVIDER and is_made(connection, "stories_provider"):
        return _by_provider(connection, most)
    select = f"SELECT id FROM stories ORDER BY {order_by(order)}"  # noqa: S608 — constant columns, here and below
    if most < 0 and isinstance(order, Sort) and order in _INDEXES and is_made(connection, _INDEXES[order]):
        return _joined(read_in_portions(connection, select))
    return read_ids(connection, f"{select} LIMIT ?", (most,))


def _joined(parts: Iterable[array[int]]) -> array[int]:
    found = ids()
    for part in parts:
        found.extend(part)
    return found


def some_ordered(connection: sqlite3.Connection, stories: Iterable[int], columns: str) -> array[int]:
    """Some stories, sorted by columns as `order_by` gives them; those that are gone are left out."""
    import json

    sql = f"SELECT id FROM stories WHERE id IN (SELECT value FROM json_each(?)) ORDER BY {columns}"  # noqa: S608
    return read_ids(connection, sql, (json.dumps(list(stories)),))


def _by_provider(connection: sqlite3.Connection, most: int) -> array[int]:
    """All stories by the outlet's name.

    The index has them by provider and then by time, but a name may have several providers, with different domains or
    in other case: so the names are gone through, and each name's few providers are sorted together.
    """
    names = connection.execute(
        """SELECT count(*), min(id), json_group_array(id) FROM providers p
           WHERE EXISTS (SELECT 1 FROM known_stories s WHERE s.provider = p.id)
           GROUP BY provider = '', provider COLLATE NOCASE ORDER BY provider = '', provider COLLATE NOCASE"""
    ).fetchall()
    found = ids()
    for count, provider, providers in names:
        these = "= ?" if count == 1 else "IN (SELECT value FROM json_each(?))"
        select = f"""SELECT id FROM known_stories INDEXED BY stories_provider WHERE provider {these}
            ORDER BY published DESC, tie LIMIT ?"""  # noqa: S608 — values are bound
        left = most - len(found) if most >= 0 else most
        found.extend(read_ids(connection, select, (provider if count == 1 else providers, left)))
        if left >= 0 and len(found) >= most:
            break
    return found


def _oldest(connection: sqlite3.Connection, most: int) -> array[int]:
    """All stories, the oldest first: the index of the newest backwards, and then, read apart, those without a time."""
    dated = "SELECT id FROM stories WHERE published > ? AND published <= ? ORDER BY published, tie LIMIT ?"
    if most < 0:
        found = _joined(read_ids(connection, dated, (*span, -1)) for span in _spans(connection))
    else:
        found = read_ids(connection, dated, (_BEGINNING, _END, most))
    left = most - len(found) if most >= 0 else most
    undated = "SELECT id FROM stories WHERE published IS NULL ORDER BY tie LIMIT ?"
    found.extend(read_ids(connection, undated, (left,)))
    return found


def _spans(connection: sqlite3.Connection) -> Iterator[tuple[int, int]]:
    """Spans of time, in order, with some `AT_A_TIME` stories in each: the second after which one begins, and its last.

    SQLite sorts the stories of each second, so that portions of them by their number would be sorted again and again.
    """
    ends = "SELECT published FROM stories WHERE published > ? ORDER BY published LIMIT 1 OFFSET ?"
    after = _BEGINNING
    while (row := connection.execute(ends, (after, AT_A_TIME)).fetchone()) is not None:
        yield after, row[0]
        after = row[0]
    yield after, _END
