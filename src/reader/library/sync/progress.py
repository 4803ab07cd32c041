"""What a sync tells while it works, and at its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from reader.base.times import duration


class Progress(NamedTuple):
    """How far a sync has come: files and bytes read, of how many that have to be.

    Attributes:
        files: files that were read.
        of_files: of so many.
        bytes: what was read of them.
        of_bytes: of so much.
        steps: what has been done, when all are read, to find which of them report the same.
        of_steps: of so much; 0 before, and where it is done at once.
    """

    files: int
    of_files: int
    bytes: int
    of_bytes: int
    steps: int = 0
    of_steps: int = 0

    @property
    def done(self) -> int:
        """How far the part of the work is that is done now."""
        return self.steps if self.of_steps else self.bytes

    @property
    def to_do(self) -> int:
        """How far that is to go."""
        return self.of_steps or self.of_bytes


OnSteps: TypeAlias = Callable[[int, int], None]
"""Called with how many steps are done, and of how many."""


def in_words(progress: Progress, seconds_left: float | None) -> str:
    """How far a sync has come, for a person; empty where nothing is to be done."""
    if not progress.to_do:
        return ""
    if progress.of_steps:
        told = f"finding events · {progress.steps / progress.of_steps:.0%}"
    else:
        amount = f"{progress.bytes / 1e6:,.1f} of {progress.of_bytes / 1e6:,.1f} MB"
        told = f"reading {progress.files:,} of {progress.of_files:,} files · {amount}"
    return told if seconds_left is None else f"{told} · {duration(seconds_left)} left"


class Pace:
    """How long a sync still takes for what it is at, by how fast it has been at it."""

    def __init__(self) -> None:
        self._began: tuple[float, Progress] | None = None
        self._last = Progress(0, 0, 0, 0)

    def seconds_left(self, progress: Progress, now: float) -> float | None:
        """Seconds until that is at its end; None while there is too little to tell by.

        Args:
            progress: how far it is.
            now: a clock's time, in seconds.
        """
        if self._began is None or progress.done < self._last.done or _of(progress) != _of(self._last):
            self._began = (now, progress)
        self._last = progress
        since, first = self._began
        done, seconds = progress.done - first.done, now - since
        if done <= 0 or seconds < 1:
            return None
        return (progress.to_do - progress.done) * seconds / done


def _of(progress: Progress) -> int:
    """What tells one part of the work from another: steps are only estimated, and their number varies."""
    return -1 if progress.of_steps else progress.of_bytes


class Report(NamedTuple):
    """What a sync did.

    Attributes:
        files: files that may be stories, in the folder.
        read: of those, how many were new or changed.
        removed: files that were in the index and are gone.
        bytes: how much was read.
        seconds: how long it all took.
        changed: whether the index differs from before.
    """

    files: int
    read: int
    removed: int
    bytes: int
    seconds: float
    changed: bool
