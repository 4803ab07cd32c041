"""Signs for the Linux console, whose fonts of 256 or 512 glyphs lack most of what other terminals show.

Its own font has what code page 437 has; what is outside of that would be drawn as one and the same blot.
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
"""What is drawn instead of what; each as wide as the other, and no two marks alike."""


class PlainSigns(LineFilter):
    """Draws signs that the Linux console has."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 — Textual's
        """Put others in the place of signs that it lacks."""
        return [_plain(segment) for segment in segments]


@lru_cache(4_096)
def _plain(segment: Segment) -> Segment:
    text, style, control = segment
    return segment if text.isascii() else Segment(text.translate(SIGNS), style, control)
