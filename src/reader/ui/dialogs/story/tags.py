"""The reader's own tags of a story."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.suggester import Suggester
from textual.widgets import Input, Label

from reader.base.text import clean
from reader.ui.dialogs.framed import FramedDialog
from reader.ui.widgets.text_line import TextLine


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


class TagsDialog(FramedDialog[tuple[str, ...]]):
    """A line of tags with commas between them; gives them back, or None where they stay as they are.

    Args:
        tags: those that the story has.
        known: tags in use, the most used first.
        of: how many stories have them in common.
    """

    DEFAULT_CSS = """
    TagsDialog {
        & > Vertical { width: 72; }
        Label { max-height: 4; }
    }
    """

    def __init__(self, tags: Sequence[str], known: Sequence[str], *, of: int = 1) -> None:
        super().__init__()
        self._of = of
        self._tags = tags
        self._known = known

    def compose(self) -> ComposeResult:
        """The frame with its parts."""
        with Vertical() as frame:
            frame.border_title = Content("Your tags" if self._of == 1 else f"Your tags on all of {self._of:,} stories")
            frame.border_subtitle = Content(self.in_force("Enter keep · → complete · {dialog.close} close"))
            line = ", ".join(self._tags)
            suggester = TagSuggester(self._known)
            yield TextLine(line, "one, another", suggester=suggester, compact=True, select_on_focus=False)
            in_use = ", ".join(self._known)
            yield Label(Content(f"in use: {in_use}" if in_use else "no tag is in use yet"), markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the tags back."""
        self.dismiss(tags_in(event.value))


def tags_in(line: str) -> tuple[str, ...]:
    """The tags of a line with commas between them, each once."""
    return tuple(dict.fromkeys(tag for part in line.split(",") if (tag := clean(part).strip())))
