"""The style on which a widget is drawn, worked out once.

Textual 8.2. It mixes it from the styles of the widget and of all that it stands on, each time it is asked for: for
each line that is drawn. What is remembered of a component's style is not remembered of the widget's own. No upstream
issue is known.
"""

from __future__ import annotations

from rich.style import Style
from textual.scroll_view import ScrollView


class Grounded(ScrollView):
    """A pane that remembers the style on which it is drawn, until its styles change.

    They have to name a background: another one below it would show through, and change untold.
    """

    _ground: Style | None = None

    @property
    def rich_style(self) -> Style:
        """The style on which it is drawn."""
        if self._ground is None:
            self._ground = super().rich_style
        return self._ground

    def notify_style_update(self) -> None:
        """Work it out anew."""
        self._ground = None
        super().notify_style_update()
