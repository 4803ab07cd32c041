"""What a query finds when SQLite is asked all of it at once: what the catalogue must find condition by condition."""

from __future__ import annotations

from array import array

from reader.library.index.compilation import select
from reader.library.index.tables import Tables
from reader.library.query.query import Order, Query, Sort


def found_at_once(
    tables: Tables, query: Query, sort: Order = Sort.NEWEST, topics: frozenset[str] = frozenset()
) -> array[int]:
    """The ids of the stories that answer a query and have any of some topics, in order; as `Index.ids`."""
    found = set(tables.selected(select(query.parts)))
    if topics:
        found &= {story for topic, story in tables.topics_of_stories() if topic in topics}
    return array("q", (story for story in tables.order(query.sort or sort) if story in found))
