"""What an event's row says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.base.wording import plural

if TYPE_CHECKING:
    from reader.library.index.event_rows import EventFacts


def event_words(told: EventFacts, listed: int) -> list[tuple[int, str]]:
    """What an event's row says, in order; each with how soon it goes where room is short, the largest first.

    Args:
        told: of the event as a whole.
        listed: how many of its stories are listed.
    """
    stories = f"{listed}" if listed >= told.stories else f"{listed} of {told.stories}"
    return [
        (0, plural(told.outlets, "outlet")),
        (2, f"{told.independent} independent"),
        (1, f"{stories} stories"),
        *([(3, plural(told.days, "day"))] if told.days else []),
    ]
