"""The ways to group a coverage. Apart from `grouping`, so that the screen starts without all that groups."""

from __future__ import annotations

from enum import StrEnum


class Grouping(StrEnum):
    """How the coverage is grouped."""

    TIME = "time"
    OUTLET = "outlet"
    QUALITY = "quality"
    EVENT = "event"

    @property
    def next(self) -> Grouping:
        """The grouping after this one, around in a circle."""
        ways = list(Grouping)
        return ways[(ways.index(self) + 1) % len(ways)]
