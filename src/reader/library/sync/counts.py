"""The numbers of a story: outlets, linked, alike. What they mean is told here, and nowhere else.

outlets: how many outlets report the story's event; 1 where it is on none with another article.
linked:  articles that files name as related, in either direction, and that are not on the event.
alike:   stories of this library near in time and close in words that are neither linked nor on the event.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from reader.coverage.likeness.odds import MOST_ALIKE
from reader.library.index.events.coverage import ALIKE_TO
from reader.library.index.storage.portions import rows_of

_OTHERS = f"""
    SELECT * FROM (
        SELECT
            coalesce((SELECT e.outlets FROM articles x JOIN events e ON e.id = x.event WHERE x.id = stories.article), 1)
                AS now_outlets,
            (SELECT count(*) FROM links l JOIN articles x ON x.id = l.a JOIN articles y ON y.id = l.b
             WHERE l.a = stories.article AND y.title IS NOT NULL
             AND (x.event IS NULL OR y.event IS NULL OR x.event <> y.event)) AS now_linked,
            min({MOST_ALIKE}, (SELECT count(*) FROM ({ALIKE_TO.format(article="stories.article")}))) AS now_alike,
            id, outlets, linked, alike
        FROM stories WHERE article IN ({{}})
    ) WHERE (now_outlets, now_linked, now_alike) <> (outlets, linked, alike)"""  # noqa: S608 — constants
"""The stories whose numbers are others than before: each that is written is written to several indexes as well."""


def count(connection: sqlite3.Connection, articles: Iterable[int]) -> None:
    """Count for the stories of some articles."""
    others = [row[:4] for row in rows_of(connection, _OTHERS, sorted(articles))]
    connection.executemany("UPDATE known_stories SET outlets = ?, linked = ?, alike = ? WHERE id = ?", others)
