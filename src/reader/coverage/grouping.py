"""A story's coverage in groups: by time, by outlet, by quality."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, tzinfo

from reader.coverage.model import Coverage, Group, Grouping, Placed
from reader.coverage.timeline import place
from reader.stories.timetext import day_text, local_day

QUALITY_STEPS = (
    (100, "quality 100 and more"),
    (50, "quality 50 to 99"),
    (1, "quality 1 to 49"),
    (0, "quality 0"),
)
"""The lowest quality of each group, with its label."""


def grouped(coverage: Coverage, grouping: Grouping, zone: tzinfo | None) -> list[Group]:
    """Group a coverage, the story itself included.

    Args:
        coverage: the story's coverage.
        grouping: by what.
        zone: the time zone in which days begin.

    Returns:
        The groups in the order in which they are read: days from the earliest on, articles without a date last;
        outlets by their first article; the best quality first. Inside a group articles go by time (by quality: the
        best first).
    """
    placed = place(coverage.all)
    if grouping is Grouping.TIME:
        by_day = sorted(placed, key=lambda one: _day_key(one, zone))
        return _collect(by_day, lambda one: _day(one, zone))
    if grouping is Grouping.OUTLET:
        return _collect(placed, lambda one: one.article.provider or one.article.outlet or "outlet not known")
    by_quality = sorted(placed, key=_quality_key)
    return _collect(by_quality, lambda one: _quality_label(one.article.quality))


def _collect(placed: Iterable[Placed], label: Callable[[Placed], str]) -> list[Group]:
    groups: defaultdict[str, list[Placed]] = defaultdict(list)
    for one in placed:
        groups[label(one)].append(one)
    return [Group(name, tuple(members)) for name, members in groups.items()]


def _day(one: Placed, zone: tzinfo | None) -> str:
    when = one.article.published
    return "no date" if when is None else day_text(local_day(when, zone))


def _day_key(one: Placed, zone: tzinfo | None) -> tuple[bool, date]:
    """Days in order: where days begin elsewhere than in UTC, a date alone may lie before times of the day before."""
    when = one.article.published
    return (when is None, date.min if when is None else local_day(when, zone))


def _quality_key(one: Placed) -> tuple[bool, int]:
    quality = one.article.quality
    return (quality is None, -(quality or 0))


def _quality_label(quality: int | None) -> str:
    if quality is None:
        return "quality not known"
    return next((label for least, label in QUALITY_STEPS if quality >= least), "quality below 0")
