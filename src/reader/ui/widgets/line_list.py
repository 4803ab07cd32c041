"""A list of any length that draws only the lines on the screen. Story list and coverage tree are made from it."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from reader.ui.keys.bindings import MOVES
from reader.ui.look.cells import line, words
from reader.ui.upstream.sizes import Fitted


class LineList(Fitted, can_focus=True):
    """Items of equal height, with a cursor on one of them. A subclass says how many there are, and draws them.

    Attributes:
        cursor: the place of the item under the cursor.
        item_height: how many lines an item takes. A subclass may change it where it shows other items, or has another
            size.
        empty_text: what to say where there are no items.
    """

    BINDINGS: ClassVar[list[Binding]] = [*MOVES]  # type: ignore[assignment]

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line-list--cursor",
        "line-list--strong",
        "line-list--dim",
        "line-list--read",
        "line-list--mark",
        "line-list--accent",
    }

    DEFAULT_CSS = """
    LineList {
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        & > .line-list--cursor { background: $reader-cursor-idle; }
        &:focus > .line-list--cursor { background: $reader-cursor; }
        & > .line-list--strong { text-style: bold; }
        & > .line-list--dim { color: $reader-dim; }
        & > .line-list--read { color: $reader-read; }
        & > .line-list--mark { color: $primary; }
        & > .line-list--accent { color: $accent; }
    }
    """

    @dataclass
    class Moved(Message):
        """The cursor moved to another item."""

        list: LineList
        index: int

        @property
        def control(self) -> LineList:
            """The list."""
            return self.list

    @dataclass
    class Chosen(Message):
        """The item under the cursor was chosen, by Enter or by a double click; in an empty list `index` is -1."""

        list: LineList
        index: int

        @property
        def control(self) -> LineList:
            """The list."""
            return self.list

    _CACHED_ITEMS = 600

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 — Textual's word
        super().__init__(id=id, classes=classes)
        self.cursor = 0
        self.item_height = 1
        self.empty_text = ""
        self._count = 0
        self._cache: OrderedDict[tuple[int, bool], list[Strip]] = OrderedDict()
        self._drawn_width = 0

    # For subclasses to say.

    def render_item(self, index: int, width: int, *, at_cursor: bool) -> list[Strip]:
        """Draw an item, in `item_height` lines of exactly `width` cells."""
        raise NotImplementedError

    def prepare(self, first: int, last: int) -> None:
        """Get ready to draw the items from `first` on, up to `last` and without it."""

    def is_stop(self, index: int) -> bool:  # noqa: ARG002 — for subclasses
        """Whether the cursor may stand on an item; it passes over labels."""
        return True

    def label_of(self, binding: str) -> str:  # noqa: ARG002 — for subclasses
        """A key's label for the item under the cursor, by the binding's id; empty where it is the binding's own."""
        return ""

    @property
    def typing_keys(self) -> tuple[tuple[str, str], ...]:
        """While keys are typed as letters: those that are not letters, as signs, each with what it does."""
        return ()

    # Items and lines.

    def top_of(self, index: int) -> int:
        """The line at which an item begins. For the place after the last item, that is the number of lines."""
        return index * self.item_height

    def item_at(self, line: int) -> int:
        """The item to which a line belongs; past the last item, the one that a longer list would have there."""
        return line // self.item_height

    # What it offers.

    @property
    def count(self) -> int:
        """How many items there are."""
        return self._count

    @property
    def is_empty(self) -> bool:
        """Whether there are none."""
        return not self._count

    def show_items(self, count: int, cursor: int, *, empty_text: str = "") -> None:
        """Show other items, with the cursor on one of them."""
        if self.is_empty != (not count):
            self.refresh_bindings()  # the bar offers what acts on a line where there is one
        self._count = count
        self.cursor = max(0, min(cursor, count - 1))
        self.empty_text = empty_text
        self._span()
        self.keep_in_view()
        self.redraw()

    def redraw(self) -> None:
        """Draw all items anew, as what they say has changed."""
        self._cache.clear()
        self.refresh()

    def move_to(self, index: int) -> None:
        """Put the cursor on an item, or on the nearest one where it may stand, and post `Moved`."""
        if not self._count:
            return
        index = self._stop_near(max(0, min(index, self._count - 1)), 1 if index >= self.cursor else -1)
        if index == self.cursor:
            self.keep_in_view()
            return
        self._redraw_item(self.cursor)
        self.cursor = index
        self._redraw_item(index)
        self.keep_in_view()
        self.post_message(self.Moved(self, index))

    def _stop_near(self, index: int, direction: int) -> int:
        """The first item from `index` on in a direction where the cursor may stand; else the first the other way."""
        ahead = range(index, self._count) if direction > 0 else range(index, -1, -1)
        behind = range(index, -1, -1) if direction > 0 else range(index, self._count)
        return next((one for way in (ahead, behind) for one in way if self.is_stop(one)), index)

    def keep_in_view(self) -> None:
        """Scroll just so far that the item under the cursor is seen whole, with the label above it."""
        height, top, below = self.size.height, self.top_of(self.cursor), self.top_of(self.cursor + 1)
        if not height:
            return
        if self.cursor and top - self.item_height < self.scroll_offset.y and not self.is_stop(self.cursor - 1):
            top -= self.item_height
        y = self.scroll_offset.y
        if top < y:
            y = top
        elif below > y + height:
            y = below - height
        if y != self.scroll_offset.y:
            self.scroll_to(y=y, animate=False, force=True)
        self._prepare(y)

    # Drawing.

    def ground(self, *, at_cursor: bool) -> Style:
        """The background style of an item."""
        return self.get_component_rich_style("line-list--cursor") if at_cursor else self.rich_style

    def look(self, name: str) -> Style:
        """The style of a part of an item: strong, dim, read, mark or accent."""
        return self.get_component_rich_style(f"line-list--{name}", partial=True)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        width = self.size.width
        at = y + self.scroll_offset.y
        index = self.item_at(at)
        if index >= self._count:
            return self._empty_line(y, width) if not self._count else Strip.blank(width, self.rich_style)
        if width != self._drawn_width:  # a scrollbar came or went
            self._cache.clear()
            self._drawn_width = width
        at_cursor = index == self.cursor
        strips = self._cache.get((index, at_cursor))
        if strips is None:
            strips = self._cache[index, at_cursor] = self.render_item(index, width, at_cursor=at_cursor)
            if len(self._cache) > self._CACHED_ITEMS:
                self._cache.popitem(last=False)
        return strips[at - self.top_of(index)]

    def _empty_line(self, y: int, width: int) -> Strip:
        lines = words(self.empty_text, width - 4)
        text = lines[y - 1] if 0 < y <= len(lines) else ""
        return line([("  " + text, self.look("dim"))], width, self.rich_style)

    def _redraw_item(self, index: int) -> None:
        top = self.top_of(index)
        self.refresh_lines(top, self.top_of(index + 1) - top)

    def _span(self) -> None:
        self.virtual_size = Size(self.size.width, max(self.top_of(self._count), self.size.height))

    def _prepare(self, top: int) -> None:
        page = max(self.size.height // self.item_height, 1)
        first = self.item_at(top)
        self.prepare(max(0, first - page), min(self._count, first + 2 * page + 1))

    # Events.

    def fit(self) -> None:
        """Keep the cursor in view, and draw for the new width."""
        self._span()
        self.keep_in_view()
        self.redraw()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Get ready to draw the items that come into view."""
        self._prepare(round(new_value))
        super().watch_scroll_y(old_value, new_value)

    def notify_style_update(self) -> None:
        """Draw in the new colours."""
        super().notify_style_update()
        self._cache.clear()

    def on_focus(self) -> None:
        """Draw the cursor in the colour for a list with the focus."""
        self.redraw()

    def on_blur(self) -> None:
        """Draw the cursor in the colour for a list without the focus."""
        self.redraw()

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor; a double click chooses."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        index = self.item_at(offset.y + self.scroll_offset.y)
        if index >= self._count:
            return
        event.stop()
        if self.is_stop(index):
            self.move_to(index)
            if event.chain > 1:
                self.post_message(self.Chosen(self, index))

    # Actions.

    def action_move(self, by: int) -> None:
        """Move the cursor by some items."""
        self.move_to(self.cursor + by)

    def action_page(self, pages: float) -> None:
        """Move the cursor by some pages."""
        page = max(self.size.height // self.item_height, 1)
        self.move_to(self.cursor + (1 if pages > 0 else -1) * max(int(page * abs(pages)), 1))

    def action_edge(self, edge: int) -> None:
        """Move the cursor to the first (-1) or last (1) item."""
        self.move_to(0 if edge < 0 else self._count - 1)

    def action_choose(self) -> None:
        """Choose the item under the cursor; in an empty list, what its text offers."""
        self.post_message(self.Chosen(self, self.cursor if self._count else -1))
