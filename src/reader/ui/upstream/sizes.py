"""The ground of the panes: what they show is fitted to their size."""

from __future__ import annotations

from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip


class Fitted(ScrollView):
    """Fits what it shows to its size, however it came by that.

    Textual tells of a new size by comparing two layouts. Whoever asks for the place of a widget after a change and
    before its layout lets the layout look as if it were the old one: then the size is new, and nothing is told of it.
    """

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
