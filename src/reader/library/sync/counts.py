"""The numbers of a story: outlets, linked, alike. What they mean is told here, and nowhere else.

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
from reader.library.index.storage.portions import ids_of, rows_of

_AT_ONCE = 4_000
"""Articles that are counted for at once."""

_TOLD = """
    SELECT x.id FROM known_articles x CROSS JOIN known_stories s ON s.article = x.id
    WHERE x.id IN ({}) AND (x.event IS NOT NULL OR s.outlets > 1 OR s.linked > 0 OR s.alike > 0
                            OR EXISTS (SELECT 1 FROM links l WHERE l.a = x.id))"""
"""Articles whose stories have numbers to be told, or had some: all others are on no event and linked to nothing."""

_NUMBERS = """
    SELECT
        id, article, outlets, linked, alike,
        coalesce((SELECT e.outlets FROM articles x JOIN events e ON e.id = x.event WHERE x.id = stories.article), 1),
        (SELECT count(*) FROM links l JOIN articles x ON x.id = l.a JOIN articles y ON y.id = l.b
         WHERE l.a = stories.article AND y.title IS NOT NULL
         AND (x.event IS NULL OR y.event IS NULL OR x.event <> y.event))
    FROM stories WHERE article IN ({})"""


class _Numbers(NamedTuple):
    """The numbers of a story."""

    outlets: int
    linked: int
    alike: int


def count(connection: sqlite3.Connection, articles: Iterable[int]) -> None:
    """Count for the stories of some articles."""
    listed = sorted(articles)
    for start in range(0, len(listed), _AT_ONCE):
        connection.executemany(
            "UPDATE known_stories SET outlets = ?, linked = ?, alike = ? WHERE id = ?",
            [(*numbers, story) for story, numbers in _others(connection, listed[start : start + _AT_ONCE])],
        )


def _others(connection: sqlite3.Connection, articles: list[int]) -> Iterator[tuple[int, _Numbers]]:
    """The stories whose numbers are others than before: each that is written is written to several indexes as well."""
    alike = {article: min(len(others), MOST_ALIKE) for article, others in alike_to(connection, articles)}
    told = sorted(ids_of(connection, _TOLD, articles) | alike.keys())
    for story, article, *before, outlets, linked in rows_of(connection, _NUMBERS, told):
        numbers = _Numbers(outlets, linked, alike.get(article, 0))
        if numbers != tuple(before):
            yield story, numbers
