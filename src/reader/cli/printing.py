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

import click

from reader.base.errors import OutputError, ReaderError, StoryNotFoundError
from reader.base.text import clean_block, escaped
from reader.cli.surroundings import mute
from reader.library.index.storage.damage import as_index_errors

NOTHING_FOUND = 1
"""Exit code: nothing was found, or problems were."""

USAGE = 2
"""Exit code: it was called wrongly, or cannot do its work."""


def reports(command: Callable[..., None]) -> Callable[..., None]:
    """End a command that fails with one line on standard error and the code for wrong usage."""

    @wraps(command)
    def reporting(*args: Any, **kwargs: Any) -> None:
        try:
            with as_index_errors():
                command(*args, **kwargs)
        except OutputError:
            raise  # told by `main`, as that of what click itself prints
        except ReaderError as error:
            fail(str(error), NOTHING_FOUND if isinstance(error, StoryNotFoundError) else USAGE)
        except (OSError, ValueError):
            if not _is_lost():
                raise
            fail("the current folder is not there any more", USAGE)

    return reporting


def _is_lost() -> bool:
    """Whether the current folder was removed: what is named from there cannot be found, and says so anywhere."""
    try:
        Path.cwd()
    except FileNotFoundError:
        return True
    return False


def refuse_both(**given: object) -> None:
    """End with an error where two options were given of which only one can be meant.

    Args:
        given: each with its name and whether it was given.
    """
    names = [f"--{name.replace('_', '-')}" for name, is_given in given.items() if is_given]
    if len(names) > 1:
        fail(f"{' and '.join(names)} say different things: give one of them", USAGE)


def prints(command: Callable[..., None]) -> Callable[..., None]:
    """As `reports`, for a command that prints: whoever reads its output may go away, which ends it quietly."""

    @wraps(command)
    def printing(*args: Any, **kwargs: Any) -> None:
        gc.enable()
        if hasattr(signal, "SIGPIPE") and threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")  # what the terminal's encoding has no sign for
        command(*args, **kwargs)

    return reports(printing)


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
    import json

    click.echo(escaped(json.dumps(value, ensure_ascii=False, indent=indent)))


def now() -> datetime:
    """The present time."""
    return datetime.now(UTC)
