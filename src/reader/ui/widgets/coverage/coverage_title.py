"""The title of the coverage pane: what a coverage amounts to, in as many words as there is room for."""

from __future__ import annotations

from datetime import datetime, tzinfo

from reader.base.wording import plural
from reader.coverage.model import Coverage
from reader.coverage.sections import ON_NO_EVENT, beyond
from reader.coverage.summary import sum_up
from reader.ui.look.cells import fitting


def title_of(coverage: Coverage, new: int, now: datetime, zone: tzinfo | None, room: int) -> str:
    """The title above a coverage: the counts of its event, and what there is besides, as much as has room.

    Args:
        coverage: the coverage, which has more than the story itself.
        new: how many articles of the event came since it was last looked at.
        now: the clock.
        zone: the time zone in which days begin; None for the system's.
        room: the width, in cells.
    """
    event = sum_up(coverage.event, now, zone)
    facts = [(0, "Coverage"), (1, plural(event.outlets, "outlet") if event.articles > 1 else ON_NO_EVENT)]
    if new:
        facts.insert(1, (2, f"{new:,} new"))
    if event.independent != event.outlets:
        facts.append((4, f"{event.independent} independent"))
    if event.articles > 1 and event.days:
        facts.append((5, plural(event.days, "day")))
    facts += enumerate(beyond(coverage), start=6)
    if event.articles > 1 and event.earliest:
        facts.append((3, f"earliest known {event.earliest.provider or event.earliest.outlet}"))
    return fitting(facts, room)
