"""The articles that wait to be compared and to be grouped.

They lie in tables of the index, in the same transaction as what made them wait: whatever is interrupted is gone on
with. Those that wait to be compared go by time, as what is alike is near in time. None of them leaves its table before
the last has been compared; how far that is, is a fact of the index. So it is known at any moment which two have met.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from reader.library.folder import memory
from reader.library.index.headline_counts import headlines
from reader.library.index.storage.portions import ids_of, run_for

_REACHED = ("compared_until", "compared_article")
"""The facts which article of those that wait has been compared last: its time, in seconds since 1970, and its id."""

_LEAST = -(1 << 63)
"""The least number that SQLite knows."""


class Costs(NamedTuple):
    """What it costs to resolve an article, to compare it with others, and to group it, one beside the other."""

    resolving: int
    comparing: int
    grouping: int


COSTS = Costs(2, 4, 1)


class Waiting(NamedTuple):
    """An article that waits to be compared."""

    published: int
    article: int


def let_wait(connection: sqlite3.Connection, articles: Iterable[int]) -> None:
    """Have articles compared anew, and grouped with those that they were bound to; their bonds are taken away."""
    listed = sorted(set(articles))
    let_group(connection, listed)
    for side, other in (("a", "b"), ("b", "a")):
        let_group(connection, ids_of(connection, f"SELECT {other} FROM bonds WHERE {side} IN ({{}})", listed))  # noqa: S608 — columns
        run_for(connection, f"DELETE FROM bonds WHERE {side} IN ({{}})", listed)  # noqa: S608 — columns
    run_for(
        connection,
        "INSERT OR IGNORE INTO uncompared SELECT published, article FROM compared WHERE article IN ({})",
        listed,
    )
    _begin_anew(connection)


def let_all_wait(connection: sqlite3.Connection) -> None:
    """Have all articles compared anew, and grouped."""
    connection.execute("DELETE FROM bonds")
    connection.execute("INSERT OR IGNORE INTO uncompared SELECT published, article FROM compared")
    connection.execute("INSERT OR IGNORE INTO ungrouped SELECT article FROM compared")
    _begin_anew(connection)


def do_all_wait(connection: sqlite3.Connection) -> bool:
    """Whether every article waits to be compared, or did when the first of them was."""
    waiting: int = connection.execute("SELECT count(*) FROM uncompared").fetchone()[0]
    return waiting == headlines(connection)


def is_comparing(connection: sqlite3.Connection) -> bool:
    """Whether some of those that wait have been compared."""
    return memory.fact(connection, _REACHED[0]) is not None


def let_group(connection: sqlite3.Connection, articles: Iterable[int]) -> None:
    """Have articles grouped anew."""
    rows = [(article,) for article in sorted(set(articles))]
    connection.executemany("INSERT OR IGNORE INTO ungrouped VALUES (?)", rows)


def next_to_compare(connection: sqlite3.Connection, most: int) -> list[Waiting]:
    """The next that wait to be compared, in order of time."""
    reached = [memory.fact(connection, name) for name in _REACHED]
    rows = connection.execute(
        """SELECT published, article FROM uncompared WHERE (published, article) > (?, ?)
           ORDER BY published, article LIMIT ?""",
        (*(reached if is_comparing(connection) else (_LEAST, _LEAST)), most),
    )
    return list(map(Waiting._make, rows))


def waiting_between(connection: sqlite3.Connection, first: int, last: int) -> set[int]:
    """The articles that wait to be compared, or did with those that still do, of some time in seconds since 1970."""
    return {
        row[0]
        for row in connection.execute("SELECT article FROM uncompared WHERE published BETWEEN ? AND ?", (first, last))
    }


def go_on_after(connection: sqlite3.Connection, last: Waiting) -> None:
    """Remember which has been compared; with the last of them, all go."""
    for name, value in zip(_REACHED, last, strict=True):
        memory.keep_fact(connection, name, value)
    if not next_to_compare(connection, 1):
        connection.execute("DELETE FROM uncompared")
        _begin_anew(connection)


def next_to_group(connection: sqlite3.Connection, most: int) -> set[int]:
    """Some that wait to be grouped."""
    return {row[0] for row in connection.execute("SELECT article FROM ungrouped ORDER BY article LIMIT ?", (most,))}


def let_go(connection: sqlite3.Connection, articles: Iterable[int]) -> None:
    """These have been grouped and counted."""
    run_for(connection, "DELETE FROM ungrouped WHERE article IN ({})", sorted(articles))


def steps_left(connection: sqlite3.Connection) -> int:
    """How much is to be done for all that waits: about the same number takes about the same time."""
    reached = memory.fact(connection, _REACHED[0])
    touched, uncompared, ungrouped = connection.execute(
        """SELECT (SELECT count(*) FROM touched),
                  (SELECT count(*) FROM uncompared WHERE published > ?),
                  (SELECT count(*) FROM ungrouped)""",
        (_LEAST if reached is None else reached,),
    ).fetchone()
    return sum(COSTS) * int(touched) + COSTS.comparing * int(uncompared) + COSTS.grouping * int(ungrouped)


def _begin_anew(connection: sqlite3.Connection) -> None:
    connection.executemany("DELETE FROM facts WHERE name = ?", [(name,) for name in _REACHED])
