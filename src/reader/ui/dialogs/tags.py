"""The reader's own tags of a story."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.suggester import Suggester
from textual.widgets import Input, Label

from reader.stories.text import clean


class TagSuggester(Suggester):
    """Completes the last tag of a line with one that is in use.

    Args:
        known: tags in use, the most used first.
    """

    def __init__(self, known: Sequence[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._known = known

    async def get_suggestion(self, value: str) -> str | None:
        """The line with its last tag completed; None where no tag in use begins so."""
        front, comma, last = value.rpartition(",")
        begun = last.lstrip()
        lead = f"{front}{comma}{last[: len(last) - len(begun)]}"
        taken = set(tags_in(front))
        fits = (tag for tag in self._known if tag not in taken and tag != begun and tag.startswith(begun))
        found = next(fits, None) if begun else None
        return None if found is None else lead + found


class TagsDialog(ModalScreen[tuple[str, ...] | None]):
    """A line of tags with commas between them; gives them back, or None where they stay as they are.

    Args:
        tags: those that the story has.
        known: tags in use, the most used first.
    """

    BINDINGS: ClassVar[list[Binding]] = [Binding("escape", "close", "Close", show=False)]  # type: ignore[assignment]

    DEFAULT_CSS = """
    TagsDialog {
        align: center middle;
        background: $background 60%;
        & > Vertical {
            width: 72; max-width: 96%; height: auto; max-height: 90%;
            background: $panel; border: round $primary; padding: 0 1;
            border-title-color: $primary; border-title-style: bold;
        }
        Input, Input:focus { border: none; height: 1; padding: 0; background: $reader-cursor; margin: 0 0 1 0; }
        Label { width: 100%; max-height: 4; color: $reader-dim; }
        #help { margin: 1 0 0 0; }
    }
    """

    def __init__(self, tags: Sequence[str], known: Sequence[str]) -> None:
        super().__init__()
        self._tags = tags
        self._known = known

    def compose(self) -> ComposeResult:
        """The frame with its parts."""
        with Vertical() as frame:
            frame.border_title = Content("Your tags")
            line = ", ".join(self._tags)
            suggester = TagSuggester(self._known)
            yield Input(line, "one, another", suggester=suggester, compact=True, select_on_focus=False)
            in_use = ", ".join(self._known)
            yield Label(Content(f"in use: {in_use}" if in_use else "no tag is in use yet"), markup=False)
            yield Label("Enter keep · → complete · Esc close", id="help", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the tags back."""
        self.dismiss(tags_in(event.value))

    def on_click(self, event: events.Click) -> None:
        """A click beside the frame closes."""
        if event.widget is self:
            self.action_close()

    def action_close(self) -> None:
        """Close; the tags stay as they are."""
        self.dismiss(None)


def tags_in(line: str) -> tuple[str, ...]:
    """The tags of a line with commas between them, each once."""
    return tuple(dict.fromkeys(tag for part in line.split(",") if (tag := clean(part).strip())))
