"""The process that brings news in beside the screen: `python -m reader.feeds.job_child`; see `job`."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from reader.base.errors import ReaderError
from reader.base.text import clean
from reader.feeds.errors import FetchingBusyError
from reader.feeds.job import Assignment, Brought
from reader.feeds.library import FeedLibrary
from reader.feeds.news import News, bring_in
from reader.feeds.texts.texts import FullTexts
from reader.library.library import Library
from reader.settings.config import Config, Rule

_NICE = 10
"""The niceness of this process: the screen goes first."""


def main() -> None:
    """Do the assignment on standard input, and print the result."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ctrl+c is for the screen
    os.nice(_NICE)
    values = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    assignment = Assignment(**values)
    notes: list[str] = []
    try:
        feeds = _feeds(assignment, notes.append)
        brought = _text(assignment, feeds) if assignment.text_of else _news(assignment, feeds)
        _say(brought=brought._replace(note=" · ".join(notes)))
    except FetchingBusyError as error:
        _say(busy=str(error))
    except ReaderError as error:
        _say(error=str(error))


def _end_with_parent() -> None:
    """End this process when the screen's has ended, however that happened: then the pipe between them is closed."""
    sys.stdin.buffer.read()
    os._exit(0)


def _say(**message: object) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def _feeds(assignment: Assignment, tell: Callable[[str], None]) -> FeedLibrary:
    now = datetime.fromisoformat(assignment.now)
    return FeedLibrary(Path(assignment.library), lambda: now, tell)


def _config(assignment: Assignment) -> Config:
    values: dict[str, Any] = dict(assignment.settings)
    rules = tuple(Rule(rule[0], tuple(rule[1]), tuple(rule[2])) for rule in values.pop("rules", ()))
    values = {name: tuple(one) if isinstance(one, list) else one for name, one in values.items()}
    return Config(**values, rules=rules)


def _text(assignment: Assignment, feeds: FeedLibrary) -> Brought:
    with FullTexts(feeds, _config(assignment).own_hosts) as texts:
        return Brought(in_file=texts.bring(Path(assignment.text_of)))


def _news(assignment: Assignment, feeds: FeedLibrary) -> Brought:
    config = _config(assignment)
    with Library(feeds.folder, Path(assignment.cache), in_process=True, limits=config.limits) as library:
        marks = Path(assignment.marks) if assignment.marks else None
        news = bring_in(
            feeds, library, marks, config, due_only=assignment.due_only,
            on_progress=lambda progress: _say(progress=progress),
        )  # fmt: skip
    return brought_by(news)


def brought_by(news: News) -> Brought:
    """The result of a job, from the news that it brought in."""
    total, failed = news.report.total(), [f"{one.feed.label}: {one.error}" for one in news.report.failed]
    failed += [clean(f"{one.rule.when}: {one.failed}") for one in news.applied if one.failed]
    failed += [clean(f"{path}: {why}") for path, why in news.no_text]
    failed += [news.waiting] if news.waiting else []
    asked = len(news.report.outcomes)
    return Brought(news.listed, total.changed, asked, tuple(failed), hidden=len(news.hidden))


if __name__ == "__main__":
    main()
