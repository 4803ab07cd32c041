"""Typing into a line without a new layout of the screen.

Textual 8.2. The length of an input's text is its virtual size, and each letter that changes that has the whole screen
laid out anew: it costs another frame, and all widgets are asked for their sizes. No upstream issue is known.
"""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import Reactive, reactive
from textual.widgets import Input


class StillInput(Input):
    """An input whose text does not affect the layout: a letter costs no more than drawing the line."""

    virtual_size: Reactive[Size] = reactive(Size(0, 0), layout=False)
