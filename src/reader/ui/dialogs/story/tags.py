"""The dialog in which the reader writes tags, and the line in which they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.suggester import Suggester
from textual.widgets import Input, Label

from reader.base.text import clean
from reader.ui.dialogs.framed import FramedDialog
from reader.ui.widgets.text_line import TextLine

_PART = re.compile(r'\s*(?:"(?P<quoted>(?:[^"]|"")*)(?:"\s*(?=,|\Z)|\Z)|(?P<plain>[^,]*))')
"""One tag of a line, up to the comma after it: in quotes, of which the last may be missing, or plain."""


class TagSuggester(Suggester):
    """Completes the last tag of a line to one that is in use.

    Args:
        known: tags in use, the most used first.
    """

    def __init__(self, known: Sequence[str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._known = known

    async def get_suggestion(self, value: str) -> str | None:
        """The line with its last tag completed; None where no tag in use begins so."""
        *_, start = starts(value)
        begun = value[start:].lstrip()
        lead = value[: len(value) - len(begun)]
        taken = set(tags_in(value[:start]))
        fits = (line for tag in self._known if tag not in taken and (line := tag_line([tag])) != begun)
        found = next((line for line in fits if line.startswith(begun)), None) if begun else None
        return None if found is None else lead + found


class TagsDialog(FramedDialog[tuple[str, ...]]):
    """A line of tags, as `tag_line` writes it; gives back the tags, or None where the dialog is closed without Enter.

    Args:
        tags: the tags that the stories have in common.
        known: tags in use, the most used first.
        of: how many stories they are.
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
            line = tag_line(self._tags)
            suggester = TagSuggester(self._known)
            yield TextLine(line, "one, another", suggester=suggester, compact=True, select_on_focus=False)
            in_use = tag_line(self._known)
            yield Label(Content(f"in use: {in_use}" if in_use else "no tag is in use yet"), markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the tags back."""
        self.dismiss(tags_in(event.value))


def tag_line(tags: Iterable[str]) -> str:
    """Tags with commas between them. A tag with a comma of its own, as other tools have, stands in quotes."""
    return ", ".join(
        '"{}"'.format(tag.replace('"', '""')) if "," in tag or tag.startswith('"') else tag for tag in tags
    )


def tags_in(line: str) -> tuple[str, ...]:
    """The tags of a line as `tag_line` writes it, each once."""
    return tuple(dict.fromkeys(tag for start in starts(line) if (tag := _tag_at(line, start))))


def _tag_at(line: str, start: int) -> str:
    found = _PART.match(line, start)
    assert found is not None  # noqa: S101 — it matches no letters as well
    quoted = found["quoted"]
    return clean(found["plain"] if quoted is None else quoted.replace('""', '"'))


def starts(line: str) -> list[int]:
    """The places where the tags of a line begin: one at least, even where the line is empty."""
    found = [0]
    while (part := _PART.match(line, found[-1])) is not None and part.end() < len(line):
        found.append(part.end() + 1)
    return found
