"""The articles that wait to be compared and to be grouped.

They lie in tables of the index, and are put there in the same transaction as what made them wait: whatever is
interrupted is gone on with. Where all are to be compared, that goes day by day, and until which day is a fact.
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
"""The fact, where all articles wait, before which day all have been compared."""

_COMPARED = "compared"
"""The fact how many those are."""

NO_DAY = -(1 << 40)
"""A day before all others."""


class Costs(NamedTuple):
    """What it costs to resolve an article, to compare it with others, and to group it, one beside the other."""

    resolving: int
    comparing: int
    grouping: int


COSTS = Costs(2, 4, 1)


def let_wait(connection: sqlite3.Connection, articles: Iterable[int]) -> None:
    """Have articles compared anew, and grouped with those that they were bound to; their bonds are taken away."""
    listed = sorted(set(articles))
    let_group(connection, listed)
    let_group(connection, Bonds(connection).let_go(listed))
    connection.executemany("INSERT OR IGNORE INTO uncompared VALUES (?)", ((article,) for article in listed))


def let_all_wait(connection: sqlite3.Connection) -> None:
    """Have all articles compared anew, and grouped."""
    Bonds(connection).clear()
    Crowds(connection).clear()
    connection.execute("DELETE FROM uncompared")
    connection.execute("INSERT OR IGNORE INTO ungrouped SELECT article FROM compared")
    memory.keep_fact(connection, _UNTIL, NO_DAY)
    memory.keep_fact(connection, _COMPARED, 0)


def compared_until(connection: sqlite3.Connection) -> int | None:
    """Where all articles wait, the day before which all have been compared, in days since 1970; else None."""
    return memory.fact(connection, _UNTIL)


def go_on_from(connection: sqlite3.Connection, day: int, articles: int) -> None:
    """Remember, where all articles wait, that so many more have been compared, and all before a day."""
    memory.keep_fact(connection, _UNTIL, day)
    memory.keep_fact(connection, _COMPARED, articles + (memory.fact(connection, _COMPARED) or 0))


def waiting(connection: sqlite3.Connection) -> set[int]:
    """The articles that wait to be compared, where not all do."""
    return {row[0] for row in connection.execute("SELECT article FROM uncompared")}


def none_waits(connection: sqlite3.Connection) -> None:
    """All have been compared."""
    connection.execute("DELETE FROM uncompared")
    connection.execute("DELETE FROM facts WHERE name IN (?, ?)", (_UNTIL, _COMPARED))


def let_group(connection: sqlite3.Connection, articles: Iterable[int]) -> None:
    """Have articles grouped anew."""
    rows = [(article,) for article in sorted(set(articles))]
    connection.executemany("INSERT OR IGNORE INTO ungrouped VALUES (?)", rows)


def next_to_group(connection: sqlite3.Connection, most: int) -> set[int]:
    """Some that wait to be grouped."""
    return {row[0] for row in connection.execute("SELECT article FROM ungrouped ORDER BY article LIMIT ?", (most,))}


def let_go(connection: sqlite3.Connection, articles: Iterable[int]) -> None:
    """These have been grouped and counted."""
    run_for(connection, "DELETE FROM ungrouped WHERE article IN ({})", sorted(articles))


def steps_left(connection: sqlite3.Connection) -> int:
    """How much is to be done for all that waits: about the same number takes about the same time."""
    touched, uncompared, ungrouped = connection.execute(
        """SELECT (SELECT count(*) FROM touched), (SELECT count(*) FROM uncompared),
                  (SELECT count(*) FROM ungrouped)"""
    ).fetchone()
    if compared_until(connection) is not None:
        uncompared = max(headlines(connection) - (memory.fact(connection, _COMPARED) or 0), 1)
    return sum(COSTS) * int(touched) + COSTS.comparing * int(uncompared) + COSTS.grouping * int(ungrouped)
