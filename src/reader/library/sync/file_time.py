"""A limit on the time that reading one file may take, so that no file, however odd, keeps others from being read."""

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
    """The time for reading a file is over. It is no `ReaderError`, so that nothing that reads a file catches it."""


class FileTime:
    """Ends the reading of a file that takes too long.

    It counts the processor time of this process, so neither a slow disk nor a busy machine ends anything. It uses a
    signal, and so works in the main thread only, where the child and its workers read; elsewhere there is no limit.

    Args:
        seconds: how much processor time one file may take.
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
        """Set the signal up for many calls of `within`: to do it for each file takes as long as opening one."""
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
        """Call a function with its arguments, and give what it returns.

        Raises:
            TooLongError: the time was over before it returned.
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
