"""The values that a library has for the fields of a query: topics, outlets, days."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from reader.library.query.completion import DATES, OUTLETS, Known
from reader.library.query.tree import Field

if TYPE_CHECKING:
    from reader.library.index.index import Index

SLICE = 5_000
"""Rows that are counted at a time, so that no other question waits for long."""

MOST_YEARS = 60
"""Years that are offered at most."""

_FROM = {
    Field.PROVIDER: ("stories", "provider"),
    Field.COVERS: ("articles", "outlet"),
    Field.FIRST: ("articles", "outlet"),
}
"""Field → the table and the column its values stand in."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PERIOD = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-\d{0,2}|-)?")


class LiveValues:
    """What can be completed from an index. It belongs to the thread that asks the index; tags are told to it.

    Attributes:
        tags: the reader's own tags with how many articles have each.
    """

    def __init__(self) -> None:
        self.tags: Sequence[Known] = ()
        self._counted: dict[tuple[str, str], tuple[int, list[Known]]] = {}
        self._counting: dict[tuple[str, str], tuple[int, int, Counter[str]]] = {}

    def count_some(self, index: Index, field: Field) -> bool:
        """Count a slice of what a field's values are counted from; says whether all of it is counted."""
        source = _FROM.get(field)
        if source is None:
            return True
        if source not in self._counting:
            if source in self._counted and self._counted[source][0] == index.version:
                return True
            self._counting[source] = (index.version, 0, Counter())
        version, start, counts = self._counting[source]
        table, column = source
        connection = index.connection
        sql = f"SELECT {column}, count(*) FROM {table} WHERE id > ? AND id <= ? AND {column} <> '' GROUP BY {column}"  # noqa: S608 — of the table above
        for value, count in connection.execute(sql, (start, start + SLICE)):
            counts[value] += count
        following = connection.execute(f"SELECT min(id) FROM {table} WHERE id > ?", (start + SLICE,)).fetchone()[0]  # noqa: S608
        if following is not None:
            self._counting[source] = (version, following - 1, counts)
            return False
        del self._counting[source]
        self._counted[source] = (version, counts.most_common())
        return True

    def values(self, index: Index, field: Field, typed: str) -> Sequence[Known]:
        """The values of a field, the most frequent first; outlets as they were counted."""
        if field is Field.TOPIC:
            return index.topics()
        if field is Field.TAG:
            return self.tags
        if field in OUTLETS:
            return self._counted.get(_FROM[field], (0, []))[1]
        return list(_periods(index, typed)) if field in DATES else ()


def _periods(index: Index, typed: str) -> Iterator[Known]:
    """Years with stories; of a year that is typed its months, of a month its days; the latest first."""
    match = _PERIOD.fullmatch(typed)
    if match is None:
        form, low, high = "%Y", datetime(2, 1, 1, tzinfo=UTC), datetime(9998, 1, 1, tzinfo=UTC)
    elif match[2] is None:
        year = int(match[1])
        if not 1 < year < 9998:
            return
        form, low, high = "%Y-%m", datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    else:
        year, month = int(match[1]), int(match[2])
        if not 1 < year < 9998 or not 1 <= month <= 12:
            return
        low = datetime(year, month, 1, tzinfo=UTC)
        form, high = "%Y-%m-%d", low + timedelta(days=monthrange(year, month)[1])
    for _ in range(MOST_YEARS):
        sql = "SELECT max(published) FROM stories WHERE published >= ? AND published < ?"
        latest = index.connection.execute(sql, (_seconds(low), _seconds(high))).fetchone()[0]
        if latest is None:
            return
        when = _EPOCH + timedelta(seconds=latest)
        start = when.replace(hour=0, minute=0, second=0, microsecond=0)
        start = start if form == "%Y-%m-%d" else start.replace(day=1, month=start.month if form == "%Y-%m" else 1)
        sql = "SELECT count(*) FROM stories WHERE published >= ? AND published < ?"
        count = index.connection.execute(sql, (_seconds(start), _seconds(high))).fetchone()[0]
        yield f"{when.year:04}{when.strftime(form[2:])}", count
        high = start


def _seconds(when: datetime) -> int:
    return (when - _EPOCH) // timedelta(seconds=1)
