"""Writes records (`records`) into the tables of the index, and lists the articles that `resolve` must look at."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from reader.library.folder import memory
from reader.library.folder.paths import number_of
from reader.library.folder.scan import FileStamp, Unreachable
from reader.library.index.rows import ArticleRow
from reader.library.index.storage.journal import transaction
from reader.library.index.storage.story_texts import USUAL_TYPE, texts_of
from reader.library.index.storage.ties import tie_of
from reader.library.sync.records import (
    EntryRecord,
    PassedOverRecord,
    RestRecord,
    StoryRecord,
    Taken,
    UnreadRecord,
)
from reader.library.sync.word_indexes import WordIndexes

HEAD, WHOLE = 1, 2
"""How deep a file has been read: only its head, or all of it."""

UNREACHABLE, PASSED_OVER = 2, 3
"""Values of `problems.unread`: for a folder or file that could not even be looked at, and for a file that looks like a
story but is not to be listed."""

CHANGED_SINCE = -1
"""Stored as the size of a file that the next sync must read, as no file is like it."""


_LATER = {
    "story_topics": "INSERT OR IGNORE INTO story_topics(topic, story) VALUES (?, ?)",
    "story_feeds": "INSERT OR IGNORE INTO story_feeds(feed, story) VALUES (?, ?)",
    "mentions": "INSERT OR IGNORE INTO mentions(story, entry) VALUES (?, ?)",
    "touched": "INSERT OR IGNORE INTO touched VALUES (?)",
}
"""Statements for tables of many short rows: these are written at the end of a transaction, sorted."""


_ROW = ", ".join(ArticleRow._fields)
_ROW_VALUES = ", ".join("?" * len(ArticleRow._fields))


_STORY = """id, article, published, dated, tie, quality, heat, has_image, has_amp, provider, folder, site, type, topics,
    name, slug, link, title, excerpt, body"""
_PUT_STORY = f"INSERT INTO known_stories({_STORY}) VALUES ({', '.join('?' * len(_STORY.split(',')))})"  # noqa: S608 — as above

MOST_KNOWN = 50_000
"""How many ids of a table's rows are remembered; past that all are forgotten."""


class _KnownFile(NamedTuple):
    """What the index knows of a file: its id, the stamp it had when it was read, and how deep that was."""

    id: int
    stamp: FileStamp
    depth: int


class _KnownEntry(NamedTuple):
    """The row of an entry, and that of its article."""

    id: int
    article: int


class Writer:
    """Writes what was read of files. All methods are called within `transaction`.

    Another process may have written meanwhile: so a file is looked up by its path in the transaction that writes it,
    and left alone where it is up to date already.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._articles: dict[int, int] = {}
        self._topics: dict[str, int] = {}
        self._feeds: dict[str, int] = {}
        self._prefixes: dict[str | bytes, int] = {}
        self._providers: dict[tuple[str, str], int] = {}
        self._entries: dict[bytes, _KnownEntry] = {}
        self._handed_over: dict[bytes, EntryRecord] = {}
        self._version = -1
        self._words = WordIndexes(connection)
        self._later: dict[str, set[tuple[int, ...]]] = {table: set() for table in _LATER}

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A write transaction, in which all other methods are called."""
        with transaction(self._connection):
            version = self._begin()
            yield
            self._put_later()
        self._version = version

    def _begin(self) -> int:
        """Begin a transaction: forget the remembered folders, and all ids unless they are sure to be right still.

        They are not where another process has written since, or the last transaction was rolled back.

        Returns:
            The version of the index for which the ids are right once the transaction is committed.
        """
        memory.forget(self._connection)
        self._words.clear()
        for rows in self._later.values():
            rows.clear()
        version: int = self._connection.execute("PRAGMA data_version").fetchone()[0]
        most = MOST_KNOWN if version == self._version else 0
        self._version = -1
        for known in (self._articles, self._topics, self._feeds, self._entries, self._prefixes, self._providers):
            if len(known) > most:
                known.clear()
        return version

    def _put_later(self) -> None:
        for table, rows in self._later.items():
            self._connection.executemany(_LATER[table], sorted(rows))
            rows.clear()
        self._words.put()

    def put(self, stamp: FileStamp, outcome: Taken, depth: int) -> None:
        """Write what was read of a file; a file at most once in a transaction.

        Args:
            stamp: the file's stamp when it was read.
            outcome: what came of reading it; None for a file that is not a story.
            depth: `HEAD` or `WHOLE`.
        """
        if isinstance(outcome, StoryRecord | RestRecord):
            self._handed_over.update(outcome.new)
        if isinstance(outcome, RestRecord):
            known = self._known(stamp.path)
            if known is not None and known.stamp == stamp and known.depth < depth:
                self._put_rest(known.id, outcome)
            return
        file = self._put_file(stamp, outcome, depth)
        if file is None:
            return
        if isinstance(outcome, StoryRecord):
            self._put_story(file, stamp.path, outcome)
        elif isinstance(outcome, PassedOverRecord):
            self._put_problem(stamp.path, 0, outcome.reason, unread=PASSED_OVER)
        elif outcome is not None:
            self._put_problem(stamp.path, outcome.line, outcome.reason, unread=True)

    def put_unreachable(self, place: Unreachable) -> None:
        """Note a folder or file that could not be looked at."""
        self.forget_unreachable(place.path)
        self._connection.execute("INSERT INTO problems VALUES (?, 0, ?, ?)", (place.path, place.reason, UNREACHABLE))

    def forget_unreachable(self, path: bytes) -> None:
        """Remove the note that a folder or file could not be looked at."""
        self._connection.execute("DELETE FROM problems WHERE path = ? AND unread = ?", (path, UNREACHABLE))

    def rename(self, old: bytes, new: bytes) -> None:
        """Give a file another path but the same id. The next sync reads it again: its name may be its headline."""
        self.remove(new)  # a file that had this path was overwritten
        self._connection.execute("DELETE FROM problems WHERE path = ?", (old,))
        self._connection.execute(
            """UPDATE files SET number = :number, path = CASE WHEN path IS NOT NULL THEN :path END, size = :size
               WHERE number = :before""",
            {"number": number_of(new), "path": new, "size": CHANGED_SINCE, "before": number_of(old)},
        )
        self._rename_story(new)

    def _rename_story(self, path: bytes) -> None:
        """Write the new path of a file into its story, if it is one."""
        sql = "SELECT id, published, url FROM stories WHERE id = (SELECT id FROM files WHERE number = ?)"
        for story, published, url in self._connection.execute(sql, (number_of(path),)).fetchall():
            tie = tie_of(self._connection, published, path)
            texts = texts_of(path, url)
            self._connection.execute(
                "UPDATE known_stories SET tie = ?, folder = ?, name = ?, slug = ?, link = ? WHERE id = ?",
                (tie, self._prefix(texts.folder), texts.name, texts.slug, texts.link, story),
            )

    def remove(self, path: bytes) -> None:
        """Remove a file that is gone, with all that is known of it."""
        row = self._connection.execute("SELECT id FROM files WHERE number = ?", (number_of(path),)).fetchone()
        if row is not None:
            self._forget_content(row[0], path)
            self._connection.execute("DELETE FROM files WHERE id = ?", (row[0],))

    def _known(self, path: bytes) -> _KnownFile | None:
        row = self._connection.execute(
            "SELECT id, size, mtime_ns, inode, depth FROM files WHERE number = ?", (number_of(path),)
        ).fetchone()
        return _KnownFile(row[0], FileStamp(path, *row[1:4]), row[4]) if row else None

    def _put_file(self, stamp: FileStamp, outcome: Taken, depth: int) -> int | None:
        """Write the row of a file, and delete what was known of its content.

        Returns:
            The file's id; None where it is up to date already.
        """
        is_passing = isinstance(outcome, UnreadRecord) and outcome.is_passing
        path = None if isinstance(outcome, StoryRecord) else stamp.path
        values = (path, CHANGED_SINCE if is_passing else stamp.size, stamp.mtime_ns, stamp.inode, depth)
        cursor = self._connection.execute(
            """INSERT INTO files(number, path, size, mtime_ns, inode, depth) VALUES (?, ?, ?, ?, ?, ?)
               ON CONFLICT DO NOTHING""",
            (number_of(stamp.path), *values),
        )
        if cursor.rowcount:
            return int(cursor.lastrowid or 0)
        known = self._known(stamp.path)
        if known is None or (known.stamp == stamp and known.depth >= depth):
            return None
        self._forget_content(known.id, stamp.path)
        self._connection.execute(
            """UPDATE files SET path = ?, size = ?, mtime_ns = ?, inode = ?, depth = ?, format = '', until = NULL
               WHERE id = ?""",
            (*values, known.id),
        )
        return known.id

    def _forget_content(self, file: int, path: bytes) -> None:
        self._connection.execute(
            """INSERT OR IGNORE INTO touched SELECT article FROM stories WHERE id = :file
               UNION SELECT e.article FROM mentions m JOIN entries e ON e.id = m.entry WHERE m.story = :file""",
            {"file": file},
        )
        self._connection.execute("DELETE FROM known_stories WHERE id = ?", (file,))
        self._connection.execute("DELETE FROM problems WHERE path = ?", (path,))

    def _put_problem(self, path: bytes, line: int, reason: str, *, unread: int) -> None:
        self._connection.execute("INSERT INTO problems VALUES (?, ?, ?, ?)", (path, line, reason, unread))

    def _put_story(self, file: int, path: bytes, story: StoryRecord) -> None:
        row = story.row
        article, texts = self._article(story.number, story.key), texts_of(path, row.url)
        self._connection.execute(
            _PUT_STORY,
            (
                *(file, article, row.published, row.dated, tie_of(self._connection, row.published, path)),
                *(row.quality, story.heat, story.has_image, story.has_amp, self._provider(row.provider, row.outlet)),
                *(self._prefix(texts.folder), self._prefix(texts.site)),
                *(None if row.type == USUAL_TYPE else row.type, "\n".join(story.topics)),
                *(texts.name, texts.slug, texts.link, row.title, row.excerpt, story.body),
            ),
        )
        if story.format:
            self._connection.execute(
                "UPDATE files SET format = ?, until = ? WHERE id = ?", (story.format, story.until, file)
            )
        self._words.add(file)
        self._later["story_topics"].update((self._topic(topic), file) for topic in story.topics)
        self._later["story_feeds"].update((self._feed(feed), file) for feed in story.feeds)
        self._put_mentions(file, article, story.entries or ())
        for flaw in story.flaws:
            self._put_problem(path, flaw.line, flaw.reason, unread=False)

    def _put_rest(self, file: int, rest: RestRecord) -> None:
        """Add to a story what was not in its head."""
        article = self._connection.execute("SELECT article FROM stories WHERE id = ?", (file,)).fetchone()[0]
        self._connection.execute("UPDATE files SET depth = ? WHERE id = ?", (WHOLE, file))
        if rest.body:
            self._words.remove(file)
            self._connection.execute("UPDATE known_stories SET body = ? WHERE id = ?", (rest.body, file))
            self._words.add(file)
        self._put_mentions(file, article, rest.entries)

    def _put_mentions(self, file: int, article: int, digests: Sequence[bytes]) -> None:
        self._later["touched"].add((article,))
        for digest in digests:
            known = self._entry(digest)
            if known is None:  # the next sync reads the file again
                self._connection.execute("UPDATE files SET size = ? WHERE id = ?", (CHANGED_SINCE, file))
                continue
            self._later["mentions"].add((file, known.id))
            self._later["touched"].add((known.article,))

    def _entry(self, digest: bytes) -> _KnownEntry | None:
        """The ids of an entry and of its article, which are made if the index does not have them.

        None where the entry's record was handed over before, and another process has removed it since.
        """
        known, record = self._entries.get(digest), self._handed_over.pop(digest, None)
        if known is None:
            row = self._connection.execute("SELECT id, article FROM entries WHERE digest = ?", (digest,)).fetchone()
            if row is None:
                if record is None:
                    return None
                article = self._article(record.number, record.key)
                cursor = self._connection.execute(
                    "INSERT INTO entries(article, digest) VALUES (?, ?)", (article, digest)
                )
                row = (int(cursor.lastrowid or 0), article)
                self._connection.execute(
                    f"INSERT INTO entry_texts(entry, {_ROW}) VALUES (?, {_ROW_VALUES})",  # noqa: S608 — as above
                    (row[0], *record.row),
                )
            known = self._entries[digest] = _KnownEntry(*row)
        return known

    def _article(self, number: int, key: str | None) -> int:
        """The id of an article, which is made if the index does not have it. For its key see `StoryRecord`."""
        known = self._articles.get(number)
        if known is None:
            known = self._articles[number] = self._id_in("known_articles", "number", number)
        if key is not None:
            self._connection.execute("UPDATE known_articles SET key = ? WHERE id = ? AND key IS NULL", (key, known))
        return known

    def _topic(self, name: str) -> int:
        return self._id_of(self._topics, "topics", "name", name)

    def _feed(self, name: str) -> int:
        return self._id_of(self._feeds, "feeds", "name", name)

    def _prefix(self, prefix: str | bytes) -> int:
        known = self._prefixes.get(prefix)
        if known is None:
            known = self._prefixes[prefix] = self._id_in("prefixes", "prefix", prefix)
        return known

    def _provider(self, provider: str, outlet: str) -> int:
        known = self._providers.get((provider, outlet))
        if known is None:
            values = (provider, outlet)
            self._connection.execute("INSERT OR IGNORE INTO providers(provider, outlet) VALUES (?, ?)", values)
            select = "SELECT id FROM providers WHERE provider = ? AND outlet = ?"
            known = self._providers[values] = int(self._connection.execute(select, values).fetchone()[0])
        return known

    def _id_of(self, memory: dict[str, int], table: str, column: str, name: str) -> int:
        known = memory.get(name)
        if known is None:
            known = memory[name] = self._id_in(table, column, name)
        return known

    def _id_in(self, table: str, column: str, value: str | bytes | int) -> int:
        """The id of a table's row with a value in a column; the row is made if there is none."""
        insert = f"INSERT INTO {table}({column}) VALUES (?) ON CONFLICT DO NOTHING"  # noqa: S608 — names from this file
        cursor = self._connection.execute(insert, (value,))
        if cursor.rowcount:
            return int(cursor.lastrowid or 0)
        select = f"SELECT id FROM {table} WHERE {column} = ?"  # noqa: S608 — names from this file
        return int(self._connection.execute(select, (value,)).fetchone()[0])
