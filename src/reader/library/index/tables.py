"""Reads the tables of an index, row by row and as lists of ids. `index.Index` answers questions with that."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, Any

from reader.base.errors import QuestionCancelledError
from reader.library.folder.paths import number_of, shown_path
from reader.library.index.lists.id_arrays import ids, read_ids
from reader.library.index.lists.orders import ORDERS, order_by, ordered, some_ordered
from reader.library.index.lists.story_set import StorySet
from reader.library.index.rows import Counts, FormatCount, Problem, StoryRow, StoryText, TopicCount, published_from
from reader.library.index.storage.article_keys import each_number, number_of_key, numbers_of_keys
from reader.library.index.storage.journal import one_state
from reader.library.index.storage.portions import rows_of
from reader.library.query.query import Order, Sort

if TYPE_CHECKING:
    from reader.library.folder.scan import FileStamp
    from reader.library.index.search.compilation import Sql
    from reader.library.index.search.first_page import FirstPages

_KEYS = 10_000
"""Articles that are looked up at a time, with their numbers as one JSON text."""

_STEPS = 200_000
"""Steps of SQLite, which take some milliseconds, between two checks whether a question was cancelled."""

_ROW = "id, title, provider, published, dated, outlets, type, quality, coverage, linked, alike"


class Tables:
    """Reads one index file. One instance belongs to one thread at a time.

    Args:
        connection: an index as `schema.connect` opens it.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._first_pages: FirstPages | None = None
        self._lock = Lock()
        self._answered: object = None
        self._is_cancelled = False

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def shrink(self) -> None:
        """Free the memory of pages of the file that are not needed now."""
        with suppress(sqlite3.Error):
            self.connection.execute("PRAGMA shrink_memory")

    @contextmanager
    def one_state(self) -> Iterator[None]:
        """Within it, all answers are of the same state of the library, whatever another process writes meanwhile."""
        with one_state(self.connection):
            yield

    @contextmanager
    def answering(self, question: object) -> Iterator[None]:
        """Within it, a question is being answered, which `cancel` can end.

        Args:
            question: what identifies the question for `cancel`.
        """
        with self._lock:
            self._answered, self._is_cancelled = question, False
        # SQLite's `interrupt` would miss a statement that is just about to begin.
        self.connection.set_progress_handler(lambda: self._is_cancelled, _STEPS)
        try:
            yield
        finally:
            with self._lock:
                self._answered, self._is_cancelled = None, False

    def cancel(self, question: object = None) -> None:
        """Have the answering of a question end with an error, as nobody waits for it any more. Any thread may call it.

        Args:
            question: the question, as given to `answering`; None for any. If it is not being answered, nothing is done.
        """
        with self._lock:
            if self._answered is not None and question in (None, self._answered):
                self._is_cancelled = True

    def check_cancelled(self) -> None:
        """End a long answer if it was cancelled; to be called between its steps.

        Raises:
            QuestionCancelledError: `cancel` was called for the question.
        """
        if self._is_cancelled:
            raise QuestionCancelledError("nobody waits for the answer any more")

    @property
    def version(self) -> int:
        """A number that changes whenever another connection has written."""
        return int(self.connection.execute("PRAGMA data_version").fetchone()[0])

    def counts(self) -> Counts:
        """The size of the library."""
        row = self.connection.execute(
            """SELECT (SELECT count(*) FROM stories), (SELECT count(DISTINCT article) FROM entries),
                      (SELECT count(*) FROM problems WHERE unread IN (1, 2)),
                      (SELECT count(*) FROM problems WHERE unread = 3)"""
        ).fetchone()
        return Counts(*row)

    def order(self, order: Order = Sort.NEWEST, most: int = -1) -> array[int]:
        """The ids of all stories in an order; `most` of them at most, -1 for all."""
        with self.one_state():
            return ordered(self.connection, order, most)

    def in_order(self, stories: Iterable[int], order: Order) -> array[int]:
        """Some stories in an order; those that are gone are left out."""
        return some_ordered(self.connection, stories, order_by(order))

    def greatest_id(self) -> int:
        """The greatest id of a story; 0 where there is none."""
        return int(self.connection.execute("SELECT ifnull(max(id), 0) FROM stories").fetchone()[0])

    def first(self, count: int) -> list[StoryRow]:
        """The newest stories: what the screen shows before anything else is known."""
        rows = self.connection.execute(
            f"SELECT {_ROW} FROM stories ORDER BY {ORDERS[Sort.NEWEST]} LIMIT ?",  # noqa: S608 — constant columns
            (count,),
        )
        return [_row(row) for row in rows]

    def selected(self, select: Sql, most: int = -1) -> array[int]:
        """The ids that a statement selects, in no particular order.

        Args:
            select: the statement, as `compilation` makes it.
            most: how many ids to give at most; -1 for all.
        """
        return read_ids(self.connection, f"{select.text} LIMIT ?", (*select.parameters, most))

    def published(self, story: int) -> int | None:
        """When a story was published, in seconds since 1970; None where that is not known, or it is gone."""
        return self._one("SELECT published FROM stories WHERE id = ?", story)

    def older_than(self, story: int) -> StorySet:
        """The stories with a known time before a story's; none where the story's is not known."""
        sql = "SELECT id FROM stories WHERE published < (SELECT published FROM stories WHERE id = ?)"
        return StorySet(read_ids(self.connection, sql, (story,)))

    def topic_counts(self) -> list[TopicCount]:
        """All topics with how many stories have each, in no particular order."""
        sql = """SELECT t.name, x.stories FROM topics t
            JOIN (SELECT topic, count(*) AS stories FROM story_topics GROUP BY 1) x ON x.topic = t.id"""
        return [TopicCount(*row) for row in self.connection.execute(sql)]

    def stories_in_topic(self, name: str) -> array[int]:
        """The stories that have a topic."""
        sql = "SELECT x.story AS id FROM topics t CROSS JOIN story_topics x ON x.topic = t.id WHERE t.name = ?"
        return read_ids(self.connection, sql, (name,))

    def feeds(self) -> list[tuple[str, int]]:
        """The feeds by which stories came in, by their shortened addresses, with how many stories came by each."""
        return self.connection.execute(
            """SELECT f.name, count(*) FROM feeds f JOIN story_feeds x ON x.feed = f.id
               GROUP BY f.id ORDER BY count(*) DESC, f.name"""
        ).fetchall()

    def feeds_of_stories(self) -> Iterator[tuple[str, int]]:
        """Each story with each of its feeds: the feed as in `feeds`, and the story's id."""
        return iter(self.connection.execute("SELECT f.name, x.story FROM feeds f JOIN story_feeds x ON x.feed = f.id"))

    @property
    def first_pages(self) -> FirstPages:
        """What finds first pages. It is kept, as it has a word index of its own."""
        if self._first_pages is None:
            from reader.library.index.search.first_page import FirstPages

            self._first_pages = FirstPages(self.connection)
        return self._first_pages

    def rows(self, ids: Iterable[int]) -> dict[int, StoryRow]:
        """The rows of some stories as the list shows them, by id; a story that is gone is left out."""
        return {row[0]: _row(row) for row in self._by_id(_ROW, ids)}

    def text(self, story: int) -> StoryText | None:
        """What the story pane shows of a story at once; None for a story that is gone."""
        columns = "id, title, provider, published, dated, topics, quality, type, excerpt, body, url"
        for row in self._by_id(columns, [story]):
            topics = tuple(row[5].split("\n")) if row[5] else ()
            return StoryText(row[0], row[1], row[2], published_from(row[3], row[4]), topics, *row[6:])
        return None

    def path(self, story: int) -> bytes | None:
        """The path of a story's file, relative to the library's folder; None for a story that is gone."""
        row = self.connection.execute("SELECT path FROM stories WHERE id = ?", (story,)).fetchone()
        return row[0] if row else None

    def stamps(self, stories: Iterable[int]) -> list[FileStamp]:
        """The stamps of some stories' files from when they were read, in no particular order."""
        from reader.library.folder.scan import FileStamp

        sql = "SELECT path, size, mtime_ns, inode FROM seen_files WHERE id IN ({})"
        return [FileStamp(*row) for row in rows_of(self.connection, sql, stories)]

    def story_at(self, path: bytes) -> int | None:
        """The id of the story in a file, whose path is relative to the library's folder; None where there is none."""
        sql = "SELECT s.id FROM files f JOIN stories s ON s.id = f.id WHERE f.number = ?"
        return self._one(sql, number_of(path))

    def story_named(self, key: str) -> int | None:
        """The id of the story that is the article with a key; None where no story is."""
        return self._one("SELECT story FROM articles WHERE number = ?", number_of_key(key))

    def keys(self, stories: Iterable[int]) -> dict[int, str]:
        """The keys of the articles that some stories are, by story; a story that is gone is left out."""
        return dict(self.each_key(stories))

    def each_key(self, stories: Iterable[int]) -> Iterator[tuple[int, str]]:
        """As `keys`, one after the other, by ascending ids."""
        sql = """SELECT s.id, coalesce(x.key, key_of_link(s.url)) FROM stories s
            JOIN known_articles x ON x.id = s.article WHERE s.id IN ({})"""
        return rows_of(self.connection, sql, _ascending(stories))

    def each_article(self, stories: Iterable[int]) -> Iterator[int]:
        """The articles that some stories are, by the numbers of their keys, one after the other."""
        sql = """SELECT x.number FROM stories s JOIN known_articles x ON x.id = s.article WHERE s.id IN ({})"""
        return (row[0] for row in rows_of(self.connection, sql, _ascending(stories)))

    def stories_with(self, keys: Iterable[str]) -> StorySet:
        """The stories that are the articles with some keys; where several files are one article, all of them."""
        return self.stories_of(each_number(keys))

    def stories_of(self, articles: Iterable[int]) -> StorySet:
        """The stories that are some articles.

        Args:
            articles: the numbers of the articles' keys. They are not all in memory at once.
        """
        import json

        sql = """SELECT s.id AS id FROM json_each(?) k CROSS JOIN known_articles x ON x.number = k.value
            CROSS JOIN stories s ON s.article = x.id"""
        found, left = ids(), iter(articles)
        while some := sorted(islice(left, _KEYS)):  # sorted, they take half the time
            found.extend(read_ids(self.connection, sql, (json.dumps(some),)))
        return StorySet(found)

    def event_keys(self, stories: Iterable[int]) -> dict[int, list[str]]:
        """The keys of all articles on the event of each of some stories, by story; stories on none are left out."""
        found: dict[int, list[str]] = {}
        sql = """SELECT s.id, y.key FROM stories s CROSS JOIN articles x ON x.id = s.article
            CROSS JOIN articles y ON y.event = x.event WHERE s.id IN ({})"""
        for story, key in rows_of(self.connection, sql, stories):
            found.setdefault(story, []).append(key)
        return found

    def on_events_of(self, keys: Iterable[str]) -> frozenset[str]:
        """The keys of some articles, and of all articles that are on an event with any of them."""
        wanted = frozenset(keys)
        sql = """SELECT y.key FROM articles x CROSS JOIN articles y ON y.event = x.event
            WHERE x.event IS NOT NULL AND x.number IN ({})"""
        return wanted | {row[0] for row in rows_of(self.connection, sql, numbers_of_keys(wanted))}

    def grown_events(self, known: frozenset[str], seen: frozenset[str]) -> frozenset[str]:
        """The keys of all articles on events that have grown: with a known article, and others neither known nor seen.

        Args:
            known: keys of articles by which events are known.
            seen: keys of other articles that may be on them without being new.
        """
        events: dict[int, set[str]] = {}
        sql = """SELECT y.event, y.key FROM articles x CROSS JOIN articles y ON y.event = x.event
            WHERE x.event IS NOT NULL AND x.number IN ({})"""
        for event, key in rows_of(self.connection, sql, numbers_of_keys(known)):
            events.setdefault(event, set()).add(key)
        expected = known | seen
        return frozenset(key for keys in events.values() if not keys <= expected for key in keys)

    def problems(self, *, unread_only: bool = False) -> list[Problem]:
        """What could not be read, what was passed over, and what is odd, by path and line.

        Args:
            unread_only: leave out what was passed over and what is odd.
        """
        kinds = "1, 2" if unread_only else "0, 1, 2, 3"
        rows = self.connection.execute(
            f"SELECT path, line, reason, unread FROM problems WHERE unread IN ({kinds}) ORDER BY path, line, reason"  # noqa: S608
        )
        return [Problem(shown_path(row[0]), row[1], row[2], row[3] in (1, 2), row[3] == 3) for row in rows]

    def formats(self) -> list[FormatCount]:
        """The other tools that wrote stories of this library, those of most stories first."""
        rows = self.connection.execute(
            "SELECT format, count(*) FROM files WHERE format <> '' GROUP BY format ORDER BY count(*) DESC, format"
        )
        return [FormatCount(*row) for row in rows]

    def other_files(self) -> int:
        """How many files are not stories, and do not look like any."""
        row = self.connection.execute(
            """SELECT count(*) FROM files WHERE id NOT IN (SELECT id FROM stories)
                  AND path NOT IN (SELECT path FROM problems WHERE unread IN (1, 3))"""
        ).fetchone()
        return int(row[0])

    def links(self) -> int:
        """How many pairs of articles are linked."""
        return int(self.connection.execute("SELECT count(*) FROM links").fetchone()[0]) // 2

    def _one(self, sql: str, value: int) -> int | None:
        row = self.connection.execute(sql, (value,)).fetchone()
        return row[0] if row else None

    def _by_id(self, columns: str, ids: Iterable[int]) -> Iterator[tuple[Any, ...]]:
        return rows_of(self.connection, f"SELECT {columns} FROM stories WHERE id IN ({{}})", ids)  # noqa: S608 — constant


def _ascending(stories: Iterable[int]) -> Iterable[int]:
    """Stories by their ids, as neighbours are side by side in the file; those of a set without a list of all."""
    return stories if isinstance(stories, StorySet) else sorted(stories)


def _row(row: Sequence[Any]) -> StoryRow:
    return StoryRow(row[0], row[1], row[2], published_from(row[3], row[4]), *row[5:])
