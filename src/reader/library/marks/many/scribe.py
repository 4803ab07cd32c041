"""The scribe: a process that writes the marks of very many stories.

The memory that this takes is free again when the process ends, and no key of the screen waits for it.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from reader.base.errors import MarksError, MarksStoppedError
from reader.library.marks.many.assignments import Assignment, change_of

if TYPE_CHECKING:
    import subprocess

    from reader.library.marks.model import Change


_ENDS = frozenset({signal.SIGTERM, signal.SIGHUP, signal.SIGINT})
"""Signals that do not end the process: it ends by itself, once the marks are on the disk."""


class Scribe:
    """Has an assignment done by a process of its own, which goes on when this one ends.

    Args:
        assignment: what to do.
        marks: the file of the marks.
        index: the file of the index that has the stories.
        undone: the file for what is taken back, so that it can be done again.

    Attributes:
        assignment: what to do.
        undone: the file for what is taken back.
    """

    def __init__(self, assignment: Assignment, marks: Path, index: Path, undone: Path) -> None:
        self.assignment = assignment
        self.undone = undone
        files = (str(file.absolute()) for file in (marks, index, undone))
        self._command = [sys.executable, "-P", "-m", "reader.library.marks.many.child", *files]
        self._process: subprocess.Popen[str] | None = None
        self._is_stopped = False

    @property
    def pid(self) -> int:
        """The id of the process; 0 where there is none."""
        return self._process.pid if self._process is not None else 0

    def begin(self, *, is_left: bool = False) -> None:
        """Start the process.

        Args:
            is_left: whether it is left alone, as nobody will ask for its answer.

        Raises:
            MarksError: it cannot be started.
        """
        import subprocess

        try:
            with TemporaryFile() as assignment:  # a pipe would be full before the process reads it
                assignment.write(self.assignment.packed())
                assignment.seek(0)
                with _blocked(_ENDS):  # a process inherits which signals are blocked
                    self._process = subprocess.Popen(  # noqa: S603 — this program itself
                        self._command, stdin=assignment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                        start_new_session=True, cwd="/",
                    )  # fmt: skip
            if is_left and self._process.stdout is not None:
                self._process.stdout.close()
        except OSError as error:
            raise MarksError(f"the marks cannot be written: {error.strerror or error}") from error

    def answer(self) -> Change | None:
        """Wait until it is done.

        Returns:
            What was changed, without its keys; None where there was nothing to do.

        Raises:
            MarksError: nothing was changed.
            LibraryIndexError: the index is damaged.
            MarksStoppedError: `stop` was called.
        """
        process = self._process
        assert process is not None  # noqa: S101 — it was begun
        assert process.stdout is not None  # noqa: S101 — it was asked for
        with process.stdout as said:
            line = said.read()
        process.wait()
        try:
            return change_of(line)
        except ValueError as error:
            if self._is_stopped:
                raise MarksStoppedError("the writing of marks was stopped") from error
            raise MarksError("the process that writes the marks has failed") from error

    def has_ended(self, seconds: float | None) -> bool:
        """Whether it has ended, or ends within some seconds; None to wait however long that takes."""
        import subprocess

        with suppress(subprocess.TimeoutExpired):
            if self._process is not None:
                self._process.wait(seconds)
            return True
        return False

    def stop(self) -> bool:
        """Kill the process; gives whether it was at work. What it has not committed is as if it were never begun."""
        if self._process is None or self._process.poll() is not None:
            return False
        self._is_stopped = True
        with suppress(OSError):
            os.kill(self._process.pid, signal.SIGKILL)
        self._process.wait()
        return True


@contextmanager
def _blocked(signals: Collection[signal.Signals]) -> Iterator[None]:
    """Within it, some signals are blocked."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
