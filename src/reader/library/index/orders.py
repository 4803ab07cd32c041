"""The orders of stories, as SQL writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.library.query.query import Order, Sort

if TYPE_CHECKING:
    from reader.library.query.tree import SortKey

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


def order_by(order: Order) -> str:
    """The columns of `stories` that put them in an order."""
    if isinstance(order, Sort):
        return ORDERS[order]
    return ", ".join([*map(_sorted, order), ORDERS[Sort.NEWEST]])


def _sorted(key: SortKey) -> str:
    return f"{_SORTED[key.field]}{' DESC' if key.falls else ''}"
