"""What a sync reports: how far it is, how long it will still take, and at the end what it did."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from reader.base.times import duration


class Progress(NamedTuple):
    """How far a sync has come. It first reads files, then finds events.

    Attributes:
        files: how many files of this pass have been read.
        of_files: how many there are to read.
        bytes: the sizes of those that have been read.
        of_bytes: the sizes of all that there are to read.
        steps: how much of finding the events has been done, in the unit of `waiting.steps_left`.
        of_steps: how much there is to do, as an estimate; 0 while files are read, and where little is to do.
    """

    files: int
    of_files: int
    bytes: int
    of_bytes: int
    steps: int = 0
    of_steps: int = 0

    @property
    def done(self) -> int:
        """How much of the current part of the work is done, in steps or bytes."""
        return self.steps if self.of_steps else self.bytes

    @property
    def to_do(self) -> int:
        """How much the current part of the work is in all, in the same unit as `done`."""
        return self.of_steps or self.of_bytes


OnSteps: TypeAlias = Callable[[int, int], None]
"""Called with how many steps are done, and how many there are in all."""


def in_words(progress: Progress, seconds_left: float | None) -> str:
    """How far a sync has come, for a person; empty where nothing is to be done."""
    if not progress.to_do:
        return ""
    if progress.of_steps:
        words = f"finding events · {progress.steps / progress.of_steps:.0%}"
    else:
        amount = f"{progress.bytes / 1e6:,.1f} of {progress.of_bytes / 1e6:,.1f} MB"
        words = f"reading {progress.files:,} of {progress.of_files:,} files · {amount}"
    return words if seconds_left is None else f"{words} · {duration(seconds_left)} left"


class Pace:
    """Estimates how long the current part of a sync will still take, by how fast it has been so far."""

    def __init__(self) -> None:
        self._began: tuple[float, Progress] | None = None
        self._last = Progress(0, 0, 0, 0)

    def seconds_left(self, progress: Progress, now: float) -> float | None:
        """Seconds until the current part is done; None while it is too early to tell.

        Args:
            progress: how far the sync is; to be called whenever that changes.
            now: the time of a clock that never goes back, in seconds.
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
    """A number that is another for each part of the work. The number of steps varies, as it is only an estimate."""
    return -1 if progress.of_steps else progress.of_bytes


class Report(NamedTuple):
    """What a sync did.

    Attributes:
        files: how many files in the folder may be stories.
        read: how many of those were read, as they were new or changed.
        removed: how many files were in the index and are gone.
        bytes: the sizes of the files that were read.
        seconds: how long it all took.
        changed: whether the index is another than before.
    """

    files: int
    read: int
    removed: int
    bytes: int
    seconds: float
    changed: bool
