"""The ground of all dialogs: a frame in the middle of the screen, and the ways to close it."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from textual import events
from textual.binding import Binding
from textual.screen import ModalScreen

from reader.ui.bindings import DIALOG

T = TypeVar("T")


class FramedDialog(ModalScreen[T | None], Generic[T]):
    """A dialog whose only child is its frame. Esc and a click beside the frame close it, and nothing comes of it."""

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        binding for binding in DIALOG if binding.id in ("dialog.close", "dialog.help")
    ]

    DEFAULT_CSS = """
    FramedDialog {
        align: center middle;
        background: $background 60%;
        & > Vertical, & > VerticalScroll {
            width: 84; max-width: 96%; height: auto; max-height: 92%;
            background: $panel; border: round $primary; padding: 0 1;
            border-title-color: $primary; border-title-style: bold; border-subtitle-color: $reader-dim;
            scrollbar-size-vertical: 1;
        }
        Input, Input:focus {
            border: none; height: 1; padding: 0; margin: 0 0 1 0;
            background: $reader-cursor; background-tint: $foreground 0%;
        }
        Input > .input--placeholder { color: $reader-dim; }
        Label { width: 100%; color: $reader-dim; }
    }
    """

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """A key that was typed ahead of the dialog's parts is not for them."""
        return action == "close" or self.is_mounted

    def on_click(self, event: events.Click) -> None:
        """A click beside the frame closes."""
        if event.widget is self:
            self.action_close()

    def action_close(self) -> None:
        """Close, and nothing comes of it."""
        self.dismiss(None)
