"""When an article can have been published, whoever says so."""

from __future__ import annotations

from datetime import datetime, timedelta

_AHEAD = timedelta(hours=1)
"""How far in the future a time may lie: clocks differ."""


def is_believable(published: datetime, now: datetime) -> bool:
    """Whether an article that is there now can have been published then: not where that is to come.

    Args:
        published: an aware time.
        now: when the article came in; aware.
    """
    return published <= now + _AHEAD
