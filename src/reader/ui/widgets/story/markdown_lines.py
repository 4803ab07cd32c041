"""A story's body in Markdown as lines of the page. It is imported when the first body is shown."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.theme import Theme

from reader.base.text import clean_block
from reader.stories.urls import is_web
from reader.ui.look.cells import LINK
from reader.ui.look.markdown import LeftMarkdown


def markdown_lines(body: str, width: int, look: Callable[[str], Style]) -> list[list[tuple[str, Style]]]:
    """The lines of a text in Markdown. Only web addresses become links, and the program opens them, not the terminal.

    Args:
        body: the text.
        width: cells of a line.
        look: gives the style of a part: dim, link, label or code.
    """
    console = Console(width=width, file=StringIO(), theme=_theme(look), color_system="truecolor")
    # Markdown turns references such as `&#27;` into characters only here, so the text is made safe once more.
    return [
        [(clean_block(segment.text), _own_link(segment)) for segment in segments if not segment.control]
        for segments in console.render_lines(LeftMarkdown(body, hyperlinks=True), pad=False)
    ]


def _theme(look: Callable[[str], Style]) -> Theme:
    link, code, bold, dim = look("link"), look("code"), Style(bold=True), look("dim")
    names = {f"markdown.h{level}": bold for level in range(1, 8)}
    return Theme(
        {
            **names, "markdown.link": link, "markdown.link_url": link, "markdown.code": code,
            "markdown.code_block": code, "markdown.block_quote": dim, "markdown.hr": dim,
            "markdown.item.bullet": look("label"), "markdown.item.number": look("label"),
            "markdown.h1.border": dim, "markdown.table.border": dim,
            "markdown.table.header": bold,
        }
    )  # fmt: skip


def _own_link(segment: Segment) -> Style:
    """A segment's style with a link that the program opens, instead of one that the terminal would open."""
    style = segment.style or Style.null()
    url = style.link
    if not url:
        return style
    style = style.update_link(None)
    return style + Style(meta={LINK: url}) if is_web(url) else style
