"""Articles in order of time: which is the earliest known, and how much later the others are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from reader.coverage.model import CoverageArticle, Placed, time_key
from reader.stories.dates import sort_time

DAY_SECONDS = 86_400

_FARTHEST_EAST = timedelta(hours=14)
"""How far ahead of UTC the time zone is in which each day begins first."""


class Timing(StrEnum):
    """What is known of an article's time: a time of day, the day alone, nothing, or a time that is yet to come."""

    TIME = "time"
    DAY = "day"
    MISSING = "missing"
    FUTURE = "future"


def timing(when: datetime | date | None, now: datetime) -> Timing:
    """What is known of a time.

    Args:
        when: an aware time, a date alone, or None.
        now: the clock, aware. A date alone is in the future as long as its day has begun nowhere on Earth.
    """
    if when is None:
        return Timing.MISSING
    if isinstance(when, datetime):
        return Timing.FUTURE if when > now else Timing.TIME
    return Timing.FUTURE if when > (now.astimezone(UTC) + _FARTHEST_EAST).date() else Timing.DAY


def earliest(articles: Iterable[CoverageArticle], now: datetime | None = None) -> CoverageArticle | None:
    """The article with the earliest known time.

    A date alone says less than a time of the same day, so it is the earliest only where its whole day lies before
    every time, or where no article has a time.

    Args:
        articles: in any order.
        now: the clock: articles with a time in the future are passed over. Without it they count as well.

    Returns:
        The article; None where none has a known time or date.
    """
    if now is not None:
        articles = [one for one in articles if timing(one.published, now) is not Timing.FUTURE]
    known = [one for one in sorted(articles, key=time_key) if one.published is not None]
    times = [(sort_time(one.published) or 0, isinstance(one.published, datetime)) for one in known]
    return known[earliest_of(times)] if known else None


def earliest_of(times: Sequence[tuple[int, bool]]) -> int:
    """The place of the earliest known of some times, by the rule of `earliest`.

    Args:
        times: one or more, in ascending order: seconds since 1970, and whether that is a time of day (True) or the
            midnight in UTC of a date alone (False).
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
    """Put articles in order of time, each with its offset from the earliest known.

    Args:
        articles: in any order.
        now: as in `earliest`.
        event: the articles among which the earliest is looked for; by default all.
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
