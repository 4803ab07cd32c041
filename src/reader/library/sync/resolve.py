"""Merges what all files say of each article: one row of `known_articles` each, links in both directions, then events.

It works on the articles listed in the table `touched`, so that a changed file costs its neighbours and not the library,
and on some of them at a time, so that memory is bounded. An interrupted sync leaves the others listed, and the next one
goes on. A new file touches all articles that it names, most of which stay as they are: so links, events and counts are
then worked out only for the articles and links that have changed.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from hashlib import blake2b

from reader.base.memory import seldom_collecting
from reader.library.index.rows import ArticleRow
from reader.library.index.storage.journal import transaction
from reader.library.sync.bonds.ahead import HeadlinesAhead
from reader.library.sync.bonds.binding import Comparing
from reader.library.sync.events import renew_events, take_in
from reader.library.sync.progress import OnSteps
from reader.library.sync.waiting import COSTS, steps_left

AT_ONCE = 10_000
"""Touched articles that are merged together."""

IN_ONE_GO = 30_000
"""How much is done in one transaction at least, as `waiting.steps_left` counts it: about a second of work. Where there
is less to do, as after a few files changed, all of it becomes visible at once."""

# Temporary tables: `portion` has the touched articles that are merged now; `was`, what was known of these before;
# `changed`, those of which that is different now; `fresh`, all links to and from them by now; `parted` and `joined`,
# the links that went and came, in both directions; `recounted`, the articles whose stories are to be counted again.
_TEMPORARY = ("portion", "was", "changed", "fresh", "parted", "joined", "recounted")

# CROSS JOIN holds SQLite to its order of tables: it does not know their sizes, and might read the largest as a whole.
_NOT_FOUND = """FROM entry_texts WHERE NOT is_found
    AND entry IN (SELECT e.id FROM portion CROSS JOIN entries e ON e.article = portion.article)"""

_TITLES = "SELECT s.title FROM portion CROSS JOIN known_stories s ON s.article = portion.article"
"""The headlines of a portion's stories. Most of its articles are stories, so these can be read before the merging."""

_STATEMENTS = (
    # Entries that no file mentions any more go.
    """DELETE FROM entries WHERE article IN (SELECT article FROM portion)
       AND NOT EXISTS (SELECT 1 FROM mentions WHERE mentions.entry = entries.id)""",
    "CREATE TEMP TABLE was (id INTEGER PRIMARY KEY, said)",
    "INSERT INTO was SELECT id, said FROM known_articles WHERE id IN (SELECT article FROM portion)",
    """INSERT OR IGNORE INTO providers(provider, outlet)
       SELECT DISTINCT t.provider, t.outlet FROM portion CROSS JOIN entries e ON e.article = portion.article
       CROSS JOIN entry_texts t ON t.entry = e.id""",
    # An article that is a story is what its story says: its texts stay there. Of several files of one article, the
    # first by path counts.
    """UPDATE known_articles SET
           (story, title, excerpt, provider, published, dated, quality, type, url, said) = (
           SELECT id, NULL, NULL, of_provider, published, dated, NULL, NULL, NULL,
                  what_is_said(id, title, excerpt, outlet, published)
           FROM stories WHERE article = known_articles.id ORDER BY path LIMIT 1)
       WHERE id IN (SELECT article FROM portion)""",
    # Any other article is what the entry with the longest excerpt says; the digest decides between equals, so that the
    # order of files never does.
    """UPDATE known_articles SET (title, excerpt, provider, published, dated, quality, type, url, said) = (
           SELECT t.title, t.excerpt,
                  (SELECT p.id FROM providers p WHERE p.outlet = t.outlet AND p.provider = t.provider),
                  t.published, t.dated, t.quality, t.type, t.url,
                  what_is_said(NULL, t.title, t.excerpt, t.outlet, t.published)
           FROM entries e CROSS JOIN entry_texts t ON t.entry = e.id
           WHERE e.article = known_articles.id ORDER BY length(t.excerpt) DESC, e.digest LIMIT 1)
       WHERE story IS NULL AND id IN (SELECT article FROM portion)""",
    # What an entry says is not kept twice where the story says the same. The words of all other entries are indexed.
    f"""UPDATE entries SET story = (SELECT x.story FROM known_articles x WHERE x.id = entries.article)
        WHERE article IN (SELECT article FROM portion) AND story IS NULL AND EXISTS (
            SELECT 1 FROM entry_texts t JOIN known_articles x ON x.id = entries.article JOIN stories s ON s.id = x.story
            WHERE t.entry = entries.id AND {" AND ".join(f"s.{name} IS t.{name}" for name in ArticleRow._fields)})""",  # noqa: S608 — constants
    "DELETE FROM entry_texts WHERE entry IN (SELECT id FROM entries WHERE story IS NOT NULL AND article IN portion)",
    f"INSERT INTO entry_words(rowid, title, excerpt, provider) SELECT entry, title, excerpt, provider {_NOT_FOUND}",
    f"UPDATE entry_texts SET is_found = 1 WHERE entry IN (SELECT entry {_NOT_FOUND})",  # noqa: S608 — a constant
    "CREATE TEMP TABLE changed (article INTEGER PRIMARY KEY)",
    """INSERT INTO changed SELECT id FROM was
       WHERE said IS NOT (SELECT said FROM known_articles WHERE id = was.id)""",
    "CREATE TEMP TABLE fresh (a INTEGER, b INTEGER, PRIMARY KEY (a, b)) WITHOUT ROWID",
    """INSERT OR IGNORE INTO fresh
       SELECT s.article, e.article FROM portion CROSS JOIN stories s ON s.article = portion.article
       CROSS JOIN mentions m ON m.story = s.id CROSS JOIN entries e ON e.id = m.entry WHERE s.article <> e.article""",
    """INSERT OR IGNORE INTO fresh
       SELECT e.article, s.article FROM portion CROSS JOIN entries e ON e.article = portion.article
       CROSS JOIN mentions m ON m.entry = e.id CROSS JOIN stories s ON s.id = m.story WHERE s.article <> e.article""",
    "CREATE TEMP TABLE parted (a INTEGER, b INTEGER, PRIMARY KEY (a, b)) WITHOUT ROWID",
    """INSERT INTO parted SELECT l.a, l.b FROM portion CROSS JOIN links l ON l.a = portion.article
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
       SELECT s.article FROM portion CROSS JOIN stories s ON s.article = portion.article WHERE s.coverage = 0""",
    """INSERT OR IGNORE INTO recounted
       SELECT article FROM changed
       UNION ALL SELECT l.b FROM changed c CROSS JOIN links l ON l.a = c.article""",
    """UPDATE known_stories SET coverage = (SELECT count(*) FROM links WHERE a = known_stories.article)
       WHERE article IN (SELECT article FROM recounted)""",
    "INSERT OR IGNORE INTO ungrouped SELECT article FROM recounted",
    """DELETE FROM known_articles WHERE id IN (SELECT article FROM portion)
       AND NOT EXISTS (SELECT 1 FROM stories WHERE article = known_articles.id)
       AND NOT EXISTS (SELECT 1 FROM entries WHERE article = known_articles.id)""",
    "DELETE FROM topics WHERE NOT EXISTS (SELECT 1 FROM story_topics WHERE topic = topics.id)",
    "DELETE FROM feeds WHERE NOT EXISTS (SELECT 1 FROM story_feeds WHERE feed = feeds.id)",
    "DELETE FROM touched WHERE article IN (SELECT article FROM portion)",
)

_LINKED = "SELECT a FROM parted UNION SELECT a FROM joined"
"""Both ends of the links that came or went."""


def resolve(connection: sqlite3.Connection, on_steps: OnSteps = lambda _, __: None, workers: int = 0) -> bool:
    """Bring articles, links, events and counts up to date with what was read of the files.

    Args:
        connection: the index.
        on_steps: called after each transaction but the last, with how much is done of how much.
        workers: how many processes compare articles where that pays; 0 for this one alone.

    Returns:
        Whether there was anything to do.

    Raises:
        BrokenProcessPool: a worker was ended; see `reading.workers_missed`.
    """
    if not steps_left(connection):
        return False
    connection.create_function("what_is_said", 5, _what_is_said, deterministic=True)
    done, is_more = 0, True
    with (
        seldom_collecting(),
        Comparing(connection, workers) as comparing,
        closing(HeadlinesAhead(workers)) as headlines,
    ):
        while is_more:
            with transaction(connection):
                some = _go_on(connection, comparing, headlines)
            is_more = some >= IN_ONE_GO
            if is_more:
                done += some
                on_steps(done, done + steps_left(connection))
    return True


def _go_on(connection: sqlite3.Connection, comparing: Comparing, headlines: HeadlinesAhead) -> int:
    """Do some of the work, and give how much that was: less than `IN_ONE_GO` when nothing is left."""
    done = 0
    while done < IN_ONE_GO:
        some = _take_in(connection, headlines) or renew_events(connection, comparing)
        if not some:
            break
        done += some
    return done


def _what_is_said(*values: object) -> int:
    """A digest of what events and counts are made of: an article's story, title, excerpt, outlet and time."""
    digest = blake2b(repr(values).encode(), digest_size=7)
    return int.from_bytes(digest.digest(), "big")


def _take_in(connection: sqlite3.Connection, headlines: HeadlinesAhead) -> int:
    """Merge what files say of some touched articles; gives how much work that was, 0 where none is touched."""
    if connection.execute("SELECT 1 FROM touched LIMIT 1").fetchone() is None:
        headlines.close()
        return 0
    for table in _TEMPORARY:
        connection.execute(f"DROP TABLE IF EXISTS temp.{table}")
    connection.execute("CREATE TEMP TABLE portion (article INTEGER PRIMARY KEY)")
    connection.execute("INSERT INTO portion SELECT article FROM touched ORDER BY article LIMIT ?", (AT_ONCE,))
    headlines.begin([row[0] for row in connection.execute(_TITLES)])
    for statement in _STATEMENTS:
        connection.execute(statement)
    changed = [row[0] for row in connection.execute("SELECT article FROM changed")]
    linked = [row[0] for row in connection.execute(_LINKED)]
    take_in(connection, changed, linked, headlines.read())
    articles: int = connection.execute("SELECT count(*) FROM portion").fetchone()[0]
    for table in _TEMPORARY:
        connection.execute(f"DROP TABLE temp.{table}")
    return articles * COSTS.resolving
