"""How the child process that reads a folder talks to the program that started it: both ends of the wire.

The child prints one JSON object a line on its standard output: `{"progress": {…}}` as often as it likes, then one
`{"report": {…}}`, or in its place an error, by a name of `_TROUBLES` and with its message: `{"busy": "…"}`. `child` has
the command line.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from reader.base.errors import IndexBusyError, IndexUnwritableError, LibraryError, LibraryIndexError, ReaderError
from reader.stories.limits import Limits

if TYPE_CHECKING:
    import subprocess

    from reader.library.sync.progress import Progress, Report

_TROUBLES: dict[str, type[ReaderError]] = {
    "error": LibraryError,
    "index": LibraryIndexError,
    "busy": IndexBusyError,
    "unwritable": IndexUnwritableError,
}
"""The names of errors on the wire; an error of any other type is an `error`."""


# The child's end.


def progress_line(progress: Progress) -> str:
    """The line that says how far the child has come."""
    return _line("progress", progress._asdict())


def report_line(report: Report) -> str:
    """The last line of a child that came to its end: what it did."""
    return _line("report", report._asdict())


def trouble_line(error: ReaderError) -> str:
    """The last line of a child that gave up: why."""
    names = {trouble: name for name, trouble in _TROUBLES.items()}
    return _line(names.get(type(error), "error"), str(error))


def _line(name: str, value: object) -> str:
    import json

    return json.dumps({name: value})


# The parent's end.


class SyncChild:
    """Brings an index up to date in a child process, one at a time; any thread may cancel it."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()
        self._is_cancelled = False

    def sync(self, index: Path, root: Path, limits: Limits, on_progress: Callable[[Progress], None]) -> Report:
        """Have a child read a folder into an index, and wait for its report.

        Args:
            index: the index's file.
            root: the folder, or a single file.
            limits: bounds on what is taken in of one file.
            on_progress: called whenever the child says how far it is.

        Returns:
            What the child did.

        Raises:
            LibraryError: the folder is not there any more, the child failed or could not be started, or `cancel` was
                called.
            LibraryIndexError: the index is damaged, held by another program, or cannot be written.
        """
        import subprocess

        command = [sys.executable, "-P", "-m", "reader.library.sync.child", str(index), str(root)]
        command += [str(limits.file_bytes), str(int(limits.follow_links)), *limits.news_folders]
        pipe = subprocess.PIPE
        with self._lock:
            if self._is_cancelled:
                raise LibraryError("the folder is no longer read: the program ends")
            try:
                self._child = child = subprocess.Popen(  # noqa: S603 — this program itself
                    command, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe, text=True, process_group=0
                )
            except OSError as error:
                raise LibraryError(f"reading the folder cannot begin: {error.strerror or error}") from error
        with child:
            try:
                assert child.stdout is not None  # noqa: S101 — it was asked for
                assert child.stderr is not None  # noqa: S101
                report = report_of(child.stdout, on_progress)
                if report is not None:
                    return report
                lines = child.stderr.read().strip().splitlines()
                raise LibraryError(f"reading the folder failed: {lines[-1] if lines else 'no word why'}")
            finally:
                self._end()

    def cancel(self) -> None:
        """End the child that is at work, and let no other begin."""
        with self._lock:
            self._is_cancelled = True
        self._end()

    def _end(self) -> None:
        """End the child, if there is one, and its workers."""
        with self._lock:
            child, self._child = self._child, None
            if child is not None and child.poll() is None:
                with suppress(OSError):
                    os.killpg(child.pid, signal.SIGKILL)


def report_of(lines: Iterable[str], on_progress: Callable[[Progress], None]) -> Report | None:
    """Follow what a child says until its report.

    Args:
        lines: what it prints. A line that is not JSON is passed over, as an imported module may print a warning.
        on_progress: called whenever the child says how far it is.

    Returns:
        The report; None where the child ended without one.

    Raises:
        ReaderError: the child gave up; the error is the one that it met.
    """
    import json

    from reader.library.sync.progress import Progress, Report

    for line in lines:
        try:
            message = json.loads(line)
        except ValueError:
            continue
        for name, value in message.items() if isinstance(message, dict) else ():
            if name == "progress":
                on_progress(Progress(**value))
            elif name == "report":
                return Report(**value)
            elif name in _TROUBLES:
                raise _TROUBLES[name](value)
    return None
