"""The articles that wait to be compared (table `uncompared`) and to be grouped into events (`ungrouped`).

They are listed there in the same transaction that makes them wait, so that an interrupted sync goes on with them. Where
all articles are to be compared, that goes day by day: instead of the articles, the day that it has come to is kept.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from reader.library.folder import memory
from reader.library.index.events.bonds import Bonds
from reader.library.index.headline_counts import headlines
from reader.library.index.storage.portions import run_for
from reader.library.sync.bonds.crowds import Crowds

_UNTIL = "compared_until"
"""The fact (see `folder.memory`), while all articles are being compared, before which day all have been."""

_COMPARED = "compared"
"""The fact how many have been."""

NO_DAY = -(1 << 40)
"""A day before all others."""


class Costs(NamedTuple):
    """What it costs, relative to each other, to resolve an article, to compare it with others, and to group it."""

    resolving: int
    comparing: int
    grouping: int


COSTS = Costs(2, 4, 1)


def let_wait(connection: sqlite3.Connection, articles: Iterable[int]) -> None:
    """Have articles wait to be compared; they and what they were bound to wait to be grouped. Their bonds go."""
    listed = sorted(set(articles))
    let_group(connection, listed)
    let_group(connection, Bonds(connection).let_go(listed))
    connection.executemany("INSERT OR IGNORE INTO uncompared VALUES (?)", ((article,) for article in listed))


def let_all_wait(connection: sqlite3.Connection) -> None:
    """Have all articles wait to be compared and grouped. All bonds go."""
    Bonds(connection).clear()
    Crowds(connection).clear()
    connection.execute("DELETE FROM uncompared")
    connection.execute("INSERT OR IGNORE INTO ungrouped SELECT article FROM compared")
    memory.keep_fact(connection, _UNTIL, NO_DAY)
    memory.keep_fact(connection, _COMPARED, 0)


def compared_until(connection: sqlite3.Connection) -> int | None:
    """The day before which all have been compared, in days since 1970; None unless all are being compared."""
    return memory.fact(connection, _UNTIL)


def go_on_from(connection: sqlite3.Connection, day: int, articles: int) -> None:
    """Note, while all articles are being compared, that all before a day have been, and how many more that is."""
    memory.keep_fact(connection, _UNTIL, day)
    memory.keep_fact(connection, _COMPARED, articles + (memory.fact(connection, _COMPARED) or 0))


def waiting(connection: sqlite3.Connection) -> set[int]:
    """The articles that wait to be compared, unless all do."""
    return {row[0] for row in connection.execute("SELECT article FROM uncompared")}


def none_waits(connection: sqlite3.Connection) -> None:
    """Note that no article waits to be compared any more."""
    connection.execute("DELETE FROM uncompared")
    connection.execute("DELETE FROM facts WHERE name IN (?, ?)", (_UNTIL, _COMPARED))


def let_group(connection: sqlite3.Connection, articles: Iterable[int]) -> None:
    """Have articles wait to be grouped."""
    rows = [(article,) for article in sorted(set(articles))]
    connection.executemany("INSERT OR IGNORE INTO ungrouped VALUES (?)", rows)


def next_to_group(connection: sqlite3.Connection, most: int) -> set[int]:
    """Some of the articles that wait to be grouped; `most` of them at most."""
    return {row[0] for row in connection.execute("SELECT article FROM ungrouped ORDER BY article LIMIT ?", (most,))}


def let_go(connection: sqlite3.Connection, articles: Iterable[int]) -> None:
    """Note that articles have been grouped, and their stories counted."""
    run_for(connection, "DELETE FROM ungrouped WHERE article IN ({})", sorted(articles))


def steps_left(connection: sqlite3.Connection) -> int:
    """How much work waits, in a unit that takes about the same time whatever the work is (see `COSTS`)."""
    touched, uncompared, ungrouped = connection.execute(
        """SELECT (SELECT count(*) FROM touched), (SELECT count(*) FROM uncompared),
                  (SELECT count(*) FROM ungrouped)"""
    ).fetchone()
    if compared_until(connection) is not None:
        uncompared = max(headlines(connection) - (memory.fact(connection, _COMPARED) or 0), 1)
    return sum(COSTS) * int(touched) + COSTS.comparing * int(uncompared) + COSTS.grouping * int(ungrouped)
