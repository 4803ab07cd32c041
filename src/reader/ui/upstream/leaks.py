"""Memory that is not given back: caches of what was drawn, and the widgets of closed dialogs.

Textual 8.2. Its caches hold tens of thousands of results: each rectangle of a layout, and, as a style also holds the
offset of its text, the codes for each place where a text was drawn; one of them keeps widgets alive as well
(https://github.com/Textualize/textual/issues/6665). They are worked out again in no time, but take most of the memory
that could be freed. And the objects of a screen refer to each other in cycles. Python looks for such cycles only when
there are a quarter more objects than the last time: until then the hundreds of widgets of closed dialogs stay, and
their memory is hardly ever given back to the system.
"""

from __future__ import annotations

import gc
from typing import Any

from rich.segment import Segment
from textual import _segment_tools
from textual._styles_cache import StylesCache
from textual.css.scalar import Scalar
from textual.geometry import Region
from textual.message_pump import MessagePump
from textual.strip import Strip


def _cached(owner: Any) -> list[Any]:
    """The functions of a class or module that have a cache."""
    functions = [getattr(value, "__func__", value) for value in vars(owner).values()]
    return [function for function in functions if hasattr(function, "cache_clear")]


_OWNERS = (Region, Scalar, Segment, Strip, StylesCache, _segment_tools)


def forget_drawings() -> None:
    """Empty Textual's caches, which keep lines, places and widgets that are not shown any more."""
    for owner in _OWNERS:
        for function in _cached(owner):
            function.cache_clear()


CLEAR_UP_EVERY = 3.0
"""Seconds between two calls of `ClearingUp.clear_up`."""


class ClearingUp(MessagePump):
    """The part of a screen that frees the dialogs that were shown over it, once they are closed."""

    _rounds = 0

    def on_screen_resume(self) -> None:
        """A dialog is being closed. At the next `clear_up` it may still be in use, so the one after it counts too."""
        self._rounds = 2

    def clear_up(self) -> None:
        """Free the dialogs that were closed since the last call; takes some 10 ms."""
        if self._rounds:
            self._rounds -= 1
            gc.collect()
