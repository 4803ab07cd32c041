"""Markdown as the story pane and the help show it: every heading begins at the left.

It renders strangers' text in the thread that draws. So code is never highlighted (a lexer that a stranger chooses can
run for minutes), and only so many cells of a text are set as tables.
"""

from __future__ import annotations

from io import StringIO
from typing import ClassVar

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table
from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import CodeBlock, Heading, Markdown, MarkdownElement, TableElement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

from reader.stories.limits import TABLE_CELLS

_CELLS = "reader_cells"
"""The key in the parser's environment under which the table cells of a text are counted."""


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


class _PlainCode(CodeBlock):
    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        code = Text(str(self.text).rstrip().expandtabs(4), style="markdown.code_block", overflow="fold")
        yield Padding(code, 1)


def _bounded_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The parser's rule for a table. One that has more cells than are left is shown as code, as it is written.

    The parser fills rows up to the width of the first one, and the screen measures every cell several times.
    """
    if not table(state, start, end, True):
        return False
    if silent:
        return True
    after = start + 2
    while after < end and not state.isEmpty(after) and state.sCount[after] >= state.blkIndent:
        after += 1
    columns = state.src[state.bMarks[start] : state.eMarks[start]].strip().strip("|").count("|") + 1
    cells = state.env.get(_CELLS, 0) + columns * (after - start - 1)
    if cells <= TABLE_CELLS:
        state.env[_CELLS] = cells
        return table(state, start, end, False)
    token = state.push("code_block", "code", 0)
    token.content = state.getLines(start, after, state.blkIndent, True)
    token.map = [start, after]
    state.line = after
    return True


class LeftMarkdown(Markdown):
    """Rich's Markdown without a frame around the title; text that is too long for a table's cell is wrapped.

    Args:
        text: the text.
        hyperlinks: whether links can be clicked; else their addresses stand beside their words.
    """

    elements: ClassVar[dict[str, type[MarkdownElement]]] = {
        **Markdown.elements,
        "heading_open": _LeftHeading,
        "table_open": _WholeTable,
        "fence": _PlainCode,
        "code_block": _PlainCode,
    }

    def __init__(self, text: str, *, hyperlinks: bool) -> None:
        super().__init__("", hyperlinks=hyperlinks)
        parser = MarkdownIt().enable("strikethrough").enable("table")
        parser.block.ruler.at("table", _bounded_table, {"alt": ["paragraph", "reference"]})
        self.markup = text
        self.parsed = parser.parse(text)


_LOOKS = Theme(
    {
        "markdown.h1": "bold", "markdown.h2": "bold", "markdown.h3": "bold", "markdown.code": "cyan",
        "markdown.code_block": "cyan", "markdown.table.border": "dim", "markdown.table.header": "dim",
    }
)  # fmt: skip
"""Styles that suit a dark and a light background."""


def as_lines(text: str, width: int, *, colours: bool = False) -> list[str]:
    """The lines of a page of Markdown, set at a width.

    Args:
        text: the page.
        width: in cells.
        colours: whether the lines have the terminal's codes for colours, unless `NO_COLOR` is set.
    """
    written = StringIO()
    console = Console(
        file=written, width=width, force_terminal=colours, highlight=False, theme=_LOOKS, legacy_windows=False
    )
    console.print(LeftMarkdown(text, hyperlinks=False))
    return [line.rstrip() for line in written.getvalue().strip("\n").split("\n")]
