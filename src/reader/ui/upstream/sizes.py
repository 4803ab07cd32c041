"""Sizes of which widgets hear late, or not at all.

Textual 8.2. It compares a layout with the one before to find the widgets whose size is new. Where somebody asks for
the place of a widget after a change but before the layout, the two look the same: the widget has another size, and gets
no `Resize`. And a screen gets the classes of its breakpoints only after it was styled without them: everything is
styled twice before it is first drawn, and a third time at its `ScreenResume`. No upstream issue is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import events, on
from textual.geometry import Region, Size
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.strip import Strip

from reader.ui.upstream.grounds import Grounded


class Fitted(Grounded):
    """A pane that fits what it shows to its size, also where Textual did not send a `Resize`."""

    _fitted_to: Size | None = None

    def fit(self) -> None:
        """Show the same at the present size. Subclasses say how."""
        raise NotImplementedError

    def on_resize(self) -> None:
        """Fit to the new size. An old one counts as well: the pane may have been hidden meanwhile."""
        self._fitted_to = self.size
        self.fit()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw lines; where the size is not the one that was fitted to, have it fitted to soon."""
        if self.size != self._fitted_to:
            self.call_later(self._fit_late)
        return super().render_lines(crop)

    def _fit_late(self) -> None:
        if self.size != self._fitted_to:
            self.on_resize()


class StyledOnce(MessagePump):
    """The part of a screen that keeps widgets from being styled anew when it is first shown.

    They were styled when they were mounted.
    """

    _was_shown = False

    @on(events.ScreenResume)
    def keep_styles(self, event: events.ScreenResume) -> None:
        """Keep Textual's own handler, which is called after this one, from styling all widgets the first time."""
        if not self._was_shown:
            event.refresh_styles = False
        self._was_shown = True


def take_size(screen: Screen[Any]) -> None:
    """Give a screen that is being composed the classes for the terminal's size, before anything in it is styled."""
    width, height = screen.app.size
    for breakpoints, length in ((screen.HORIZONTAL_BREAKPOINTS, width), (screen.VERTICAL_BREAKPOINTS, height)):
        screen.add_class(class_of_size(breakpoints or (), length), update=False)


def class_of_size(breakpoints: Sequence[tuple[int, str]], length: int) -> str:
    """The class that a screen of so many columns or lines has, by its breakpoints."""
    return [name for least, name in breakpoints if length >= least][-1]
