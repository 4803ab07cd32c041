"""The dialog from which all others are made: a frame in the middle of the screen, and the ways to close it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar, Generic, TypeVar

from textual import events
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.screen import ModalScreen

from reader.ui.keys.bindings import DIALOG, NO_KEY, key_of
from reader.ui.upstream.closing import close_once
from reader.ui.upstream.leaks import forget_drawings

T = TypeVar("T")


class FramedDialog(ModalScreen[T | None], Generic[T]):
    """A dialog with a frame as its only child. Esc, or a click beside the frame, closes it without a choice."""

    # Priority: Esc closes, even where a line that is typed in would take it.
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        replace(binding, priority=binding.id == "dialog.close")
        for binding in DIALOG
        if binding.id in ("dialog.close", "dialog.help")
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

    def in_force(self, words: str) -> str:
        """A line of help with the keys that are in force in the places of `{ids}`.

        Args:
            words: the line; ` · ` stands between its parts. A part whose binding has no key is left out.
        """
        keymap = self._keymap
        parts = []
        for part in words.split(" · "):
            name = part[part.find("{") + 1 : part.find("}")] if "{" in part else ""
            if not name:
                parts.append(part)
            elif keymap.get(name) != NO_KEY:
                parts.append(part.replace(f"{{{name}}}", key_of(name, keymap)))
        return " · ".join(parts)

    def key_of(self, name: str) -> str:
        """The first key that a binding has in force, for a message; where it has none, its label.

        Args:
            name: the binding's id.
        """
        return key_of(name, self._keymap)

    @property
    def _keymap(self) -> Mapping[str, str]:
        keymap: Mapping[str, str] = getattr(self.app, "keymap_in_force", {})
        return keymap

    def on_click(self, event: events.Click) -> None:
        """Close at a click beside the frame."""
        if event.widget is self:
            self.action_close()

    def action_close(self) -> None:
        """Close without a choice; the result is `left_with`."""
        if not self.is_mounted:
            self.call_later(self.action_close)  # Textual needs its parts as long as it is being shown
        else:
            self.dismiss(self.left_with())

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Close with a result, unless it is closed already."""
        return close_once(self, lambda: super(FramedDialog, self).dismiss(result))

    def on_unmount(self) -> None:
        """Free what was drawn of it."""
        forget_drawings()

    def left_with(self) -> T | None:
        """The result where the dialog is closed without a choice."""
        return None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Ignore keys before the dialog is shown and after it was closed, except those that close it."""
        return action == "close" or (self.is_mounted and self.is_running and self.is_active)
