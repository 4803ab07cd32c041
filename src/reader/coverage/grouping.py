"""A story's coverage in groups: by time, by outlet, by quality, by event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, tzinfo

from reader.base.times import day_text, local_day
from reader.coverage.model import Coverage, CoverageArticle, Group, Placed
from reader.coverage.timeline import place
from reader.coverage.ways import Grouping

QUALITY_STEPS = (
    (100, "quality 100 and more"),
    (50, "quality 50 to 99"),
    (1, "quality 1 to 49"),
    (0, "quality 0"),
)
"""The lowest quality of each group, with its label."""


def grouped(
    coverage: Coverage,
    grouping: Grouping,
    zone: tzinfo | None,
    *,
    fold: bool = False,
    now: datetime | None = None,
) -> list[Group]:
    """Group a coverage, the story itself included.

    The story's own event comes first, in the groups asked for; then, under a label, what is only linked: the subject.
    By event the subject goes by its events as well.

    Args:
        coverage: the story's coverage.
        grouping: by what.
        zone: the time zone in which days begin.
        fold: whether articles with one text become one; never by outlet, where each outlet has its own place.
        now: the clock, as of `earliest`.

    Returns:
        The groups in the order in which they are read: days from the earliest on, articles without a date last;
        outlets by their first article; the best quality first. Inside a group articles go by time (by quality: the
        best first). Offsets are those to the earliest of the event, or of all where the story is on no event.
    """
    by_event = grouping is Grouping.EVENT
    first = coverage.event if by_event else coverage.core
    keys = {article.key for article in first}
    here = place(first, now)
    rest = [replace(one, offset=None, is_earliest=False) for one in place(coverage.all) if one.article.key not in keys]
    if fold and grouping is not Grouping.OUTLET:
        here, rest = _folded(here, coverage.focus), _folded(rest, coverage.focus)
    subject = f"the same subject · {len(coverage.all) - len(first)} articles"
    if not by_event:
        return [*_groups(here, grouping, zone), *_under(subject, _groups(rest, grouping, zone))]
    label = f"this event · {len(first)} articles" if len(first) > 1 else "this story: on no event with others"
    return [Group(label, tuple(here)), *_under(subject, _events(rest))]


def _under(heading: str, groups: list[Group]) -> list[Group]:
    return [replace(group, heading="" if number else heading) for number, group in enumerate(groups)]


def _groups(placed: Sequence[Placed], grouping: Grouping, zone: tzinfo | None) -> list[Group]:
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


def _events(placed: Sequence[Placed]) -> list[Group]:
    """Each event among some articles, by time; then what is on none of them."""
    members: defaultdict[int | None, list[Placed]] = defaultdict(list)
    for one in placed:
        members[one.article.event].append(one)
    events = [some for event, some in members.items() if event is not None and len(some) > 1]
    groups = [Group(f"event · {some[0].article.title}", tuple(some)) for some in events]
    together = {id(one) for some in events for one in some}
    alone = tuple(one for one in placed if id(one) not in together)
    return [*groups, Group("on none of these events", alone)] if alone else groups


def _folded(placed: Sequence[Placed], focus: CoverageArticle) -> list[Placed]:
    """Of articles with one text the earliest, or the story itself, with the others folded into it."""
    by_text: defaultdict[int, list[Placed]] = defaultdict(list)
    for one in placed:
        if one.article.copy is not None:
            by_text[one.article.copy].append(one)
    kept = []
    for one in placed:
        same = by_text[one.article.copy] if one.article.copy is not None else [one]
        shown = next((other for other in same if other.article.key == focus.key), same[0])
        if one is shown:
            kept.append(replace(one, copies=tuple(other.article for other in same if other is not one)))
    return kept


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
