"""The line in which a query is typed. The part of the query that is wrong is underlined."""

from __future__ import annotations

from rich.highlighter import Highlighter
from rich.text import Text

from reader.ui.upstream.input_layout import StillInput
from reader.ui.widgets.text_line import TextLine


class _Wrong(Highlighter):
    """Underlines the part of a query that is wrong."""

    place: tuple[int, int] | None = None

    def highlight(self, text: Text) -> None:
        """Underline it."""
        if self.place is not None:
            text.stylize("underline bold", *self.place)


class QueryLine(StillInput, TextLine):
    """The line.

    Args:
        text: the query it holds at first.
    """

    def __init__(self, text: str = "") -> None:
        self._wrong = _Wrong()
        super().__init__(
            text,
            placeholder="words, topic:ai, provider:bbc, date:2020-02, outlets:>=4, -not, a OR b",
            compact=True,
            select_on_focus=False,
            highlighter=self._wrong,
        )

    def underline(self, place: tuple[int, int] | None) -> None:
        """Underline what is wrong.

        Args:
            place: the places of its first letter, and of the one after its last; None where nothing is wrong.
        """
        self._wrong.place = place
        self.refresh()
