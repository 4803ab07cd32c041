"""What all commands of the command line share: how they end, and how they print."""

from __future__ import annotations

import gc
import io
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

from reader.base.errors import LibraryError, OutputError, ReaderError, StoryNotFoundError
from reader.base.paths import marks_file, sample_folder
from reader.base.text import clean, clean_block, escaped
from reader.cli.surroundings import mute
from reader.library.index.damage import told_as_ours

if TYPE_CHECKING:
    from reader.library.index.index import Index
    from reader.library.query.query import Query
    from reader.settings.config import Config

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
        except OutputError:
            raise  # told by `main`, as that of what click itself prints
        except ReaderError as error:
            fail(str(error), NOTHING_FOUND if isinstance(error, StoryNotFoundError) else USAGE)
        except (OSError, ValueError):
            if not _is_lost():
                raise
            fail("the current folder is not there any more", USAGE)

    return tells


def _is_lost() -> bool:
    """Whether the current folder was removed: what is named from there cannot be found, and says so anywhere."""
    try:
        Path.cwd()
    except FileNotFoundError:
        return True
    return False


def prints(command: Callable[..., None]) -> Callable[..., None]:
    """As `told`, for a command that prints: whoever reads its output may go away, which ends it quietly."""

    @wraps(command)
    def printing(*args: Any, **kwargs: Any) -> None:
        gc.enable()
        if hasattr(signal, "SIGPIPE") and threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")  # what the terminal's encoding has no sign for
        command(*args, **kwargs)

    return told(printing)


def fail(words: str, code: int) -> NoReturn:
    """Say on standard error why, and end with a code."""
    say(f"reader: {words}", err=True)
    sys.exit(code)


def say(words: str, *, err: bool = False) -> None:
    """Print text of one or more lines through the gate for text: what it quotes may be anyone's."""
    try:
        click.echo(clean_block(words), err=err)
    except OSError:
        if not err:
            raise
        mute(sys.stderr)  # there is nobody to tell


def say_json(value: Any, indent: int | None = None) -> None:
    """Print a value as JSON; what the gate for text would change is written as an escape, so that nothing is lost."""
    import json  # the screen starts without it

    click.echo(escaped(json.dumps(value, ensure_ascii=False, indent=indent)))


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
    from reader.library.marks.snapshot import asks_for_growth, asks_for_marks, mark_sets, with_growth

    if not asks_for_marks(str(query)):
        return query.bind(now())
    from reader.library.marks.marks import Marks  # what asks for no marks goes without it

    with Marks(marks_file(), now) as marks:
        sets = mark_sets(marks, index)
        return query.bind(now(), with_growth(sets, marks, index) if asks_for_growth(str(query)) else sets)
