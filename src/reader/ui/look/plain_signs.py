"""Signs for the Linux console, whose fonts of 256 or 512 glyphs lack most of what other terminals show.

Its default font has the characters of code page 437; all others would be drawn as the same blot.
"""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

SIGNS = str.maketrans(
    {
        "●": "•", "★": "*", "↗": "↑", "▸": "►", "▾": "▼", "✓": "√", "▣": "■", "…": "~", "␛": "?",
        "╭": "┌", "╮": "┐", "╰": "└", "╯": "┘", "╷": "│", "╵": "│", "▕": "▐",
        **dict.fromkeys("▁▂", "_"), **dict.fromkeys("▃▅", "▄"), **dict.fromkeys("▆▇▊▉", "█"),
        **dict.fromkeys("▎▍▏▋", "▌"), "▔": "▀",
        **dict.fromkeys("“”", '"'), **dict.fromkeys("‘’", "'"), **dict.fromkeys("–—−", "-"), "×": "x",
    }
)  # fmt: skip
"""What is drawn instead of each sign: as wide as that, and different for each mark of a story."""


class PlainSigns(LineFilter):
    """Replaces signs that the Linux console lacks."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 — Textual's
        """Replace them in a line."""
        return [_plain(segment) for segment in segments]


@lru_cache(4_096)
def _plain(segment: Segment) -> Segment:
    text, style, control = segment
    return segment if text.isascii() else Segment(text.translate(SIGNS), style, control)
