"""The search bar: a line for a query, by which the list is filtered as it is typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, cast

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Label

from reader.base.errors import QueryError
from reader.ui.keys.bindings import QUERY
from reader.ui.widgets.query.query_history import QueryHistory

if TYPE_CHECKING:
    from reader.library.query.completion import Completion, Spot
    from reader.ui.widgets.query.completion_menu import CompletionMenu
    from reader.ui.widgets.query.query_line import QueryLine

NARROWS_AFTER = 0.1
"""Seconds without a letter after which an open menu follows what was typed: the list of stories comes first."""

_BESIDE = 6
"""Cells of the bar that are neither the query nor the note: the sign, margins, the cursor."""

STOOD = 2.0
"""A query that has stood for so many seconds is remembered even if it was cleared."""


class QueryBar(Horizontal):
    """The bar. It is hidden until it is opened, and stays in view while it holds a query.

    Args:
        text: the query it holds at first.
        searched: the queries that were searched for before.
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
        #query-error {
            color: $warning; text-style: none; height: 1; text-wrap: nowrap; text-overflow: ellipsis;
        }
        Input, Input:focus { border: none; height: 1; padding: 0; background: $background; width: 1fr; }
    }
    """

    @dataclass
    class Changed(Message):
        """The query has changed."""

        text: str

        def can_replace(self, message: Message) -> bool:
            """Only the last of several changes matters."""
            return isinstance(message, QueryBar.Changed)

    @dataclass
    class Closed(Message):
        """The person has finished typing; `accepted`: by Enter, so that the offer of an empty list is taken."""

        accepted: bool = False

    @dataclass
    class CompletionWanted(Message):
        """The person asks for completions; answer with `show_completions`."""

        spot: Spot

    def __init__(self, text: str = "", searched: QueryHistory | None = None) -> None:
        super().__init__(id="query", classes="-open" if text else None)
        self._searched = searched or QueryHistory()
        self._menu: CompletionMenu | None = None
        self._narrows: Timer | None = None
        self._changed_at = monotonic()
        self._first = text
        self._wrong: tuple[int, int] | None = None
        self._reason = ""

    def compose(self) -> ComposeResult:
        """A sign and a line, but only if there is a query: the first page of the list waits for each widget made."""
        if self._first:
            yield from self._parts()

    def _parts(self) -> Iterator[Widget]:
        from reader.ui.widgets.query.query_line import QueryLine

        yield Label("/", markup=False)
        yield QueryLine(self._first)
        yield Label("", id="query-error", markup=False)

    async def get_ready(self) -> None:
        """Make the line, unless there is one."""
        from reader.library.query import parser  # noqa: F401 — the first letter does not wait for it

        if not self.children:
            await self.mount_all(self._parts())

    @property
    def text(self) -> str:
        """The query as it is typed. To set it posts no `Changed`."""
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
        """Underline what is wrong, and say why; None where nothing is."""
        place = (error.start, error.end) if error else None
        reason = error.reason if error else ""
        if self.children and (place, reason) != (self._wrong, self._reason):
            self._wrong = place
            self._line.underline(place)
            self._note(reason)

    async def open(self) -> None:
        """Show the line, and put the focus on it."""
        await self.get_ready()
        self.add_class("-open")
        line = self._line
        self.screen.set_focus(line)  # at once: `focus()` would come after the next letters
        line.cursor_position = len(line.value)

    def close(self) -> None:
        """Hide the line where it is empty."""
        self.set_class(bool(self.text), "-open")

    @property
    def _line(self) -> QueryLine:
        return cast("QueryLine", self.query_one(Input))

    def _write(self, text: str, cursor: int) -> None:
        """Put a text into the line as if it had been typed."""
        self._line.value = text
        self._line.cursor_position = cursor

    def _note(self, words: str) -> None:
        """Show a note at the right of the line, such as an error, until something is typed."""
        self._reason = words
        self.query_one("#query-error", Label).update(words)
        self._fit_note()

    def _fit_note(self) -> None:
        """Give the note all the room that the query leaves."""
        if self._reason:
            most = max(self.size.width - cell_len(self.text) - _BESIDE, self.size.width // 3)
            self.query_one("#query-error", Label).styles.max_width = most

    def on_resize(self) -> None:
        """Fit the note to the new width."""
        self._fit_note()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Pass on what was typed, and have an open menu follow."""
        event.stop()
        self._changed_at = monotonic()
        self._fit_note()
        self.post_message(self.Changed(event.value))
        if self._menu is not None and self._menu.is_open and self._line.value != self._menu.written:
            self._follow(self._menu)

    # Completion.

    def _follow(self, menu: CompletionMenu) -> None:
        """Narrow an open menu to what was typed, once no letter comes; close it where a completion was chosen."""
        if menu.highlighted is not None:
            menu.close()
        elif self._narrows is not None:
            self._narrows.reset()
        else:
            self._narrows = self.set_timer(NARROWS_AFTER, self._narrow)

    def _narrow(self) -> None:
        self._narrows = None
        if self._menu is not None and self._menu.is_open:
            self._ask()

    def _ask(self) -> None:
        """Ask for completions. Those that do not depend on the library are shown at once."""
        from reader.library.query.completion import LIVE, completions, spot_at

        spot = spot_at(self._line.value, self._line.cursor_position)
        if spot is None:
            self._show(None, ())
        elif spot.field in LIVE:
            self.post_message(self.CompletionWanted(spot))
        else:
            self._show(spot, completions(spot, lambda _field, _typed: ()))

    def show_completions(self, spot: Spot, found: Sequence[Completion]) -> None:
        """Show the completions that were asked for, unless something else was typed since."""
        from reader.library.query.completion import spot_at

        if self._line.has_focus and spot == spot_at(self._line.value, self._line.cursor_position):
            self._show(spot, found)

    def _show(self, spot: Spot | None, found: Sequence[Completion]) -> None:
        """Put the only completion into the line; of several, the beginning that they share, and list them."""
        from reader.library.query.completion import applied, beginning, spot_at

        is_open = self._menu is not None and self._menu.is_open
        if spot is None or not found:
            self._close_menu()
            if not is_open:
                self._note("nothing to complete here")
            return
        if not is_open and (written := found[0].text if len(found) == 1 else beginning(spot, found)):
            self._write(*applied(self._line.value, spot, written))
            spot = spot_at(self._line.value, self._line.cursor_position)
            if len(found) == 1 or spot is None:
                return
        self._open_menu(spot, found)

    def _open_menu(self, spot: Spot, found: Sequence[Completion]) -> None:
        if not self.region:  # the line is being shown only now
            self.call_after_refresh(self.show_completions, spot, found)
            return
        if self._menu is None:
            from reader.ui.widgets.query.completion_menu import CompletionMenu

            self._menu = CompletionMenu()
            self.mount(self._menu)
            self.screen.screen_layout_refresh_signal.subscribe(self, lambda _: self._place_menu())
        self._menu.open(self._line.value, spot, found)
        self._place_menu()

    def _place_menu(self) -> None:
        """Put an open menu under its place in the line. That may be elsewhere after each layout."""
        if self._menu is not None and self._menu.spot is not None:
            line = self._line
            column = line.content_region.x + self._menu.spot.start - line.scroll_offset.x
            self._menu.place(column, self.region.y + 1)

    def _close_menu(self) -> None:
        if self._menu is not None:
            self._menu.close()

    def on_option_list_option_selected(self, event: CompletionMenu.OptionSelected) -> None:
        """A completion was clicked."""
        event.stop()
        if self._menu is not None:
            self._menu.highlighted = event.option_index
            self._write(*self._menu.applied)
            self._close_menu()

    # A key is acted on when it arrives, and may overtake letters that the line still has to take in. So what depends on
    # the text is put into the line's queue, behind those letters.

    def action_complete(self, by: int) -> None:
        """Complete the word before the cursor; while completions are listed, take the next of them."""
        self._line.call_later(self._complete, by)

    def _complete(self, by: int) -> None:
        menu = self._menu
        if menu is not None and menu.is_open and menu.written == self._line.value:
            menu.step(by)
            self._write(*menu.applied)
        else:  # the menu is closed, or does not know the last letters
            self._close_menu()
            self._ask()

    def action_earlier(self) -> None:
        """Take the completion before; without a menu, an earlier query."""
        self._line.call_later(self._earlier)

    def _earlier(self) -> None:
        if self._menu is not None and self._menu.is_open:
            self._complete(-1)
            return
        text = self._searched.earlier(self._line.value)
        if text == self._line.value:
            self._note("no earlier search")
        else:
            self._write(text, len(text))

    def action_later(self) -> None:
        """Take the next completion; without a menu, a later query, and after the last one go to the list."""
        if self._menu is not None and self._menu.is_open:
            self._line.call_later(self._complete, 1)
        elif self._searched.is_walked:
            self._line.call_later(self._later)
        else:
            self._leave()

    def _later(self) -> None:
        text = self._searched.later(self._line.value)
        if text is None:
            self._leave()
        else:
            self._write(text, len(text))

    # Leaving.

    def action_submit(self) -> None:
        """Keep the query, and go to the list or to what an empty list offers."""
        self._leave(accepted=True)

    def on_descendant_blur(self, _: events.DescendantBlur) -> None:
        """The focus has left the line, by a key or by the mouse: remember the query, and hide an empty line."""
        self._close_menu()
        self._keep()
        self.close()

    def action_cancel(self) -> None:
        """Close the menu; else clear the query, and go to the list."""
        if self._menu is not None and self._menu.is_open:
            self._menu.close()
            return
        line = self._line
        if line.value:
            if monotonic() - self._changed_at >= STOOD:
                self._keep()
            line.value = ""
        self._leave()

    def _keep(self) -> None:
        """Remember the query, unless it is wrong."""
        from reader.library.query.query import parse

        with suppress(QueryError):
            parse(self.text)
            self._searched.keep(self.text)

    def _leave(self, *, accepted: bool = False) -> None:
        self._close_menu()
        self.screen.set_focus(None)  # at once: the next key is not a letter any more
        self.post_message(self.Closed(accepted))
