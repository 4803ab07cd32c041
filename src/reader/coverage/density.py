"""How many articles of a coverage appeared in each hour or day: the numbers behind the small bar above its tree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from reader.base.times import local_day
from reader.coverage.model import CoverageArticle

BLOCKS = " ▁▂▃▄▅▆▇█"
"""The characters of the bar, from no article to the most."""

MOST_STEPS = 48
"""Characters of a bar at most. Where there are more days, each character stands for several of them."""

_BY_HOUR = timedelta(days=2)
"""Articles that span less than this are counted by hour, others by day."""


@dataclass(frozen=True, slots=True)
class Density:
    """How many articles appeared in each of several equal steps of time.

    Attributes:
        counts: how many articles appeared in each step, the first one first.
        step: the length of a step, as a person says it: `hour`, `day`, `3 days`.
        first: the day of the earliest article.
        last: the day of the latest.
    """

    counts: tuple[int, ...]
    step: str
    first: date
    last: date

    @property
    def bar(self) -> str:
        """The bar: one character for each step, of which any article fills an eighth at least."""
        most = max(self.counts)
        return "".join(BLOCKS[-(-count * (len(BLOCKS) - 1) // most)] for count in self.counts)


def density(articles: Iterable[CoverageArticle], zone: tzinfo | None, most: int = MOST_STEPS) -> Density | None:
    """Count articles by hour if all have a time of day and lie within two days, else by day or by several days.

    Args:
        articles: of a coverage.
        zone: the time zone in which days begin; None for the system's.
        most: how many steps there may be.

    Returns:
        The counts; None where fewer than three articles have a date.
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
