"""`reader help`: pages to read in the terminal."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from shutil import get_terminal_size
from typing import TYPE_CHECKING

import click

from reader.base.text import clean
from reader.cli.printing import USAGE, fail, prints
from reader.data.help import TOPICS, page

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

WIDEST = 100
"""The most columns of a page: longer lines are hard to read."""


def _topics(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(topic, help=about) for topic, about in TOPICS.items() if topic.startswith(incomplete)]


@click.command("help")
@click.argument("topic", required=False, shell_complete=_topics)
@prints
def help_command(topic: str | None) -> None:
    """Print a page of help; without TOPIC the list of them."""
    if topic is None:
        _print_topics()
        return
    name = topic.lower()
    if name not in TOPICS:
        near = get_close_matches(name, TOPICS, 3, cutoff=0.4)
        hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(TOPICS)}"
        fail(f"no help on {clean(topic)!r}; {hint}", USAGE)
    _print_page(page(name))


def _print_topics() -> None:
    width = max(map(len, TOPICS))
    for name, about in TOPICS.items():
        click.echo(f"reader help {name:<{width}}  {about}")
    click.echo("reader --help     all commands; reader COMMAND --help tells of one")


def _print_page(text: str) -> None:
    """Print a page at the width of the terminal; if it is longer than the screen, through the pager."""
    from reader.ui.look.markdown import as_lines

    is_shown = sys.stdout.isatty()
    width, height = get_terminal_size()
    lines = as_lines(text, min(width, WIDEST) if is_shown else 80, colours=is_shown)
    written = "\n".join(lines) + "\n"
    if is_shown and sys.stdin.isatty() and len(lines) >= height:
        click.echo_via_pager(written)
    else:
        click.echo(written, nl=False)
