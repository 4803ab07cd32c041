"""The side bar: a list of views and topics with their counts, at the left of the panes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from rich.cells import cell_len
from textual.binding import Binding
from textual.events import Hide
from textual.message import Message
from textual.strip import Strip

from reader.library.index.rows import TopicCount
from reader.settings.config import View
from reader.ui.keys.bindings import SIDE
from reader.ui.look.cells import column, line
from reader.ui.widgets.line_list import LineList

Row: TypeAlias = View | TopicCount | str
"""A view, a topic, or a label."""


class SideBar(LineList):
    """Views above, topics below. The view that is listed and the topics that are chosen have a tick."""

    BINDINGS: ClassVar[list[Binding]] = [*SIDE]

    @dataclass
    class ViewChosen(Message):
        """A view is to be listed."""

        view: View

    @dataclass
    class TopicChosen(Message):
        """A topic is to be switched on or off."""

        name: str

    class Hidden(Message):
        """The side bar was hidden, as there is no room for it, while it had the focus."""

    def __init__(self) -> None:
        super().__init__(id="side-bar")
        self._rows: list[Row] = []
        self._counts: dict[str, str] = {}
        self._ticked: frozenset[Row] = frozenset()

    def on_mount(self) -> None:
        """Set the title."""
        self.border_title = "Views"

    def show(
        self,
        views: Sequence[View],
        counts: Mapping[str, int | None],
        current: View | None,
        topics: Sequence[TopicCount],
        chosen: frozenset[str],
    ) -> None:
        """Show views and topics.

        Args:
            views: all views.
            counts: how many stories a view lists, by its name; None where it cannot be listed. A view that is not
                there has not been counted yet.
            current: the view that is listed; None where it is none.
            topics: all topics.
            chosen: names of the topics that are switched on.
        """
        rows: list[Row] = [*views]
        if topics:
            rows += ["", "Topics", *topics]
        ticked = frozenset[Row]([*([current] if current else []), *(topic for topic in topics if topic.name in chosen)])
        shown = {name: "!" if count is None else f"{count:,}" for name, count in counts.items()}
        if (rows, ticked, shown) == (self._rows, self._ticked, self._counts):
            return
        at = self._place_of(self._rows[self.cursor], rows) if self._rows else self._place_of(current, rows)
        self._rows, self._ticked, self._counts = rows, ticked, shown
        self.show_items(len(rows), at, empty_text="There is no view.")

    @staticmethod
    def _place_of(row: Row | None, rows: Sequence[Row]) -> int:
        """The place of a row among others now; that of the first one where it is gone."""
        names = [_name(one) for one in rows]
        wanted = (type(row), _name(row) if row else "")
        return next((at for at, one in enumerate(rows) if (type(one), names[at]) == wanted), 0)

    def is_stop(self, index: int) -> bool:
        """Whether the cursor may stand on a row: it passes over labels."""
        return not isinstance(self._rows[index], str)

    def render_item(self, index: int, width: int, *, at_cursor: bool) -> list[Strip]:
        """Draw a view, a topic or a label."""
        row, ground, dim = self._rows[index], self.ground(at_cursor=at_cursor), self.look("dim")
        if isinstance(row, str):
            return [line([(f" {row}", dim)], width, ground)]
        is_on = row in self._ticked
        count = f" {row.stories:,}" if isinstance(row, TopicCount) else f" {self._counts.get(row.name, '')}"
        name = column(_name(row), width - 4 - cell_len(count))
        return [
            line(
                [
                    ("▌" if at_cursor else " ", self.look("mark")),
                    ("✓ " if is_on else "  ", self.look("accent")),
                    (name, self.look("strong") if is_on else ground),
                    (count, dim),
                ],
                width,
                ground,
            )
        ]

    def on_line_list_moved(self, message: LineList.Moved) -> None:
        """Keep the message: nothing follows this cursor."""
        message.stop()

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """Post what was chosen."""
        message.stop()
        row = self._rows[message.index] if 0 <= message.index < len(self._rows) else ""
        if isinstance(row, View):
            self.post_message(self.ViewChosen(row))
        elif isinstance(row, TopicCount):
            self.post_message(self.TopicChosen(row.name))

    def on_hide(self, _: Hide) -> None:
        """The screen has become too narrow for it: give the focus away."""
        if self.has_focus:
            self.post_message(self.Hidden())


def _name(row: Row) -> str:
    return row if isinstance(row, str) else row.name
