"""Lists the events of a library, with their articles: what `reader events` prints."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from itertools import islice

from reader.coverage.reasons import Reason
from reader.library.index.events.coverage import EventReasons
from reader.library.index.rows import published_from
from reader.library.index.storage.portions import ids_of, rows_of


class EventSort(Enum):
    """The orders in which events can be listed; the value is an ORDER BY in SQL."""

    NEWEST = "ended DESC, began DESC, key"
    OLDEST = "began, ended, key"
    COVERED = "outlets DESC, articles DESC, ended DESC, key"


@dataclass(frozen=True, slots=True)
class EventMember:
    """An article on an event.

    Attributes:
        key: the canonical URL, or a digest.
        title: the headline.
        provider: the outlet's name.
        outlet: what identifies the outlet; empty where unknown.
        published: an aware time, or a date alone.
        url: the address to open; empty where there is none.
        paths: the files of the story that it is, more than one where several files are one article; empty for an
            article on the web only.
        story: the id of the story that it is; None for an article on the web only.
        copy: a number that articles with one text share (wire copy); None where the text is its own.
        reason: why it is on the event.
    """

    key: str
    title: str
    provider: str
    outlet: str
    published: datetime | date | None
    url: str
    paths: tuple[bytes, ...]
    story: int | None
    copy: int | None
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class Event:
    """An event.

    Attributes:
        key: what identifies the event: the key of its earliest article, and so another if an earlier one comes.
        outlets: how many outlets report it.
        independent: the same, of each wire copy counting only the earliest article.
        members: its articles by time.
    """

    key: str
    outlets: int
    independent: int
    members: tuple[EventMember, ...]

    @property
    def representative(self) -> EventMember:
        """The article whose headline stands for the event: the earliest that is a story, else the earliest."""
        return next((member for member in self.members if member.story is not None), self.members[0])


def event_ids(
    connection: sqlite3.Connection, stories: Iterable[int] | None, sort: EventSort, most: int | None
) -> list[int]:
    """The ids of the events of a library, in order. Events of articles on the web alone are never listed.

    Args:
        connection: the index.
        stories: list only events that one of these stories is on; None for events that any story is on.
        sort: the order.
        most: how many to list at most; None for all.
    """
    rows = connection.execute(
        f"""SELECT e.id, x.key AS key FROM events e JOIN articles x ON x.id = e.id
            WHERE e.stories > 0 ORDER BY {sort.value}""",  # noqa: S608 — a constant of this module
    )
    ids = (row[0] for row in rows)
    if stories is not None:
        wanted = ids_of(
            connection,
            "SELECT x.event FROM stories s JOIN articles x ON x.id = s.article WHERE s.id IN ({})",
            stories,
        )
        ids = (event for event in ids if event in wanted)
    return list(islice(ids, most))


def events(connection: sqlite3.Connection, ids: Sequence[int]) -> list[Event]:
    """Read some events, in the order of their ids; those that are gone are left out.

    Args:
        connection: the index.
        ids: the ids, as `event_ids` gives them.
    """
    reasons = EventReasons(connection)
    rows = rows_of(
        connection,
        "SELECT e.id, x.key, e.outlets, e.independent FROM events e JOIN articles x ON x.id = e.id WHERE e.id IN ({})",
        ids,
    )
    known = {event: (key, outlets, independent) for event, key, outlets, independent in rows}
    return [
        Event(*known[event], members=tuple(_members(connection, event, reasons))) for event in ids if event in known
    ]


def _members(connection: sqlite3.Connection, event: int, reasons: EventReasons) -> Iterator[EventMember]:
    why = reasons.of(event)
    paths = _paths(connection, event)
    rows: Sequence[tuple[object, ...]] = connection.execute(
        """SELECT x.id, x.key, x.title, x.provider, x.outlet, x.published, x.dated, x.url, x.story, x.copy
           FROM articles x WHERE x.event = ? ORDER BY x.published, x.key""",
        (event,),
    ).fetchall()
    for article, key, title, provider, outlet, published, dated, url, story, copy in rows:
        yield EventMember(
            key=str(key),
            title=str(title),
            provider=str(provider),
            outlet=str(outlet),
            published=published_from(int(str(published)), int(str(dated))),
            url=str(url),
            paths=tuple(paths[int(str(article))]),
            story=story if isinstance(story, int) else None,
            copy=copy if isinstance(copy, int) else None,
            reason=why.get(int(str(article))),
        )


def _paths(connection: sqlite3.Connection, event: int) -> defaultdict[int, list[bytes]]:
    """The files of each article on an event, by article; first the file whose texts are the article's."""
    paths: defaultdict[int, list[bytes]] = defaultdict(list)
    for article, path in connection.execute(
        """SELECT x.id, s.path FROM known_articles x JOIN stories s ON s.article = x.id
           WHERE x.event = ? ORDER BY s.path""",
        (event,),
    ):
        paths[article].append(path)
    return paths
