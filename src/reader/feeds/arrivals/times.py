"""Whether the time that a feed or a page gives for an article can be right."""

from __future__ import annotations

from datetime import datetime, timedelta

_AHEAD = timedelta(hours=1)
"""How far in the future a time may be: clocks differ."""


def is_believable(published: datetime, now: datetime) -> bool:
    """Whether an article can have been published at a time: not if that was in the future when it came in.

    Args:
        published: the time, aware.
        now: when the article came in, aware.
    """
    return published <= now + _AHEAD
