"""The coverage tree: a story's event, what is linked and what is alike; a story's own coverage opens under it.

Copies of one text share a line until they are unfolded, and typing narrows what is shown. The modules that group and
measure a coverage are imported when the first one is shown: the start does not need them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.strip import Strip

from reader.base.times import offset_text, short_day
from reader.coverage.ways import Grouping
from reader.ui.keys.bindings import TREE, key_of, key_sign
from reader.ui.look.cells import column, cut, line, words
from reader.ui.widgets.line_list import LineList

if TYPE_CHECKING:
    from reader.coverage.model import Coverage, CoverageArticle, Placed
    from reader.ui.widgets.coverage.tree_rows import TreeRow

LOCAL, WEB, HERE = "⌂", "↗", "▸"
"""The signs of a story of this library, an article on the web only, and the story whose coverage this is."""

ROOMY = 56
"""The width, in cells, from which the lines have room for the offset to the earliest known."""


class CoverageTree(LineList):
    """Shows a `Coverage`; a message asks for the coverage of one of its stories.

    Args:
        now: the clock.
        zone: the time zone of what is shown; None for the system's.
        keymap: keys that differ from the program's own, by the ids of bindings.
    """

    BINDINGS: ClassVar[list[Binding]] = [replace(TREE[0], priority=True), *TREE[1:]]  # in turn with keys typed ahead

    @dataclass
    class ExpandRequested(Message):
        """The coverage of a story in the tree is wanted: answer with `insert_coverage`."""

        story: int

    def __init__(
        self, now: Callable[[], datetime], zone: tzinfo | None, keymap: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        super().__init__(id="coverage")
        self._now = now
        self._zone = zone
        self._keymap = keymap
        self._rows: list[TreeRow] = []
        self._outlet_width = 0
        self.coverage: Coverage | None = None
        self.grouping = Grouping.TIME
        self.is_folded = True
        self.is_typing = False
        self._narrowed = ""
        self._new = 0
        self._before: CoverageArticle | None = None

    @property
    def selected(self) -> CoverageArticle | None:
        """The article under the cursor; None on a group's label and in an empty tree."""
        return self._rows[self.cursor].article if self._rows else None

    @property
    def _place(self) -> CoverageArticle | None:
        """The article under the cursor; where nothing is shown, the one that was before one began to type."""
        return self.selected or self._before

    def _nearest_in(self, coverage: Coverage) -> CoverageArticle | None:
        """The article at the cursor's place in another coverage: the same, else the next that it has, or the last."""
        there = {article.key for article in coverage.whole}
        rows = (*self._rows[self.cursor :], *reversed(self._rows[: self.cursor]))
        return next((row.article for row in rows if row.article and row.article.key in there), self._place)

    def show_coverage(self, coverage: Coverage | None, *, empty_text: str = "", new: int = 0) -> None:
        """Show the coverage of a story, or nothing.

        Args:
            coverage: the coverage; None where there is no story.
            empty_text: what to say where there is nothing to show.
            new: how many articles of the event came since the reader last looked at it.
        """
        self._new = new
        is_same = bool(coverage and self.coverage and coverage.focus.key == self.coverage.focus.key)
        kept = self._nearest_in(coverage) if coverage and is_same else None
        self.coverage = coverage
        if coverage is None or not is_same or coverage.is_alone:
            self._type(is_on=False)
            self._narrowed, self._before = "", None
        self._arrange(kept, empty_text)

    def regroup(self, grouping: Grouping) -> None:
        """Group the coverage in another way; the cursor stays on its article."""
        self.grouping = grouping
        self._arrange(self._place, self.empty_text)

    def toggle_fold(self) -> None:
        """Fold the copies of one text into one line, or show each."""
        self.is_folded = not self.is_folded
        self._arrange(self._place, self.empty_text)

    @property
    def copies(self) -> int:
        """How many articles are copies of another's text."""
        return sum(article.copy is not None for article in self.coverage.whole) if self.coverage else 0

    def insert_coverage(self, coverage: Coverage) -> None:
        """Show the coverage of a story of the tree under that story, without the articles above it."""
        for index, row in enumerate(self._rows):
            if row.article and row.article.key == coverage.focus.key and not row.is_open and index >= self.cursor:
                break
        else:
            return
        from reader.ui.widgets.coverage.tree_rows import opened

        self._rows[index : index + 1] = opened(row, coverage, self._zone, self._now())
        self.show_items(len(self._rows), self.cursor)

    # Narrowing by typing.

    def start_typing(self) -> None:
        """Take the keys that follow as letters to narrow by."""
        if self.coverage and not self.coverage.is_alone:
            self._before = self._place
            self._type(is_on=True)
            self._show_title()

    def _type(self, *, is_on: bool) -> None:
        """Take keys as letters, or as keys again, and have the bar at the bottom follow."""
        if is_on != self.is_typing:
            self.is_typing = is_on
            self.refresh_bindings()

    @property
    def typing_keys(self) -> tuple[tuple[str, str], ...]:
        """While one types: the keys that end that."""
        return ((key_sign("enter"), "Keep"), (key_sign("escape"), "Show all")) if self.is_typing else ()

    def check_consume_key(self, key: str, character: str | None) -> bool:  # noqa: ARG002 — Textual's signature
        """While one types, letters are no keys."""
        return self.is_typing and character is not None and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        """While one types, letters narrow, Backspace widens, Esc shows all again, and Enter ends the typing."""
        if not self.is_typing or event.key in ("up", "down", "pageup", "pagedown"):
            return
        event.stop()
        event.prevent_default()
        if event.key in ("enter", "tab", "escape"):
            self._type(is_on=False)
            self.narrow("" if event.key == "escape" else self._narrowed)
        elif event.key == "backspace":
            self.narrow(self._narrowed[:-1])
        elif event.is_printable and event.character:
            self.narrow(self._narrowed + event.character)

    def on_blur(self) -> None:
        """The focus went to another pane: letters are keys again."""
        self._type(is_on=False)
        self._show_title()
        super().on_blur()

    def narrow(self, text: str) -> None:
        """Show only the articles with these words, or beginnings of words, in headline or outlet."""
        self._narrowed = text
        self._arrange(self._place, self.empty_text)
        self.post_message(self.Moved(self, self.cursor))

    @property
    def is_narrowed(self) -> bool:
        """Whether only some articles are shown."""
        return bool(self._narrowed.strip())

    # The rows.

    def _arrange(self, kept: CoverageArticle | None, empty_text: str) -> None:
        self._rows = []
        is_alone = self.coverage is None or self.coverage.is_alone
        self.set_class(is_alone, "-empty")
        if self.coverage is None or is_alone:
            self.show_items(0, 0, empty_text=empty_text)
            self._show_title()
            return
        from reader.ui.widgets.coverage.tree_rows import TreeContent, outlet_width

        content = TreeContent(
            self.coverage, self.grouping, self._zone, self._now(), self._narrowed.strip(), self.is_folded
        )
        self._rows = content.rows(self.size.width)
        self._outlet_width = outlet_width(self._rows, self.size.width)
        # While something is typed, Esc is no binding.
        way_out = key_sign("escape") if self.is_typing else key_of("go.escape", self._keymap)
        nothing = f"Nothing in this coverage has “{self._narrowed.strip()}”. {way_out} shows all of it."
        count = len(self._rows) if any(row.placed for row in self._rows) else 0
        self.show_items(count, self._start(kept), empty_text=empty_text if count else nothing)
        self._show_title()

    # The title.

    def _show_title(self) -> None:
        """Title and subtitle of the pane; an outlet's name is never markup."""
        self.border_title = Content(self._title())
        self.border_subtitle = Content(self._subtitle())

    def _title(self) -> str:
        if self.is_typing or self.is_narrowed:
            shown = sum(row.placed is not None and not row.depth for row in self._rows)
            return f"Coverage · / {self._narrowed}{'▏' if self.is_typing else ''} · {shown}"
        coverage = self.coverage
        if coverage is None or coverage.is_alone:
            return "Coverage"
        from reader.ui.widgets.coverage.coverage_title import title_of

        return title_of(coverage, self._new, self._now(), self._zone, self.size.width - 4)

    def _subtitle(self) -> str:
        if not self.coverage or self.coverage.is_alone:
            return ""
        reason = self.selected.why if self.selected else ""
        return cut(f"by {self.grouping}{f' · {reason}' if reason else ''}", max(self.size.width - 4, 12))

    def move_to(self, index: int) -> None:
        """As `LineList.move_to`; the subtitle is about the article under the cursor."""
        before = self.label_of("coverage.choose")
        super().move_to(index)
        self._show_title()
        if self.label_of("coverage.choose") != before:
            self.refresh_bindings()

    def label_of(self, binding: str) -> str:
        """The label of a key for the article under the cursor: Enter opens one that is on the web only."""
        article = self.selected
        on_web = binding == "coverage.choose" and article is not None and article.story is None
        return "Open" if on_web else super().label_of(binding)

    def fit(self) -> None:
        """Fit the title to the new width, and the lines of an article to the new height."""
        self._count_lines(self.count)
        super().fit()
        self._show_title()

    def _start(self, kept: CoverageArticle | None) -> int:
        """The line for the cursor: that of the article it was on, else of the first article besides the story."""
        assert self.coverage is not None  # noqa: S101 — rows come from it
        articles = [(index, row.article) for index, row in enumerate(self._rows) if row.article]
        for index, article in articles:
            if kept is not None and article.key == kept.key:
                return index
        return next((index for index, article in articles if article != self.coverage.focus), 0)

    def is_stop(self, index: int) -> bool:
        """Whether the cursor may stand on a line: it passes over the labels of groups."""
        return self._rows[index].article is not None

    # Drawing.

    def render_item(self, index: int, width: int, *, at_cursor: bool) -> list[Strip]:
        """Draw a group's label or an article."""
        row, ground = self._rows[index], self.ground(at_cursor=at_cursor)
        bar = ("▌" if at_cursor else " ", self.look("mark"))
        if row.placed is None:
            look = self.look("accent") if row.is_heading else self.look("dim")
            label = line([bar, (cut("    " * row.depth + row.label, width - 2), look)], width, ground)
            return [line([bar], width, ground)] * (self.item_height - 1) + [label]
        parts = [bar, *self._article_parts(row, row.placed)]
        used = sum(cell_len(text) for text, _ in parts)
        title, look = row.placed.article.title, Style.null()
        if self._is_focus(row):
            title, look = "(this story)", self.look("dim")
        elif self.coverage and self.coverage.focus in row.placed.copies:
            title, look = "(this story is a copy of it)", self.look("dim")
        broken = [*words(title, width - used - 1), ""] if self.item_height > 1 else [title]
        below = [bar, (" " * (used - 1), look)]
        pieces = (broken[0], " ".join(broken[1:]))[: self.item_height]
        fronts = zip((parts, below), pieces, strict=False)
        return [line([*front, (cut(piece, width - used - 1), look)], width, ground) for front, piece in fronts]

    def show_items(self, count: int, cursor: int, *, empty_text: str = "") -> None:
        """As `LineList.show_items`; each takes two lines where a headline needs them and all of them have room."""
        self._count_lines(count)
        super().show_items(count, cursor, empty_text=empty_text)

    def _count_lines(self, count: int) -> None:
        has_room = 0 < 2 * count <= self.size.height
        self.item_height = 2 if has_room and any(map(self._is_long, self._rows)) else 1

    def _is_long(self, row: TreeRow) -> bool:
        """Whether the headline of a line is longer than the room for it."""
        if row.placed is None or self._is_focus(row):
            return False
        used = sum(cell_len(text) for text, _ in self._article_parts(row, row.placed))
        return cell_len(row.placed.article.title) > self.size.width - used - 2

    def _article_parts(self, row: TreeRow, placed: Placed) -> list[tuple[str, Style]]:
        """The columns of an article before its headline: time, offset, sign, outlet."""
        from reader.coverage.timeline import Timing, timing

        article, dim = placed.article, self.look("dim")
        roomy = self.size.width >= ROOMY
        sign, sign_look = self._sign(row)
        outlet = column(row.outlet, self._outlet_width if roomy else min(self._outlet_width, 12))
        if self.grouping is not Grouping.TIME or row.depth:
            time = column(short_day(article.published, self._zone, self._now()), 12)
        else:
            when = article.published
            time = when.astimezone(self._zone).strftime("%H:%M") if isinstance(when, datetime) else "  –  "
        if self.grouping is Grouping.OUTLET and not row.depth:
            return [(f"{sign} ", sign_look), (f"{outlet}  ", dim), (f"{time} ", dim)]
        offset = "earliest" if placed.is_earliest else offset_text(placed.offset)
        if timing(article.published, self._now()) is Timing.FUTURE:
            offset = "future"
        return [
            ("    " * row.depth, dim),
            (f"{time} ", dim),
            (column(offset, 9) if roomy else "", self._offset_look(placed)),
            (f"{sign} ", sign_look),
            (f"{outlet}  ", dim),
        ]

    def _offset_look(self, placed: Placed) -> Style:
        return self.look("accent") if placed.is_earliest else self.look("dim")

    def _sign(self, row: TreeRow) -> tuple[str, Style]:
        if self._is_focus(row):
            return HERE, self.look("accent")
        if row.article and row.article.is_local:
            return ("▾" if row.is_open else LOCAL), self.look("mark")
        return WEB, self.look("dim")

    def _is_focus(self, row: TreeRow) -> bool:
        return bool(self.coverage and row.article and row.article.key == self.coverage.focus.key)

    # Actions.

    def action_expand(self) -> None:
        """Ask for the coverage of the story under the cursor."""
        article = self.selected
        if article is None or article.story is None:
            return
        row = self._rows[self.cursor]
        if not row.is_open and not self._is_focus(row):
            self.post_message(self.ExpandRequested(article.story))

    def action_collapse(self) -> None:
        """Hide the coverage that is open under the cursor's article, or the one that the cursor is in."""
        index = self.cursor
        while index > 0 and self._rows and not self._rows[index].is_open and self._rows[index].depth:
            index -= 1
        if not self._rows or not self._rows[index].is_open:
            return
        row = self._rows[index]
        end = index + 1
        while end < len(self._rows) and self._rows[end].depth > row.depth:
            end += 1
        self._rows[index:end] = [row._replace(is_open=False)]
        self.show_items(len(self._rows), index)
