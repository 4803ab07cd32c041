"""The ways to group a coverage. They have a module of their own so that the screen starts without `grouping`."""

from __future__ import annotations

from reader.base.circle import Circle


class Grouping(Circle):
    """How the coverage is grouped."""

    TIME = "time"
    OUTLET = "outlet"
    QUALITY = "quality"
    EVENT = "event"
