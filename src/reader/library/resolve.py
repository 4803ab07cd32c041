"""Merging what the files say of each article: one node an article, links in both directions, counts for each story.

Works on the articles listed in `touched`, so that a changed file costs its neighbours and not the library; a sync that
was interrupted leaves them listed, and the next one goes on.
"""

from __future__ import annotations

import sqlite3

from reader.library.events import renew_events

_STATEMENTS = (
    # Entries that no file mentions any more.
    """DELETE FROM entries WHERE article IN (SELECT article FROM touched)
       AND NOT EXISTS (SELECT 1 FROM mentions WHERE mentions.entry = entries.id)""",
    # The article is what its story says; of several files of one article the first by path speaks.
    """UPDATE articles SET (story, title, excerpt, provider, outlet, published, dated, quality, type, url) = (
           SELECT id, title, excerpt, provider, outlet, published, dated, quality, type, url
           FROM stories WHERE article = articles.id ORDER BY path LIMIT 1)
       WHERE id IN (SELECT article FROM touched)""",
    # Else it is what the fullest entry says; the digest decides between equals, so the order of files never does.
    """UPDATE articles SET (title, excerpt, provider, outlet, published, dated, quality, type, url) = (
           SELECT title, excerpt, provider, outlet, published, dated, quality, type, url
           FROM entries WHERE article = articles.id ORDER BY length(excerpt) DESC, digest LIMIT 1)
       WHERE story IS NULL AND id IN (SELECT article FROM touched)""",
    "UPDATE articles SET headline = headline_key(title) WHERE id IN (SELECT article FROM touched)",
    "DROP TABLE IF EXISTS temp.affected",
    "CREATE TEMP TABLE affected (article INTEGER PRIMARY KEY)",
    "INSERT INTO affected SELECT article FROM touched",
    "INSERT OR IGNORE INTO affected SELECT b FROM links WHERE a IN (SELECT article FROM touched)",
    "DELETE FROM links WHERE (a, b) IN (SELECT l.b, l.a FROM touched JOIN links l ON l.a = touched.article)",
    "DELETE FROM links WHERE a IN (SELECT article FROM touched)",
    """INSERT OR IGNORE INTO links
       SELECT s.article, e.article FROM touched
       JOIN stories s ON s.article = touched.article JOIN mentions m ON m.story = s.id JOIN entries e ON e.id = m.entry
       WHERE s.article <> e.article
       UNION
       SELECT s.article, e.article FROM touched
       JOIN entries e ON e.article = touched.article JOIN mentions m ON m.entry = e.id JOIN stories s ON s.id = m.story
       WHERE s.article <> e.article""",
    """INSERT OR IGNORE INTO links SELECT l.b, l.a FROM links l
       WHERE l.a IN (SELECT article FROM touched) OR l.b IN (SELECT article FROM touched)""",
    "INSERT OR IGNORE INTO affected SELECT b FROM links WHERE a IN (SELECT article FROM touched)",
    """UPDATE stories SET
           coverage = (SELECT count(*) FROM links WHERE a = stories.article),
           outlets = (SELECT count(*) FROM (
               SELECT outlet FROM articles WHERE id = stories.article AND outlet <> ''
               UNION SELECT x.outlet FROM links l JOIN articles x ON x.id = l.b
                     WHERE l.a = stories.article AND x.outlet <> ''))
       WHERE article IN (SELECT article FROM affected)""",
    """DELETE FROM articles WHERE id IN (SELECT article FROM touched)
       AND NOT EXISTS (SELECT 1 FROM stories WHERE article = articles.id)
       AND NOT EXISTS (SELECT 1 FROM entries WHERE article = articles.id)""",
    "DELETE FROM topics WHERE NOT EXISTS (SELECT 1 FROM story_topics WHERE topic = topics.id)",
)


def resolve(connection: sqlite3.Connection) -> bool:
    """Bring articles, links and counts up to date with the files; says whether there was anything to do."""
    if connection.execute("SELECT 1 FROM touched LIMIT 1").fetchone() is None:
        return False
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statement in _STATEMENTS:
            connection.execute(statement)
        changed, around = (
            [row[0] for row in connection.execute(f"SELECT article FROM {table}")]  # noqa: S608 — names from here
            for table in ("touched", "temp.affected")
        )
        renew_events(connection, changed, around)
        connection.execute("DROP TABLE temp.affected")
        connection.execute("DELETE FROM touched")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
    return True
