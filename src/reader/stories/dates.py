"""Dates as people write them in front matter."""

from __future__ import annotations

import re
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, timedelta, timezone

from reader.stories.limits import DATE_CHARACTERS

_DATE_ONLY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})$")
_EPOCH = re.compile(r"\d{9,10}(?:\d{3})?$")
_NAMED_OFFSET = re.compile(r"\b(?:GMT|UTC)(?=[+-]\d)")  # dateutil reads GMT+1 the POSIX way round
_ZONE_IN_WORDS = re.compile(r"([+-]\d\d:?\d\d)\s*\([^()]*\)$")

_HOURS_OF_ZONE = {
    "UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3,
    "MSK": 3, "IST": 5.5, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5,
    "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
_ZONES = {name: int(hours * 3600) for name, hours in _HOURS_OF_ZONE.items()}

# Two days that differ in every part. Where a part of the results differs, the text did not have it.
_DEFAULTS = (datetime(2000, 1, 1, 0, 0), datetime(2003, 2, 2, 11, 11))


def parse_date(text: str) -> datetime | date | None:
    """Read a date or a time in any usual form.

    Args:
        text: the value as the file has it. ISO 8601 is read as such, anything else by `dateutil`; 9 or 10 digits are
            seconds since 1970, 12 or 13 milliseconds.

    Returns:
        An aware `datetime` (UTC where the text names no zone); a `date` where the text has no time of day; None where
        the text is not a whole date.
    """
    text = text.strip()
    return _in_reach(_parse(text)) if text and len(text) <= DATE_CHARACTERS else None


def _parse(text: str) -> datetime | date | None:
    try:
        if match := _DATE_ONLY.match(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if _EPOCH.match(text):
            seconds = int(text) / (1000 if len(text) > 10 else 1)
            return datetime.fromtimestamp(seconds, UTC)
        return _aware(datetime.fromisoformat(text)) if "-" in text and ":" in text else _parse_loosely(text)
    except (ValueError, OverflowError):
        return _parse_loosely(text)


def _parse_loosely(text: str) -> datetime | date | None:
    """Read a date by dateutil. It fills what is missing from a default: reading with two shows what was missing."""
    from dateutil import parser

    text = _ZONE_IN_WORDS.sub(r"\1", _NAMED_OFFSET.sub("", text))
    try:
        first, second = (parser.parse(text, default=default, tzinfos=_zone) for default in _DEFAULTS)
    except (ValueError, ArithmeticError, TypeError, AttributeError):
        return None  # dateutil documents the first and OverflowError; some malformed texts make it raise the others
    if first.date() != second.date():
        return None
    if first.time() != second.time():
        return first.date()
    return _aware(first)


def _zone(name: str | None, seconds: int | None) -> timezone | None:
    """The zone of an offset in seconds, or else of a name, by our own table; None for a name that is not in it."""
    if seconds is None:
        seconds = _ZONES.get(name or "")
    return None if seconds is None else timezone(timedelta(seconds=seconds))


def _aware(when: datetime) -> datetime | None:
    """A time without a zone in UTC, any other as it is; None for one that has no date in UTC."""
    if when.tzinfo is UTC:
        return when
    if when.tzinfo is None:
        return when.replace(tzinfo=UTC)
    try:
        when.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    return when


def _in_reach(when: datetime | date | None) -> datetime | date | None:
    """None for a time in the first or the last year of the calendar: in another zone it may have no date."""
    return None if when is None or not MINYEAR < when.year < MAXYEAR else when


def sort_time(when: datetime | date | None) -> int | None:
    """Seconds since 1970, by which dates and times are sorted; a date alone counts as its midnight in UTC."""
    if when is None:
        return None
    if not isinstance(when, datetime):
        when = datetime(when.year, when.month, when.day, tzinfo=UTC)
    return (when - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(seconds=1)
