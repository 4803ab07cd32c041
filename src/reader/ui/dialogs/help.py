"""The help dialog: all keys, narrowed by typing, and the pages of `reader help`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from reader.data.help import TOPICS
from reader.data.help import page as page_of
from reader.ui.dialogs.framed import FramedDialog
from reader.ui.keys.bindings import DIALOG, KeyRow, again
from reader.ui.keys.bindings import PAGES as NEXT_PAGES
from reader.ui.keys.footer import TEN
from reader.ui.keys.page import matching
from reader.ui.look.cells import words
from reader.ui.widgets.text_line import TextLine

if TYPE_CHECKING:
    from textual.screen import Screen

PAGES = tuple(TOPICS)
"""The pages by name; the first is the table of the keys in force."""

FIND_KEYS = "type to find keys by what they do"

KEY_CELLS, ID_CELLS, ROOMY = 18, 21, 76
"""Cells of the columns of keys and of ids, and the least cells of a page with room for the ids."""

_OF_PANE = {
    "stories": ("Stories", "Moving"),
    "story": ("Story", "Moving"),
    "coverage": ("Coverage", "Moving"),
    "side-bar": ("Side bar", "Moving"),
}


def areas_of(screen: Screen[object]) -> tuple[str, ...]:
    """The areas of `key_table` whose keys are for the pane with the focus."""
    if screen.is_modal:
        return ("Dialogs",)
    focused = screen.focused
    if isinstance(focused, Input):
        return ("Search line",)
    return _OF_PANE.get(focused.id or "", ()) if focused is not None else ()


class HelpDialog(FramedDialog[None]):
    """The pages of the help, one at a time; Tab goes to the next.

    Args:
        rows: the keys, as `key_table`.
        first: the areas that come first: those of the pane with the focus.
        topic: the page that is shown first.
    """

    BINDINGS: ClassVar[list[Binding]] = [
        *(replace(binding, priority=True) for binding in DIALOG if binding.action.startswith("step")),
        *(replace(binding, priority=True) for binding in (*NEXT_PAGES, again("dialog.help", "close"))),
    ]

    DEFAULT_CSS = """
    HelpDialog {
        & > Vertical { width: 88; height: 92%; }
        Input, Input:focus { background: $panel; }
        VerticalScroll {
            height: 1fr; scrollbar-size-vertical: 1; background: $panel;
            scrollbar-color: $reader-border; scrollbar-background: $panel;
            scrollbar-color-hover: $reader-dim; scrollbar-background-hover: $panel;
            scrollbar-color-active: $primary; scrollbar-background-active: $panel;
        }
    }
    """

    def __init__(self, rows: Sequence[KeyRow], first: Sequence[str] = (), topic: str = PAGES[0]) -> None:
        super().__init__()
        self._rows = sorted(rows, key=lambda row: first.index(row.area) if row.area in first else len(first))
        self._first = tuple(first)
        self._page = PAGES.index(topic)
        self._places: list[int] = []

    def compose(self) -> ComposeResult:
        """A line to type in above the page."""
        with Vertical():
            yield TextLine(compact=True)
            with VerticalScroll(can_focus=False):
                yield Static(markup=False)

    def on_resize(self, _: events.Resize) -> None:
        """Set the page for the new width."""
        self.call_after_refresh(self._show)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the keys; on another page, find the words. The key that opened the help closes it."""
        if event.value == "?":
            self.action_close()
        else:
            self._show()

    def _show(self) -> None:
        frame, scroll = self.query_one(Vertical), self.query_one(VerticalScroll)
        name = PAGES[self._page]
        pages = "  ".join(f"[{one}]" if one == name else one for one in PAGES)
        short = f"{name} · {self._page + 1} of {len(PAGES)}"
        frame.border_title = Content("Help · " + (pages if frame.size.width > len(pages) + 12 else short))
        frame.border_subtitle = Content(self.in_force("{help.next_page} next page · {dialog.close} close"))
        find_words = f"type to find; {self.key_of('help.next_place')}: the next"
        self.query_one(Input).placeholder = FIND_KEYS if self._page == 0 else find_words
        width = max(scroll.size.width - 1, 10)
        typed = self.query_one(Input).value
        if self._page == 0:
            self._places = [0]
            shown = self._key_page(matching(self._rows, typed), width)
        else:
            shown = self._text_page(typed.casefold().strip(), width)
        self.query_one(Static).update(shown)
        scroll.scroll_to(y=self._places[0] if self._places else 0, animate=False)

    def _key_page(self, rows: Sequence[KeyRow], width: int) -> Content:
        if not rows:
            return Content("No key has these letters.")
        parts = [] if self.query_one(Input).value.strip() else self._ten(width)
        for area, of_area in groupby(rows, key=lambda row: row.area):
            where = "  where you are" if area in self._first and width > 30 else ""
            parts.append(Content.from_markup("[b $primary]$area[/][$reader-dim]$where[/]", area=area, where=where))
            for row in of_area:
                parts += _row_lines(row, width)
            parts.append(Content(""))
        return Content("\n").join(parts[:-1])

    def _ten(self, width: int) -> list[Content]:
        """The ten keys to begin with, and what they do."""
        keys = {row.id: row.keys.split(" ")[0] for row in self._rows}
        heading = "Ten keys to begin with" if width > 30 else "Ten keys"
        parts = [Content.from_markup("[b $primary]$heading[/]", heading=heading)]
        for name, does in TEN:
            if keys.get(name):
                parts += _row_lines(KeyRow("", keys[name], "", does), width)
        return [*parts, Content("")]

    def _text_page(self, typed: str, width: int) -> Content:
        """A page of text; each place with what was typed is marked."""
        from reader.ui.look.markdown import as_lines

        text = page_of(PAGES[self._page])
        headings = {line.lstrip("# ") for line in text.splitlines() if line.startswith("#")}
        lines = as_lines(text, width)
        self._places = [number for number, line in enumerate(lines) if typed and typed in line.casefold()]
        return Content("\n").join(_marked(line, typed, "bold $primary" if line in headings else "") for line in lines)

    def action_page(self, by: int) -> None:
        """Go to another page."""
        self._page = (self._page + by) % len(PAGES)
        with self.prevent(Input.Changed):
            self.query_one(Input).value = ""
        self._show()

    def action_next_place(self) -> None:
        """Go to the next place with what was typed; from the last one to the first."""
        scroll = self.query_one(VerticalScroll)
        if self._places:
            after = [place for place in self._places if place > scroll.scroll_offset.y]
            is_at_end = scroll.scroll_offset.y >= scroll.max_scroll_y
            scroll.scroll_to(y=after[0] if after and not is_at_end else self._places[0], animate=False)

    def action_step(self, by: int) -> None:
        """Scroll by a line, or a page."""
        scroll = self.query_one(VerticalScroll)
        lines = by if abs(by) == 1 else (scroll.size.height - 1) * (1 if by > 0 else -1)
        scroll.scroll_relative(y=lines, animate=False)


def _row_lines(row: KeyRow, width: int) -> Iterator[Content]:
    """The lines of a key: its name, what it does, and its id where there is room."""
    key_cells = min(KEY_CELLS, width // 3)
    id_cells = ID_CELLS if width >= ROOMY else 0
    keys = words(row.keys, key_cells)
    room = width - key_cells - id_cells - 4
    does_lines = words(row.tooltip, room - 2 if id_cells else room)
    for number, (key, does) in enumerate(zip_longest(keys, does_lines, fillvalue="")):
        yield Content.from_markup(
            "  [$accent]$key[/]  $does[$reader-dim]$id[/]",
            key=key.ljust(key_cells),
            does=does.ljust(room) if id_cells else does,
            id=row.id if id_cells and not number else "",
        )


def _marked(line: str, typed: str, style: str) -> Content:
    """A line of a page, with each place of what was typed marked."""
    shown = Content.styled(line, style) if style else Content(line)
    at = line.casefold().find(typed) if typed else -1
    while at >= 0:
        shown = shown.stylize("reverse", at, at + len(typed))
        at = line.casefold().find(typed, at + len(typed))
    return shown
