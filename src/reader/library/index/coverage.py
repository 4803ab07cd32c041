"""What the index knows of links: the coverage of a story, and the stories on its event."""

from __future__ import annotations

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from reader.coverage.bonds import Kind
from reader.coverage.model import Coverage, CoverageArticle, Reason
from reader.library.index.rows import ArticleRow, published_from

_COLUMNS = ", ".join(f"s.{column}" for column in ArticleRow._fields)


def coverage(connection: sqlite3.Connection, story: int) -> Coverage | None:
    """All articles linked to a story; None for a story that is gone."""
    asked = connection.execute("SELECT article FROM stories WHERE id = ?", (story,)).fetchone()
    if asked is None:
        return None
    article = asked[0]
    named_by: defaultdict[int, list[int]] = defaultdict(list)
    for named, by in connection.execute(
        """SELECT e.article, m.story FROM (SELECT :article AS id UNION ALL SELECT b FROM links WHERE a = :article) x
           JOIN entries e ON e.article = x.id JOIN mentions m ON m.entry = e.id
           GROUP BY e.article, m.story ORDER BY m.story""",
        {"article": article},
    ):
        named_by[named].append(by)
    row = connection.execute(
        f"""SELECT x.id, x.key, {_COLUMNS}, s.id, x.event, x.copy FROM stories s JOIN articles x ON x.id = s.article
            WHERE s.article = ? ORDER BY s.path LIMIT 1""",  # noqa: S608 — constant columns
        (article,),
    ).fetchone()
    others = connection.execute(
        f"""SELECT x.id, x.key, {_COLUMNS.replace("s.", "x.")}, x.story, x.event, x.copy FROM articles x
            WHERE x.title IS NOT NULL AND x.id <> :article
            AND (x.id IN (SELECT b FROM links WHERE a = :article) OR x.event = :event)""",  # noqa: S608 — constant
        {"article": article, "event": row[-2]},
    ).fetchall()
    reasons = _reasons(connection, row[-2])
    focus, *articles = (_article(one[1:], tuple(named_by[one[0]]), reasons.get(one[0])) for one in (row, *others))
    return Coverage(focus, tuple(articles))


def _reasons(connection: sqlite3.Connection, event: int | None) -> dict[int, Reason]:
    """Why each article of an event is on it, by the article's id: by its strongest bond."""
    reasons: dict[int, Reason] = {}
    if event is None:
        return reasons
    bonds = connection.execute(
        """SELECT x.id, y.id, b.kind, abs(x.published - y.published), b.shared,
                  coalesce(nullif(x.provider, ''), x.outlet), coalesce(nullif(y.provider, ''), y.outlet)
           FROM bonds b JOIN articles x ON x.id = b.a JOIN articles y ON y.id = b.b
           WHERE x.event = :event AND y.event = :event
           ORDER BY b.kind DESC, b.alike DESC, min(x.key, y.key), max(x.key, y.key)""",
        {"event": event},
    )
    for one, other, kind, seconds, shared, name, other_name in bonds:
        apart = timedelta(seconds=seconds)
        reasons.setdefault(one, Reason(Kind(kind), other_name, apart, shared))
        reasons.setdefault(other, Reason(Kind(kind), name, apart, shared))
    return reasons


def event_stories(connection: sqlite3.Connection, story: int) -> array[int]:
    """The stories on a story's event, in order of time; itself among them, or alone."""
    rows = connection.execute(
        """SELECT s.id FROM stories s JOIN articles x ON x.id = s.article
           WHERE x.event = (SELECT y.event FROM stories t JOIN articles y ON y.id = t.article WHERE t.id = :story)
           OR s.id = :story
           ORDER BY s.published IS NULL, s.published, s.path""",
        {"story": story},
    )
    return array("q", (row[0] for row in rows))


def _article(row: Sequence[object], named_by: tuple[int, ...], reason: Reason | None) -> CoverageArticle:
    key, title, excerpt, provider, outlet, published, dated, quality, kind, url, story, event, copy = row
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
        event=event if isinstance(event, int) else None,
        copy=copy if isinstance(copy, int) else None,
        reason=reason,
    )
