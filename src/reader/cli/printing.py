"""What all commands of the command line share: how they end, and how they print."""

from __future__ import annotations

import gc
import io
import signal
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn

from reader.base.errors import OutputError, ReaderError, StoryNotFoundError
from reader.base.text import clean_block, escaped
from reader.cli.surroundings import mute
from reader.library.index.storage.damage import as_index_errors

NOTHING_FOUND = 1
"""Exit code: nothing was found, or problems were."""

INTERRUPTED = 130
"""Exit code: ctrl+c was pressed."""

USAGE = 2
"""Exit code: the command was called wrongly, or cannot do its work."""


def reports(command: Callable[..., None]) -> Callable[..., None]:
    """Have a command that fails end with a line on standard error and an exit code, instead of a traceback."""

    @wraps(command)
    def reporting(*args: Any, **kwargs: Any) -> None:
        try:
            with as_index_errors():
                command(*args, **kwargs)
        except OutputError:
            raise  # `main` reports it, as also for what click itself prints
        except ReaderError as error:
            fail(str(error), NOTHING_FOUND if isinstance(error, StoryNotFoundError) else USAGE)
        except (OSError, ValueError):
            if not _is_lost():
                raise
            fail("the current folder is not there any more", USAGE)

    return reporting


def _is_lost() -> bool:
    """Whether the current folder was removed, which lets a relative path fail anywhere."""
    try:
        Path.cwd()
    except FileNotFoundError:
        return True
    return False


def refuse_both(**given: object) -> None:
    """End with an error where options were given of which only one is possible.

    Args:
        given: the options by their names, each with whether it was given.
    """
    names = [f"--{name.replace('_', '-')}" for name, is_given in given.items() if is_given]
    if len(names) > 1:
        fail(f"{' and '.join(names)} say different things: give one of them", USAGE)


def prints(command: Callable[..., None]) -> Callable[..., None]:
    """As `reports`, for a command that prints. Where the reader of its output goes away, it ends quietly."""

    @wraps(command)
    def printing(*args: Any, **kwargs: Any) -> None:
        gc.enable()
        if hasattr(signal, "SIGPIPE") and threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")  # for characters that the terminal's encoding lacks
        command(*args, **kwargs)

    return reports(printing)


def fail(words: str, code: int) -> NoReturn:
    """Print a reason on standard error, and end with an exit code."""
    say(f"reader: {words}", err=True)
    sys.exit(code)


def say(words: str, *, err: bool = False) -> None:
    """Print text of one or more lines. It is made safe first, as it may quote what strangers wrote."""
    import click

    try:
        click.echo(clean_block(words), err=err)
    except OSError:
        if not err:
            raise
        mute(sys.stderr)  # nobody would see a message about it


def say_json(value: Any, indent: int | None = None) -> None:
    """Print a value as JSON. Characters that are not safe to print are written as escapes, so that nothing is lost."""
    import json

    import click

    click.echo(escaped(json.dumps(value, ensure_ascii=False, indent=indent)))


def now() -> datetime:
    """The present time."""
    return datetime.now(UTC)
