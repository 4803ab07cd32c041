"""The command that brings news in: `reader fetch`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from reader.base.paths import config_file, marks_file
from reader.base.text import clean
from reader.base.wording import plural
from reader.cli.feeds import feed_library
from reader.cli.libraries import complete_folders, open_library
from reader.cli.printing import NOTHING_FOUND, prints, say
from reader.cli.rules import rule_text
from reader.feeds.arrivals.arrivals import Arrived
from reader.feeds.fetching import FetchReport
from reader.feeds.model import FetchProgress
from reader.feeds.news import bring_in
from reader.settings.file import load_config


@click.command("fetch")
@click.argument("folder", required=False, shell_complete=complete_folders)
@click.option("--feed", "feeds", multiple=True, help="Only this feed: its address, its name, or a part of either.")
@click.option("--due", is_flag=True, help="Leave out feeds that were asked within the hour: for timers.")
@click.option("-q", "--quiet", is_flag=True, help="Say only what went wrong: what cron prints, it mails.")
@prints
def fetch(folder: str | None, feeds: tuple[str, ...], *, due: bool, quiet: bool) -> None:
    """Ask the feeds of a library; new entries become story files.

    Exits with 1 where a feed could not be had, with 2 where feeds.opml cannot be read or another copy asks the feeds.
    A library without feeds is no error.
    """
    library = feed_library(folder)
    subscriptions = library.subscriptions()
    only = [subscriptions.find(feed) for feed in feeds]
    config, workers = load_config(config_file()), os.cpu_count() or 1
    with (
        open_library(str(library.folder), config, in_process=True) as indexed,
        _bar(is_hidden=quiet or not sys.stderr.isatty()) as on_progress,
    ):
        news = bring_in(
            library, indexed, marks_file(), config, only, due_only=due, on_progress=on_progress, workers=workers
        )
    report = news.report
    if not quiet:
        _tell_news(report)
    for outcome in report.failed:
        say(f"reader: {outcome.feed.label}: {outcome.error}", err=True)
    for applied in news.applied:
        if applied.failed:
            say(f"reader: {rule_text(applied.rule)}: {applied.failed}", err=True)
    if news.marks_note:
        say(f"reader: {news.marks_note}", err=True)
    if news.waiting:
        say(f"reader: {news.waiting}", err=True)
    for file, reason in news.no_text:
        say(f"reader: {clean(file.name)}: {reason}", err=True)
    if not quiet:
        _tell_all(report, len(news.hidden), has_feeds=bool(subscriptions.feeds))
    went_wrong = report.failed or news.unruled or any(one.failed for one in news.applied)
    sys.exit(NOTHING_FOUND if went_wrong else 0)


def _tell_news(report: FetchReport) -> None:
    for outcome in report.outcomes:
        if outcome.arrived != Arrived():
            say(f"{outcome.feed.label}: {arrived_text(outcome.arrived)}")
        if outcome.left_out:
            say(f"{outcome.feed.label}: {plural(outcome.left_out, 'entry', 'entries')} left out", err=True)
        if outcome.moved:
            say(f"{outcome.feed.label}: it has moved to {outcome.moved}", err=True)


def _tell_all(report: FetchReport, hidden: int, *, has_feeds: bool) -> None:
    for feed, reason in report.skipped:
        say(f"{feed.label}: not asked, {reason}", err=True)
    if not has_feeds:
        say("this library has no feeds; `reader feeds add URL` adds one", err=True)
        return
    failed = f", {len(report.failed):,} failed" if report.failed else ""
    arrived = arrived_text(report.total(), hidden)
    say(f"{plural(len(report.outcomes), 'feed')} asked{failed}: {arrived}", err=True)


def arrived_text(arrived: Arrived, hidden: int = 0) -> str:
    """What came in, in words: `3 new stories (1 hidden by rules), 1 changed`."""
    by_rules = f" ({hidden:,} hidden by rules)" if hidden else ""
    changed = f", {arrived.changed:,} changed" if arrived.changed else ""
    left = f", {arrived.left:,} left as you changed them" if arrived.left else ""
    return f"{plural(arrived.new, 'new story', 'new stories')}{by_rules}{changed}{left}"


@contextmanager
def _bar(*, is_hidden: bool) -> Iterator[Callable[[FetchProgress], None]]:
    """A progress bar on standard error, where that is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    asked = TextColumn("{task.completed:.0f} of {task.total:.0f} feeds")
    columns = (asked, BarColumn(), TextColumn("{task.fields[new]}"))
    with Bar(*columns, console=Console(stderr=True), transient=True, disable=is_hidden) as bar:
        task = bar.add_task("feeds", total=1, new="")

        def on_progress(progress: FetchProgress) -> None:
            new = plural(progress.stories, "new story", "new stories")
            bar.update(task, completed=progress.feeds, total=progress.of_feeds, new=new)

        yield on_progress
