"""Keeps the events of the index up to date: which articles report the same happening.

    articles ── clues ── bonds ── units ── events

`bonds.clues` has the words by which articles find each other, `bonds.binding` writes the bonds between those that are
alike, `coverage.units` says which are clustered together, and `coverage.groups` clusters them into events.

An article that changed has these compared anew: itself, what it is linked to, and articles of whose words the level in
the library has changed. Then all that shares a unit with any of these, before or now, is clustered anew. The same files
give the same events, in whatever steps they came.

All of that goes in portions, so that memory does not grow with the library: first the clues of all that changed, then
bonds in order of time, then events. What is still to be done is noted in the index: see `waiting`.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from reader.coverage.groups import Bond, copies, gather
from reader.coverage.timeline import earliest_of
from reader.coverage.units import Units
from reader.library.index.events.bonds import Bonds, HeldBonds
from reader.library.index.rows import TIME
from reader.library.index.storage.portions import MOST_VALUES, ids_of, rows_of, run_for
from reader.library.sync.bonds.binding import Comparing
from reader.library.sync.bonds.clues import DAY_SECONDS, FoundBy, renew_clues
from reader.library.sync.counts import count
from reader.library.sync.waiting import (
    COSTS,
    NO_DAY,
    compared_until,
    let_all_wait,
    let_go,
    let_group,
    let_wait,
    next_to_group,
)


class _Member(NamedTuple):
    """An article, as far as an event is made of it: its time, how much is known of that, its outlet, and its story.

    The time is in seconds since 1970; `dated` is `DATE_ALONE` or `TIME`; without a story it is on the web only.
    """

    published: int
    dated: int
    outlet: str
    story: int | None


AT_ONCE = 4_000
"""Articles that are grouped in one step, besides those that share a unit with them."""


def take_in(
    connection: sqlite3.Connection, changed: Iterable[int], linked: Iterable[int], read: Mapping[str, FoundBy]
) -> None:
    """Take note of articles that changed: their clues are updated, and what they concern waits for `renew_events`.

    Args:
        connection: the index in a transaction, with its articles and links as they are now.
        changed: ids of the articles that changed, came or went.
        linked: ids of the articles at both ends of links that came or went.
        read: headlines that have been read ahead, as in `renew_clues`.
    """
    renewed, until = sorted(set(changed)), compared_until(connection)
    others = renew_clues(connection, renewed, read, do_all_wait=until is not None)
    if others is not None:
        let_wait(connection, others.union(renewed, linked))
        return
    if until != NO_DAY:
        let_all_wait(connection)
    let_group(connection, {*renewed, *linked})


def renew_events(connection: sqlite3.Connection, comparing: Comparing) -> int:
    """Do one step of the work that waits: compare articles, or where none waits for that, group some.

    Args:
        connection: the index, in a transaction.
        comparing: what compares its articles.

    Returns:
        How much was done, as `waiting.steps_left` counts it; 0 where nothing waits.
    """
    compared = comparing.some()
    if compared:
        settled = comparing.settled()
        _renew(connection, set(settled))
        return compared * COSTS.comparing + len(settled) * COSTS.grouping
    waiting = next_to_group(connection, AT_ONCE)
    _renew(connection, waiting)
    return len(waiting) * COSTS.grouping


def _renew(connection: sqlite3.Connection, articles: set[int]) -> None:
    """Make the events anew of some articles and of all that share a unit with them, and count for their stories."""
    bonds = HeldBonds(connection)
    regrouped = _regroup(connection, articles, bonds)
    count(connection, regrouped, bonds)
    let_go(connection, regrouped)


def _regroup(connection: sqlite3.Connection, articles: set[int], bonds: Bonds) -> set[int]:
    """Make units and events anew for some articles and all that shares a unit with them, before or now.

    A new unit is left for later where one of its articles is still to be compared: it is then grouped with that, once.

    Returns:
        The ids of all articles that were grouped.
    """
    units = Units(bonds.joining)
    regrouped: set[int] = set()
    grouped: set[int] = set()
    asked: set[int] = set()
    ahead = set(articles)
    made: list[frozenset[int]] = []
    while ahead:  # a new unit may reach articles of old units, which are to be made anew as well
        were = ids_of(connection, "SELECT unit FROM articles WHERE id IN ({}) AND unit IS NOT NULL", ahead)
        of_these = ids_of(connection, "SELECT id FROM articles WHERE unit IN ({})", were)
        grouped |= of_these
        ahead |= of_these
        asked |= ahead
        bound = units.bound(ahead)
        regrouped |= ahead - bound
        reached: set[int] = set()
        for article in sorted(bound - regrouped):
            if article not in regrouped:
                unit = units.unit(article)
                made.append(unit)
                regrouped |= unit
                reached |= unit
        ahead = reached - asked
    late = _late(connection, regrouped - articles)
    put_off = [unit for unit in made if not unit.isdisjoint(late) and unit.isdisjoint(grouped)]
    regrouped.difference_update(*put_off)
    _forget(connection, regrouped, grouped)
    _Writing(connection, bonds).write([unit for unit in made if len(unit) > 1 and not unit.isdisjoint(regrouped)])
    return regrouped


def _late(connection: sqlite3.Connection, articles: set[int]) -> set[int]:
    """Those of some articles that are still to be compared, where all articles are being compared."""
    until = compared_until(connection)
    if until is None:
        return set()
    sql = f"SELECT article FROM compared WHERE article IN ({{}}) AND published >= {until * DAY_SECONDS}"  # noqa: S608 — a number
    return ids_of(connection, sql, articles)


def _forget(connection: sqlite3.Connection, articles: set[int], grouped: set[int]) -> None:
    """Take articles off their events and units, and delete these events.

    An event has the id of its earliest article: so one that has no article any more is found as well.

    Args:
        connection: the index.
        articles: the articles.
        grouped: those of them that are in a unit. In an index that is made for the first time there are hardly any.
    """
    events = ids_of(connection, "SELECT event FROM articles WHERE id IN ({}) AND event IS NOT NULL", grouped)
    run_for(connection, "DELETE FROM events WHERE id IN ({})", events | articles)
    run_for(
        connection,
        "UPDATE known_articles SET event = NULL, copy = NULL, unit = NULL WHERE id IN ({}) AND unit IS NOT NULL",
        grouped,
    )


class _Writing:
    """Clusters the articles of units, and writes their units and events."""

    def __init__(self, connection: sqlite3.Connection, bonds: Bonds) -> None:
        self._connection = connection
        self._bonds = bonds

    def write(self, units: Sequence[frozenset[int]]) -> None:
        for portion in _portions(units):
            self._write(portion)

    def _write(self, units: Sequence[frozenset[int]]) -> None:
        unit_of = {article: min(unit) for unit in units for article in unit}
        members = {
            row[0]: _Member(*row[1:])
            for row in rows_of(
                self._connection,
                "SELECT id, published, dated, outlet, story FROM articles WHERE id IN ({})",
                unit_of,
            )
        }
        bonds = self._bonds.by_group(unit_of)
        times = {article: member.published for article, member in members.items()}
        names = self._names(members, unit_of)
        rows: list[tuple[int, ...]] = []
        placed: dict[int, tuple[int | None, int | None]] = dict.fromkeys(unit_of, (None, None))
        for unit in sorted(bonds):
            of_one_text = [bond for bond in bonds[unit] if bond.is_copy]
            for event in gather(bonds[unit], times, names):
                copy_of = _copy_of(of_one_text, event)
                row = _event_row(event, copy_of, members)
                rows.append(row)
                placed.update((article, (row[0], copy_of.get(article))) for article in event)
        self._connection.executemany(
            """INSERT INTO events(id, articles, stories, outlets, independent, began, ended)
               VALUES (?, ?, ?, ?, ?, ?, ?)""",
            rows,
        )
        self._connection.executemany(
            "UPDATE known_articles SET unit = ?, event = ?, copy = ? WHERE id = ?",
            [(unit_of[article], event, copy, article) for article, (event, copy) in sorted(placed.items())],
        )

    def _names(self, members: Mapping[int, _Member], unit_of: Mapping[int, int]) -> dict[int, str]:
        """What puts articles of one time in order for `gather`, in the same order as `coverage.model.time_key`.

        It is empty where no other article of the unit has the same time, as is usual: a key takes time to make, of the
        article's link.
        """
        times = Counter((unit_of[article], member.published) for article, member in members.items())
        tied = [article for article, member in members.items() if times[unit_of[article], member.published] > 1]
        names = dict.fromkeys(members, "")
        for article, key in rows_of(self._connection, "SELECT id, key FROM articles WHERE id IN ({})", tied):
            names[article] = f"{members[article].dated}{key}"
        return names


def _portions(units: Sequence[frozenset[int]]) -> Iterator[list[frozenset[int]]]:
    """Units in portions, each with no more articles than one statement can ask for, unless it is a single unit."""
    portion: list[frozenset[int]] = []
    for unit in units:
        if portion and sum(map(len, portion)) + len(unit) > MOST_VALUES:
            yield portion
            portion = []
        portion.append(unit)
    if portion:
        yield portion


def _copy_of(bonds: Sequence[Bond], event: Sequence[int]) -> dict[int, int]:
    """For each article of an event that is wire copy, the earliest article with the same text, which may be itself.

    Args:
        bonds: the bonds between wire copies.
        event: the articles of the event, the earliest first.
    """
    if not bonds:  # as is usual
        return {}
    place = {article: number for number, article in enumerate(event)}
    return {article: min(group, key=place.__getitem__) for group in copies(bonds, event) for article in group}


def _event_row(
    event: Sequence[int], copy_of: Mapping[int, int], members: Mapping[int, _Member]
) -> tuple[int, int, int, int, int, int, int]:
    """A row of the table `events`. An event has the id of its earliest known article.

    Args:
        event: its articles by time.
        copy_of: as `_copy_of` gives it.
        members: what is known of its articles, and maybe of others.
    """
    known = [members[one] for one in event]
    earliest = event[earliest_of([(one.published, one.dated == TIME) for one in known])]
    outlets = {one.outlet for one in known} - {""}
    independent = outlets
    if copy_of:
        independent = {members[one].outlet for one in event if copy_of.get(one, one) == one} - {""}
    stories = len(event) - [one.story for one in known].count(None)
    began, ended = known[0].published, known[-1].published
    return (earliest, len(event), stories, max(len(outlets), 1), max(len(independent), 1), began, ended)
