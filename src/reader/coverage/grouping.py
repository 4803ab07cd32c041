"""A story's coverage in sections (its event, what is linked, what is alike), and each in groups: by time, outlet ..."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, tzinfo

from reader.base.times import day_text, local_day
from reader.coverage.model import Coverage, Group, Placed, Relation
from reader.coverage.sections import Section, sections
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

    The story's own event comes first, then what is linked, then what is alike: each a section of which the first group
    has the heading, and none that is empty. A story on no event with others stands alone, without a heading.

    Args:
        coverage: the story's coverage.
        grouping: by what.
        zone: the time zone in which days begin.
        fold: whether articles with one text become one; never by outlet, where each outlet has its own place.
        now: the clock, as in `earliest`.

    Returns:
        The groups of each section in the order in which they are read: days from the earliest on, articles without a
        date last; outlets by their first article; the best quality first; what is linked by its own events, where it
        goes by event. Inside a group articles go by time (by quality: the best first; what is alike: the most alike
        first, where it goes by event). Offsets are those to the earliest of the event, and told within it alone.
    """
    groups: list[Group] = []
    for section in sections(coverage):
        shown = _placed(section, now)
        if fold and grouping is not Grouping.OUTLET:
            shown = _folded(shown)
        inner = _groups(shown, grouping, zone) if grouping is not Grouping.EVENT else _by_event(section, shown)
        groups += _under(section.heading, inner)
    return groups


def _placed(section: Section, now: datetime | None) -> list[Placed]:
    """The articles of a section by time. Offsets, and what is earliest, are of an event of two or more."""
    if section.relation is Relation.EVENT and len(section.articles) > 1:
        return place(section.articles, now)
    return [replace(one, offset=None, is_earliest=False) for one in place(section.articles)]


def _by_event(section: Section, placed: Sequence[Placed]) -> list[Group]:
    if section.relation is Relation.LINKED:
        return _events(placed)
    if section.relation is Relation.ALIKE:
        rank = {article.key: number for number, article in enumerate(section.articles)}
        placed = sorted(placed, key=lambda one: rank[one.article.key])
    return [Group("", tuple(placed))]


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
    return [*groups, Group("on none of these events" if groups else "", alone)] if alone else groups


def _folded(placed: Sequence[Placed]) -> list[Placed]:
    """Of articles with one text the earliest, at its own place in time, with the others folded into it."""
    by_text: defaultdict[int, list[Placed]] = defaultdict(list)
    for one in placed:
        if one.article.copy is not None:
            by_text[one.article.copy].append(one)
    kept = []
    for one in placed:
        same = by_text[one.article.copy] if one.article.copy is not None else [one]
        if one is same[0]:
            kept.append(replace(one, copies=tuple(other.article for other in same[1:])))
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
