"""Reads many files into records, in order: in this process, or in workers that are a little ahead of the writing."""

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
"""Files in a batch: in the first one, which is small so that a first page comes early, and at most in each pass."""

BATCH_BYTES = 32 << 20
"""Bytes of files in a batch at most, unless it is a single file: what is read stays in memory until it is written."""

MANY = 400
"""From so many files on it pays to start worker processes, and to merge the word index only once, at the end."""

SELDOM = 100_000
"""New objects after which a worker's garbage collector runs: what it makes of a file has cycles only after an error."""

ORPHANED = 1.0
"""Seconds between two checks of a worker that the process that started it is still there."""


class FileRead(NamedTuple):
    """A file's stamp from before it was read, and what came of reading it."""

    stamp: FileStamp
    outcome: Outcome


class Reading:
    """Reads files of a library. As a context manager it ends its workers.

    Args:
        root: the library's folder.
        limits: bounds on what is read of one file.
        workers: how many processes read where that pays; 0 to read in this one.
        files: how many files there are to read, by which that is decided.
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
        """Read files in order, batch by batch.

        Args:
            stamps: the files.
            heads: whether to read only their heads; else they are read whole, and their heads were read before.

        Raises:
            BrokenProcessPool: a worker was ended; see `workers_missed`.
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
    """How many bytes of a file are read, about."""
    return min(stamp.size, HEAD_BYTES) if heads else stamp.size


def _batches(stamps: Iterable[FileStamp], *, heads: bool) -> Iterator[Sequence[FileStamp]]:
    """Divide files into batches, each with twice as many files as the one before, up to a limit of files and bytes."""
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
    """Within it, that a worker was ended (as by a system short of memory) is raised as an error of this program.

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
    """How to start workers: as copies of this process where that is safe, else as new ones.

    It is safe while this process has a single thread; a copy has the index's file open as well, but never uses it. A
    new process takes 0.2 s to import the parser.
    """
    if sys.platform == "linux" and threading.active_count() == 1:
        return get_context("fork")
    return get_context("spawn")


def prepare_worker(parent: int) -> None:
    """Make this process a worker of another one, and have it end when that does.

    Args:
        parent: the process id of the other.
    """
    os.nice(5)  # the process that writes goes first: workers wait for it, and so does the screen
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ctrl+c goes to all processes; the one that started this ends it
    gc.freeze()  # what was copied from the process that started this never becomes garbage: do not look through it
    gc.set_threshold(SELDOM)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


_worker: RecordReader


def _start_worker(root: Path, limits: Limits, parent: int) -> None:
    global _worker  # noqa: PLW0603 — a worker process is one reader
    prepare_worker(parent)
    _worker = RecordReader(root, limits)


def _end_with(parent: int) -> None:
    """End this worker once the process that started it is gone: one that was killed cannot end its workers itself."""
    while os.getppid() == parent:
        time.sleep(ORPHANED)
    os._exit(1)


def _read_heads(paths: Sequence[bytes]) -> list[Outcome]:
    return _worker.heads(paths)


def _read_wholes(paths: Sequence[bytes]) -> list[Outcome]:
    return _worker.wholes(paths)
