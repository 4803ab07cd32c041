"""The index: every question about the library is asked here."""

from __future__ import annotations

import os
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.base.text import clean
from reader.library.index.catalogue import Catalogue
from reader.library.index.orders import ORDERS, order_by
from reader.library.index.rows import Counts, Problem, StoryRow, StoryText, TopicCount, published_from
from reader.library.query.query import Order, Query, Sort

if TYPE_CHECKING:
    from reader.coverage.model import Coverage
    from reader.library.index.compilation import Parameter
    from reader.library.index.event_rows import EventFacts

EVERYTHING = Query()

_PORTION = 900
"""Values that one statement is given: older SQLites take 999."""

_ROW = "id, title, provider, published, dated, outlets, type, quality, coverage"


class Index:
    """Reads one index file. One instance belongs to one thread at a time.

    Args:
        connection: an index as `schema.connect` opens it.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._catalogue: Catalogue | None = None
        self._stories_with: tuple[int, frozenset[str], frozenset[int]] = (-1, frozenset(), frozenset())

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    @contextmanager
    def one_state(self) -> Iterator[None]:
        """Within it all answers are of one state of the library, whatever another process writes meanwhile."""
        if self.connection.in_transaction:
            yield
            return
        self.connection.execute("BEGIN")
        try:
            yield
        finally:
            if self.connection.in_transaction:
                self.connection.execute("COMMIT")

    @property
    def catalogue(self) -> Catalogue:
        """The orders and topics, as they are now."""
        if self._catalogue is None or self._catalogue.version != self.version:
            self._catalogue = Catalogue(self)
        return self._catalogue

    @property
    def version(self) -> int:
        """A number that changes whenever another connection has written."""
        return int(self.connection.execute("PRAGMA data_version").fetchone()[0])

    def counts(self) -> Counts:
        """The size of the library."""
        row = self.connection.execute(
            """SELECT (SELECT count(*) FROM stories), (SELECT count(DISTINCT article) FROM entries),
                      (SELECT count(*) FROM problems WHERE unread)"""
        ).fetchone()
        return Counts(*row)

    def ids(
        self,
        query: Query = EVERYTHING,
        sort: Order = Sort.NEWEST,
        topics: frozenset[str] = frozenset(),
        limit: int | None = None,
    ) -> array[int]:
        """The ids of the stories that answer a query and have any of the topics, in order; at most `limit` of them.

        The order is the query's own where it has one, else `sort`. A query with ages or marks has to be bound: without
        that an age is a ValueError, and nothing is marked.
        """
        condition, parameters = _condition(query, topics)
        order = order_by(query.sort or sort)
        if limit is not None:
            order += f" LIMIT {limit:d}"
        return array("q", (row[0] for row in self._select("id", condition, parameters, order)))

    def first(self, count: int) -> list[StoryRow]:
        """The newest stories: what the screen shows before anything else is known."""
        rows = self.connection.execute(
            f"SELECT {_ROW} FROM stories ORDER BY {ORDERS[Sort.NEWEST]} LIMIT ?",  # noqa: S608 — constant columns
            (count,),
        )
        return [_row(row) for row in rows]

    def matching(self, query: Query, most: int = -1) -> list[int]:
        """The ids of the stories that answer a query, in no particular order.

        Args:
            query: what is looked for.
            most: how many ids to give at most; -1 for all.
        """
        from reader.library.index.compilation import (  # a list of all stories goes without it
            is_words_only,
            match,
            select_words,
        )

        words = match(query) if is_words_only(query) else ""
        if words:
            found, parameters = select_words(words)
        else:
            condition, parameters = _condition(query)
            found = f"SELECT id FROM stories WHERE {condition}"  # noqa: S608 — values are bound
        return self.selected(f"{found} LIMIT ?", [*parameters, most])

    def selected(self, select: str, parameters: Sequence[Parameter]) -> list[int]:
        """The ids that a part of a statement selects, as `compile` makes them.

        They come as one value: of 100,000 rows each would take the interpreter's lock from the thread that draws.
        """
        import json  # what shows the first page goes without it

        joined = self.connection.execute(f"SELECT group_concat(id) FROM ({select})", parameters).fetchone()[0]  # noqa: S608 — values are bound
        found: list[int] = json.loads(f"[{joined or ''}]")
        return found

    def published(self, story: int) -> int | None:
        """When a story was published, in seconds since 1970; None where that is not known, or it is gone."""
        return self._one("SELECT published FROM stories WHERE id = ?", story)

    def topics_of_stories(self) -> Iterator[tuple[str, int]]:
        """Every topic of every story."""
        return iter(
            self.connection.execute("SELECT t.name, x.story FROM topics t JOIN story_topics x ON x.topic = t.id")
        )

    def count(self, query: Query, topics: frozenset[str] = frozenset()) -> int:
        """How many stories answer a query."""
        condition, parameters = _condition(query, topics)
        return int(next(self._select("count(*)", condition, parameters))[0])

    def rows(self, ids: Iterable[int]) -> dict[int, StoryRow]:
        """The list's rows of some stories, by id; a story that is gone is left out."""
        return {row[0]: _row(row) for row in self._by_id(_ROW, list(ids))}

    def words(self, ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
        """Headline, excerpt, body, provider and topics of some stories, by id: what the word index knows of them."""
        return {row[0]: row[1:] for row in self._by_id("id, title, excerpt, body, provider, topics", list(ids))}

    def text(self, story: int) -> StoryText | None:
        """What the story pane shows at once; None for a story that is gone."""
        columns = "id, title, provider, published, dated, topics, quality, type, excerpt, body, url"
        for row in self._by_id(columns, [story]):
            topics = tuple(row[5].split("\n")) if row[5] else ()
            return StoryText(row[0], row[1], row[2], published_from(row[3], row[4]), topics, *row[6:])
        return None

    def topics(self, query: Query = EVERYTHING) -> list[TopicCount]:
        """All topics of the library, the largest first, each with how many of its stories answer the query."""
        return self.catalogue.topics(query)

    def path(self, story: int) -> bytes | None:
        """The story's file, relative to the library's folder."""
        row = self.connection.execute("SELECT path FROM stories WHERE id = ?", (story,)).fetchone()
        return row[0] if row else None

    def stamps(self, stories: Iterable[int]) -> list[tuple[bytes, int, int, int]]:
        """Path, size, time of change (ns) and inode of some stories' files, as they were when they were read."""
        ids = list(stories)
        marks = ",".join("?" * len(ids))
        sql = f"SELECT path, size, mtime_ns, inode FROM files WHERE id IN ({marks})"  # noqa: S608 — bound
        return self.connection.execute(sql, ids).fetchall()

    def story_at(self, path: bytes) -> int | None:
        """The id of the story in a file, given relative to the library's folder."""
        return self._one("SELECT id FROM stories WHERE path = ?", path)

    def story_named(self, key: str) -> int | None:
        """The id of the story that is an article, given by its canonical URL."""
        return self._one("SELECT story FROM articles WHERE key = ?", key)

    def keys(self, stories: Iterable[int]) -> dict[int, str]:
        """The keys of the articles that some stories are, by story; a story that is gone is left out."""
        sql = "SELECT s.id, x.key FROM stories s JOIN articles x ON x.id = s.article WHERE s.id IN ({})"
        return dict(self._in_portions(sql, sorted(stories)))  # neighbours lie side by side

    def stories_with(self, keys: Iterable[str]) -> frozenset[int]:
        """The stories that are articles with these keys: each of several files of one article."""
        wanted, version = frozenset(keys), self.version
        if self._stories_with[:2] != (version, wanted):  # what is taken back is what was marked last
            self._stories_with = (version, wanted, self._look_up(wanted))
        return self._stories_with[2]

    def _look_up(self, keys: frozenset[str]) -> frozenset[int]:
        import json  # a start without marks goes without it

        # As one value: see `selected`. In order they are found in half the time.
        sql = """SELECT group_concat(s.id) FROM json_each(?) k CROSS JOIN articles x ON x.key = k.value
            CROSS JOIN stories s ON s.article = x.id"""
        joined = self.connection.execute(sql, (json.dumps(sorted(keys)),)).fetchone()[0]
        return frozenset(json.loads(f"[{joined or ''}]"))

    def event_keys(self, stories: Iterable[int]) -> dict[int, list[str]]:
        """The keys of the articles on the events that some stories are on; those on none are left out."""
        found: dict[int, list[str]] = {}
        sql = """SELECT s.id, y.key FROM stories s CROSS JOIN articles x ON x.id = s.article
            CROSS JOIN articles y ON y.event = x.event WHERE s.id IN ({})"""
        for story, key in self._in_portions(sql, stories):
            found.setdefault(story, []).append(key)
        return found

    def on_events_of(self, keys: Iterable[str]) -> frozenset[str]:
        """The keys of some articles, and of all that are on one event with any of them now."""
        wanted = frozenset(keys)
        sql = """SELECT y.key FROM articles x CROSS JOIN articles y ON y.event = x.event
            WHERE x.event IS NOT NULL AND x.key IN ({})"""
        return wanted | {row[0] for row in self._in_portions(sql, wanted)}

    def grown_events(self, known: frozenset[str], seen: frozenset[str]) -> frozenset[str]:
        """The keys of the articles on events of which some articles are known, and others neither known nor seen."""
        events: dict[int, set[str]] = {}
        sql = """SELECT y.event, y.key FROM articles x CROSS JOIN articles y ON y.event = x.event
            WHERE x.event IS NOT NULL AND x.key IN ({})"""
        for event, key in self._in_portions(sql, known):
            events.setdefault(event, set()).add(key)
        told = known | seen
        return frozenset(key for keys in events.values() if not keys <= told for key in keys)

    def coverage(self, story: int) -> Coverage | None:
        """All articles linked to a story; None for a story that is gone."""
        from reader.library.index.coverage import coverage  # what lists stories goes without it

        with self.one_state():
            return coverage(self.connection, story)

    def event_facts(self, stories: Iterable[int]) -> dict[int, EventFacts]:
        """What there is to say of the events that some stories are on, by story; those on none are left out."""
        from reader.library.index.event_rows import facts_of  # what lists stories goes without it

        return facts_of(self.connection, stories)

    def event_stories(self, story: int) -> array[int]:
        """The stories on a story's event, in order of time; itself among them, or alone."""
        from reader.library.index.coverage import event_stories

        return event_stories(self.connection, story)

    def problems(self, *, unread_only: bool = False) -> list[Problem]:
        """What could not be read, and what was odd; by file."""
        rows = self.connection.execute(
            "SELECT path, line, reason, unread FROM problems WHERE unread >= ? ORDER BY path, line, reason",
            (int(unread_only),),
        )
        return [Problem(shown_path(row[0]), row[1], row[2], bool(row[3])) for row in rows]

    def links(self) -> int:
        """How many pairs of articles are linked."""
        return int(self.connection.execute("SELECT count(*) FROM links").fetchone()[0]) // 2

    def _one(self, sql: str, value: bytes | int | str) -> int | None:
        row = self.connection.execute(sql, (value,)).fetchone()
        return row[0] if row else None

    def _select(self, columns: str, condition: str, parameters: Sequence[Parameter], order: str = "") -> sqlite3.Cursor:
        ordered = f" ORDER BY {order}" if order else ""
        return self.connection.execute(f"SELECT {columns} FROM stories WHERE {condition}{ordered}", parameters)  # noqa: S608 — values are bound

    def _in_portions(self, sql: str, values: Iterable[int] | Iterable[str]) -> Iterator[tuple[Any, ...]]:
        """Rows for values that stand in a statement's `IN ({})`, in portions that SQLite takes."""
        listed: list[int | str] = list(values)
        for start in range(0, len(listed), _PORTION):
            portion = listed[start : start + _PORTION]
            yield from self.connection.execute(sql.format(",".join("?" * len(portion))), portion)

    def _by_id(self, columns: str, ids: list[int]) -> sqlite3.Cursor:
        marks = ",".join("?" * len(ids))
        return self.connection.execute(f"SELECT {columns} FROM stories WHERE id IN ({marks})", ids)  # noqa: S608 — bound


def _condition(query: Query, topics: frozenset[str] = frozenset()) -> tuple[str, list[Parameter]]:
    """As `compile.where`, which all stories go without."""
    if not query and not topics:
        return "1", []
    from reader.library.index.compilation import where

    return where(query, topics)


def _row(row: Sequence[Any]) -> StoryRow:
    return StoryRow(row[0], row[1], row[2], published_from(row[3], row[4]), *row[5:])


def shown_path(path: bytes) -> str:
    """A file's path, safe to show."""
    return clean(os.fsdecode(path))


def in_folder(root: Path, path: bytes) -> Path:
    """The file of a relative path; a library that is one file is that file."""
    return root if root.is_file() else Path(os.fsdecode(os.path.join(os.fsencode(root), path)))
