"""The values of a query's terms other than words: numbers, days, ages, and what binding a query to marks makes of it.

The text of a value (`str`) reads as the same value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from reader.base.lengths import UNIT, Length
from reader.stories.urls import canonical_url, is_web

_LARGEST = 10**15
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NUMBER = re.compile(r"(?P<compare>[<>]=?|=)?(?P<number>-?\d{1,16})")
_NUMBERS = re.compile(r"(?P<low>-?\d{1,16})?\.\.(?P<high>-?\d{1,16})?")
_AGE = re.compile(rf"(?P<compare>[<>]=?)(?P<number>\d{{1,6}})(?P<unit>{UNIT})")
_MOMENT = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:T(\d{1,2}):(\d{2}))?)?)?", re.IGNORECASE)


class Numbers(NamedTuple):
    """Whole numbers from `low` to `high`, both included; None for a side that is open."""

    low: int | None
    high: int | None

    def __str__(self) -> str:
        if self.low == self.high:
            return str(self.low)
        if self.high is None:
            return f">={self.low}"
        return f"<={self.high}" if self.low is None else f"{self.low}..{self.high}"


class Moment(NamedTuple):
    """A year, a month, a day or a minute, in UTC. Month and day are 0, and hour and minute -1, where not given."""

    year: int
    month: int = 0
    day: int = 0
    hour: int = -1
    minute: int = -1

    def __str__(self) -> str:
        text = f"{self.year:04}"
        text += f"-{self.month:02}" if self.month else ""
        text += f"-{self.day:02}" if self.day else ""
        return text + (f"T{self.hour:02}:{self.minute:02}" if self.hour >= 0 else "")

    @property
    def begins(self) -> int:
        """Its first second, since 1970."""
        return _seconds(self._start)

    @property
    def ends(self) -> int:
        """The first second after it, since 1970."""
        start = self._start
        if self.hour >= 0:
            return _seconds(start + timedelta(minutes=1))
        if self.day:
            return _seconds(start + timedelta(days=1))
        if self.month:
            return _seconds((start + timedelta(days=31)).replace(day=1))
        return _seconds(start.replace(year=self.year + 1))

    @property
    def _start(self) -> datetime:
        hour, minute = max(self.hour, 0), max(self.minute, 0)
        return datetime(self.year, self.month or 1, self.day or 1, hour, minute, tzinfo=UTC)


class Dates(NamedTuple):
    """The time from the beginning of `first` to the end of `last`; None for a side that is open."""

    first: Moment | None
    last: Moment | None

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first or ''}..{self.last or ''}"


class Age(NamedTuple):
    """An age that stories are compared with, such as `<6h`.

    Attributes:
        compare: `<`, `<=`, `>` or `>=`.
        number: how many of the unit.
        unit: a key of `base.lengths.UNITS`.
    """

    compare: str
    number: int
    unit: str

    def __str__(self) -> str:
        return f"{self.compare}{self.number}{self.unit}"

    def seen_from(self, now: datetime) -> Between:
        """The times of stories that have this age at a time.

        Args:
            now: an aware time.
        """
        then = _seconds(now) - Length(self.number, self.unit).seconds
        if self.compare.startswith("<"):
            return Between(self, then + (self.compare == "<"), None)
        return Between(self, None, then - (self.compare == ">"))


class Between(NamedTuple):
    """An age that is bound to a time: the times from `earliest` to `latest`, in seconds since 1970, both included."""

    written: Age
    earliest: int | None
    latest: int | None

    def __str__(self) -> str:
        return str(self.written)


HIDDEN = "hidden"
"""The tag of stories that are listed only where a query has `is:hidden`."""


class MarkSets(NamedTuple):
    """The marks as sets of the ids of stories, in one state of an index.

    Attributes:
        read: stories that are read.
        starred: stories with a star.
        watched: stories that are watched.
        noted: stories with a note.
        tagged: by tag, the stories that have it.
        grown: stories on events that have new articles since they were last looked at; only if a query asks for these.
        later: stories to be read later.
    """

    read: Set[int] = frozenset()
    starred: Set[int] = frozenset()
    watched: Set[int] = frozenset()
    noted: Set[int] = frozenset()
    tagged: Mapping[str, Set[int]] = MappingProxyType({})
    grown: Set[int] = frozenset()
    later: Set[int] = frozenset()

    @property
    def hidden(self) -> Set[int]:
        """Stories that are not listed unless a query asks for them."""
        return self.tagged.get(HIDDEN, frozenset())


class Marked(NamedTuple):
    """A value about marks that is bound to them.

    Attributes:
        written: the value as the query has it.
        among: the stories for which it holds.
        negated: whether it holds for all others instead.
    """

    written: str
    among: Set[int]
    negated: bool = False

    def __str__(self) -> str:
        return self.written


TermValue: TypeAlias = str | Numbers | Moment | Dates | Age | Between | Marked
"""One value of a term."""


def read_numbers(text: str) -> Numbers | None:
    """Read numbers: `50`, `=50`, `>=50`, `<50`, `10..50`, `10..`, `..50`; None for any other text."""
    if match := _NUMBERS.fullmatch(text):
        low, high = (int(match[side]) if match[side] else None for side in ("low", "high"))
        is_range = (low is not None or high is not None) and (low is None or high is None or low <= high)
        return _in_reach(Numbers(low, high)) if is_range else None
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    number = int(match["number"])
    ranges = {">": (number + 1, None), ">=": (number, None), "<": (None, number - 1), "<=": (None, number)}
    return _in_reach(Numbers(*ranges.get(match["compare"], (number, number))))


def read_moment(text: str) -> Moment | None:
    """Read a year, a month, a day or a minute: `2020`, `2020-02-18`, `2020-02-18T16:53`; None for any other text."""
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute = match.groups()
    moment = Moment(int(year), int(month or 0), int(day or 0), int(hour or -1), int(minute or -1))
    is_date = (month is None or moment.month) and (day is None or moment.day)
    try:
        _ = moment.begins, moment.ends
    except (ValueError, OverflowError):
        return None
    return moment if is_date and 1 < moment.year < 9999 else None


def read_dates(text: str) -> Dates | None:
    """Read a moment, or a range of two of which one may be missing: `2020-02..`; None for any other text."""
    first, is_range, last = text.partition("..")
    sides = [read_moment(side) if side else None for side in (first, last if is_range else first)]
    if not any(sides) or any(side and moment is None for side, moment in zip((first, last), sides, strict=True)):
        return None
    dates = Dates(*sides)
    return dates if not all(sides) or (dates.first and dates.last and dates.first.begins < dates.last.ends) else None


def read_age(text: str) -> Age | None:
    """Read an age: `<6h`, `>=2w`; None for any other text."""
    match = _AGE.fullmatch(text.lower())
    return Age(match["compare"], int(match["number"]), match["unit"]) if match else None


def read_link(text: str) -> str | None:
    """Read a link, with `https://` or without; None for any other text."""
    return text if article_of(text) else None


def article_of(link: str) -> str | None:
    """The key of the article that a link, as `read_link` takes it, leads to; None for what is not a web address."""
    if is_web(link):
        return canonical_url(link)
    host = link.partition("/")[0]
    return canonical_url(f"https://{link}") if "." in host.strip(".") else None


def _in_reach(numbers: Numbers) -> Numbers | None:
    return numbers if all(abs(side or 0) <= _LARGEST for side in numbers) else None


def _seconds(when: datetime) -> int:
    return (when - _EPOCH) // timedelta(seconds=1)
