"""Which stories are alike to an article: bound to it, but neither linked to it nor on its event."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator

from reader.library.index.events.bonds import Bonds
from reader.library.index.storage.portions import rows_of


def alike_to(
    connection: sqlite3.Connection, articles: Collection[int], bonds: Bonds | None = None
) -> Iterator[tuple[int, list[int]]]:
    """Find what is alike to articles.

    Args:
        connection: the index.
        articles: ids of the articles. All that they are bound to is in memory at once.
        bonds: the bonds of the index, if they are held in memory.

    Yields:
        Each article that is bound to any, and the ids of the articles alike to it that are stories of this library.
    """
    bound = dict((bonds or Bonds(connection)).bound(articles))
    concerned = sorted(set(bound).union(*bound.values()))
    event_of: dict[int, int | None] = {}
    stories: set[int] = set()
    sql = "SELECT id, event, story FROM known_articles WHERE id IN ({})"
    for one, event, story in rows_of(connection, sql, concerned):
        event_of[one] = event
        if story is not None:
            stories.add(one)
    linked: defaultdict[int, set[int]] = defaultdict(set)
    for one, other in rows_of(connection, "SELECT a, b FROM links WHERE a IN ({})", sorted(bound)):
        linked[one].add(other)
    for article, others in bound.items():
        event = event_of.get(article)
        alike = [other for other in others if other in stories and (event is None or event_of[other] != event)]
        yield article, [other for other in alike if other not in linked[article]] if article in linked else alike
