"""The style of a widget's background, worked out once.

Textual 8.2. It blends a widget's style from those of the widget and of all its parents each time it is asked for:
that is for each line that is drawn. It caches the styles of component classes, but not the widget's own. No upstream
issue is known.
"""

from __future__ import annotations

from rich.style import Style
from textual.scroll_view import ScrollView


class Grounded(ScrollView):
    """A pane that remembers the style of its background until its styles change.

    Its styles have to set an opaque background: one below it could change without notice.
    """

    _ground: Style | None = None

    @property
    def rich_style(self) -> Style:
        """The style of its background, and of plain text on it."""
        if self._ground is None:
            self._ground = super().rich_style
        return self._ground

    def notify_style_update(self) -> None:
        """Work the style out anew when it is next needed."""
        self._ground = None
        super().notify_style_update()
