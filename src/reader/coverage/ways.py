"""The ways to group a coverage. Apart from `grouping`, so that the screen starts without all that groups."""

from __future__ import annotations

from reader.base.circle import Circle


class Grouping(Circle):
    """How the coverage is grouped."""

    TIME = "time"
    OUTLET = "outlet"
    QUALITY = "quality"
    EVENT = "event"
