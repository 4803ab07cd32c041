"""The command line: its commands and options, and what the shell completes."""

from __future__ import annotations

import sys
from importlib import import_module
from io import StringIO
from typing import TYPE_CHECKING

import click

from reader import __version__
from reader.cli import COMMANDS
from reader.cli.libraries import complete_folders, may_be_folder
from reader.cli.printing import INTERRUPTED, USAGE, fail, say
from reader.cli.screen import show_screen

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class _DefaultCommand(click.Group):
    """A group whose first word may be a folder: `reader FOLDER` is `reader read FOLDER`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = {"--help", "-h", "--version"}
        is_completed = ctx.resilient_parsing and not args  # the shell asks for what comes first
        if not is_completed and (not args or args[0] not in {*self.commands, *own, *COMMANDS}):
            if args and not ctx.resilient_parsing:
                _refuse_unknown(args[0])
            args = ["read", *args]
        return super().parse_args(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """As usual, but a command is imported here."""
        if cmd_name in COMMANDS:
            module, name = COMMANDS[cmd_name]
            command: click.Command = getattr(import_module(f"reader.cli.{module}"), name)
            return command
        return super().get_command(ctx, cmd_name)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options of the screen among the program's own, as nobody writes `read`."""
        options = [one for one in (*read.params, *self.get_params(ctx)) if isinstance(one, click.Option)]
        records = [option.get_help_record(ctx) for option in options]
        with formatter.section("Options"):
            formatter.write_dl([record for record in records if record is not None])
        self.format_commands(ctx, formatter)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in order."""
        return sorted([*super().list_commands(ctx), *COMMANDS])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete commands; and, as `read` may be left out, its options and folders."""
        with click.Context(read, ctx, "read", resilient_parsing=True) as reading:
            own = read.shell_complete(reading, incomplete)
        known = {item.value for item in own}
        return [
            *(item for item in super().shell_complete(ctx, incomplete) if item.value not in known),
            *own,
            *([] if incomplete.startswith("-") else complete_folders(ctx, read.params[0], incomplete)),
        ]


def _refuse_unknown(word: str) -> None:
    """End with an error where the first word is no option, and can be neither a folder nor a command."""
    if not word or word.startswith("-") or may_be_folder(word):
        return
    from difflib import get_close_matches

    near = get_close_matches(word.lower(), COMMANDS, 1)
    fail(f"no such folder or command: {word}{f'; did you mean {near[0]}?' if near else ''}", USAGE)


class _ScreenContext(click.Context):
    """The context of the screen, whose command nobody writes."""

    @property
    def command_path(self) -> str:
        """The command as a person writes it."""
        return self.parent.command_path if self.parent is not None else super().command_path


class _Screen(click.Command):
    """The command that shows the screen."""

    context_class = _ScreenContext


@click.group(
    cls=_DefaultCommand,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="FOLDER may be left out: then it is $READER_LIBRARY, else `library` of the configuration, else the sample.",
)
@click.version_option(__version__, prog_name="reader")
def cli() -> None:
    """Read a folder of stories in the terminal.

    reader [FOLDER] [-q QUERY] shows the screen. The commands below print instead.
    """


@cli.command(cls=_Screen, hidden=True)
@click.argument("folder", required=False, shell_complete=complete_folders)
@click.option("-q", "--query", default="", help="List only the stories that answer this query.")
@click.option("--fresh", is_flag=True, help="Begin at the newest story, not where you were; the theme stays.")
@click.option("--no-watch", is_flag=True, help="Look at the folder at the start and on ctrl+r only.")
def read(folder: str | None, query: str, *, fresh: bool, no_watch: bool) -> None:
    """Show the screen."""
    show_screen(folder, query, fresh=fresh, watch=not no_watch)


def run() -> None:
    """Run what the command line asks for."""
    try:
        cli(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(INTERRUPTED)
    except click.ClickException as error:
        words = StringIO()
        error.show(words)  # it quotes arguments, such as the name of a file, which have to be made safe
        say(words.getvalue().rstrip(), err=True)
        sys.exit(USAGE)
