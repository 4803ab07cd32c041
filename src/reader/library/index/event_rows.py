"""One row per event: a list of stories in which those on one event stand together in one place.

All that is asked of SQLite is read once for each version of the index: which stories are on events, and in which order
they speak for theirs. A list is then folded in memory: 100,000 stories take a few tens of ms.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Collection, Iterable, Sequence
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple

from reader.library.index.rows import published_from

if TYPE_CHECKING:
    from datetime import date, datetime, tzinfo

    from reader.coverage.model import CoverageArticle

_NO_EVENT = 0
_OTHER_WAY_ROUND = bytes([1, 0]) + bytes(range(2, 256))
_LONG_AFTER = 1 << 62


class EventFacts(NamedTuple):
    """What a row says of an event.

    Attributes:
        outlets: how many outlets report it, those on the web only counted.
        independent: how many of them have a text of their own.
        stories: how many stories of the library are on it.
        days: how many days its articles span; 0 where none is known.
        first: the first of these days.
    """

    outlets: int
    independent: int
    stories: int
    days: int
    first: date | None = None


class EventRows:
    """A list of stories, folded: where two or more of them are on one event, one of them stands for all.

    Args:
        rows: a story's id for each row, in the list's order; for an event's, its representative's.
        places: the place among `rows` of each story that is on an event.
        representatives: event → the listed story that speaks for it.
        listed: a byte for each id: whether the story is on an event, and listed.
        on_events: what is known of all stories.
    """

    def __init__(
        self,
        rows: array[int],
        places: dict[int, int],
        representatives: dict[int, int],
        listed: bytes,
        on_events: StoriesOnEvents,
    ) -> None:
        self.rows = rows
        self.places = places
        self._representatives = representatives
        self._listed = listed
        self._on_events = on_events

    def stories(self, story: int) -> list[int]:
        """The listed stories on the event of a story, by time, whether it is listed itself or not."""
        return [one for one in self._on_events.together(story) if one < len(self._listed) and self._listed[one]]

    def representative(self, story: int) -> int | None:
        """The story whose row stands for the event of a story; None where the event has no row of its own."""
        stories = self.stories(story)
        return self._representatives[self._on_events.event(story)] if len(stories) > 1 else None

    def holder(self, story: int) -> int | None:
        """As `representative`, for a listed story: None for a story that is not listed."""
        return self.representative(story) if story < len(self._listed) and self._listed[story] else None

    def is_event(self, story: int) -> bool:
        """Whether the row of a story is an event's."""
        return self.holder(story) == story


class StoriesOnEvents:
    """Which stories are on events, and which of them speaks for its event.

    That is the one of the better outlet, then of higher quality, then the earliest, then the first by path.

    Args:
        connection: the index.
        outlets: domains of outlets, the best first; `bbc.co.uk` is `news.bbc.co.uk` as well.
    """

    def __init__(self, connection: sqlite3.Connection, outlets: Sequence[str] = ()) -> None:
        self.outlets = tuple(outlets)
        order, parameters = _outlet_order(self.outlets)
        # One value for each column: of 100,000 rows each would take the interpreter's lock from the thread that draws.
        # And SQLite sorts, which leaves the lock to others.
        columns = connection.execute(
            f"""SELECT group_concat(story), group_concat(event), group_concat(rank)
                FROM (SELECT * FROM (
                    SELECT s.id AS story, x.event AS event, coalesce(s.published, {_LONG_AFTER}) AS time,
                           row_number() OVER (
                               ORDER BY {order} s.quality DESC, s.published IS NULL, s.published, s.path) AS rank
                    FROM articles x JOIN stories s ON s.article = x.id WHERE x.event IS NOT NULL)
                    ORDER BY event, time, rank)""",  # noqa: S608 — values are bound
            parameters,
        ).fetchone()
        self._together, events, ranks = map(_numbers, columns)
        count = len(events)
        size = max(self._together, default=0) + 1
        self._is_on_any = bytearray(size)
        self._events = array("q", [_NO_EVENT]) * size
        self._last_first, self._their_events = array("q", bytes(8 * count)), array("q", bytes(8 * count))
        self._bounds: dict[int, int] = {}
        for place, (story, event, rank) in enumerate(zip(self._together, events, ranks, strict=True), start=1):
            self._is_on_any[story] = 1
            self._events[story] = event
            self._last_first[count - rank], self._their_events[count - rank] = story, event
            self._bounds[event] = place
        self._representatives = dict(zip(self._their_events, self._last_first, strict=True))

    def event(self, story: int) -> int:
        """The event a story is on; 0 where it is on none with another article."""
        return self._events[story] if story < len(self._events) else _NO_EVENT

    def together(self, story: int) -> array[int]:
        """All stories on the event of a story, by time, those of one time by rank; none where it is on no event."""
        end = self._bounds.get(self.event(story), 0)
        start, event = end, self.event(story)
        while start and self._events[self._together[start - 1]] == event:
            start -= 1
        return self._together[start:end]

    def fold(self, ids: array[int]) -> EventRows:
        """Fold a list of stories: an event's row stands where the first of its stories stood.

        Every step goes over all of them inside the interpreter: written out, a loop takes three times as long.
        """
        listed = ids.tolist()
        self._grow(max(listed, default=0) + 1)
        on_any = list(compress(listed, map(self._is_on_any.__getitem__, listed)))
        events = list(map(self._events.__getitem__, on_any))
        topmost = dict(zip(reversed(events), reversed(on_any), strict=True))  # what is put in last stays
        is_listed, representatives = self._representatives_among(on_any)
        shown = bytearray(self._is_on_any.translate(_OTHER_WAY_ROUND))
        for story in topmost.values():
            shown[story] = 1
        kept = list(compress(listed, map(shown.__getitem__, listed)))
        speaks_at = dict(zip(topmost.values(), map(representatives.__getitem__, topmost), strict=True))
        rows = array("q", map(speaks_at.get, kept, kept))
        is_on_any = bytes(map(self._is_on_any.__getitem__, kept))
        places = dict(zip(compress(rows, is_on_any), compress(range(len(rows)), is_on_any), strict=True))
        return EventRows(rows, places, representatives, is_listed, self)

    def _representatives_among(self, stories: Collection[int]) -> tuple[bytes, dict[int, int]]:
        """For each id whether it is one of some stories, and of the stories on each event the best."""
        if len(stories) == len(self._last_first):  # all there are
            return bytes(self._is_on_any), self._representatives
        among = set(stories).__contains__
        candidates = bytes(map(among, self._last_first))
        best = zip(compress(self._their_events, candidates), compress(self._last_first, candidates), strict=True)
        return bytes(map(among, range(len(self._events)))), dict(best)

    def _grow(self, size: int) -> None:
        """Have room for ids up to a size: a story may have come in since the events were read."""
        missing = size - len(self._events)
        if missing > 0:
            self._is_on_any.extend(bytes(missing))
            self._events.extend(array("q", [_NO_EVENT]) * missing)


def facts_of(
    connection: sqlite3.Connection, stories: Iterable[int], now: datetime, zone: tzinfo | None
) -> dict[int, EventFacts]:
    """What there is to say of the events that some stories are on, by story; those on none are left out.

    Args:
        connection: the index.
        stories: their ids, of a page of the list.
        now: the clock, as of `coverage.summary.sum_up`.
        zone: the time zone in which days begin; None for the system's.
    """
    from reader.coverage.summary import sum_up

    ids = list(stories)
    events = dict(
        connection.execute(
            f"""SELECT s.id, x.event FROM stories s JOIN articles x ON x.id = s.article
                WHERE x.event IS NOT NULL AND s.id IN ({",".join("?" * len(ids))})""",  # noqa: S608 — bound
            ids,
        )
    )
    told = {event: sum_up(_articles_on(connection, event), now, zone) for event in sorted(set(events.values()))}
    of_library = {event: _stories_on(connection, event) for event in told}
    return {
        story: EventFacts(
            told[event].outlets, told[event].independent, of_library[event], told[event].days, told[event].first
        )
        for story, event in events.items()
    }


def _articles_on(connection: sqlite3.Connection, event: int) -> list[CoverageArticle]:
    """The articles on an event, with what a summary asks for."""
    from reader.coverage.model import CoverageArticle

    rows = connection.execute("SELECT key, outlet, published, dated, copy FROM articles WHERE event = ?", (event,))
    return [
        CoverageArticle(key, "", outlet=outlet, published=published_from(published, dated), event=event, copy=copy)
        for key, outlet, published, dated, copy in rows
    ]


def _stories_on(connection: sqlite3.Connection, event: int) -> int:
    """How many stories are on an event: an article of two files is two of them."""
    count: int = connection.execute(
        "SELECT count(*) FROM articles y JOIN stories z ON z.article = y.id WHERE y.event = ?", (event,)
    ).fetchone()[0]
    return count


def _outlet_order(outlets: Sequence[str]) -> tuple[str, list[str]]:
    """The beginning of an ORDER BY that puts the stories of some outlets first, and its parameters."""
    if not outlets:
        return "", []
    cases = " ".join(
        f"WHEN lower(s.outlet) = ? OR substr(lower(s.outlet), -{len(domain) + 1}) = ? THEN {place}"
        for place, domain in enumerate(outlets)
    )
    parameters = [value for domain in outlets for value in (domain, f".{domain}")]
    return f"CASE {cases} ELSE {len(outlets)} END,", parameters


def _numbers(joined: str | None) -> array[int]:
    return array("q", map(int, joined.split(","))) if joined else array("q")
