"""The least that Textual can be asked to show: the floor under every start."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static

WORDS = "The empty application stands here."


class EmptyApp(App[None]):
    """An app with one line of text."""

    def compose(self) -> ComposeResult:
        """The line."""
        yield Static(WORDS)


if __name__ == "__main__":
    EmptyApp().run()
