"""What all commands of the command line share: how they end, and how they print."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from reader.errors import LibraryError, ReaderError, StoryNotFoundError
from reader.library.damage import told_as_ours
from reader.paths import marks_file, sample_folder
from reader.stories.text import clean

if TYPE_CHECKING:
    from reader.config import Config
    from reader.library.index import Index
    from reader.library.query import Query

NOTHING_FOUND = 1
"""Exit code: nothing was found, or problems were."""

USAGE = 2
"""Exit code: it was called wrongly, or cannot do its work."""


def told(command: Callable[..., None]) -> Callable[..., None]:
    """End a command that fails with one line on standard error and the code for wrong usage."""

    @wraps(command)
    def tells(*args: Any, **kwargs: Any) -> None:
        try:
            with told_as_ours():
                command(*args, **kwargs)
        except ReaderError as error:
            fail(str(error), NOTHING_FOUND if isinstance(error, StoryNotFoundError) else USAGE)

    return tells


def prints(command: Callable[..., None]) -> Callable[..., None]:
    """As `told`, for a command that prints: whoever reads its output may go away, which ends it quietly."""

    @wraps(command)
    def printing(*args: Any, **kwargs: Any) -> None:
        gc.enable()
        if hasattr(signal, "SIGPIPE") and threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        command(*args, **kwargs)

    return told(printing)


def fail(words: str, code: int) -> NoReturn:
    """Say on standard error why, and end with a code."""
    click.echo(f"reader: {words}", err=True)
    sys.exit(code)


def now() -> datetime:
    """The present time."""
    return datetime.now(UTC)


def choose(folder: str | None, config: Config) -> tuple[Path, str]:
    """The library to open, and where its name comes from.

    Raises:
        LibraryError: its name is that of nobody's home folder.
    """
    if folder:
        return _expanded(folder), "given"
    if named := os.environ.get("READER_LIBRARY"):
        return _expanded(named), "$READER_LIBRARY"
    if config.library is not None:
        return config.library, "configuration"
    return sample_folder(), "the sample"


def _expanded(folder: str) -> Path:
    try:
        return Path(folder).expanduser()
    except RuntimeError as error:
        raise LibraryError(f"no such folder: {clean(folder)}") from error


def bound(query: Query, index: Index) -> Query:
    """A query as it is asked now, by the reader whose marks these are."""
    from reader.library.snapshot import asks_for_growth, asks_for_marks, mark_sets, with_growth

    if not asks_for_marks(str(query)):
        return query.bind(now())
    from reader.library.marks import Marks  # what asks for no marks goes without it

    with Marks(marks_file(), now) as marks:
        sets = mark_sets(marks, index)
        return query.bind(now(), with_growth(sets, marks, index) if asks_for_growth(str(query)) else sets)
