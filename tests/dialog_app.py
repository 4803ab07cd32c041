"""An app around one dialog, for tests."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.screen import ModalScreen

from reader.ui.look import themes

NOTHING = object()
"""What a dialog has given back that is still open."""


class Mini(App[None]):
    """An app with the themes and one dialog."""

    def __init__(self, dialog: ModalScreen[Any], theme: str = "reader-dark") -> None:
        super().__init__()
        self.register_theme(themes.DARK)
        self.register_theme(themes.LIGHT)
        self.theme = theme
        self.dialog = dialog
        self.result: object = NOTHING
        self.keymap_in_force: dict[str, str] = {}

    def get_css_variables(self) -> dict[str, str]:
        return themes.complete(super().get_css_variables())

    def on_mount(self) -> None:
        self.push_screen(self.dialog, self.keep)

    def keep(self, result: object) -> None:
        self.result = result

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(strip.text for strip in self.screen._compositor.render_strips())
