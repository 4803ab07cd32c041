"""Writing stories into the index's tables."""

from __future__ import annotations

import hashlib
import sqlite3
from datetime import date, datetime

from reader.library.scan import FileStamp, Unreachable
from reader.stories.dates import sort_time
from reader.stories.errors import StoryError
from reader.stories.model import Article, Story

NO_DATE, DATE_ALONE, TIME = 0, 1, 2


def dated(when: datetime | date | None) -> int:
    """How much is known of a time: `NO_DATE`, `DATE_ALONE` or `TIME`."""
    if when is None:
        return NO_DATE
    return TIME if isinstance(when, datetime) else DATE_ALONE


class Writer:
    """Writes within the transaction its caller holds; `touched` collects what `resolve` must look at."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._articles: dict[str, int] = {}
        self._topics: dict[str, int] = {}
        self._entries: dict[bytes, tuple[int, int]] = {}

    def forget_ids(self) -> None:
        """Drop what is remembered of ids; needed where another writer may have been at work in between."""
        self._articles.clear()
        self._topics.clear()
        self._entries.clear()

    def put(self, stamp: FileStamp, known: int | None, outcome: Story | StoryError | None) -> None:
        """Write a file and what it was read as: a story, an error, or None for a file that is no story."""
        file = self._put_file(stamp, known)
        if isinstance(outcome, Story):
            self._put_story(file, stamp.path, outcome)
            for flaw in outcome.flaws:
                self._put_problem(stamp.path, flaw.line, flaw.reason, unread=False)
        elif outcome is not None:
            self._put_problem(stamp.path, outcome.line, outcome.reason, unread=True)

    def put_unreachable(self, place: Unreachable) -> None:
        """Write down a folder or file that could not be looked at."""
        self._connection.execute("DELETE FROM problems WHERE path = ?", (place.path,))
        self._put_problem(place.path, 0, place.reason, unread=True)

    def remove(self, file: int, path: bytes) -> None:
        """Remove a file that is gone."""
        self._forget_content(file, path)
        self._connection.execute("DELETE FROM files WHERE id = ?", (file,))

    def _put_file(self, stamp: FileStamp, known: int | None) -> int:
        values = (stamp.path, stamp.size, stamp.mtime_ns, stamp.inode)
        if known is None:
            cursor = self._connection.execute(
                "INSERT INTO files(path, size, mtime_ns, inode) VALUES (?, ?, ?, ?)", values
            )
            return int(cursor.lastrowid or 0)
        old = self._connection.execute("SELECT path FROM files WHERE id = ?", (known,)).fetchone()
        self._forget_content(known, old[0] if old else stamp.path)
        self._connection.execute(
            "UPDATE files SET path = ?, size = ?, mtime_ns = ?, inode = ? WHERE id = ?", (*values, known)
        )
        return known

    def _forget_content(self, file: int, path: bytes) -> None:
        self._connection.execute(
            """INSERT OR IGNORE INTO touched SELECT article FROM stories WHERE id = ?1
               UNION SELECT e.article FROM mentions m JOIN entries e ON e.id = m.entry WHERE m.story = ?1""",
            (file,),
        )
        self._connection.execute("DELETE FROM stories WHERE id = ?", (file,))
        self._connection.execute("DELETE FROM problems WHERE path = ?", (path,))

    def _put_problem(self, path: bytes, line: int, reason: str, *, unread: bool) -> None:
        self._connection.execute("INSERT INTO problems VALUES (?, ?, ?, ?)", (path, line, reason, unread))

    def _put_story(self, file: int, path: bytes, story: Story) -> None:
        article = self._article(story.key)
        told = _told(story)
        self._connection.execute(
            """INSERT INTO stories(id, article, path, body, topics,
                   title, excerpt, provider, outlet, published, dated, quality, type, url)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (file, article, path, story.body, "\n".join(story.topics), *told),
        )
        self._connection.executemany(
            "INSERT OR IGNORE INTO story_topics(topic, story) VALUES (?, ?)",
            [(self._topic(topic), file) for topic in story.topics],
        )
        entries = [self._entry(related) for related in story.related]
        self._connection.executemany(
            "INSERT OR IGNORE INTO mentions(story, entry) VALUES (?, ?)",
            [(file, entry) for entry, _ in entries],
        )
        self._connection.executemany(
            "INSERT OR IGNORE INTO touched VALUES (?)", [(article,), *((named,) for _, named in entries)]
        )

    def _entry(self, related: Article) -> tuple[int, int]:
        """The row of what a file says of a related article, and the article's."""
        told = _told(related)
        digest = hashlib.blake2b(repr((related.key, told)).encode(), digest_size=16).digest()
        known = self._entries.get(digest)
        if known is None:
            row = self._connection.execute("SELECT id, article FROM entries WHERE digest = ?", (digest,)).fetchone()
            if row is None:
                article = self._article(related.key)
                cursor = self._connection.execute(
                    """INSERT INTO entries(article, digest,
                           title, excerpt, provider, outlet, published, dated, quality, type, url)
                       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                    (article, digest, *told),
                )
                row = (int(cursor.lastrowid or 0), article)
            known = self._entries[digest] = (row[0], row[1])
        return known

    def _article(self, key: str) -> int:
        return self._id_of(self._articles, "articles", "key", key)

    def _topic(self, name: str) -> int:
        return self._id_of(self._topics, "topics", "name", name)

    def _id_of(self, memory: dict[str, int], table: str, column: str, name: str) -> int:
        known = memory.get(name)
        if known is None:
            select = f"SELECT id FROM {table} WHERE {column} = ?"  # noqa: S608 — names from this file
            row = self._connection.execute(select, (name,)).fetchone()
            if row is None:
                insert = f"INSERT INTO {table}({column}) VALUES (?)"  # noqa: S608 — names from this file
                row = (self._connection.execute(insert, (name,)).lastrowid,)
            known = memory[name] = int(row[0])
        return known


def _told(article: Article) -> tuple[str, str, str, str, int | None, int, int | None, str, str]:
    """What stories and entries have in common, in the order of their columns."""
    return (
        article.title,
        article.excerpt,
        article.provider.name,
        article.outlet,
        sort_time(article.published),
        dated(article.published),
        article.quality,
        article.type,
        article.url,
    )
