"""What surrounds a program at its start, and may be odd or missing: home folder, standard streams, time zone."""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from reader.base.errors import OutputError

_DAY = 86_400


def settle() -> None:
    """Repair what is wrong around the program, before anything else uses it.

    A HOME that is no absolute path is removed: then the home folder is looked up by the user's number. A standard
    stream that is closed is opened on /dev/null: otherwise a database could get its number, and be printed into. From
    here on, output that cannot be printed is an `OutputError`. A TZ of a day or more from UTC is set to UTC.
    """
    if not Path(os.environ.get("HOME", os.sep)).is_absolute():
        del os.environ["HOME"]
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))
    if max(abs(time.timezone), abs(time.altzone)) >= _DAY:
        with suppress(OSError):
            sys.stderr.write("reader: TZ names no time zone; times are in UTC\n")
        os.environ["TZ"] = "UTC"
        time.tzset()
    usual = sys.stdout
    if isinstance(usual, TextIOWrapper) and usual is sys.__stdout__:
        own = os.fdopen(usual.fileno(), "wb", closefd=False)
        sys.stdout = _Output(own, usual.encoding, usual.errors, line_buffering=usual.line_buffering)


class _Output(TextIOWrapper):
    """A standard output whose errors are `OutputError`s, so that they are not mistaken for those of other files."""

    def write(self, text: str, /) -> int:
        try:
            return super().write(text)
        except OSError as error:
            raise _output_error(error) from error

    def flush(self) -> None:
        try:
            super().flush()
        except OSError as error:
            raise _output_error(error) from error


def _output_error(error: OSError) -> Exception:
    if isinstance(error, BrokenPipeError):
        return error
    return OutputError(f"standard output cannot be written: {error.strerror}")


def mute(stream: TextIO) -> None:
    """Send what is printed on a stream, also what is buffered, to /dev/null: else flushing it at the end would fail."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
