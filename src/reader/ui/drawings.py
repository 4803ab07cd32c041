"""Letting go of what was drawn."""

from __future__ import annotations

from textual._segment_tools import make_blank
from textual._styles_cache import StylesCache
from textual.strip import Strip


def forget_drawings() -> None:
    """Free what is drawn no more: widgets of closed dialogs, and lines as wide as the terminal was.

    Textual keeps the drawings of the last 1,024 widgets, and thousands of blanks of every width and style that there
    was, by caches that are filled again in no time.
    """
    for cached in (StylesCache.get_inner_outer, Strip.blank, make_blank):
        cached.cache_clear()
