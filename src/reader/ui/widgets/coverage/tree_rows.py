"""The lines of the coverage tree: labels of groups, and articles; copies of one text may share a line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from reader.base.times import short_day
from reader.base.wording import fold
from reader.coverage.ways import Grouping
from reader.ui.look.cells import cut

if TYPE_CHECKING:
    from reader.coverage.model import Coverage, CoverageArticle, Group, Placed

LEAST_OUTLET, WIDEST_OUTLET = 12, 20
"""The most cells that the column of outlets takes, in a narrow pane and in a wide one."""


class TreeRow(NamedTuple):
    """One line: a group's label, or an article.

    Attributes:
        label: the label of a group; empty for an article.
        placed: the article; None for a group.
        depth: 0 for the story's own coverage, 1 for the coverage of an article of it, and so on.
        ancestors: keys of the articles above it, which are not shown again below.
        is_open: whether its own coverage is shown under it.
        outlet: the outlet's name as this line shows it.
        is_heading: whether the label stands above several groups.
    """

    label: str = ""
    placed: Placed | None = None
    depth: int = 0
    ancestors: frozenset[str] = frozenset()
    is_open: bool = False
    outlet: str = ""
    is_heading: bool = False

    @property
    def article(self) -> CoverageArticle | None:
        """The article of this line."""
        return self.placed.article if self.placed else None


class TreeContent(NamedTuple):
    """A coverage, and how the tree is to show it.

    Attributes:
        coverage: the coverage, which has more than the story itself.
        grouping: how it is grouped.
        zone: the time zone of what is shown; None for the system's.
        now: the time.
        narrowed: only articles with these words, or beginnings of words, in headline or outlet; empty for all.
        is_folded: whether copies of one text share a line.
    """

    coverage: Coverage
    grouping: Grouping
    zone: tzinfo | None
    now: datetime
    narrowed: str = ""
    is_folded: bool = True

    def rows(self, width: int) -> list[TreeRow]:
        """The lines, in a pane of so many cells."""
        from reader.coverage.grouping import grouped

        bar = self._bar(width)
        rows = [TreeRow(label=bar)] if bar else []
        for group in grouped(self.coverage, self.grouping, self.zone, fold=self.is_folded, now=self.now):
            rows += self._group_rows(group)
        return rows

    def _group_rows(self, group: Group) -> list[TreeRow]:
        from reader.coverage.model import time_key

        by_outlet = self.grouping is Grouping.OUTLET
        root = frozenset({self.coverage.focus.key})
        members = [one for one in group.placed if self._is_looked_for(one.article)]
        rows = [TreeRow(label=group.heading, is_heading=True)] if group.heading and not self.narrowed else []
        if members and group.label and not by_outlet:
            rows.append(TreeRow(label=group.label))
        for number, placed in enumerate(members):
            first, tail = min((placed.article, *placed.copies), key=time_key), ""
            name = first.provider or first.outlet
            if placed.copies:
                tail = f" copy ×{len(placed.copies) + 1}"
                name = cut(name, WIDEST_OUTLET - len(tail))
            rows.append(TreeRow(placed=placed, ancestors=root, outlet="" if by_outlet and number else name + tail))
        return rows

    def _is_looked_for(self, article: CoverageArticle) -> bool:
        searched = f" {fold(article.title)} {fold(article.provider)} {fold(article.outlet)}"
        return all(f" {word}" in searched or word in searched for word in fold(self.narrowed).split())

    def _bar(self, width: int) -> str:
        """How many articles the event had per hour or day, as a bar of small blocks; else empty."""
        from reader.coverage.density import MOST_STEPS, density

        most = max(min(width - 40, MOST_STEPS), 8)
        shape = density(self.coverage.event, self.zone, most)
        if shape is None or len(shape.counts) < 2 or self.narrowed:
            return ""
        span = short_day(shape.first, self.zone, self.now)
        if shape.last != shape.first:
            span = f"{span} – {short_day(shape.last, self.zone, self.now)}"
        return f"{shape.bar}  articles per {shape.step}, {span}"


def opened(row: TreeRow, coverage: Coverage, zone: tzinfo | None, now: datetime) -> list[TreeRow]:
    """The line of a story with the lines of its own coverage under it, without the articles above it.

    Args:
        row: the line.
        coverage: the coverage of its story.
        zone: the time zone of what is shown; None for the system's.
        now: the time.
    """
    from reader.coverage.grouping import grouped

    above = row.ancestors | {coverage.focus.key}
    inner = [
        TreeRow(placed=placed, depth=row.depth + 1, ancestors=above, outlet=placed.article.provider)
        for group in grouped(coverage, Grouping.TIME, zone, now=now)
        for placed in group.placed
        if placed.article.key not in above
    ]
    if not inner:
        inner = [TreeRow(label="nothing that is not above", depth=row.depth + 1, ancestors=above)]
    return [row._replace(is_open=True), *inner]


def outlet_width(rows: Sequence[TreeRow], width: int) -> int:
    """The cells of the column of outlets: as few as possible, but so that the number of copies is not cut off.

    Args:
        rows: the lines.
        width: of the pane, in cells.
    """
    widest = min(max(width // 5, LEAST_OUTLET), WIDEST_OUTLET)
    of_copies = (cell_len(row.outlet) for row in rows if row.placed is not None and row.placed.copies)
    least = min(max(of_copies, default=0), WIDEST_OUTLET)
    return max(min(max((cell_len(row.outlet) for row in rows), default=0), widest), least)
