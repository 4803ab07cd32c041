"""The search bar: a line that filters the list while it is typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive, reactive
from textual.widget import Widget
from textual.widgets import Input, Label

from reader.errors import QueryError
from reader.ui.bindings import QUERY
from reader.ui.widgets.text_line import TextLine


class _Wrong(Highlighter):
    """Underlines the part of a query that is wrong."""

    place: tuple[int, int] | None = None

    def highlight(self, text: Text) -> None:
        """Underline it."""
        if self.place is not None:
            text.stylize("underline bold", *self.place)


class QueryLine(TextLine):
    """An input whose length is no matter of the screen's layout: a letter costs no more than drawing the line."""

    virtual_size: Reactive[Size] = reactive(Size(0, 0), layout=False)


class QueryBar(Horizontal):
    """Hidden until it is opened; it stays in view while it holds a query.

    Args:
        text: the query it holds at first.
    """

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        *(replace(binding, priority=True) for binding in QUERY)
    ]

    DEFAULT_CSS = """
    QueryBar {
        height: 1;
        display: none;
        &.-open { display: block; }
        Label { width: auto; padding: 0 1; color: $accent; text-style: bold; }
        #query-error { color: $warning; text-style: none; max-width: 60%; height: 1; }
        Input, Input:focus { border: none; height: 1; padding: 0; background: $background; width: 1fr; }
    }
    """

    @dataclass
    class Changed(Message):
        """The query is another one."""

        text: str

        def can_replace(self, message: Message) -> bool:
            """Only the last of several changes matters."""
            return isinstance(message, QueryBar.Changed)

    @dataclass
    class Closed(Message):
        """The person is done typing; `accepted` by Enter, where the list's offer is taken if it is empty."""

        accepted: bool = False

    def __init__(self, text: str = "") -> None:
        super().__init__(id="query", classes="-open" if text else None)
        self._first = text
        self._wrong = _Wrong()
        self._reason = ""

    def compose(self) -> ComposeResult:
        """A sign and a line; not before they are needed, as the first page of the list waits for all that is made."""
        if self._first:
            yield from self._parts()

    def _parts(self) -> Iterator[Widget]:
        yield Label("/", markup=False)
        yield QueryLine(
            self._first,
            placeholder="words, topic:ai, provider:bbc, date:2020-02, outlets:>=4, -not, a OR b",
            compact=True,
            select_on_focus=False,
            highlighter=self._wrong,
        )
        yield Label("", id="query-error", markup=False)

    async def get_ready(self) -> None:
        """Make the line, where that has not been done yet."""
        from reader.library import query_parser  # noqa: F401 — the first letter does not wait for it

        if not self.children:
            await self.mount_all(self._parts())

    @property
    def text(self) -> str:
        """The query as it is written."""
        return self.query_one(Input).value if self.children else ""

    @text.setter
    def text(self, value: str) -> None:
        if value == self.text:
            return
        with self.prevent(Input.Changed):
            self.query_one(Input).value = value
        self.show_error(None)
        self.set_class(bool(value) or self.query_one(Input).has_focus, "-open")

    def show_error(self, error: QueryError | None) -> None:
        """Underline what is wrong, and say what was expected; None takes it back."""
        place = (error.start, error.end) if error else None
        reason = error.reason if error else ""
        if self.children and (place, reason) != (self._wrong.place, self._reason):
            self._wrong.place, self._reason = place, reason
            self.query_one(Input).refresh()
            self.query_one("#query-error", Label).update(reason)

    async def open(self) -> None:
        """Show the line and type in it."""
        await self.get_ready()
        self.add_class("-open")
        line = self.query_one(Input)
        self.screen.set_focus(line)  # at once, where `focus()` would let the next letters pass
        line.cursor_position = len(line.value)

    def close(self) -> None:
        """Hide the line where it is empty."""
        self.set_class(bool(self.text), "-open")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter as it is typed."""
        event.stop()
        self.post_message(self.Changed(event.value))

    def action_submit(self) -> None:
        """Keep the query, and go to the list or to what an empty list offers."""
        self._leave(accepted=True)

    def on_descendant_blur(self, _: events.DescendantBlur) -> None:
        """Left by the mouse."""
        self.close()

    def action_cancel(self) -> None:
        """Clear the query, and go to the list."""
        line = self.query_one(Input)
        if line.value:
            line.value = ""
        self._leave()

    def action_leave(self) -> None:
        """Keep the query, and go to the list."""
        self._leave()

    def _leave(self, *, accepted: bool = False) -> None:
        self.screen.set_focus(None)  # at once: the next key is not a letter any more
        self.post_message(self.Closed(accepted))
