"""Sizes that are told late, or not at all.

Textual 8.2. It tells a widget of a new size by comparing two layouts. Whoever asks for the place of a widget after a
change and before its layout lets the layout look as if it were the old one: then the size is new, and nothing is told
of it. And a screen has the classes of its breakpoints only after it was styled without them: all of it is styled
twice before it is drawn for the first time, and a third time when it is told that it is the one that is shown. No
upstream issue is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import events, on
from textual.geometry import Region, Size
from textual.screen import Screen
from textual.strip import Strip

from reader.ui.upstream.grounds import Grounded


class Fitted(Grounded):
    """Fits what it shows to its size, however it came by that."""

    _fitted_to: Size | None = None

    def fit(self) -> None:
        """Show the same for another size."""
        raise NotImplementedError

    def on_resize(self) -> None:
        """Fit to the size that Textual tells of. Also to the one of before: the pane may have been hidden meanwhile."""
        self._fitted_to = self.size
        self.fit()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw lines; the next time with all fitted to a size that Textual did not tell of."""
        if self.size != self._fitted_to:
            self.call_later(self._fit_late)
        return super().render_lines(crop)

    def _fit_late(self) -> None:
        if self.size != self._fitted_to:
            self.on_resize()


class StyledOnce(Screen[Any]):
    """A screen whose widgets keep the styles that they were mounted with when it is shown for the first time."""

    _was_shown = False

    @on(events.ScreenResume)
    def keep_styles(self, event: events.ScreenResume) -> None:
        """The screen is shown; Textual's own handler is called after this one."""
        if not self._was_shown:
            event.refresh_styles = False
        self._was_shown = True


def take_size(screen: Screen[Any]) -> None:
    """Give a screen that is being composed the classes of the terminal's size, before anything of it is styled."""
    width, height = screen.app.size
    for breakpoints, length in ((screen.HORIZONTAL_BREAKPOINTS, width), (screen.VERTICAL_BREAKPOINTS, height)):
        screen.add_class(class_of_size(breakpoints or (), length), update=False)


def class_of_size(breakpoints: Sequence[tuple[int, str]], length: int) -> str:
    """The class of a screen of so many columns or lines."""
    return [name for least, name in breakpoints if length >= least][-1]
