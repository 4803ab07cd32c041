"""Figures, and the table they are printed in."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HEADINGS = ("what", "stories", "median", "p90", "min..max", "n", "target", "ratio")


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    Attributes:
        name: what was measured.
        size: stories of the library; None where it has none.
        values: all that was measured, in `unit`.
        unit: ms, s, MB, MB/s, stories/s or x.
        target: what the values should reach, as words.
        ratio: the comparison with another figure, as words.
    """

    name: str
    size: int | None
    values: Sequence[float]
    unit: str = "ms"
    target: str = ""
    ratio: str = ""

    @property
    def median(self) -> float:
        """The median of the values; NaN where there are none."""
        return statistics.median(self.values) if self.values else math.nan

    @property
    def p90(self) -> float:
        """The value that nine of ten do not pass; NaN where there are none."""
        return percentile(self.values, 0.9)

    def cells(self) -> tuple[str, ...]:
        """The figure as it stands in the table."""
        spread = f"{_short(min(self.values))}..{_short(max(self.values))}" if self.values else ""
        tail = _short(self.p90) if len(self.values) >= 10 else ""
        return (
            self.name,
            f"{self.size:,}" if self.size is not None else "",
            f"{_short(self.median)} {self.unit}" if self.values else "",
            tail,
            spread,
            str(len(self.values)) if self.values else "",
            self.target,
            self.ratio,
        )


def milliseconds(seconds: Iterable[float | None]) -> list[float]:
    """Times in milliseconds; those that are None or NaN are left out."""
    return [value * 1000 for value in seconds if value is not None and not math.isnan(value)]


def percentile(values: Sequence[float], part: float) -> float:
    """The smallest of the values that at least this part of them do not pass; NaN where there are none."""
    return sorted(values)[max(math.ceil(part * len(values)) - 1, 0)] if values else math.nan


def ratio(values: Figure, others: Figure, words: str) -> str:
    """How many times the median of another figure a figure's median is."""
    if not values.values or not others.values or not others.median:
        return ""
    return f"{values.median / others.median:.2f} {words}"


def pairwise(values: Sequence[float], others: Sequence[float]) -> float:
    """The median of the ratios of values that were measured one after the other."""
    pairs = [value / other for value, other in zip(values, others, strict=False)]
    return statistics.median(pairs) if pairs else math.nan


def as_text(figures: Sequence[Figure]) -> str:
    """The table for a terminal."""
    rows = [HEADINGS, *(figure.cells() for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    return "".join(_line(row, widths) for row in rows)


def as_markdown(figures: Sequence[Figure]) -> str:
    """The table as Markdown."""
    rows = [HEADINGS, ("---", "--:", "--:", "--:", "--:", "--:", "---", "---"), *(f.cells() for f in figures)]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |\n" for row in rows)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [
        cell.rjust(width) if 1 <= place <= 5 else cell.ljust(width)
        for place, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(cells).rstrip() + "\n"


def _short(value: float) -> str:
    if math.isnan(value):
        return "–"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
