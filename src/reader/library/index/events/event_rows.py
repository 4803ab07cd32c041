"""Folds a list of stories to one row per event: a representative stands for all listed stories on its event.

What that needs of SQLite is read once for each version of the index: which stories are on events, ranked by how well
they represent theirs. A list is then folded in memory: a million stories take a tenth of a second. For a first page
alone, only the events of its stories are read.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Container, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from reader.library.index.lists.id_arrays import greatest, ids, read_ids
from reader.library.index.lists.story_set import StorySet
from reader.library.index.rows import published_from
from reader.library.index.storage.portions import rows_of

if TYPE_CHECKING:
    from datetime import date, datetime, tzinfo

    from reader.coverage.model import CoverageArticle

_EVENTS = 1 << 18
"""Events whose stories are read at a time, by the events' ids."""

_ON_NONE = 0
"""The number that stands for being on no event."""


class EventFacts(NamedTuple):
    """What a row shows of an event.

    Attributes:
        outlets: how many outlets report it, including those of articles on the web only.
        independent: the same, of each wire copy counting only the earliest article.
        stories: how many stories of the library are on it.
        days: how many days its articles span; 0 where no day is known.
        first: the first of these days; None where none is known.
    """

    outlets: int
    independent: int
    stories: int
    days: int
    first: date | None = None


class EventRows:
    """A list of stories, folded: where two or more of them are on one event, one of them represents all.

    Args:
        rows: for each row the id of a story, in the list's order; for the row of an event, of its representative.
        places: by the number of an event, the place of its row, counted from 1; 0 where no story on it is listed.
        listed: the listed stories, or those of them that are on events.
        on_events: which stories are on which events.
    """

    def __init__(
        self, rows: array[int], places: array[int], listed: Container[int], on_events: StoriesOnEvents
    ) -> None:
        self.rows = rows
        self._places = places
        self._listed = listed
        self._on_events = on_events

    def place(self, story: int) -> int:
        """The place of the row of a story's event, counted from 0. The story must be listed, and on an event."""
        return self._places[self._on_events.number(story)] - 1

    def stories(self, story: int) -> list[int]:
        """The listed stories on a story's event, by time. The story itself need not be listed."""
        return [one for one in self._on_events.together(story) if one in self._listed]

    def representative(self, story: int) -> int | None:
        """The story that represents the event of a story; None where fewer than two stories on it are listed."""
        return self.rows[self.place(story)] if len(self.stories(story)) > 1 else None

    def holder(self, story: int) -> int | None:
        """As `representative`, but None for a story that is not listed itself."""
        return self.representative(story) if self._on_events.number(story) and story in self._listed else None

    def is_event(self, story: int) -> bool:
        """Whether the row of a story stands for an event of two or more listed stories."""
        return self.holder(story) == story

    # For very many stories at once.

    def stories_of_rows(self, rows: Iterable[int], opened: Container[int]) -> array[int]:
        """The stories that some rows stand for.

        Args:
            rows: the stories of the rows, each once.
            opened: stories whose events are unfolded: their rows stand for themselves alone.
        """
        numbers, found = self._on_events.numbers, ids()
        size, add = len(numbers), found.append
        for row in rows:
            if row < size and numbers[row] and row not in opened:
                found.extend(self.stories(row))
            else:
                add(row)
        return found

    def by_row(self, stories: StorySet, opened: Container[int]) -> dict[int, list[int]]:
        """Those of some stories that are on events, by the story that represents the event.

        Args:
            stories: listed stories.
            opened: stories to leave out, as their events are unfolded.
        """
        found: dict[int, list[int]] = {}
        numbers, places, rows = self._on_events.numbers, self._places, self.rows
        for story in stories & self._on_events.as_set:
            if story not in opened:
                found.setdefault(rows[places[numbers[story]] - 1], []).append(story)
        return found


class StoriesOnEvents:
    """Which stories are on which events, and which of them represents its event.

    That is the story of the better outlet, then the one of higher quality, then the earliest, then the first by path.
    Here, events are numbered from 1 on.

    Args:
        connection: the index.
        outlets: domains of outlets, the best first; `bbc.co.uk` stands for `news.bbc.co.uk` as well.
        among: stories, if only their events are of interest; None for all events.

    Attributes:
        count: how many events there are.
    """

    def __init__(
        self, connection: sqlite3.Connection, outlets: Sequence[str] = (), among: Sequence[int] | None = None
    ) -> None:
        self.outlets = tuple(outlets)
        best, parameters = _outlet_order(self.outlets)
        best = f"{best} s.quality DESC"
        time = "s.published IS NULL, s.published"
        by_rank = _read(connection, f"{best}, {time}, s.tie", parameters, among, ("id", "event"))
        self._by_rank = by_rank[0::2]
        self._by_time = _read(connection, f"{time}, {best}, s.tie", parameters, among, ("id",))
        self._starts = ids([0])
        """By the number of an event, the place of its first story in `_by_rank` and `_by_time`."""
        self._numbers = ids([_ON_NONE]) * (greatest(self._by_rank) + 1)
        """The number of each story's event, by the story's id."""
        event = number = 0
        for place, (story, of_story) in enumerate(zip(self._by_rank, by_rank[1::2], strict=True)):
            if of_story != event:
                event, number = of_story, number + 1
                self._starts.append(place)
            self._numbers[story] = number
        self._starts.append(len(self._by_rank))
        self.count = number

    @property
    def stories(self) -> array[int]:
        """All stories on events, event by event, each event's by time."""
        return self._by_time

    @cached_property
    def as_set(self) -> StorySet:
        """The same as a set."""
        return StorySet(self._by_time)

    @property
    def numbers(self) -> array[int]:
        """As `number`, as a list by the ids of stories. Stories with greater ids than it has are on no event."""
        return self._numbers

    def number(self, story: int) -> int:
        """The number of the event that a story is on; 0 where it is on none with another article."""
        return self._numbers[story] if story < len(self._numbers) else _ON_NONE

    def together(self, story: int) -> array[int]:
        """All stories on a story's event, by time, those of one time by rank; none where it is on no event."""
        number = self.number(story)
        return self._by_time[self._starts[number] : self._starts[number + 1]] if number else ids()

    def fold(self, stories: array[int], listed: Container[int] | None = None) -> EventRows:
        """Fold a list of stories: an event's row takes the place of the first of its stories.

        Args:
            stories: the list.
            listed: if the list is the beginning of a longer one, the stories on its events that all of it has.
        """
        # A loop of Python, unlike one call for all, lets the thread that draws have its turn meanwhile.
        rows, places = ids(), ids([0]) * (self.count + 1)
        is_listed = bytearray(len(self._numbers))
        numbers, size = self._numbers, len(self._numbers)
        for story in stories:
            number = numbers[story] if story < size else _ON_NONE
            if number:
                is_listed[story] = 1
                if places[number]:
                    continue
                places[number] = len(rows) + 1
            rows.append(story)
        among: Container[int] = _Marked(is_listed) if listed is None else listed
        for number in range(1, self.count + 1):
            if places[number]:
                rows[places[number] - 1] = self._representative(number, among, rows[places[number] - 1])
        return EventRows(rows, places, among, self)

    def _representative(self, number: int, listed: Container[int], topmost: int) -> int:
        """The listed story of the highest rank on an event; `topmost`, the first in the list, if none is found."""
        for story in self._by_rank[self._starts[number] : self._starts[number + 1]]:
            if story in listed:
                return story
        return topmost


class _Marked:
    """The set of stories whose byte is 1."""

    def __init__(self, marked: bytearray) -> None:
        self._marked = marked

    def __contains__(self, story: object) -> bool:
        return isinstance(story, int) and story < len(self._marked) and self._marked[story] == 1


def _read(
    connection: sqlite3.Connection,
    order: str,
    parameters: Sequence[str],
    among: Sequence[int] | None,
    columns: Sequence[str],
) -> array[int]:
    """The stories on events, event by event, each event's in an order.

    SQLite goes along the index of the events, so that only the stories of one event are sorted at a time. The tables
    are asked and not the views, which take longer to compile than a page takes to read. To be called within a
    transaction.

    Args:
        connection: the index.
        order: the columns to sort by, as SQL.
        parameters: the values of its parameters.
        among: as in `StoriesOnEvents`.
        columns: `id` for the stories, and `event` where each is to be followed by its event's id.
    """
    import json

    some = "BETWEEN ? AND ?"
    if among is not None:
        some = """IN (SELECT y.event FROM json_each(?) l CROSS JOIN known_stories t ON t.id = l.value
            CROSS JOIN known_articles y ON y.id = t.article)"""
    select = f"""SELECT s.id AS id, x.event AS event
        FROM known_articles x CROSS JOIN known_stories s ON s.article = x.id
        WHERE x.event {some} ORDER BY x.event, {order}"""  # noqa: S608 — values are bound
    if among is not None:
        return read_ids(connection, select, (json.dumps(list(among)), *parameters), columns)
    found, last = ids(), connection.execute("SELECT ifnull(max(event), -1) FROM known_articles").fetchone()[0]
    for start in range(0, last + 1, _EVENTS):
        found.extend(read_ids(connection, select, (start, start + _EVENTS - 1, *parameters), columns))
    return found


def facts_of(
    connection: sqlite3.Connection, stories: Iterable[int], now: datetime, zone: tzinfo | None
) -> dict[int, EventFacts]:
    """What rows show of the events that some stories are on, by story; stories on none are left out.

    Args:
        connection: the index.
        stories: their ids, of a page of the list.
        now: the clock, as in `coverage.summary.sum_up`.
        zone: the time zone in which days begin; None for the system's.
    """
    from reader.coverage.summary import sum_up

    sql = """SELECT s.id, x.event FROM stories s JOIN articles x ON x.id = s.article
        WHERE x.event IS NOT NULL AND s.id IN ({})"""
    events: dict[int, int] = dict(rows_of(connection, sql, stories))
    sums = {event: sum_up(_articles_on(connection, event), now, zone) for event in sorted(set(events.values()))}
    of_library = {event: _stories_on(connection, event) for event in sums}
    return {
        story: EventFacts(
            sums[event].outlets, sums[event].independent, of_library[event], sums[event].days, sums[event].first
        )
        for story, event in events.items()
    }


def _articles_on(connection: sqlite3.Connection, event: int) -> list[CoverageArticle]:
    """The articles on an event, with what `sum_up` needs of them."""
    from reader.coverage.model import CoverageArticle

    rows = connection.execute("SELECT key, outlet, published, dated, copy FROM articles WHERE event = ?", (event,))
    return [
        CoverageArticle(key, "", outlet=outlet, published=published_from(published, dated), event=event, copy=copy)
        for key, outlet, published, dated, copy in rows
    ]


def _stories_on(connection: sqlite3.Connection, event: int) -> int:
    """How many stories are on an event; an article of two files counts as two."""
    count: int = connection.execute(
        "SELECT count(*) FROM articles y JOIN stories z ON z.article = y.id WHERE y.event = ?", (event,)
    ).fetchone()[0]
    return count


def _outlet_order(outlets: Sequence[str]) -> tuple[str, list[str]]:
    """The beginning of an ORDER BY that puts the stories of some outlets first, and its parameters."""
    if not outlets:
        return "", []
    cases = " ".join(
        f"WHEN lower(p.outlet) = ? OR substr(lower(p.outlet), -{len(domain) + 1}) = ? THEN {place}"
        for place, domain in enumerate(outlets)
    )
    parameters = [value for domain in outlets for value in (domain, f".{domain}")]
    place = f"CASE {cases} ELSE {len(outlets)} END"
    return f"(SELECT {place} FROM providers p WHERE p.id = s.provider),", parameters  # noqa: S608 — values are bound
