"""The orders of stories, as SQL writes them, and how all stories are put in one.

Each order by name has an index of its columns but for the path, which tells apart the few stories that are alike in all
of them: a page is read from the index, and all of it is walked along the index. To sort a million stories takes
seconds, and all of their paths in memory.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable
from typing import TYPE_CHECKING

from reader.library.index.lists.id_arrays import read_ids
from reader.library.query.query import Order, Sort

if TYPE_CHECKING:
    from reader.library.query.tree import SortKey

_PATH = ", path"

ORDERS = {
    Sort.NEWEST: "published DESC, path",
    Sort.OLDEST: "published IS NULL, published, path",
    Sort.QUALITY: "quality DESC, published DESC, path",
    Sort.PROVIDER: "provider = '', provider COLLATE NOCASE, published DESC, path",
    Sort.COVERED: "outlets DESC, coverage DESC, published DESC, path",
}
"""Sort → the columns of `stories` that make it. The path makes every order a total one. In a falling order NULL comes
last: SQLite takes it for the smallest value."""

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
"""What a query sorts by → the columns of `stories` that make it, the last of which may fall: what is not known comes
last either way."""

_WALKED = frozenset({Sort.QUALITY, Sort.PROVIDER, Sort.COVERED})
"""The orders whose index has no path."""

MOST_TIES = 20_000
"""Stories that are alike in all columns of an order, up to which they are put in order by themselves."""


def order_by(order: Order) -> str:
    """The columns of `stories` that put them in an order."""
    if isinstance(order, Sort):
        return ORDERS[order]
    return ", ".join([*map(_sorted, order), ORDERS[Sort.NEWEST]])


def _sorted(key: SortKey) -> str:
    return f"{_SORTED[key.field]}{' DESC' if key.falls else ''}"


def ordered(connection: sqlite3.Connection, order: Order, most: int = -1) -> array[int]:
    """The ids of all stories in an order; at most so many, -1 for all."""
    if order is Sort.OLDEST:
        return _oldest(connection, most)
    if most < 0 and order in _WALKED and isinstance(order, Sort) and (walked := _walked(connection, order)) is not None:
        return walked
    return read_ids(connection, f"SELECT id FROM stories ORDER BY {order_by(order)} LIMIT ?", (most,))  # noqa: S608 — constant columns, here and below


def some_ordered(connection: sqlite3.Connection, stories: Iterable[int], columns: str) -> array[int]:
    """Some stories in the order of some columns of `stories`; those that are gone are left out."""
    import json

    sql = f"SELECT id FROM stories WHERE id IN (SELECT value FROM json_each(?)) ORDER BY {columns}"  # noqa: S608
    return read_ids(connection, sql, (json.dumps(list(stories)),))


def _oldest(connection: sqlite3.Connection, most: int) -> array[int]:
    """The newest ones backwards, and then those without a time: an index has no order in which these come last."""
    dated = "SELECT id FROM stories WHERE published IS NOT NULL ORDER BY published, path LIMIT ?"
    found = read_ids(connection, dated, (most,))
    left = most - len(found) if most >= 0 else most
    return found + read_ids(connection, "SELECT id FROM stories WHERE published IS NULL ORDER BY path LIMIT ?", (left,))


def _walked(connection: sqlite3.Connection, order: Sort) -> array[int] | None:
    """All stories along the index of an order; None where too many of them are alike in all of its columns."""
    columns = ORDERS[order].removesuffix(_PATH)
    alike = f"""SELECT group_concat(id) FROM stories GROUP BY {columns.replace(" DESC", "")}
        HAVING count(*) > 1 LIMIT {MOST_TIES}"""  # noqa: S608
    groups = [list(map(int, row[0].split(","))) for row in connection.execute(alike)]
    if sum(map(len, groups)) >= MOST_TIES:
        return None
    walked = read_ids(connection, f"SELECT id FROM stories ORDER BY {columns}")  # noqa: S608
    group_of = {story: number for number, group in enumerate(groups) for story in group}
    paths = {story: place for place, story in enumerate(some_ordered(connection, group_of, "path"))}
    at = [place for place, story in enumerate(walked) if story in group_of]
    began: dict[int, int] = {}
    for place in at:
        began.setdefault(group_of[walked[place]], place)
    sorted_ties = sorted((walked[place] for place in at), key=lambda story: (began[group_of[story]], paths[story]))
    for place, story in zip(at, sorted_ties, strict=True):
        walked[place] = story
    return walked
