"""Counts the numbers that the list shows of a story. They are counted here and nowhere else.

outlets: how many outlets report the story's event; 1 where it is on none with another article.
linked:  articles that files name as related, in either direction, and that are not on the event.
alike:   stories of this library near in time and close in words that are neither linked nor on the event.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reader.coverage.likeness.odds import MOST_ALIKE
from reader.library.index.events.alike import alike_to
from reader.library.index.events.bonds import Bonds
from reader.library.index.storage.portions import MOST_VALUES, rows_of

_AT_ONCE = MOST_VALUES
"""Articles whose stories are counted for at once."""

_STORIES = """
    SELECT s.id, s.article, s.outlets, s.linked, s.alike, coalesce(e.outlets, 1)
    FROM known_articles x CROSS JOIN known_stories s ON s.article = x.id LEFT JOIN events e ON e.id = x.event
    WHERE x.id IN ({})"""

_LINKED = """
    SELECT l.a, count(*)
    FROM known_articles x CROSS JOIN links l ON l.a = x.id CROSS JOIN known_articles y ON y.id = l.b
    WHERE x.id IN ({}) AND (y.story IS NOT NULL OR y.title IS NOT NULL)
    AND (x.event IS NULL OR y.event IS NULL OR x.event <> y.event) GROUP BY l.a"""
"""How many articles are linked to each of some articles: those of which a headline is known, and not on its event."""


class _Numbers(NamedTuple):
    """The numbers of a story."""

    outlets: int
    linked: int
    alike: int


def count(connection: sqlite3.Connection, articles: Iterable[int], bonds: Bonds) -> None:
    """Count for the stories that are some articles, and write the numbers.

    Args:
        connection: the index, in a transaction.
        articles: ids of the articles.
        bonds: the bonds of the index.
    """
    listed = sorted(articles)
    for start in range(0, len(listed), _AT_ONCE):
        connection.executemany(
            "UPDATE known_stories SET outlets = ?, linked = ?, alike = ? WHERE id = ?",
            [(*numbers, story) for story, numbers in _changed(connection, listed[start : start + _AT_ONCE], bonds)],
        )


def _changed(connection: sqlite3.Connection, articles: list[int], bonds: Bonds) -> Iterator[tuple[int, _Numbers]]:
    """The stories whose numbers have changed. Only these are written, as each is written to several indexes as well."""
    alike = {article: min(len(others), MOST_ALIKE) for article, others in alike_to(connection, articles, bonds)}
    linked: dict[int, int] = dict(rows_of(connection, _LINKED, articles))
    for story, article, *before, outlets in rows_of(connection, _STORIES, articles):
        numbers = _Numbers(outlets, linked.get(article, 0), alike.get(article, 0))
        if before != [*numbers]:
            yield story, numbers
