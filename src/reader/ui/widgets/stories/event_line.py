"""The words of an event's row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.base.wording import plural

if TYPE_CHECKING:
    from reader.library.index.events.event_rows import EventFacts


def event_words(event: EventFacts, listed: int, day: str = "") -> list[tuple[int, str]]:
    """What an event's row says, in order; each with its rank, as `fitting` takes it.

    Args:
        event: the facts of the event as a whole.
        listed: how many of its stories are listed.
        day: its first day, for a person; empty where none is known.
    """
    stories = f"{listed}" if listed >= event.stories else f"{listed} of {event.stories}"
    return [
        *([(1, day)] if day else []),
        (0, plural(event.outlets, "outlet")),
        (3, f"{event.independent} independent"),
        (2, f"{stories} stories"),
        *([(4, plural(event.days, "day"))] if event.days else []),
    ]
