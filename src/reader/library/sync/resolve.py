"""Merging what the files say of each article: one node an article, links in both directions, counts for each story.

Works on the articles listed in `touched`, so that a changed file costs its neighbours and not the library; a sync that
was interrupted leaves them listed, and the next one goes on. A file that comes touches all that it names, most of which
stay as they are: what follows is done for those articles and links alone that changed.
"""

from __future__ import annotations

import sqlite3

from reader.coverage.likeness.words import headline_key
from reader.library.index.storage.journal import transaction
from reader.library.sync.counts import count
from reader.library.sync.events import renew_events

_WEIGHED = "story, title, excerpt, outlet, published"
"""What events and counts are made of."""

# The temporary tables: `was`, the touched articles before; `changed`, those that say something else now; `fresh`, all
# links from touched articles; `parted` and `joined`, the links that went and came, in both directions; `recounted`, the
# articles whose stories are to be counted again.
_TEMPORARY = ("was", "changed", "fresh", "parted", "joined", "recounted")

# CROSS JOIN: SQLite, which knows nothing of the tables' sizes, would otherwise read the largest from end to end.
_STATEMENTS = (
    # Entries that no file mentions any more.
    """DELETE FROM entries WHERE article IN (SELECT article FROM touched)
       AND NOT EXISTS (SELECT 1 FROM mentions WHERE mentions.entry = entries.id)""",
    f"CREATE TEMP TABLE was (id INTEGER PRIMARY KEY, {_WEIGHED})",
    f"INSERT INTO was SELECT id, {_WEIGHED} FROM articles WHERE id IN (SELECT article FROM touched)",  # noqa: S608
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
    "CREATE TEMP TABLE changed (article INTEGER PRIMARY KEY)",
    f"""INSERT INTO changed SELECT id FROM was
        WHERE ({_WEIGHED}) IS NOT (SELECT {_WEIGHED} FROM articles WHERE id = was.id)""",  # noqa: S608 — constant columns
    "UPDATE articles SET headline = headline_key(title) WHERE id IN (SELECT article FROM changed)",
    "CREATE TEMP TABLE fresh (a INTEGER, b INTEGER, PRIMARY KEY (a, b)) WITHOUT ROWID",
    """INSERT OR IGNORE INTO fresh
       SELECT s.article, e.article FROM touched CROSS JOIN stories s ON s.article = touched.article
       CROSS JOIN mentions m ON m.story = s.id CROSS JOIN entries e ON e.id = m.entry WHERE s.article <> e.article""",
    """INSERT OR IGNORE INTO fresh
       SELECT e.article, s.article FROM touched CROSS JOIN entries e ON e.article = touched.article
       CROSS JOIN mentions m ON m.entry = e.id CROSS JOIN stories s ON s.id = m.story WHERE s.article <> e.article""",
    "CREATE TEMP TABLE parted (a INTEGER, b INTEGER, PRIMARY KEY (a, b)) WITHOUT ROWID",
    """INSERT INTO parted SELECT l.a, l.b FROM touched CROSS JOIN links l ON l.a = touched.article
       WHERE NOT EXISTS (SELECT 1 FROM fresh f WHERE f.a = l.a AND f.b = l.b)""",
    "INSERT OR IGNORE INTO parted SELECT b, a FROM parted",
    "CREATE TEMP TABLE joined (a INTEGER, b INTEGER, PRIMARY KEY (a, b)) WITHOUT ROWID",
    """INSERT INTO joined SELECT f.a, f.b FROM fresh f
       WHERE NOT EXISTS (SELECT 1 FROM links l WHERE l.a = f.a AND l.b = f.b)""",
    "INSERT OR IGNORE INTO joined SELECT b, a FROM joined",
    "DELETE FROM links WHERE (a, b) IN (SELECT a, b FROM parted)",
    "INSERT INTO links SELECT a, b FROM joined",
    "CREATE TEMP TABLE recounted (article INTEGER PRIMARY KEY)",
    "INSERT OR IGNORE INTO recounted SELECT a FROM parted UNION ALL SELECT a FROM joined",
    # A story that was read again has not been counted yet.
    """INSERT OR IGNORE INTO recounted
       SELECT s.article FROM touched CROSS JOIN stories s ON s.article = touched.article WHERE s.coverage = 0""",
    """INSERT OR IGNORE INTO recounted
       SELECT w.id FROM was w JOIN articles x ON x.id = w.id WHERE x.outlet IS NOT w.outlet
       UNION ALL
       SELECT l.b FROM was w CROSS JOIN articles x ON x.id = w.id CROSS JOIN links l ON l.a = w.id
       WHERE x.outlet IS NOT w.outlet""",
    """UPDATE stories SET coverage = (SELECT count(*) FROM links WHERE a = stories.article)
       WHERE article IN (SELECT article FROM recounted)""",
    """DELETE FROM articles WHERE id IN (SELECT article FROM touched)
       AND NOT EXISTS (SELECT 1 FROM stories WHERE article = articles.id)
       AND NOT EXISTS (SELECT 1 FROM entries WHERE article = articles.id)""",
    "DELETE FROM topics WHERE NOT EXISTS (SELECT 1 FROM story_topics WHERE topic = topics.id)",
    "DELETE FROM feeds WHERE NOT EXISTS (SELECT 1 FROM story_feeds WHERE feed = feeds.id)",
)

_LINKED = "SELECT a FROM parted UNION SELECT a FROM joined"
"""Both ends of the links that came or went."""


def resolve(connection: sqlite3.Connection, workers: int = 0) -> bool:
    """Bring articles, links and counts up to date with the files; says whether there was anything to do.

    Args:
        connection: the index.
        workers: how many processes compare articles where that pays.
    """
    if connection.execute("SELECT 1 FROM touched LIMIT 1").fetchone() is None:
        return False
    connection.create_function("headline_key", 1, headline_key, deterministic=True)
    with transaction(connection):
        for table in _TEMPORARY:
            connection.execute(f"DROP TABLE IF EXISTS temp.{table}")
        for statement in _STATEMENTS:
            connection.execute(statement)
        changed = [row[0] for row in connection.execute("SELECT article FROM changed")]
        linked = [row[0] for row in connection.execute(_LINKED)]
        renewed = renew_events(connection, changed, linked, workers)
        recounted = ((one,) for one in renewed.regrouped | renewed.rebound)
        connection.executemany("INSERT OR IGNORE INTO recounted VALUES (?)", recounted)
        count(connection)
        for table in _TEMPORARY:
            connection.execute(f"DROP TABLE temp.{table}")
        connection.execute("DELETE FROM touched")
    return True
