"""What the title of the coverage pane says."""

from __future__ import annotations

from datetime import datetime, tzinfo

from reader.base.wording import plural
from reader.coverage.model import Coverage
from reader.coverage.sections import ON_NO_EVENT, beyond
from reader.coverage.summary import sum_up
from reader.ui.look.cells import fitting


def title_of(coverage: Coverage, new: int, now: datetime, zone: tzinfo | None, room: int) -> str:
    """The title above a coverage: what its event amounts to, and what there is beyond it, as far as there is room.

    Args:
        coverage: of which there is more than the story.
        new: how many articles of the event came since it was last looked at.
        now: the clock.
        zone: the time zone in which days begin; None for the system's.
        room: in cells.
    """
    told = sum_up(coverage.event, now, zone)
    facts = [(0, "Coverage"), (1, plural(told.outlets, "outlet") if told.articles > 1 else ON_NO_EVENT)]
    if new:
        facts.insert(1, (2, f"{new:,} new"))
    if told.independent != told.outlets:
        facts.append((4, f"{told.independent} independent"))
    if told.articles > 1 and told.days:
        facts.append((5, plural(told.days, "day")))
    facts += enumerate(beyond(coverage), start=6)
    if told.articles > 1 and told.earliest:
        facts.append((3, f"earliest known {told.earliest.provider or told.earliest.outlet}"))
    return fitting(facts, room)
