"""Articles in order of time: the earliest known, and how much later the others are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from reader.coverage.model import CoverageArticle, Placed, time_key
from reader.stories.dates import sort_time

DAY_SECONDS = 86_400

_FARTHEST_EAST = timedelta(hours=14)
"""How far the first time zone in which a day begins is ahead of UTC."""


class Timing(StrEnum):
    """What is known of an article's time."""

    TIME = "time"
    DAY = "day"
    MISSING = "missing"
    FUTURE = "future"


def timing(when: datetime | date | None, now: datetime) -> Timing:
    """What is known of a time.

    Args:
        when: an aware time, a date alone, or None.
        now: the clock, aware. A date alone lies in the future where that day has begun nowhere on Earth.
    """
    if when is None:
        return Timing.MISSING
    if isinstance(when, datetime):
        return Timing.FUTURE if when > now else Timing.TIME
    return Timing.FUTURE if when > (now.astimezone(UTC) + _FARTHEST_EAST).date() else Timing.DAY


def earliest(articles: Iterable[CoverageArticle], now: datetime | None = None) -> CoverageArticle | None:
    """The article with the earliest known time.

    A date alone says less than a time of the same day, so it is the earliest only where its whole day lies before
    every time, or where nothing has a time.

    Args:
        articles: in any order.
        now: the clock: a time in the future is no known time. Without it all times count.
    """
    if now is not None:
        articles = [one for one in articles if timing(one.published, now) is not Timing.FUTURE]
    known = [one for one in sorted(articles, key=time_key) if one.published is not None]
    times = [(sort_time(one.published) or 0, isinstance(one.published, datetime)) for one in known]
    return known[earliest_of(times)] if known else None


def earliest_of(times: Sequence[tuple[int, bool]]) -> int:
    """The place of the earliest known of some times, as in `earliest`.

    Args:
        times: in order, one at least: seconds since 1970, and whether that is a time and not the midnight of a date.
    """
    timed = next((place for place, (_, has_time) in enumerate(times) if has_time), None)
    dated = next((place for place, (_, has_time) in enumerate(times) if not has_time), None)
    if timed is None or dated is None:
        return 0
    return dated if times[dated][0] + DAY_SECONDS <= times[timed][0] else timed


def place(
    articles: Iterable[CoverageArticle],
    now: datetime | None = None,
    *,
    event: Iterable[CoverageArticle] | None = None,
) -> list[Placed]:
    """Put articles in order of time, each with its offset to the earliest known, as in `earliest`.

    Args:
        articles: in any order.
        now: as in `earliest`.
        event: those among which the earliest is sought; by default all.
    """
    ordered = sorted(articles, key=time_key)
    first = earliest(ordered if event is None else event, now)
    start = first.published if first else None
    return [
        Placed(
            article,
            article.published - start
            if isinstance(article.published, datetime) and isinstance(start, datetime)
            else None,
            article is first,
        )
        for article in ordered
    ]
