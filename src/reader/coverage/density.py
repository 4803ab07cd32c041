"""How many articles there were in each hour or day: the small bar above a coverage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from reader.base.times import local_day
from reader.coverage.model import CoverageArticle

BLOCKS = " ▁▂▃▄▅▆▇█"
"""Signs for nothing up to the most."""

MOST_STEPS = 48
"""Hours or days of a bar at most; what is longer is told in steps of several days."""

_BY_HOUR = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Density:
    """Counts of articles, step by step.

    Attributes:
        counts: how many articles there were in each step.
        step: the length of a step, as a person says it: `hour`, `day`, `3 days`.
        first: the day of the first step.
        last: the day of the last.
    """

    counts: tuple[int, ...]
    step: str
    first: date
    last: date

    @property
    def bar(self) -> str:
        """One sign for each step."""
        most = max(self.counts)
        return "".join(BLOCKS[-(-count * (len(BLOCKS) - 1) // most)] for count in self.counts)


def density(articles: Iterable[CoverageArticle], zone: tzinfo | None, most: int = MOST_STEPS) -> Density | None:
    """Count articles by hour, where all lie within two days, else by day; None where fewer than three have a time.

    Args:
        articles: of a coverage.
        zone: the time zone in which days begin.
        most: steps at most.
    """
    dated = [article.published for article in articles if article.published is not None]
    if len(dated) < 3:
        return None
    times = sorted(when for when in dated if isinstance(when, datetime))
    days = [local_day(when, zone) for when in dated]
    first, last = min(days), max(days)
    if len(times) == len(dated) and times[-1] - times[0] < min(_BY_HOUR, timedelta(hours=most)):
        hours = [int((when - times[0]) / timedelta(hours=1)) for when in times]
        return Density(_counted(hours), "hour", first, last)
    width = -(-((last - first).days + 1) // most)
    steps = [(day - first).days // width for day in days]
    return Density(_counted(steps), "day" if width == 1 else f"{width} days", first, last)


def _counted(steps: Sequence[int]) -> tuple[int, ...]:
    counts = Counter(steps)
    return tuple(counts[step] for step in range(max(steps) + 1))
