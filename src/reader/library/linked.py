"""What the index knows of links: the coverage of a story, and the stories that links lead to."""

from __future__ import annotations

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Sequence

from reader.coverage.model import Coverage, CoverageArticle
from reader.library.rows import published_from

_TOLD = "s.title, s.excerpt, s.provider, s.outlet, s.published, s.dated, s.quality, s.type, s.url"


def coverage(connection: sqlite3.Connection, story: int) -> Coverage | None:
    """All articles linked to a story; None for a story that is gone."""
    asked = connection.execute("SELECT article FROM stories WHERE id = ?", (story,)).fetchone()
    if asked is None:
        return None
    article = asked[0]
    named_by: defaultdict[int, list[int]] = defaultdict(list)
    for named, by in connection.execute(
        """SELECT e.article, m.story FROM (SELECT ?1 AS id UNION ALL SELECT b FROM links WHERE a = ?1) x
           JOIN entries e ON e.article = x.id JOIN mentions m ON m.entry = e.id
           GROUP BY e.article, m.story ORDER BY m.story""",
        (article,),
    ):
        named_by[named].append(by)
    row = connection.execute(
        f"""SELECT x.key, {_TOLD}, s.id FROM stories s JOIN articles x ON x.id = s.article
            WHERE s.article = ? ORDER BY s.path LIMIT 1""",  # noqa: S608 — constant columns
        (article,),
    ).fetchone()
    others = connection.execute(
        f"""SELECT x.id, x.key, {_TOLD.replace("s.", "x.")}, x.story FROM articles x
            WHERE x.title IS NOT NULL AND x.id IN (SELECT b FROM links WHERE a = ?)""",  # noqa: S608 — constant
        (article,),
    )
    return Coverage(
        _article(row, tuple(named_by[article])),
        tuple(_article(other[1:], tuple(named_by[other[0]])) for other in others),
    )


def linked_group(connection: sqlite3.Connection, story: int) -> array[int]:
    """All stories that links lead to from a story, near and far, in order of time; itself among them."""
    rows = connection.execute(
        """WITH RECURSIVE reached(article) AS (
               SELECT article FROM stories WHERE id = ?
               UNION SELECT l.b FROM reached JOIN links l ON l.a = reached.article)
           SELECT s.id FROM reached JOIN stories s ON s.article = reached.article
           ORDER BY s.published IS NULL, s.published, s.path""",
        (story,),
    )
    return array("q", (row[0] for row in rows))


def _article(row: Sequence[object], named_by: tuple[int, ...]) -> CoverageArticle:
    key, title, excerpt, provider, outlet, published, dated, quality, kind, url, story = row
    return CoverageArticle(
        key=str(key),
        title=str(title),
        excerpt=str(excerpt),
        provider=str(provider),
        outlet=str(outlet),
        published=published_from(published if isinstance(published, int) else None, int(str(dated))),
        quality=quality if isinstance(quality, int) else None,
        type=str(kind),
        url=str(url),
        story=story if isinstance(story, int) else None,
        named_by=named_by,
    )
