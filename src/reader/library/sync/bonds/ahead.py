"""Reads headlines for their clues in workers, while this process merges what the files say of the same articles."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor

from reader.library.sync.bonds.clues import FoundBy, found_by
from reader.library.sync.reading import prepare_worker, way_to_start

MANY = 5_000
"""From so many headlines it pays to start worker processes."""

_AT_ONCE = 1_000
"""Headlines that a worker reads at once."""


class HeadlinesAhead:
    """Reads headlines in workers if they are many. Headlines that are not read here are left to `clues`.

    Args:
        workers: how many processes; 0 to read none.
    """

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None
        self._begun: list[tuple[Sequence[str], Future[list[FoundBy]]]] = []

    def begin(self, titles: Sequence[str]) -> None:
        """Begin to read some headlines, if they are many."""
        if not self._workers or len(titles) < MANY:
            return
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self._workers, way_to_start(), prepare_worker, (os.getpid(),))
        for start in range(0, len(titles), _AT_ONCE):
            some = titles[start : start + _AT_ONCE]
            self._begun.append((some, self._pool.submit(_read, some)))

    def read(self) -> Mapping[str, FoundBy]:
        """Wait for the headlines that were begun since the last call.

        Returns:
            By headline, what it is found by.

        Raises:
            BrokenProcessPool: a worker was ended; see `reading.workers_missed`.
        """
        begun, self._begun = self._begun, []
        return {title: found for titles, future in begun for title, found in zip(titles, future.result(), strict=True)}

    def close(self) -> None:
        """End the workers, and the threads that serve them: a process can only be copied while it has a single thread.

        See `reading.way_to_start`.
        """
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


def _read(titles: Sequence[str]) -> list[FoundBy]:
    return list(map(found_by, titles))
