"""The numbers of a story: outlets, linked, alike. What they mean is told here, and nowhere else.

outlets: how many outlets report the story's event; 1 where it is on none with another article.
linked:  articles that files name as related, in either direction, and that are not on the event.
alike:   stories of this library near in time and close in words that are neither linked nor on the event.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from reader.coverage.likeness.odds import MOST_ALIKE
from reader.library.index.coverage import ALIKE_TO
from reader.library.index.storage.portions import run_for

_COUNT = f"""
    UPDATE stories SET
        outlets = coalesce(
            (SELECT e.outlets FROM articles x JOIN events e ON e.id = x.event WHERE x.id = stories.article), 1),
        linked = (SELECT count(*) FROM links l JOIN articles x ON x.id = l.a JOIN articles y ON y.id = l.b
                  WHERE l.a = stories.article AND y.title IS NOT NULL
                  AND (x.event IS NULL OR y.event IS NULL OR x.event <> y.event)),
        alike = min({MOST_ALIKE}, (SELECT count(*) FROM ({ALIKE_TO.format(article="stories.article")})))
    WHERE article IN ({{}})"""  # noqa: S608 — constants


def count(connection: sqlite3.Connection, articles: Iterable[int]) -> None:
    """Count for the stories of some articles."""
    run_for(connection, _COUNT, sorted(articles))
