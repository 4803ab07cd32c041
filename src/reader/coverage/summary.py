"""Sums up articles: how many, of how many outlets, over how many days, and which is the earliest known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from reader.base.times import local_day
from reader.coverage.model import CoverageArticle, outlets_of, time_key, without_copies
from reader.coverage.timeline import Timing, earliest, timing


@dataclass(frozen=True, slots=True)
class Summary:
    """Some articles summed up.

    Attributes:
        articles: how many there are.
        outlets: how many different outlets they are of; 1 where none is known, 0 where there are no articles.
        independent: the same, of each wire copy counting only the earliest article.
        earliest: the earliest known article; None where none has a date. A time in the future is not a known time.
        first: the day of the first article with a known time or date.
        last: the day of the last.
    """

    articles: int
    outlets: int
    independent: int
    earliest: CoverageArticle | None
    first: date | None
    last: date | None

    @property
    def days(self) -> int:
        """How many days they span, the first and the last included; 0 where no day is known."""
        return (self.last - self.first).days + 1 if self.first and self.last else 0


def sum_up(articles: Iterable[CoverageArticle], now: datetime | None, zone: tzinfo | None) -> Summary:
    """Sum articles up.

    Args:
        articles: in any order.
        now: the clock, as in `earliest`. Without it times in the future count as well.
        zone: the time zone in which days begin; None for the system's.
    """
    listed = list(articles)
    days = days_of((one.published for one in listed), now, zone)
    return Summary(
        articles=len(listed),
        outlets=_counted(listed),
        independent=_counted(without_copies(listed)),
        earliest=earliest(listed, now),
        first=min(days, default=None),
        last=max(days, default=None),
    )


def days_of(times: Iterable[datetime | date | None], now: datetime | None, zone: tzinfo | None) -> list[date]:
    """The days on which times lie, without those that are not known or in the future.

    Args:
        times: aware times, dates alone, or None, in any order.
        now: as in `sum_up`.
        zone: the time zone in which days begin; None for the system's.
    """
    return [
        local_day(when, zone)
        for when in times
        if when is not None and (now is None or timing(when, now) is not Timing.FUTURE)
    ]


def _counted(articles: list[CoverageArticle]) -> int:
    return max(len(outlets_of(articles)), min(len(articles), 1))


def by_day(articles: Iterable[CoverageArticle], zone: tzinfo | None) -> list[tuple[date | None, list[CoverageArticle]]]:
    """Articles by day, the earliest day first; those without a date last, under None.

    The days are sorted once more after the articles: by time alone, a date without a time can come before times of
    the day before, as it stands for midnight in UTC.

    Args:
        articles: in any order.
        zone: the time zone in which days begin; None for the system's.
    """
    days: defaultdict[date | None, list[CoverageArticle]] = defaultdict(list)
    for article in sorted(articles, key=time_key):
        days[None if article.published is None else local_day(article.published, zone)].append(article)
    return sorted(days.items(), key=lambda item: (item[0] is None, item[0] or date.min))
