"""Divides a story's coverage for display: into sections (event, linked, alike), and each of these into groups.

The tree on the screen, `reader coverage` and exports all show these groups. See `ways` for the ways to group.
"""

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
"""The lowest quality in each group, and the group's label."""


def grouped(
    coverage: Coverage,
    grouping: Grouping,
    zone: tzinfo | None,
    *,
    fold: bool = False,
    now: datetime | None = None,
) -> list[Group]:
    """Group a coverage, the story itself included.

    The story's own event comes first, then what is linked, then what is alike. The first group of each such section
    carries its heading; empty sections are left out. A story on no event with others stands alone, without a heading.

    Args:
        coverage: the story's coverage.
        grouping: by what to group inside a section.
        zone: the time zone in which days begin; None for the system's.
        fold: whether wire copies are folded into the earliest of them. Not done by outlet, where each outlet has its
            own group.
        now: the clock, as in `earliest`.

    Returns:
        The groups of all sections in the order in which they are shown. By time: the earliest day first, articles
        without a date last. By outlet: the outlet with the first article first. By quality: the best first. By event:
        the linked articles grouped by the events that they are on, the event and what is alike as one group each.
        Inside a group articles go by time, except that the best come first by quality, and the most alike by event.
        Only articles of the event have offsets, which are counted from its earliest.
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
    """The articles of a section by time. Only those of an event of two or more have offsets and an earliest."""
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
    """A group for each event that two or more of some articles are on; then one for all other articles."""
    members: defaultdict[int | None, list[Placed]] = defaultdict(list)
    for one in placed:
        members[one.article.event].append(one)
    events = [some for event, some in members.items() if event is not None and len(some) > 1]
    groups = [Group(f"event · {some[0].article.title}", tuple(some)) for some in events]
    together = {id(one) for some in events for one in some}
    alone = tuple(one for one in placed if id(one) not in together)
    return [*groups, Group("on none of these events" if groups else "", alone)] if alone else groups


def _folded(placed: Sequence[Placed]) -> list[Placed]:
    """The articles with each wire copy folded into the earliest article that has its text."""
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
    """A key that sorts by day. By time alone, a date without a time can come before times of the day before.

    It stands for midnight in UTC, which west of it comes before the last hours of the day before.
    """
    when = one.article.published
    return (when is None, date.min if when is None else local_day(when, zone))


def _quality_key(one: Placed) -> tuple[bool, int]:
    quality = one.article.quality
    return (quality is None, -(quality or 0))


def _quality_label(quality: int | None) -> str:
    if quality is None:
        return "quality not known"
    return next((label for least, label in QUALITY_STEPS if quality >= least), "quality below 0")
