"""Reading headlines ahead in workers, while this process merges what the files say of the articles that have them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor

from reader.library.sync.bonds.clues import FoundBy, found_by
from reader.library.sync.reading import prepare_worker, way_to_start

MANY = 5_000
"""Headlines for which starting worker processes pays."""

_AT_ONCE = 1_000
"""Headlines that a worker reads at once."""


class HeadlinesAhead:
    """Reads headlines in workers, where there are many.

    Args:
        workers: how many processes; with 0 no headline is read ahead.
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
        """Wait for the headlines that were begun.

        Returns:
            What each of them is found by.

        Raises:
            BrokenProcessPool: a worker was ended; see `reading.workers_missed`.
        """
        begun, self._begun = self._begun, []
        return {title: found for titles, future in begun for title, found in zip(titles, future.result(), strict=True)}

    def close(self) -> None:
        """End the workers. The threads that served them end as well: `reading.way_to_start` has to find none."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


def _read(titles: Sequence[str]) -> list[FoundBy]:
    return list(map(found_by, titles))
