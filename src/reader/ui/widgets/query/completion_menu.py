"""The completions of a query, under the line it is typed in."""

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
"""Completions in view at once."""

WIDEST = 48
"""Cells of a value that are shown at most."""


class CompletionMenu(OptionList, can_focus=False):
    """A list over the panes. The line keeps the focus, and its keys move here."""

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
        """The place in the query whose ways on are listed; None where nothing is."""
        self._found: Sequence[Completion] = ()
        self.written = ""
        """The query as it stands in the line since the last completion was put into it."""

    @property
    def is_open(self) -> bool:
        """Whether it is listed how the query may go on."""
        return self.spot is not None

    def open(self, text: str, spot: Spot, found: Sequence[Completion]) -> None:
        """List the ways a query may go on; `place` says where.

        Args:
            text: the query.
            spot: the place in it.
            found: the ways.
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
        """Show the list at its place in query and screen, of which either may be another size now.

        Args:
            column: where on the screen the place begins, in cells.
            row: the line below the query's.
        """
        height, offset = max(min(ROWS, self.app.size.height - row), 1), Offset(max(column - 1, 0), row)
        # Each layout asks for this: where nothing is another, it must not ask for a layout in turn.
        if (self._height, self.absolute_offset, self.display) != (height, offset, True):
            self.styles.max_height = self._height = height
            self.absolute_offset = offset
            self.display = True
            self.refresh(layout=True)

    def close(self) -> None:
        """List nothing."""
        if self.spot is not None:
            self.spot = None
            self.display = False

    def step(self, by: int) -> None:
        """Mark the next one, or the one before."""
        if self.highlighted is None:
            self.highlighted = 0 if by > 0 else len(self._found) - 1
        else:
            self.highlighted = (self.highlighted + by) % len(self._found)

    @property
    def applied(self) -> tuple[str, int]:
        """The query with the marked completion, and where the cursor stands then."""
        if self.spot is None or self.highlighted is None:
            return self._base, len(self._base)
        text, cursor = applied(self._base, self.spot, self._found[self.highlighted].text)
        self.written = text
        return text, cursor
