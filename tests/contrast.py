"""How well text can be read: the contrast of what is drawn."""

from __future__ import annotations

import re

from textual.color import Color
from textual.geometry import Region

from drawn import DrawnScreen
from reader.ui.app import ReaderApp

LEAST = 4.5
DRAWING = re.compile(r"[\s\u2500-\u258b\u258d-\u259f]*")
"""Frames, bars and shades tell nothing that is not told in words; `▌`, the cursor's sign, is none of them."""


def contrast(one: Color, other: Color) -> float:
    """The contrast of two colours: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""

    def light(color: Color) -> float:
        parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def too_faint(app: ReaderApp, region: Region | None = None) -> set[tuple[str, str, str, float]]:
    """Text that is hard to read: the text, its colour, its ground, the contrast.

    Args:
        app: whose screen is looked at.
        region: where; by default everywhere.
    """
    found = set()
    where = region or app.screen.region
    for strip in app.screen._compositor.render_strips()[where.y : where.bottom]:
        for segment in strip.crop(where.x, where.right):
            style = segment.style
            if DRAWING.fullmatch(segment.text) or style is None or style.color is None or style.bgcolor is None:
                continue
            text, ground = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
            ratio = contrast(text, ground)
            if ratio < LEAST:
                found.add((segment.text.strip()[:30], text.hex, ground.hex, round(ratio, 2)))
    return found


def too_faint_on(screen: DrawnScreen) -> set[tuple[int, int, str, str, str]]:
    """As `too_faint`, on a terminal: line, column, letter, its colour, its ground."""
    found = set()
    for y in range(screen.lines):
        for x in range(screen.columns):
            cell = screen.buffer[y][x]
            if DRAWING.fullmatch(cell.data) or "default" in (cell.fg, cell.bg):
                continue
            text, ground = (cell.bg, cell.fg) if cell.reverse else (cell.fg, cell.bg)
            if contrast(Color.parse(f"#{text}"), Color.parse(f"#{ground}")) < LEAST:
                found.add((y, x, cell.data, text, ground))
    return found
