"""Rows of the list that are selected: those from where the selection began to the cursor."""

from __future__ import annotations

from reader.base.wording import plural

SELECTED = "┃"
"""What stands before a row that is selected."""


class RowSelection:
    """Where a selection began.

    Attributes:
        anchor: the row at which it began; None where nothing is selected.
        hint: says how it ends.
    """

    def __init__(self) -> None:
        self.anchor: int | None = None
        self.hint = ""

    def rows(self, cursor: int) -> range:
        """The selected rows, with the cursor on one of them at either end."""
        if self.anchor is None:
            return range(0)
        return range(min(self.anchor, cursor), max(self.anchor, cursor) + 1)

    def words(self, cursor: int, *, are_events: bool) -> str:
        """How many are selected; nothing where none are."""
        count = len(self.rows(cursor))
        kinds = ("row", "rows") if are_events else ("story", "stories")
        return f"{plural(count, *kinds)} selected · {self.hint}" if count else ""
