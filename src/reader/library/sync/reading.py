"""Reading many files into records, in order: in this process, or in workers that are a little ahead."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple

from reader.base.errors import LibraryError
from reader.base.pipes import raising_broken_pipes
from reader.library.folder.scan import FileStamp
from reader.library.sync.records import Outcome, RecordReader
from reader.stories.limits import DEFAULT_LIMITS, Limits
from reader.stories.sections import HEAD_BYTES

if TYPE_CHECKING:
    from multiprocessing.context import ForkContext, SpawnContext

FIRST_BATCH, HEADS_BATCH, WHOLES_BATCH = 32, 1_024, 256
"""Files in a piece of work: in the first one, for an early first page, and in the largest of each pass."""

BATCH_BYTES = 32 << 20
"""A piece of work ends before it has more bytes than this: its results stay in memory until they are written."""

MANY = 400
"""From so many files on it pays to start worker processes, and to merge the word index only once, at the end."""

SELDOM = 100_000
"""New objects after which a worker's garbage collector runs: what it makes of a file has cycles only after an error."""

ORPHANED = 1.0
"""Seconds between two looks of a worker whether the process that started it is still there."""


class FileRead(NamedTuple):
    """A file, as it was before it was read, and what came of reading it."""

    stamp: FileStamp
    outcome: Outcome


class Reading:
    """Reads files of a library.

    Args:
        root: its folder.
        limits: bounds on what is read of one file.
        workers: how many processes read, where that pays.
        files: how many there are to read.
    """

    def __init__(self, root: Path, limits: Limits = DEFAULT_LIMITS, workers: int = 0, files: int = 0) -> None:
        self._workers = workers if files >= MANY else 0
        self._reader = RecordReader(root, limits)
        self._pool = (
            ProcessPoolExecutor(self._workers, way_to_start(), _start_worker, (root, limits, os.getpid()))
            if self._workers
            else None
        )

    def __enter__(self) -> Reading:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def read(self, stamps: Iterable[FileStamp], *, heads: bool) -> Iterator[list[FileRead]]:
        """Read files in order, piece by piece.

        Args:
            stamps: the files.
            heads: whether to read their heads; else they are read whole, and their heads were read before.
        """
        here = self._reader.heads if heads else self._reader.wholes
        there = _read_heads if heads else _read_wholes
        ahead: deque[tuple[Sequence[FileStamp], Future[list[Outcome]]]] = deque()
        for number, batch in enumerate(_batches(stamps, heads=heads)):
            paths = [stamp.path for stamp in batch]
            if self._pool is None or (heads and not number):  # the first page does not wait for workers to start
                yield _joined(batch, here(paths))
                continue
            ahead.append((batch, self._pool.submit(there, paths)))
            if len(ahead) > 2 * self._workers:
                done, future = ahead.popleft()
                yield _joined(done, future.result())
        while ahead:
            done, future = ahead.popleft()
            yield _joined(done, future.result())


def _joined(batch: Sequence[FileStamp], outcomes: Sequence[Outcome]) -> list[FileRead]:
    return list(map(FileRead, batch, outcomes))


def weight(stamp: FileStamp, *, heads: bool) -> int:
    """About how many bytes of a file are read."""
    return min(stamp.size, HEAD_BYTES) if heads else stamp.size


def _batches(stamps: Iterable[FileStamp], *, heads: bool) -> Iterator[Sequence[FileStamp]]:
    """Divide files into pieces: each twice as long as the one before, up to a limit of files and one of bytes."""
    size, most = FIRST_BATCH, HEADS_BATCH if heads else WHOLES_BATCH
    batch: list[FileStamp] = []
    total = 0
    for stamp in stamps:
        bytes_read = weight(stamp, heads=heads)
        if batch and (len(batch) == size or total + bytes_read > BATCH_BYTES):
            yield batch
            batch, total, size = [], 0, min(2 * size, most)
        batch.append(stamp)
        total += bytes_read
    if batch:
        yield batch


# Workers.


@contextmanager
def workers_missed() -> Iterator[None]:
    """Within it, the end of a worker (as by a system short of memory) is raised as one of our errors.

    Raises:
        LibraryError: instead of `BrokenProcessPool`.
    """
    with raising_broken_pipes():
        try:
            yield
        except BrokenProcessPool as error:
            raise LibraryError(
                "a process that helped to read the folder was ended; what it did is done again"
            ) from error


def way_to_start() -> ForkContext | SpawnContext:
    """How workers start: as copies of this process where that is safe. A new process takes 0.2 s to import the parser.

    It is safe where this process has a single thread. The copy has the index's file open as well, and never uses it.
    """
    if sys.platform == "linux" and threading.active_count() == 1:
        return get_context("fork")
    return get_context("spawn")


def prepare_worker(parent: int) -> None:
    """Make this process a worker of another one. It ends when that does."""
    os.nice(5)  # the process that writes goes first: workers wait for it, and so does the screen
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ctrl+c goes to all processes: who started this one ends it
    gc.freeze()  # what was copied from the process that started it stays as it is, and is not looked through
    gc.set_threshold(SELDOM)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


_worker: RecordReader


def _start_worker(root: Path, limits: Limits, parent: int) -> None:
    global _worker  # noqa: PLW0603 — a worker process is one reader
    prepare_worker(parent)
    _worker = RecordReader(root, limits)


def _end_with(parent: int) -> None:
    """End this worker once the process that started it is gone: a killed process cannot tell its workers to end."""
    while os.getppid() == parent:
        time.sleep(ORPHANED)
    os._exit(1)


def _read_heads(paths: Sequence[bytes]) -> list[Outcome]:
    return _worker.heads(paths)


def _read_wholes(paths: Sequence[bytes]) -> list[Outcome]:
    return _worker.wholes(paths)
