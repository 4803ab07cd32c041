"""The command line: the only place that puts the parts together. The screen is imported only where it is shown."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader import __version__
from reader.base.errors import HomeError, LibraryError, OutputError, StoryNotFoundError
from reader.base.paths import cache_folder, config_file, data_folder, marks_file, sample_folder, views_file
from reader.base.text import clean_typed
from reader.cli.place import keep_place, kept_state
from reader.cli.printing import NOTHING_FOUND, USAGE, bound, choose, fail, now, prints, say, say_json, told
from reader.cli.surroundings import mute, settle
from reader.library.index.index import shown_path
from reader.library.library import Library
from reader.library.query.query import Sort, parse
from reader.library.sync.progress import Progress, Report
from reader.settings.config import Config
from reader.settings.file import load_config

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

FRAMES = "120"
"""Drawings a second at most. What a key asks for waits for the next one: Textual's 60 make that up to 17 ms."""

_PAGE = 500
_MANY = 1_000_000_000
"""As many as all: a larger limit is none."""

_LATER = {
    "marks": ("marks", "marks_commands"),
    "help": ("help", "help_command"),
    "keys": ("settings", "print_keys"),
    "config": ("settings", "print_config"),
}
"""Commands that are in a module of their own, imported when they are asked for: the screen starts without them."""


def _folders(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """What a shell completes a folder with: it finds folders itself."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="dir")]


def _files(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


class _DefaultCommand(click.Group):
    """A group whose first word may be a folder: `reader FOLDER` is `reader read FOLDER`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = {"--help", "-h", "--version"}
        is_completed = ctx.resilient_parsing and not args  # the shell asks for what comes first
        if not is_completed and (not args or args[0] not in {*self.commands, *own, *_LATER}):
            args = ["read", *args]
        return super().parse_args(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """As usual; some commands are imported when they are asked for, as the screen starts without them."""
        if cmd_name in _LATER:
            from importlib import import_module

            module, name = _LATER[cmd_name]
            command: click.Command = getattr(import_module(f"reader.cli.{module}"), name)
            return command
        return super().get_command(ctx, cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All of them, in order."""
        return sorted([*super().list_commands(ctx), *_LATER])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands; and as `read` may be left out, its options and folders."""
        with click.Context(read, ctx, "read", resilient_parsing=True) as reading:
            own = read.shell_complete(reading, incomplete)
        known = {item.value for item in own}
        return [
            *(item for item in super().shell_complete(ctx, incomplete) if item.value not in known),
            *own,
            *([] if incomplete.startswith("-") else _folders(ctx, read.params[0], incomplete)),
        ]


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


@cli.command(hidden=True)
@click.argument("folder", required=False, shell_complete=_folders)
@click.option("-q", "--query", default="", help="List only the stories that answer this query.")
@click.option("--fresh", is_flag=True, help="Begin at the newest story, not where you were.")
@click.option("--no-watch", is_flag=True, help="Look at the folder at the start and on ctrl+r only.")
@told
def read(folder: str | None, query: str, *, fresh: bool, no_watch: bool) -> None:
    """Show the screen."""
    config = load_config(config_file())
    query = clean_typed(query)
    parse(query)  # what is wrong with it is told before there is a screen
    library = _open(folder, config)
    if trouble := _no_terminal():
        fail(f"the screen needs a terminal, and {trouble}; `reader list` prints the stories", USAGE)
    os.environ.setdefault("TEXTUAL_FPS", FRAMES)
    from reader.ui.app import ReaderApp
    from reader.ui.parts.listing import Listing

    name = os.path.realpath(library.root)
    state = kept_state()
    kept_theme = state.theme_over(config.theme) if state else ""
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
    )
    theme = kept_theme or app.theme  # what was chosen once and is there no more is forgotten
    with library:
        app.run()
        for lost in app.lost_marks():
            click.echo(f"reader: {lost}", err=True)
        if app.crash is not None:
            raise app.crash
        chosen = app.theme if app.theme != theme else ""
        keep_place(name, app.place(), chosen, instead_of=config.theme, queries=app.queries())
    sys.exit(app.return_code or 0)


def _no_terminal() -> str:
    """What keeps the screen from being shown, in words; empty where nothing does."""
    if os.environ.get("TERM", "") == "dumb":
        return "this one cannot draw (TERM=dumb)"
    for stream, name in ((sys.stdin, "input"), (sys.stdout, "output"), (sys.stderr, "error")):
        try:
            if stream is None or not stream.isatty():
                return f"standard {name} is none"
        except ValueError:
            return f"standard {name} is closed"
    return ""


@cli.command("list")
@click.argument("folder", required=False, shell_complete=_folders)
@click.argument("query", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--paths", is_flag=True, help="Only the files, one a line.")
@click.option("--sort", type=click.Choice([sort.short for sort in Sort]), default="newest", show_default=True)
@click.option("--limit", type=click.IntRange(min=0), default=None, help="At most so many stories.")
@prints
def list_stories(
    folder: str | None, query: Sequence[str], *, as_json: bool, paths: bool, sort: str, limit: int | None
) -> None:
    """Print stories, one a line. What is no folder is the QUERY's first word."""
    if folder is not None and not _exists(folder) and not _looks_like_path(folder):
        query = (folder, *query)
        folder = None
    limit = limit if limit is None else min(limit, _MANY)
    asked, order = parse(" ".join(query)), Sort[sort.upper()]
    is_short = limit is not None and limit <= _PAGE
    library = _synced(folder, glance=is_short)
    wanted = bound(asked, library.index)
    ids = library.index.ids(wanted, order, limit=limit)
    if is_short and not library.are_current(ids):
        library.sync(workers=os.cpu_count() or 1, heal=True)
        wanted = bound(asked, library.index)
        ids = library.index.ids(wanted, order, limit=limit)
    for start in range(0, len(ids), _PAGE):
        page = ids[start : start + _PAGE]
        rows = library.index.rows(page)
        for story in page:
            path = shown_path(library.index.path(story) or b"")
            if paths:
                say(path)
            elif as_json:
                from reader.outside import export

                text = library.index.text(story)
                if text is not None:
                    say_json(export.row_json(path, text, rows[story]))
            else:
                row = rows[story]
                outlet = f"{row.provider}: " if row.provider else ""
                say(f"{_stamp(row.published):<16}  {outlet}{row.title}")
    if not ids:
        elsewhere = library.index.count(wanted.in_coverage) if wanted.in_coverage != wanted else 0
        hint = f"; the coverage of {elsewhere:,} says it: {wanted.in_coverage}" if elsewhere else ""
        fail(f"no story found{hint}", NOTHING_FOUND)


_LIBRARY = click.option("--library", "folder", help="The library the story is in; by default the file's own folder.")


@cli.command()
@click.argument("story", shell_complete=_files)
@_LIBRARY
@click.option("--json", "as_json", is_flag=True, help="All that the file says, and the coverage, as JSON.")
@click.option("--markdown", is_flag=True, help="As Markdown.")
@prints
def show(story: str, folder: str | None, *, as_json: bool, markdown: bool) -> None:
    """Print one story with its coverage. STORY is a file or a URL."""
    from reader.outside import export

    library = _synced(_library_of(story, folder))
    found = library.find(story)
    coverage = library.index.coverage(found)
    if coverage is None:
        raise StoryNotFoundError("this story is gone")
    read_story = library.read(found)
    if as_json:
        say_json(export.story_json(read_story, coverage, now()), indent=2)
    else:
        write = export.story_markdown if markdown else export.story_text
        _echo_lines(write(read_story, coverage, None, now()))


@cli.command()
@click.argument("story", shell_complete=_files)
@_LIBRARY
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--markdown", is_flag=True, help="A briefing of the event, as Markdown.")
@prints
def coverage(story: str, folder: str | None, *, as_json: bool, markdown: bool) -> None:
    """Print the coverage of one story; as Markdown, a briefing of its event. STORY is a file or a URL."""
    from reader.outside import briefing, export

    library = _synced(_library_of(story, folder))
    found = library.index.coverage(library.find(story))
    if found is None:
        raise StoryNotFoundError("this story is gone")
    name = briefing.library_name(library.root, is_sample=library.is_sample)
    files = briefing.files_of(found, library.index.path)
    making = briefing.Making(now(), None, name, files)
    if as_json:
        say_json(briefing.briefing_json(found, making), indent=2)
    else:
        _echo_lines(
            briefing.briefing_markdown(found, making) if markdown else export.coverage_text(found, None, making.now)
        )


@cli.command()
@click.argument("folder", required=False, shell_complete=_folders)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@prints
def topics(folder: str | None, *, as_json: bool) -> None:
    """Print the topics with the number of their stories."""
    counted = _synced(folder).index.topics()
    for topic in counted:
        if as_json:
            say_json({"topic": topic.name, "stories": topic.stories})
        else:
            say(f"{topic.stories:>7}  {topic.name}")
    if not counted:
        fail("no topic found", NOTHING_FOUND)


@cli.command()
@click.argument("folder", required=False, shell_complete=_folders)
@prints
def check(folder: str | None) -> None:
    """Print what could not be read, file:line: reason. Exits with 1 if there is any.

    Files that were read with a flaw are told as `note`; they do not change the exit code.
    """
    library = _synced(folder)
    problems = library.index.problems()
    for problem in problems:
        place = f"{problem.path}:{problem.line}" if problem.line else problem.path
        say(f"{place}: {'' if problem.unread else 'note: '}{problem.reason}")
    unread = sum(problem.unread for problem in problems)
    notes = len(problems) - unread
    stories = library.index.counts().stories
    say(f"{stories:,} stories read; {unread:,} errors, {notes:,} notes", err=True)
    sys.exit(NOTHING_FOUND if unread else 0)


@cli.command("index")
@click.argument("folder", required=False, shell_complete=_folders)
@click.option("--rebuild", is_flag=True, help="Forget the index, and read every file again.")
@prints
def update_index(folder: str | None, *, rebuild: bool) -> None:
    """Bring the index up to date, and report."""
    with _open(folder, load_config(config_file()), in_process=True) as library:
        if rebuild:
            library.rebuild()
        report = _with_bar(library)
        counts, links = library.index.counts(), library.index.links()
        speed = report.bytes / 1e6 / report.seconds if report.seconds else 0.0
        say(
            f"{report.files:,} files, {report.read:,} of them read, {report.removed:,} gone: "
            f"{report.bytes / 1e6:,.1f} MB in {report.seconds:.2f} s, {speed:,.1f} MB/s"
        )
        say(f"{counts.stories:,} stories, {counts.articles:,} articles, {links:,} links, {counts.unread:,} errors")


def _with_bar(library: Library) -> Report:
    """Sync with a progress bar on standard error, where that is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.fields[files]}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    console, is_hidden = Console(stderr=True), not sys.stderr.isatty()
    # Refreshed by us: the bar's own thread would keep workers from being started as copies of this process.
    with Bar(*columns, console=console, transient=True, disable=is_hidden, auto_refresh=False) as bar:
        task = bar.add_task("index", total=None, files="")

        def on_progress(progress: Progress) -> None:
            files = f"{progress.files:,} of {progress.of_files:,} files"
            bar.update(task, completed=progress.bytes, total=progress.of_bytes, files=files, refresh=True)

        return library.sync(on_progress, workers=os.cpu_count() or 1)


def _open(folder: str | None, config: Config, *, in_process: bool = False) -> Library:
    root, _ = choose(folder, config)
    is_sample = root == sample_folder()
    return Library(root, cache_folder(), is_sample=is_sample, in_process=in_process, limits=config.limits)


def _synced(folder: str | None, *, glance: bool = False) -> Library:
    """A library whose index is up to date, or as `glance` of `Library.sync`; closed when the command ends."""
    library = _open(folder, load_config(config_file()), in_process=True)
    click.get_current_context().call_on_close(library.close)
    library.sync(workers=os.cpu_count() or 1, heal=True, glance=glance)
    if library.note:
        say(f"reader: {library.note}", err=True)
    return library


def _library_of(story: str, folder: str | None) -> str | None:
    """The library a story is looked for in: the one given, else the usual one if the file is in it, else its folder."""
    if folder is not None or not _exists(story) or not Path(story).is_file():
        return folder
    usual, _ = choose(None, load_config(config_file()))
    real = Path(story).resolve()
    return str(usual) if real.is_relative_to(usual.resolve()) else str(real.parent)


def _exists(word: str) -> bool:
    """Whether a word names something of the file system; one that no file could have as its name does not."""
    try:
        return Path(word).expanduser().exists()
    except (OSError, RuntimeError, ValueError):
        return False


def _looks_like_path(word: str) -> bool:
    """Whether a word that is no folder was meant as one, so that a typo is told and not searched for."""
    return word.startswith(("/", "./", "../", "~"))


def _stamp(when: object) -> str:
    if isinstance(when, datetime):
        return f"{when.astimezone():%Y-%m-%d %H:%M}"
    return str(when or "no date")


def _echo_lines(lines: Iterable[str]) -> None:
    for line in lines:
        say(line)


def main() -> None:
    """Run the command line; a reader of its output that goes away ends it quietly."""
    settle()
    try:
        cli(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        words = StringIO()
        error.show(words)  # it quotes what was given, such as the name of a file
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

        doing = next((word for word in sys.argv[1:2] if word in cli.commands), "read")
        tell_crash(error, _crash_folder(), now(), doing=doing)
        sys.exit(CRASHED)


def _crash_folder() -> Path | None:
    try:
        return data_folder()
    except HomeError:
        return None
