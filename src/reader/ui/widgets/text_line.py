"""A line to type in, whose text passes the gate for text."""

from __future__ import annotations

from textual.widgets import Input

from reader.base.text import clean_typed


class TextLine(Input):
    """An input whose text is always safe to show, whatever is pasted into it or given to it at first."""

    def validate_value(self, value: str) -> str:
        """Make the text safe."""
        return clean_typed(value)
