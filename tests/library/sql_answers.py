"""What a query finds when SQLite is asked all of it at once: what the catalogue must find condition by condition."""

from __future__ import annotations

from array import array

from reader.library.index.lists.orders import order_by
from reader.library.index.search.compilation import select
from reader.library.index.tables import Tables
from reader.library.query.query import Order, Query, Sort


def found_at_once(
    tables: Tables, query: Query, sort: Order = Sort.NEWEST, topics: frozenset[str] = frozenset()
) -> array[int]:
    """The ids of the stories that answer a query and have any of some topics, in order; as `Index.ids`."""
    found = set(tables.selected(select(query.parts)))
    if topics:
        found &= {story for topic, story in topics_of_stories(tables) if topic in topics}
    return array("q", (story for story in sorted_at_once(tables, query.sort or sort) if story in found))


def sorted_at_once(tables: Tables, order: Order) -> list[int]:
    """The ids of all stories in an order, which SQLite sorts without any index; by path those that are else alike."""
    sql = f"SELECT id FROM stories NOT INDEXED ORDER BY {order_by(order).replace('tie', 'path')}"
    return [row[0] for row in tables.connection.execute(sql)]


def topics_of_stories(tables: Tables) -> list[tuple[str, int]]:
    """Every topic of every story."""
    return tables.connection.execute(
        "SELECT t.name, x.story FROM topics t JOIN story_topics x ON x.topic = t.id"
    ).fetchall()
