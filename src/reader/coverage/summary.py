"""What many articles amount to: how many, of how many outlets, over how long, and which is the earliest known."""

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
    """What some articles amount to.

    Attributes:
        articles: how many there are.
        outlets: how many outlets they are of; 1 where none is known.
        independent: how many of these have a text of their own; of those with one text only the first counts. At
            least 1, as in `outlets`.
        earliest: the earliest known; None where none has a date. A time in the future is no known time.
        first: the day of the first with a known date.
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
        """How many days they span, the first and the last counted; 0 where no day is known."""
        return (self.last - self.first).days + 1 if self.first and self.last else 0


def sum_up(articles: Iterable[CoverageArticle], now: datetime | None, zone: tzinfo | None) -> Summary:
    """Sum articles up.

    Args:
        articles: in any order.
        now: the clock. Without it all times count.
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
    """The days of a zone that the known times are on; a time in the future is no known time.

    Args:
        times: in any order.
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
    """Articles by the day of a zone, the earliest first; what has no date last, under None.

    Where days begin elsewhere than in UTC, a date alone may belong before times that its midnight in UTC is after.
    """
    days: defaultdict[date | None, list[CoverageArticle]] = defaultdict(list)
    for article in sorted(articles, key=time_key):
        days[None if article.published is None else local_day(article.published, zone)].append(article)
    return sorted(days.items(), key=lambda item: (item[0] is None, item[0] or date.min))
