"""Memory that is not given back: what was drawn, and the dialogs that it was drawn by.

Textual 8.2. It remembers tens of thousands of results: every rectangle that was ever shared out, and, as a style also
tells which place of a text it is for, the codes of every place where a text was drawn; with one of them also the
widgets that asked (https://github.com/Textualize/textual/issues/6665). It works them out again in no time; those that
stay take most of the memory that comes and goes. And the parts of a screen refer to each other in circles. Python
looks for those when it has a quarter more objects than the last time: until then hundreds of widgets of closed
dialogs lie about, and the memory that they take is hardly ever given back.
"""

from __future__ import annotations

import gc
from typing import Any

from rich.segment import Segment
from textual import _segment_tools
from textual._styles_cache import StylesCache
from textual.css.scalar import Scalar
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip


def _remembered(owner: Any) -> list[Any]:
    """The functions of a class or module that remember what they were asked."""
    functions = [getattr(value, "__func__", value) for value in vars(owner).values()]
    return [function for function in functions if hasattr(function, "cache_clear")]


_OWNERS = (Region, Scalar, Segment, Strip, StylesCache, _segment_tools)
_REMEMBERED = [function for owner in _OWNERS for function in _remembered(owner)]


def forget_drawings() -> None:
    """Free what is drawn no more: widgets of closed dialogs, lines as wide as the terminal was, where all that lay."""
    for function in _REMEMBERED:
        function.cache_clear()


CLEAR_UP_EVERY = 3.0
"""Seconds between two looks at whether a dialog was closed."""


class ClearingUp(Screen[None]):
    """A screen that lets go of the dialogs that stood on it."""

    _rounds = 0

    def on_screen_resume(self) -> None:
        """A dialog is being closed: it may still be there the next time, and is not the time after."""
        self._rounds = 2

    def clear_up(self) -> None:
        """Let go of the dialogs that were closed; takes some 10 ms."""
        if self._rounds:
            self._rounds -= 1
            gc.collect()
