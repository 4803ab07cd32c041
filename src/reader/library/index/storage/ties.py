"""Puts stories of one time in order, by numbers that rise with their paths.

Every list of stories is in a total order, which does not depend on the order in which files were read: among stories of
one second the path decides. An index of SQLite that had the path would be five times as large. So each story has a
number instead, its tie, which rises with the path among the stories of its time; it is 0 where there is only one, which
takes no room. A story that comes later gets a number below, above or between those that are there. Where no whole
number is left between two of them, some stories around these are numbered anew.
"""

from __future__ import annotations

import sqlite3
from math import isqrt
from typing import NamedTuple

STRIDE = 1 << 10
"""The distance between the ties of neighbours. It can be halved ten times, for stories that come between."""

_LEAST_REACH = 8
"""How many stories on each side of a gap are numbered anew, at the first try."""

_SELECT = "SELECT tie, path FROM stories WHERE published IS ?"
_LOWEST, _HIGHEST = f"{_SELECT} ORDER BY tie LIMIT 1", f"{_SELECT} ORDER BY tie DESC LIMIT 1"
_ABOVE = f"{_SELECT} AND tie > ? AND tie < ? ORDER BY tie LIMIT 1"
_BELOW = f"{_SELECT} AND tie > ? AND tie < ? ORDER BY tie DESC LIMIT 1"
_DOWN = "SELECT id, tie FROM stories WHERE published IS ? AND tie <= ? ORDER BY tie DESC LIMIT ?"
_UP = "SELECT id, tie FROM stories WHERE published IS ? AND tie >= ? ORDER BY tie LIMIT ?"


class _Placed(NamedTuple):
    """A story among those of its time."""

    tie: int
    path: bytes


def tie_of(connection: sqlite3.Connection, published: int | None, path: bytes) -> int:
    """The tie for a story that comes or is renamed. Other stories may be given other ties to make room for it.

    Args:
        connection: the index, in a transaction that writes.
        published: the time of the story, in seconds since 1970; None where that is not known.
        path: the path of its file.
    """
    first = _first(connection, _LOWEST, published)
    if first is None:
        return 0
    if path <= first.path:
        return first.tie - STRIDE
    last = _first(connection, _HIGHEST, published)
    if last is None or path >= last.path:
        return (last or first).tie + STRIDE
    below, above = _neighbours(connection, published, path, first.tie, last.tie)
    if above - below > 1:
        return (below + above) // 2
    _make_room(connection, published, below, above)
    return tie_of(connection, published, path)


def _neighbours(
    connection: sqlite3.Connection, published: int | None, path: bytes, below: int, above: int
) -> tuple[int, int]:
    """The ties of the two neighbours between which a path belongs, found by binary search.

    Args:
        connection: the index.
        published: the time.
        path: the path.
        below: the tie of a story whose path is less.
        above: the tie of a story whose path is greater.
    """
    end = above  # no story has a tie from `end` on and below `above`
    while below < end:
        middle = (below + end) // 2
        found = _first(connection, _ABOVE, published, middle, end)
        if found is None:
            end = middle + 1
            found = _first(connection, _BELOW, published, below, end)
            if found is None:
                break
        if found.path < path:
            below = found.tie
        else:
            above, end = found.tie, min(found.tie, middle + 1)
    return below, above


def _make_room(connection: sqlite3.Connection, published: int | None, below: int, above: int) -> None:
    """Spread out the ties of stories around two neighbours: of as few as have room enough to be spread.

    So a story that comes costs only a few others their ties, however many there are and wherever they come.
    """
    reach = _LEAST_REACH
    while not _spread(connection, published, (below, above), reach):
        reach *= 2


def _spread(connection: sqlite3.Connection, published: int | None, gap: tuple[int, int], reach: int) -> bool:
    """Spread out the ties of some stories evenly, between the ties of the two stories beside them.

    Args:
        connection: the index.
        published: the time of the stories.
        gap: the ties of the two neighbours between which there is no room.
        reach: how many stories on each side of the gap to spread out.

    Returns:
        Whether there was room; else nothing was done.
    """
    down = connection.execute(_DOWN, (published, gap[0], reach + 1)).fetchall()
    up = connection.execute(_UP, (published, gap[1], reach + 1)).fetchall()
    stories = [story for story, _ in (*reversed(down[:reach]), *up[:reach])]
    step = max(STRIDE, 2 * _least_step(reach))
    floor, ceiling = (side[reach][1] if len(side) > reach else None for side in (down, up))
    if floor is not None and ceiling is not None:
        step = (ceiling - floor) // (len(stories) + 1)
        if step < _least_step(reach):
            return False
    elif ceiling is not None:  # no story is below them, and so there is room without end
        floor = ceiling - (len(stories) + 1) * step
    first = (floor if floor is not None else -step) + step
    numbered = [(first + place * step, story) for place, story in enumerate(stories)]
    connection.executemany("UPDATE known_stories SET tie = ? WHERE id = ?", numbered)
    return True


def _least_step(reach: int) -> int:
    """How far apart the ties of so many neighbours must become: the more, the farther, so that it is seldom done."""
    return 8 * isqrt(reach)


def _first(connection: sqlite3.Connection, sql: str, *values: int | None) -> _Placed | None:
    row = connection.execute(sql, values).fetchone()
    return _Placed(*row) if row else None
