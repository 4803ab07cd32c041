"""The commands that look after an index: `reader check` and `reader index`."""

from __future__ import annotations

import os
import sys
import time

import click

from reader.base.paths import config_file
from reader.base.wording import plural
from reader.cli.libraries import complete_folders, open_library, synced
from reader.cli.printing import NOTHING_FOUND, prints, say
from reader.library.library import Library
from reader.library.sync.progress import Pace, Progress, Report, in_words
from reader.settings.file import load_config


@click.command()
@click.argument("folder", required=False, shell_complete=complete_folders)
@prints
def check(folder: str | None) -> None:
    """Print what could not be read, file:line: reason. Exits with 1 if there is any.

    Files that were read with a flaw are told as `note`, and files that look like stories and that their own tool would
    not show, such as drafts, as `passed over`; neither changes the exit code.
    """
    library = synced(folder)
    problems = library.index.problems()
    for problem in problems:
        place = f"{problem.path}:{problem.line}" if problem.line else problem.path
        kind = "" if problem.unread else "passed over: " if problem.passed_over else "note: "
        say(f"{place}: {kind}{problem.reason}")
    unread, passed_over = sum(one.unread for one in problems), sum(one.passed_over for one in problems)
    notes = len(problems) - unread - passed_over
    stories, others = library.index.counts().stories, library.index.other_files()
    summary = f"{plural(stories, 'story', 'stories')} read; {plural(unread, 'error')}, {plural(notes, 'note')}"
    summary += f"; {passed_over:,} passed over" if passed_over else ""
    summary += f"; {plural(others, 'other file')}" if others else ""
    say(summary, err=True)
    sys.exit(NOTHING_FOUND if unread else 0)


@click.command("index")
@click.argument("folder", required=False, shell_complete=complete_folders)
@click.option("--rebuild", is_flag=True, help="Forget the index, and read every file again.")
@prints
def update_index(folder: str | None, *, rebuild: bool) -> None:
    """Bring the index up to date, and report."""
    with open_library(folder, load_config(config_file()), in_process=True) as library:
        if rebuild:
            library.rebuild(is_sound=True)
        report = _with_bar(library)
        counts, links = library.index.counts(), library.index.links()
        speed = report.bytes / 1e6 / report.seconds if report.seconds else 0.0
        say(
            f"{plural(report.files, 'file')}, {report.read:,} of them read, {report.removed:,} gone: "
            f"{report.bytes / 1e6:,.1f} MB in {report.seconds:.2f} s, {speed:,.1f} MB/s"
        )
        say(
            f"{plural(counts.stories, 'story', 'stories')}, {plural(counts.articles, 'article')}, "
            f"{plural(links, 'link')}, {plural(counts.unread, 'error')}"
        )


def _with_bar(library: Library) -> Report:
    """Sync with a progress bar on standard error, where that is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (BarColumn(), TextColumn("{task.fields[words]}"))
    console, is_hidden = Console(stderr=True), not sys.stderr.isatty()
    # We refresh the bar: with a thread of its own, workers could not be started as copies of this process.
    with Bar(*columns, console=console, transient=True, disable=is_hidden, auto_refresh=False) as bar:
        task = bar.add_task("index", total=None, words="")
        pace = Pace()

        def on_progress(progress: Progress) -> None:
            words = in_words(progress, pace.seconds_left(progress, time.monotonic()))
            bar.update(task, completed=progress.done, total=progress.to_do, words=words, refresh=True)

        return library.sync(on_progress, workers=os.cpu_count() or 1)
