"""The values that a library has for the fields of a query (topics, outlets, days ...), to complete a query with."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from reader.library.index.storage.portions import rows_of
from reader.library.query.completion import DATES, OUTLETS, Known
from reader.library.query.tree import Field

if TYPE_CHECKING:
    from reader.library.index.index import Index

SLICE = 5_000
"""Ids whose rows are counted at a time, so that another question never waits long."""

MOST_YEARS = 60
"""How many years, months or days are offered at most."""


class _Column(NamedTuple):
    """What is counted: a column of `providers`, by how many rows of a table have each of its values."""

    table: str
    name: str


class _Counted(NamedTuple):
    """The values of a column in a version of the index, the most frequent first."""

    version: int
    values: list[Known]


class _Counting(NamedTuple):
    """A count that is under way: of the rows up to an id, that one included."""

    version: int
    upto: int
    counts: Counter[str]


_FROM = {
    Field.PROVIDER: _Column("known_stories", "provider"),
    Field.COVERS: _Column("known_articles", "outlet"),
    Field.FIRST: _Column("known_articles", "outlet"),
}
"""The fields of a query whose values have to be counted, and what is counted for each."""

_OF_THESE = {
    Field.TOPIC: "SELECT topics FROM known_stories WHERE id IN ({})",
    Field.FEED: "SELECT f.name FROM story_feeds x JOIN feeds f ON f.id = x.feed WHERE x.story IN ({})",
    Field.PROVIDER: "SELECT p.provider FROM known_stories s JOIN providers p ON p.id = s.provider WHERE s.id IN ({})",
}
"""The values of a field that some stories have, a row for each; the topics of a story are lines of one row."""

_TIMES_OF_THESE = "SELECT published FROM known_stories WHERE id IN ({})"

_COUNT = """SELECT p.{1}, sum(x.rows) FROM (
    SELECT provider, count(*) AS rows FROM {0} WHERE id > ? AND id <= ? GROUP BY 1) x
    JOIN providers p ON p.id = x.provider WHERE p.{1} <> '' GROUP BY 1"""
_FOLLOWING = "SELECT min(id) FROM {0} WHERE id > ?"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PERIOD = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-\d{0,2}|-)?")


class LiveValues:
    """Gives the values of fields, and counts them where that is needed. It belongs to the thread that asks the index.

    Attributes:
        tags: the reader's tags with how many stories have each. As the index has no marks, they are set from outside.
        hidden: stories that are not to be counted, as they are not listed. They are set from outside as well.
    """

    def __init__(self) -> None:
        self.tags: Iterable[tuple[str, int]] = ()
        self.hidden: Set[int] = frozenset()
        self._counted: dict[_Column, _Counted] = {}
        self._counting: dict[_Column, _Counting] = {}

    def count_some(self, index: Index, field: Field) -> bool:
        """Count one more slice of what a field needs; gives whether all is counted, or nothing has to be."""
        column = _FROM.get(field)
        if column is None:
            return True
        if column not in self._counting:
            if column in self._counted and self._counted[column].version == index.version:
                return True
            self._counting[column] = _Counting(index.version, 0, Counter())
        version, start, counts = self._counting[column]
        found = index.connection.execute(_COUNT.format(*column), (start, start + SLICE)).fetchall()
        following = index.connection.execute(_FOLLOWING.format(*column), (start + SLICE,)).fetchone()[0]
        for value, count in found:  # after all questions: one that is cancelled leaves the slice uncounted
            counts[value] += count
        if following is not None:
            self._counting[column] = _Counting(version, following - 1, counts)
            return False
        del self._counting[column]
        self._counted[column] = _Counted(version, [Known(*one) for one in counts.most_common()])
        return True

    def values(self, index: Index, field: Field, typed: str) -> Sequence[Known]:
        """The values of a field, the most frequent first; dates the latest first.

        Args:
            index: the index.
            field: the field.
            typed: what has been typed of the value, which decides between years, months and days.

        Returns:
            The values, each with how many stories or articles have it; no outlets before `count_some` is done.
        """
        if field is Field.TOPIC:
            return self._listed(index, field, [Known(*topic) for topic in index.topics()])
        if field is Field.FEED:
            return self._listed(index, field, [Known(*feed) for feed in index.feeds()])
        if field is Field.TAG:
            return [Known(*tag) for tag in self.tags]
        if field in OUTLETS:
            counted = self._counted.get(_FROM[field])
            return self._listed(index, field, counted.values) if counted is not None else ()
        return list(_periods(index, typed, self.hidden)) if field in DATES else ()

    def _listed(self, index: Index, field: Field, known: list[Known]) -> list[Known]:
        """Values without what hidden stories add to their counts; articles of a coverage are counted all the same."""
        if not self.hidden or field not in _OF_THESE:
            return known
        rows = rows_of(index.connection, _OF_THESE[field], self.hidden)
        hidden = Counter(value for (values,) in rows for value in values.split("\n"))
        left = [Known(value, stories - hidden[value]) for value, stories in known]
        return sorted((one for one in left if one.stories > 0), key=lambda one: -one.stories)


def _periods(index: Index, typed: str, hidden: Set[int]) -> Iterator[Known]:
    """The years that have stories; if a year is typed its months, if a month is typed its days; the latest first."""
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
    rows = rows_of(index.connection, _TIMES_OF_THESE, hidden)
    left_out = [published for (published,) in rows if published is not None]
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
        count -= sum(_seconds(start) <= published < _seconds(high) for published in left_out)
        if count > 0:  # a story may be hidden that has just gone
            yield Known(f"{when.year:04}{when.strftime(form[2:])}", count)
        high = start


def _seconds(when: datetime) -> int:
    return (when - _EPOCH) // timedelta(seconds=1)
