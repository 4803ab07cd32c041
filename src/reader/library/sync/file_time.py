"""A bound on the time that one file takes to be read: whatever is odd in it, the files behind it are read."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

from reader.stories.limits import FILE_MB, FILE_SECONDS, MEGABYTE, Limits

P = ParamSpec("P")
T = TypeVar("T")


class TooLongError(Exception):
    """What was to be done within a time was not; none of the errors that reading a file is ready for."""


class FileTime:
    """Ends the reading of a file that takes too long.

    It counts the processor time of this process, so neither a slow disk nor a busy machine ends anything. It works in
    the main thread alone, as in the child that reads and its workers; elsewhere nothing is bounded.

    Args:
        seconds: how much one file may take.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._is_running = self._is_ready = False
        self._works = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()

    @classmethod
    def of(cls, limits: Limits) -> FileTime:
        """The time that suits the largest file that is read at all."""
        return cls(FILE_SECONDS * max(limits.file_bytes / (FILE_MB * MEGABYTE), 1.0))

    @contextmanager
    def ready(self) -> Iterator[None]:
        """Within it `within` need not get ready for each file, which takes as long as to open one."""
        if self._is_ready or not self._works or threading.current_thread() is not threading.main_thread():
            yield
            return
        before = signal.signal(signal.SIGPROF, self._end)
        self._is_ready = True
        try:
            yield
        finally:
            self._is_ready = False
            signal.signal(signal.SIGPROF, before)

    def within(self, read: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call something.

        Raises:
            TooLongError: it was ended, because the time was over.
        """
        if not self._works or threading.current_thread() is not threading.main_thread():
            return read(*args, **kwargs)
        if not self._is_ready:
            with self.ready():
                return self.within(read, *args, **kwargs)
        self._is_running = True
        signal.setitimer(signal.ITIMER_PROF, self.seconds)
        try:
            return read(*args, **kwargs)
        finally:
            self._is_running = False
            signal.setitimer(signal.ITIMER_PROF, 0)

    def _end(self, *_: object) -> None:
        if self._is_running:  # a signal that comes late ends nothing else
            raise TooLongError
