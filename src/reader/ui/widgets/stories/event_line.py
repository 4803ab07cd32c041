"""What an event's row says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.base.wording import plural

if TYPE_CHECKING:
    from reader.library.index.events.event_rows import EventFacts


def event_words(told: EventFacts, listed: int, day: str = "") -> list[tuple[int, str]]:
    """What an event's row says, in order; each with how soon it goes where room is short, the largest first.

    Args:
        told: of the event as a whole.
        listed: how many of its stories are listed.
        day: its first day, for a person; empty where none is known.
    """
    stories = f"{listed}" if listed >= told.stories else f"{listed} of {told.stories}"
    return [
        *([(1, day)] if day else []),
        (0, plural(told.outlets, "outlet")),
        (3, f"{told.independent} independent"),
        (2, f"{stories} stories"),
        *([(4, plural(told.days, "day"))] if told.days else []),
    ]
