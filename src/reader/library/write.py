"""Writing records into the index's tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from reader.library import folders
from reader.library.records import EntryRecord, RestRecord, StoryRecord, Taken, UnreadRecord
from reader.library.scan import FileStamp, Unreachable

HEAD, WHOLE = 1, 2
"""How deep a file has been read: its head, all of it."""

UNREACHABLE = 2
"""What `problems.unread` says of a folder or file that could not even be looked at."""

CHANGED_SINCE = -1
"""Stands for the size of a file that is to be read at the next sync, whatever its stamp."""


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """A write transaction: committed at the end of the block, rolled back by an exception."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


_WORDS = {"story_words": "title, excerpt, body, provider, topics", "entry_words": "title, excerpt, provider"}
"""Word index → its columns."""

_CONTENT = {"story_words": "stories", "entry_words": "entries"}
"""Word index → the table whose rows it finds."""

_MOST_VALUES = 10_000
"""Values bound to one statement; SQLite takes up to 32,766."""


class Writer:
    """Writes in transactions of its own; `touched` collects what `resolve` must look at.

    Nothing is taken for granted of what another process may have written meanwhile: a file is looked up by its path in
    the transaction that writes it, and left alone where it is up to date already.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._articles: dict[str, int] = {}
        self._topics: dict[str, int] = {}
        self._entries: dict[bytes, tuple[int, int]] = {}
        self._handed_over: dict[bytes, EntryRecord] = {}
        self._version = -1
        self._wordless: dict[str, list[int]] = {table: [] for table in _WORDS}

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """The transaction in which all else is called."""
        with transaction(self._connection):
            self._begin()
            yield
            self._put_words()

    def _begin(self) -> None:
        """Forget the folders, and the ids that another process may have made void since the last transaction."""
        folders.forget(self._connection)
        for rows in self._wordless.values():
            rows.clear()
        version = self._connection.execute("PRAGMA data_version").fetchone()[0]
        if version != self._version:
            self._version = version
            self._articles.clear()
            self._topics.clear()
            self._entries.clear()

    def _put_words(self) -> None:
        """Put the words of new rows into the word indexes, all at once: one by one they would take twice as long."""
        for table, rows in self._wordless.items():
            columns = _WORDS[table]
            for start in range(0, len(rows), _MOST_VALUES):
                ids = rows[start : start + _MOST_VALUES]
                marks = ",".join("?" * len(ids))
                self._connection.execute(
                    f"""INSERT INTO {table}(rowid, {columns})
                        SELECT id, {columns} FROM {_CONTENT[table]} WHERE id IN ({marks})""",  # noqa: S608 — bound
                    ids,
                )
            rows.clear()

    def put(self, stamp: FileStamp, outcome: Taken, depth: int) -> None:
        """Write what a file was read as; a file at most once in a transaction.

        Args:
            stamp: the file as it was when it was read.
            outcome: a story, an error, or None for a file that is no story.
            depth: `HEAD` or `WHOLE`.
        """
        if isinstance(outcome, StoryRecord | RestRecord):
            self._handed_over.update(outcome.new)
        known = self._connection.execute(
            "SELECT id, size, mtime_ns, inode, depth FROM files WHERE path = ?", (stamp.path,)
        ).fetchone()
        is_same = known is not None and known[1:4] == (stamp.size, stamp.mtime_ns, stamp.inode)
        if is_same and known[4] >= depth:
            return
        if isinstance(outcome, RestRecord):
            if is_same:
                self._put_rest(known[0], outcome)
            return
        file = self._put_file(stamp, known[0] if known else None, outcome, depth)
        if isinstance(outcome, StoryRecord):
            self._put_story(file, stamp.path, outcome)
        elif outcome is not None:
            self._put_problem(stamp.path, outcome.line, outcome.reason, unread=True)

    def put_unreachable(self, place: Unreachable) -> None:
        """Write down a folder or file that could not be looked at."""
        self.forget_unreachable(place.path)
        self._connection.execute("INSERT INTO problems VALUES (?, 0, ?, ?)", (place.path, place.reason, UNREACHABLE))

    def forget_unreachable(self, path: bytes) -> None:
        """Take back that a folder or file could not be looked at."""
        self._connection.execute("DELETE FROM problems WHERE path = ? AND unread = ?", (path, UNREACHABLE))

    def rename(self, old: bytes, new: bytes) -> None:
        """Let a file keep its identity under another name; it is read again, since a name may stand for a headline."""
        self.remove(new)  # moved over another file, which is gone
        self._connection.execute("DELETE FROM problems WHERE path = ?", (old,))
        self._connection.execute("UPDATE files SET path = ?, size = ? WHERE path = ?", (new, CHANGED_SINCE, old))
        self._connection.execute("UPDATE stories SET path = ? WHERE path = ?", (new, old))

    def remove(self, path: bytes) -> None:
        """Remove a file that is gone."""
        row = self._connection.execute("SELECT id FROM files WHERE path = ?", (path,)).fetchone()
        if row is not None:
            self._forget_content(row[0], path)
            self._connection.execute("DELETE FROM files WHERE id = ?", (row[0],))

    def _put_file(self, stamp: FileStamp, known: int | None, outcome: Taken, depth: int) -> int:
        is_passing = isinstance(outcome, UnreadRecord) and outcome.is_passing
        values = (stamp.path, CHANGED_SINCE if is_passing else stamp.size, stamp.mtime_ns, stamp.inode, depth)
        if known is None:
            cursor = self._connection.execute(
                "INSERT INTO files(path, size, mtime_ns, inode, depth) VALUES (?, ?, ?, ?, ?)", values
            )
            return int(cursor.lastrowid or 0)
        self._forget_content(known, stamp.path)
        self._connection.execute(
            "UPDATE files SET path = ?, size = ?, mtime_ns = ?, inode = ?, depth = ? WHERE id = ?", (*values, known)
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

    def _put_story(self, file: int, path: bytes, story: StoryRecord) -> None:
        article = self._article(story.key)
        self._connection.execute(
            """INSERT INTO stories(id, article, path, body, topics, heat, has_image, has_amp,
                   title, excerpt, provider, outlet, published, dated, quality, type, url)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (
                *(file, article, path, story.body, "\n".join(story.topics)),
                *(story.heat, story.has_image, story.has_amp),
                *story.told,
            ),
        )
        self._wordless["story_words"].append(file)
        self._connection.executemany(
            "INSERT OR IGNORE INTO story_topics(topic, story) VALUES (?, ?)",
            [(self._topic(topic), file) for topic in story.topics],
        )
        self._put_mentions(file, article, story.entries or ())
        for line, reason in story.flaws:
            self._put_problem(path, line, reason, unread=False)

    def _put_rest(self, file: int, rest: RestRecord) -> None:
        """Add to a story what its head did not tell."""
        article = self._connection.execute("SELECT article FROM stories WHERE id = ?", (file,)).fetchone()[0]
        self._connection.execute("UPDATE files SET depth = ? WHERE id = ?", (WHOLE, file))
        if rest.body:
            self._take_words_out(file)
            self._connection.execute("UPDATE stories SET body = ? WHERE id = ?", (rest.body, file))
            self._wordless["story_words"].append(file)
        self._put_mentions(file, article, rest.entries)

    def _take_words_out(self, file: int) -> None:
        columns = _WORDS["story_words"]
        row = self._connection.execute(f"SELECT id, {columns} FROM stories WHERE id = ?", (file,)).fetchone()  # noqa: S608
        self._connection.execute(
            f"INSERT INTO story_words(story_words, rowid, {columns}) VALUES ('delete', ?, ?, ?, ?, ?, ?)",  # noqa: S608
            row,
        )

    def _put_mentions(self, file: int, article: int, digests: Sequence[bytes]) -> None:
        entries = [self._entry(digest) for digest in digests]
        self._connection.executemany(
            "INSERT OR IGNORE INTO mentions(story, entry) VALUES (?, ?)", [(file, entry) for entry, _ in entries]
        )
        self._connection.executemany(
            "INSERT OR IGNORE INTO touched VALUES (?)", [(article,), *((named,) for _, named in entries)]
        )

    def _entry(self, digest: bytes) -> tuple[int, int]:
        """The row of what a file says of a related article, and the article's."""
        known = self._entries.get(digest)
        if known is None:
            row = self._connection.execute("SELECT id, article FROM entries WHERE digest = ?", (digest,)).fetchone()
            if row is None:
                record = self._handed_over.pop(digest)
                article = self._article(record.key)
                cursor = self._connection.execute(
                    """INSERT INTO entries(article, digest,
                           title, excerpt, provider, outlet, published, dated, quality, type, url)
                       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                    (article, digest, *record.told),
                )
                row = (int(cursor.lastrowid or 0), article)
                self._wordless["entry_words"].append(row[0])
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
