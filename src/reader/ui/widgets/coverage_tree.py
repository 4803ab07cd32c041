"""The coverage tree: the articles linked to a story, grouped, each with its own coverage under it on demand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual.binding import Binding
from textual.message import Message
from textual.strip import Strip

from reader.coverage.grouping import grouped
from reader.coverage.model import Coverage, CoverageArticle, Grouping, Placed
from reader.stories.timetext import offset_text, short_day
from reader.ui.bindings import TREE
from reader.ui.cells import column, cut, line
from reader.ui.widgets.line_list import LineList

LOCAL, WEB, HERE = "●", "↗", "▸"
"""The signs of a story of this library, an article on the web only, and the story whose coverage this is."""

_WIDEST_OUTLET = 18

ROOMY = 56
"""The width, in cells, from which the lines have room for the offset to the earliest known."""


@dataclass(frozen=True, slots=True)
class TreeRow:
    """One line: a group's label, or an article.

    Attributes:
        label: the label of a group; empty for an article.
        placed: the article; None for a group.
        depth: 0 for the story's own coverage, 1 for the coverage of an article of it, and so on.
        ancestors: keys of the articles above it, which are not shown again below.
        is_open: whether its own coverage is shown under it.
        outlet: the outlet's name as this line shows it.
    """

    label: str = ""
    placed: Placed | None = None
    depth: int = 0
    ancestors: frozenset[str] = frozenset()
    is_open: bool = False
    outlet: str = ""

    @property
    def article(self) -> CoverageArticle | None:
        """The article of this line."""
        return self.placed.article if self.placed else None


class CoverageTree(LineList):
    """Shows a `Coverage`; asks by messages for what it lacks."""

    BINDINGS: ClassVar[list[Binding]] = [*TREE]

    @dataclass
    class ExpandRequested(Message):
        """The coverage of a story in the tree is wanted: answer with `insert_coverage`."""

        story: int

    def __init__(self, now: Callable[[], datetime], zone: tzinfo | None) -> None:
        super().__init__(id="coverage")
        self._now = now
        self._zone = zone
        self._rows: list[TreeRow] = []
        self._outlet_width = 0
        self.coverage: Coverage | None = None
        self.grouping = Grouping.TIME

    @property
    def selected(self) -> CoverageArticle | None:
        """The article under the cursor; None on a group's label and in an empty tree."""
        return self._rows[self.cursor].article if self._rows else None

    def show_coverage(self, coverage: Coverage | None, *, empty_text: str = "") -> None:
        """Show another story's coverage."""
        kept = self.selected if coverage and self.coverage and coverage.focus == self.coverage.focus else None
        self.coverage = coverage
        self._arrange(kept, empty_text)

    def regroup(self, grouping: Grouping) -> None:
        """Group by something else; the cursor stays on its article."""
        kept = self.selected
        self.grouping = grouping
        self._arrange(kept, self.empty_text)

    def insert_coverage(self, coverage: Coverage) -> None:
        """Show the coverage of a story of the tree under it, without what stands above it."""
        for index, row in enumerate(self._rows):
            if row.article and row.article.key == coverage.focus.key and not row.is_open and index >= self.cursor:
                break
        else:
            return
        above = row.ancestors | {coverage.focus.key}
        inner = [
            TreeRow(placed=placed, depth=row.depth + 1, ancestors=above, outlet=placed.article.provider)
            for group in grouped(coverage, Grouping.TIME, self._zone)
            for placed in group.placed
            if placed.article.key not in above
        ]
        if not inner:
            inner = [TreeRow(label="nothing that is not above", depth=row.depth + 1, ancestors=above)]
        self._rows[index : index + 1] = [replace(row, is_open=True), *inner]
        self.show_items(len(self._rows), self.cursor)

    def _arrange(self, kept: CoverageArticle | None, empty_text: str) -> None:
        if self.coverage is None or not self.coverage.articles:
            self._rows = []
            self.show_items(0, 0, empty_text=empty_text)
            return
        root = frozenset({self.coverage.focus.key})
        self._rows = []
        for group in grouped(self.coverage, self.grouping, self._zone):
            by_outlet = self.grouping is Grouping.OUTLET
            if not by_outlet:
                self._rows.append(TreeRow(label=group.label))
            self._rows += [
                TreeRow(
                    placed=placed,
                    ancestors=root,
                    outlet="" if by_outlet and number else placed.article.provider or placed.article.outlet,
                )
                for number, placed in enumerate(group.placed)
            ]
        self._outlet_width = min(max(cell_len(row.outlet) for row in self._rows), _WIDEST_OUTLET)
        self.show_items(len(self._rows), self._start(kept))

    def _start(self, kept: CoverageArticle | None) -> int:
        """Where the cursor goes: to the article it was on, else to the first article."""
        assert self.coverage is not None  # noqa: S101 — rows come from it
        articles = [(index, row.article) for index, row in enumerate(self._rows) if row.article]
        for index, article in articles:
            if kept is not None and article.key == kept.key:
                return index
        return next((index for index, article in articles if article != self.coverage.focus), 0)

    def is_stop(self, index: int) -> bool:
        """The cursor stands on articles and passes over the labels of groups."""
        return self._rows[index].article is not None

    # Drawing.

    def render_item(self, index: int, width: int, *, at_cursor: bool) -> list[Strip]:
        """Draw a group's label or an article."""
        row, ground = self._rows[index], self.ground(at_cursor=at_cursor)
        bar = ("▌" if at_cursor else " ", self.look("mark"))
        if row.placed is None:
            return [line([bar, ("    " * row.depth + row.label, self.look("dim"))], width, ground)]
        parts = [bar, *self._article_parts(row, row.placed)]
        used = sum(cell_len(text) for text, _ in parts)
        title, look = row.placed.article.title, Style.null()
        if self._is_focus(row):
            title, look = "(this story)", self.look("dim")
        parts.append((cut(title, width - used - 1), look))
        return [line(parts, width, ground)]

    def _article_parts(self, row: TreeRow, placed: Placed) -> list[tuple[str, Style]]:
        """An article's columns but for the headline: time, offset, sign, outlet."""
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
        row = self._rows[self.cursor] if self._rows else TreeRow()
        article = row.article
        if article and article.story is not None and not row.is_open and not self._is_focus(row):
            self.post_message(self.ExpandRequested(article.story))

    def action_collapse(self) -> None:
        """Hide the coverage under the cursor's article, or that which the cursor stands in."""
        index = self.cursor
        while index > 0 and self._rows and not self._rows[index].is_open and self._rows[index].depth:
            index -= 1
        if not self._rows or not self._rows[index].is_open:
            return
        row = self._rows[index]
        end = index + 1
        while end < len(self._rows) and self._rows[end].depth > row.depth:
            end += 1
        self._rows[index:end] = [replace(row, is_open=False)]
        self.show_items(len(self._rows), index)
