"""The menu of completions under the line in which a query is typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Offset
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from reader.base.text import clean
from reader.library.query.completion import applied
from reader.ui.look.cells import column as to_width
from reader.ui.look.cells import cut

if TYPE_CHECKING:
    from reader.library.query.completion import Completion, Spot

ROWS = 8
"""How many completions are in view at once."""

WIDEST = 48
"""The most cells of a value that are shown."""


class CompletionMenu(OptionList, can_focus=False):
    """A list over the panes. The line keeps the focus, and its keys move in this list."""

    DEFAULT_CSS = f"""
    CompletionMenu {{
        overlay: screen; constrain: inside inside; display: none;
        width: auto; max-width: 100%; height: auto; max-height: {ROWS};
        border: none; padding: 0 1 0 0; background: $panel; scrollbar-size-vertical: 1;
        scrollbar-color: $reader-border; scrollbar-background: $panel;
        scrollbar-color-hover: $reader-dim; scrollbar-background-hover: $panel;
        scrollbar-color-active: $primary; scrollbar-background-active: $panel;
        & > .option-list--option-highlighted {{ background: $reader-cursor; color: $foreground; text-style: bold; }}
    }}
    """

    def __init__(self) -> None:
        super().__init__(markup=False, compact=True)
        self._base = ""
        self._height = 0
        self.spot: Spot | None = None
        """The place in the query whose completions are listed; None while the menu is closed."""
        self._found: Sequence[Completion] = ()
        self.written = ""
        """The query with the completion that was put in last. If the line holds another, a person has typed since."""

    @property
    def is_open(self) -> bool:
        """Whether completions are listed."""
        return self.spot is not None

    def open(self, text: str, spot: Spot, found: Sequence[Completion]) -> None:
        """List completions of a query; `place` then shows the menu.

        Args:
            text: the query.
            spot: the place in it.
            found: the completions.
        """
        self._base, self.spot, self._found, self.written = text, spot, found, text
        self.clear_options()
        room = min(WIDEST, max(self.app.size.width - 12, 8))
        values = [cut(clean(completion.value), room) for completion in found]
        width = max(map(cell_len, values))
        abouts = max(cell_len(completion.about) for completion in found)
        self.add_options(
            Option(
                Content.from_markup(
                    " $value  [$reader-dim]$about[/]",
                    value=to_width(value, width),
                    about=completion.about.rjust(abouts) if completion.about[:1].isdigit() else completion.about,
                )
            )
            for value, completion in zip(values, found, strict=True)
        )
        self.highlighted = None

    def place(self, column: int, row: int) -> None:
        """Show the menu below its place in the query. Screen and query may have changed since it was last shown.

        Args:
            column: the column of the screen at which the place begins.
            row: the line of the screen below the query.
        """
        height, offset = max(min(ROWS, self.app.size.height - row), 1), Offset(max(column - 1, 0), row)
        # It is called after each layout, so it must not cause another one where nothing has changed.
        if (self._height, self.absolute_offset, self.display) != (height, offset, True):
            self.styles.max_height = self._height = height
            self.absolute_offset = offset
            self.display = True
            self.refresh(layout=True)

    def close(self) -> None:
        """Hide the menu."""
        if self.spot is not None:
            self.spot = None
            self.display = False

    def step(self, by: int) -> None:
        """Mark the next completion (1), or the one before (-1)."""
        if self.highlighted is None:
            self.highlighted = 0 if by > 0 else len(self._found) - 1
        else:
            self.highlighted = (self.highlighted + by) % len(self._found)

    @property
    def applied(self) -> tuple[str, int]:
        """The query with the marked completion put in, and the place of the cursor after it."""
        if self.spot is None or self.highlighted is None:
            return self._base, len(self._base)
        text, cursor = applied(self._base, self.spot, self._found[self.highlighted].text)
        self.written = text
        return text, cursor
