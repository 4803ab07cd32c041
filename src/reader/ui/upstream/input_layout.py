"""A line that is typed in without a new layout of the screen.

Textual 8.2. The length of an input's text is the size of what scrolls in it, and each letter that changes it has the
whole screen laid out anew: a frame more, and all the panes' widgets asked for their sizes. No upstream issue is known.
"""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import Reactive, reactive
from textual.widgets import Input


class StillInput(Input):
    """An input whose length is no matter of the screen's layout: a letter costs no more than drawing the line."""

    virtual_size: Reactive[Size] = reactive(Size(0, 0), layout=False)
