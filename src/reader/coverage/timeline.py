"""Articles in order of time: the earliest known, and how much later the others are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from reader.coverage.model import CoverageArticle, Placed, time_key
from reader.stories.dates import sort_time


def earliest(articles: Iterable[CoverageArticle]) -> CoverageArticle | None:
    """The article with the earliest known time.

    A date alone says less than a time of the same day, so it is the earliest only where its whole day lies before
    every time, or where nothing has a time.
    """
    timed: CoverageArticle | None = None
    dated: CoverageArticle | None = None
    for article in sorted(articles, key=time_key):
        if isinstance(article.published, datetime):
            timed = timed or article
        elif article.published is not None:
            dated = dated or article
    if timed is None or dated is None:
        return timed or dated
    day_end = (sort_time(dated.published) or 0) + 86_400
    return dated if day_end <= (sort_time(timed.published) or 0) else timed


def place(articles: Iterable[CoverageArticle]) -> list[Placed]:
    """Put articles in order of time, each with its offset to the earliest known."""
    ordered = sorted(articles, key=time_key)
    first = earliest(ordered)
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
