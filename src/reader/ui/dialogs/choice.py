"""The dialog from which those with a list are made: the list is narrowed by typing, and one line of it chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label, OptionList
from textual.widgets.option_list import Option

from reader.ui.dialogs.framed import FramedDialog
from reader.ui.keys.bindings import DIALOG, again
from reader.ui.widgets.text_line import TextLine

T = TypeVar("T")

LISTS = [again("move.next", "step(1)"), again("move.previous", "step(-1)"), again("app.quit", "close")]
"""More keys for a dialog without a line to type in."""


class ChoiceDialog(FramedDialog[T], Generic[T]):
    """A title, a line to type in, a list, a line of help. A subclass says what is listed, and what a choice does.

    Attributes:
        TITLE_TEXT: the title.
        PLACEHOLDER: what stands in the empty line; where it is empty, the dialog has no line to type in.
        HELP_TEXT: the line of help, as `FramedDialog.in_force` takes it.
        EMPTY_TEXT: what to say where nothing is listed.
    """

    BINDINGS: ClassVar[list[Binding]] = [
        replace(binding, priority=True) for binding in DIALOG if binding.action.startswith("step")
    ]

    DEFAULT_CSS = """
    ChoiceDialog {
        & > Vertical { width: 72; }
        Input, Input:focus { background: $panel; }
        OptionList, OptionList:focus {
            border: none; padding: 0; height: auto; max-height: 100%; background: $panel;
            scrollbar-size-vertical: 1;
            & > .option-list--option-highlighted { background: $reader-cursor; color: $foreground; text-style: none; }
        }
        #empty { display: none; }
    }
    """

    TITLE_TEXT: ClassVar[str] = ""
    PLACEHOLDER: ClassVar[str] = ""
    HELP_TEXT: ClassVar[str] = ""
    EMPTY_TEXT: ClassVar[str] = "Nothing here."

    def compose(self) -> ComposeResult:
        """The frame with its parts."""
        with Vertical() as frame:
            frame.border_title = Content(self.TITLE_TEXT)
            frame.border_subtitle = Content(self.in_force(self.HELP_TEXT))
            if self.PLACEHOLDER:
                yield TextLine(placeholder=self.PLACEHOLDER, compact=True)
            yield OptionList(markup=False, compact=True)
            yield Label(self.EMPTY_TEXT, id="empty", markup=False)

    def on_mount(self) -> None:
        """List everything."""
        self.list_choices("")

    def choices(self, typed: str) -> Sequence[tuple[str, Content]]:
        """The lines for what was typed: each has an id, and what is shown."""
        raise NotImplementedError

    def choose(self, name: str) -> None:
        """Act on the choice of a line, by its id."""
        raise NotImplementedError

    @property
    def why_empty(self) -> str:
        """What to say where nothing is listed for what was typed."""
        return self.EMPTY_TEXT

    def list_choices(self, typed: str) -> None:
        """List what was typed for; the cursor stays on its line where that is still listed."""
        options = self.query_one(OptionList)
        current = options.highlighted
        kept = options.get_option_at_index(current).id if current is not None else None
        choices = self.choices(typed)
        options.clear_options()
        options.add_options([Option(content, id=name) for name, content in choices])
        options.display = bool(choices)
        empty = self.query_one("#empty", Label)
        empty.display = not choices
        empty.update(self.why_empty)
        if choices:
            names = [name for name, _ in choices]
            options.highlighted = names.index(kept) if kept in names else 0

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        self.list_choices(event.value)

    def on_input_submitted(self) -> None:
        """Enter chooses at once, so that the next key does not come to this line."""
        option = self.query_one(OptionList).highlighted_option
        if option is not None and option.id is not None:
            self.choose(option.id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A line was chosen in the list itself, as by a click."""
        if event.option.id is not None:
            self.choose(event.option.id)

    def action_step(self, by: int) -> None:
        """Move in the list, wherever the focus is."""
        options = self.query_one(OptionList)
        if options.option_count:
            options.highlighted = max(0, min((options.highlighted or 0) + by, options.option_count - 1))
