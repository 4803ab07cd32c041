"""A line to type in, through which no more gets than through the gate for text."""

from __future__ import annotations

from textual.widgets import Input

from reader.base.text import clean_typed


class TextLine(Input):
    """An input whose text is safe to show, whatever was pasted into it or given to it at first."""

    def validate_value(self, value: str) -> str:
        """Make it safe."""
        return clean_typed(value)
