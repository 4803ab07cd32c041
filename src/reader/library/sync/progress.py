"""What a sync tells while it works, and at its end."""

from __future__ import annotations

from typing import NamedTuple


class Progress(NamedTuple):
    """How far a sync has come: files and bytes read, of how many that have to be."""

    files: int
    of_files: int
    bytes: int
    of_bytes: int


class Pace:
    """How long a sync still takes, by how fast it has been in the pass it is in."""

    def __init__(self) -> None:
        self._began: tuple[float, Progress] | None = None
        self._last = Progress(0, 0, 0, 0)

    def seconds_left(self, progress: Progress, now: float) -> float | None:
        """Seconds until the pass is at its end; None while there is too little to tell by.

        Args:
            progress: how far it is.
            now: a clock's time, in seconds.
        """
        if self._began is None or progress.bytes < self._last.bytes or progress.of_bytes != self._last.of_bytes:
            self._began = (now, progress)
        self._last = progress
        since, first = self._began
        read, seconds = progress.bytes - first.bytes, now - since
        if not read or seconds < 1:
            return None
        return (progress.of_bytes - progress.bytes) * seconds / read


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
