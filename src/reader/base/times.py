"""Times in words, as both the screen and the command line write them.

A `zone` of None is the system's own, with its rules for each date (summer time).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from math import ceil

from reader.base.wording import plural

_STEPS = (
    ("year", 365.25 * 86_400),
    ("month", 30.44 * 86_400),
    ("day", 86_400),
    ("hour", 3_600),
    ("minute", 60),
)


def local_day(when: datetime | date, zone: tzinfo | None) -> date:
    """The calendar day of a time in a zone; a date alone is that day in every zone."""
    return when.astimezone(zone).date() if isinstance(when, datetime) else when


def day_text(day: date) -> str:
    """A day in full: `Thu 20 Feb 2020`."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def short_day(when: datetime | date | None, zone: tzinfo | None, now: datetime) -> str:
    """A time for a list: `14:05` today, `20 Feb` this year, `20 Feb 2020` in another year, `no date` for None."""
    if when is None:
        return "no date"
    day, today = local_day(when, zone), now.astimezone(zone).date()
    if day == today:
        return f"{when.astimezone(zone):%H:%M}" if isinstance(when, datetime) else "today"
    return f"{day.day} {day:%b}" if day.year == today.year else f"{day.day} {day:%b %Y}"


def weekday(day: date, today: date) -> str:
    """A day as a heading: `today`, `yesterday`, `Thu 20 Feb`, with the year where it is another than today's."""
    if day in (today, today - timedelta(days=1)):
        return "today" if day == today else "yesterday"
    return f"{day:%a} {day.day} {day:%b}" if day.year == today.year else day_text(day)


def recent_day(when: datetime | date | None, zone: tzinfo | None, now: datetime) -> str:
    """A time for a list, within the last week by how long ago it is: `5m`, `3h`, `yesterday`, `4d`; else `short_day`.

    Hours are given within the same calendar day of the zone; a date alone is `today` then.
    """
    if when is None:
        return short_day(when, zone, now)
    days = (now.astimezone(zone).date() - local_day(when, zone)).days
    if days == 0 and isinstance(when, datetime):
        minutes = (now - when).total_seconds() / 60
        if minutes < 0:
            return short_day(when, zone, now)
        return f"{int(minutes)}m" if minutes < 60 else f"{int(minutes / 60)}h"
    if days == 1:
        return "yesterday"
    return f"{days}d" if 1 < days < 7 else short_day(when, zone, now)


def long_time(when: datetime | date | None, zone: tzinfo | None) -> str:
    """A time in full: `Thu 20 Feb 2020 16:53 UTC`; a date alone without a time of day."""
    if when is None:
        return "no date"
    if not isinstance(when, datetime):
        return day_text(when)
    local = when.astimezone(zone)
    return f"{day_text(local.date())} {local:%H:%M} {local:%Z}".rstrip()


def ago(when: datetime | date | None, now: datetime) -> str:
    """How long ago: `3 hours ago`, `in 2 days`, `just now`; for a date alone in whole days. Empty for no time."""
    if when is None:
        return ""
    if isinstance(when, datetime):
        seconds = (now - when).total_seconds()
    else:
        seconds = (now.date() - when).days * 86_400.0
        if not seconds:
            return "today"
    for name, length in _STEPS:
        count = int(abs(seconds) / length)
        if count:
            words = plural(count, name)
            return f"{words} ago" if seconds > 0 else f"in {words}"
    return "just now"


def offset_text(offset: timedelta | None) -> str:
    """How much later: `+5m`, `+2h 54m`, `+3d 4h`, from a hundred days on `+120d`; empty for None and for zero."""
    if offset is None or not offset:
        return ""
    minutes = int(offset.total_seconds() // 60)
    days, hours = minutes // (24 * 60), minutes // 60 % 24
    if days >= 100:
        return f"+{days}d"
    if days:
        return f"+{days}d {hours}h"
    return f"+{hours}h {minutes % 60}m" if hours else f"+{minutes}m"


def duration(seconds: float) -> str:
    """A length of time to wait, in seconds, rounded up in words: `1 s`, `45 s`, `3 min`."""
    whole = max(ceil(seconds), 1)
    return f"{whole} s" if whole < 60 else f"{ceil(whole / 60)} min"
