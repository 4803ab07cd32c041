"""The dialog that asks to which command a story is piped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label

from reader.base.text import clean
from reader.outside.programs import RunError, find, split
from reader.ui.dialogs.framed import FramedDialog
from reader.ui.keys.bindings import again
from reader.ui.widgets.text_line import TextLine

_SHOWN = 5
"""How many of the last commands are shown."""


class PipeDialog(FramedDialog[str]):
    """Asks for a command; gives back the line, once it is a command that can be run.

    Args:
        last: the commands of this session, the latest first.
        environment: the environment's variables.
    """

    BINDINGS: ClassVar[list[Binding]] = [
        replace(again("query.earlier", "recall(1)"), priority=True),
        replace(again("query.leave", "recall(-1)"), priority=True),
    ]

    DEFAULT_CSS = """
    PipeDialog #trouble { color: $warning; display: none; }
    """

    def __init__(self, last: Sequence[str], environment: Mapping[str, str]) -> None:
        super().__init__()
        self._last = last
        self._environment = environment
        self._at = -1
        self._typed = ""

    def compose(self) -> ComposeResult:
        """The frame with its parts."""
        with Vertical() as frame:
            frame.border_title = Content("Pipe the story to a command")
            frame.border_subtitle = Content(
                self.in_force(f"Enter run{' · {query.earlier} earlier' if self._last else ''} · {{dialog.close}} close")
            )
            yield TextLine(placeholder="wc -w", compact=True)
            yield Label(id="trouble", markup=False)
            shown = [clean(line) for line in self._last[:_SHOWN]]
            yield Label(
                Content(
                    "\n".join(["lately:", *(f"  {line}" for line in shown)])
                    if shown
                    else "It gets the story as Markdown on its standard input. No shell reads this line."
                )
            )

    def on_input_changed(self) -> None:
        """Something else was typed: forget what was wrong with the last line."""
        self._tell("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the line back, or say why it cannot be run."""
        try:
            find(split(event.value), self._environment)
        except RunError as error:
            self._tell(str(error))
        else:
            self.dismiss(event.value.strip())

    def action_recall(self, by: int) -> None:
        """Put an earlier (1) or later (-1) command into the line; after the latest, what was being typed."""
        line = self.query_one(Input)
        if self._at < 0:
            self._typed = line.value
        self._at = max(-1, min(self._at + by, len(self._last) - 1))
        line.value = self._last[self._at] if self._at >= 0 else self._typed
        line.cursor_position = len(line.value)

    def _tell(self, trouble: str) -> None:
        label = self.query_one("#trouble", Label)
        label.update(Content(f"! {trouble}" if trouble else ""))
        label.display = bool(trouble)
