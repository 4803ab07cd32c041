"""The command line's beginning: finds the command, and for the screen makes the app with all that it needs.

Commands and screen are imported only when they are needed, so that each starts quickly.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader import __version__
from reader.base.errors import HomeError, LibraryError, OutputError
from reader.base.paths import config_file, data_folder, marks_file, views_file
from reader.base.text import clean_typed
from reader.cli.libraries import complete_folders, exists, looks_like_path, open_library
from reader.cli.place import keep_place, kept_state
from reader.cli.printing import NOTHING_FOUND, USAGE, fail, now, reports, say
from reader.cli.surroundings import mute, settle
from reader.library.index.listing import Listing
from reader.library.query.query import parse
from reader.settings.file import load_config

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

FRAMES = "120"
"""The most frames a second. What a key does is seen with the next frame: with Textual's 60, up to 17 ms later."""

_COMMANDS = {
    "list": ("stories", "list_stories"),
    "show": ("stories", "show"),
    "coverage": ("stories", "coverage"),
    "topics": ("stories", "topics"),
    "events": ("events", "list_events"),
    "check": ("index", "check"),
    "index": ("index", "update_index"),
    "add": ("importing", "add_page"),
    "import": ("importing", "import_file"),
    "feeds": ("feeds", "feeds_commands"),
    "fetch": ("fetch", "fetch"),
    "rules": ("rules", "rules_commands"),
    "mark": ("mark", "mark"),
    "marks": ("marks", "marks_commands"),
    "help": ("help", "help_command"),
    "keys": ("settings", "print_keys"),
    "config": ("settings", "print_config"),
}
"""The commands, each with its module and its name there. They are imported when they are asked for."""


class _DefaultCommand(click.Group):
    """A group whose first word may be a folder: `reader FOLDER` is `reader read FOLDER`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = {"--help", "-h", "--version"}
        is_completed = ctx.resilient_parsing and not args  # the shell asks for what comes first
        if not is_completed and (not args or args[0] not in {*self.commands, *own, *_COMMANDS}):
            if args and not ctx.resilient_parsing:
                _refuse_unknown(args[0])
            args = ["read", *args]
        return super().parse_args(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """As usual, but a command is imported here."""
        if cmd_name in _COMMANDS:
            module, name = _COMMANDS[cmd_name]
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
        return sorted([*super().list_commands(ctx), *_COMMANDS])

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
    if not word or word.startswith("-") or os.sep in word or looks_like_path(word) or exists(word):
        return
    from difflib import get_close_matches

    near = get_close_matches(word.lower(), _COMMANDS, 1)
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
@reports
def read(folder: str | None, query: str, *, fresh: bool, no_watch: bool) -> None:
    """Show the screen."""
    config = load_config(config_file())
    query = clean_typed(query)
    parse(query)  # a wrong query is an error before there is a screen
    library = open_library(folder, config)
    if trouble := _no_terminal():
        library.close()
        fail(f"the screen needs a terminal, and {trouble}; `reader list` prints the stories", USAGE)
    os.environ.setdefault("TEXTUAL_FPS", FRAMES)
    from reader.ui.app import ReaderApp

    name = os.path.realpath(library.root)
    state = kept_state()
    kept_theme = state.theme_over(config.theme) if state else ""

    def keep(app: ReaderApp, *, is_over: bool = False) -> None:
        chosen = app.theme if app.theme != theme else ""
        place, queries = app.place(), app.queries()
        keep_place(name, place, chosen, instead_of=config.theme, queries=queries, tells=is_over)

    app = ReaderApp(
        library,
        config,
        now,
        listing=Listing(text=query),
        watch=not no_watch,
        marks=marks_file(),
        views=views_file(),
        place=state.place(name) if state and not query and not fresh else None,
        theme=kept_theme,
        queries=state.queries if state else (),
        is_first=state is None,
        keep_place=keep,
    )
    theme = kept_theme or app.theme  # a theme that was chosen once and does not exist any more is forgotten
    with library:
        app.run()
        for lost in app.lost_marks():
            click.echo(f"reader: {lost}", err=True)
        if app.crash is not None:
            raise app.crash
        keep(app, is_over=True)
    sys.exit(app.return_code or 0)


def _no_terminal() -> str:
    """Why the screen cannot be shown, in words; empty where it can."""
    if os.environ.get("TERM", "") == "dumb":
        return "this one cannot draw (TERM=dumb)"
    for stream, name in ((sys.stdin, "input"), (sys.stdout, "output"), (sys.stderr, "error")):
        try:
            if stream is None or not stream.isatty():
                return f"standard {name} is none"
        except ValueError:
            return f"standard {name} is closed"
    return ""


def main() -> None:
    """Run the command line. Where the reader of its output goes away (`reader list | head`), it ends quietly."""
    settle()
    try:
        cli(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        words = StringIO()
        error.show(words)  # it quotes arguments, such as the name of a file, which have to be made safe
        say(words.getvalue().rstrip(), err=True)
        sys.exit(USAGE)
    except LibraryError as error:
        fail(str(error), USAGE)
    except OutputError as error:
        mute(sys.stdout)
        fail(str(error), NOTHING_FOUND)
    except BrokenPipeError:
        mute(sys.stdout)
        sys.exit(0)
    except Exception as error:
        from reader.outside.crash_report import CRASHED, tell_crash

        doing = next((word for word in sys.argv[1:2] if word in _COMMANDS), "read")
        tell_crash(error, _crash_folder(), now(), doing=doing)
        sys.exit(CRASHED)


def _crash_folder() -> Path | None:
    try:
        return data_folder()
    except HomeError:
        return None
