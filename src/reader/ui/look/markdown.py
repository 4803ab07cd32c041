"""Markdown as the story pane and the help set it: every heading begins at the left."""

from __future__ import annotations

from io import StringIO
from typing import ClassVar

from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import Heading, Markdown, MarkdownElement, TableElement
from rich.table import Table
from rich.text import Text
from rich.theme import Theme


class _LeftHeading(Heading):
    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if isinstance(self.text, Text):
            self.text.justify = "left"
            yield self.text


class _WholeTable(TableElement):
    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for part in super().__rich_console__(console, options):
            for column in part.columns if isinstance(part, Table) else ():
                column.overflow = "fold"
            yield part


class LeftMarkdown(Markdown):
    """Rich's Markdown without its frame around the title; what is too long for a table's cell goes on below."""

    elements: ClassVar[dict[str, type[MarkdownElement]]] = {
        **Markdown.elements,
        "heading_open": _LeftHeading,
        "table_open": _WholeTable,
    }


_LOOKS = Theme(
    {
        "markdown.h1": "bold", "markdown.h2": "bold", "markdown.h3": "bold", "markdown.code": "cyan",
        "markdown.code_block": "cyan", "markdown.table.border": "dim", "markdown.table.header": "dim",
    }
)  # fmt: skip
"""Looks that suit a dark and a light ground."""


def as_lines(text: str, width: int, *, colours: bool = False) -> list[str]:
    """A page of Markdown, set at a width.

    Args:
        text: the page.
        width: in cells.
        colours: whether the lines hold the terminal's codes for colours, unless `NO_COLOR` is set.
    """
    written = StringIO()
    console = Console(
        file=written, width=width, force_terminal=colours, highlight=False, theme=_LOOKS, legacy_windows=False
    )
    console.print(LeftMarkdown(text, hyperlinks=False, code_theme="ansi_dark"))
    return [line.rstrip() for line in written.getvalue().strip("\n").split("\n")]
