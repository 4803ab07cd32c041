"""Bringing the index up to date with the folder.

Two passes: the first reads the head of each new or changed file, so that the list is complete early; the second reads
the files whole, for bodies and coverage. Both write in batches, and note with each file how deep it has been read, so
that an interrupted sync goes on where it ended.
"""

from __future__ import annotations

import gc
import os
import sqlite3
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from typing import TypeAlias

from reader.errors import LibraryError
from reader.library import folders
from reader.library.progress import Progress, Report
from reader.library.records import GoneRecord, Outcome, RecordReader
from reader.library.resolve import resolve
from reader.library.scan import FileStamp, Folder, Unreachable, last_names, scan
from reader.library.write import CHANGED_SINCE, HEAD, UNREACHABLE, WHOLE, Writer, transaction
from reader.stories.limits import DEFAULT_LIMITS, Limits

FIRST_BATCH, HEADS_BATCH, WHOLES_BATCH = 32, 1_024, 256
"""Files written in one transaction, at first and in the end of each pass: the first page comes early, few transactions
leave the word index in few pieces, and an interruption costs little."""

WORTH_WORKERS = 400
"""Files to be read for which starting worker processes pays."""

ORPHANED = 1.0
"""Seconds between two looks of a worker at whether whom it works for is still there."""


PAGE_CACHE_KB = 32_768
"""Memory for pages of the index while it is written: its trees are written to all over."""

CHECKPOINT_PAGES = 10_000
"""Pages in the write-ahead log after which they are copied into the index: the same ones are written many times."""

Tell: TypeAlias = Callable[[Progress], None]
_Stamp: TypeAlias = tuple[int, int, int]


@dataclass(slots=True)
class _Difference:
    """What the folder has that the index has not, and the other way round; nothing where all is remembered."""

    files: int
    is_remembered: bool
    unread: list[FileStamp]
    shallow: list[FileStamp]
    renamed: list[tuple[bytes, bytes]]
    gone: list[bytes]
    unreachable: list[Unreachable]


def sync(
    connection: sqlite3.Connection,
    root: Path,
    on_progress: Tell = lambda _: None,
    *,
    workers: int = 0,
    limits: Limits = DEFAULT_LIMITS,
) -> Report:
    """Read what changed in the folder since the index last saw it.

    Args:
        connection: the index.
        root: the folder, or a single file.
        on_progress: told after every batch.
        workers: how many processes read files where there are many of them; 0 reads them in this one.
        limits: bounds on what is taken in of one file.

    Raises:
        LibraryError: the folder is not there, or is empty and on another disk than it was. The index keeps what it
            knew: a disk that is not mounted loses nothing.
    """
    started, looked_ns, device = time.perf_counter(), time.time_ns(), folders.device_of(root)
    connection.execute(f"PRAGMA cache_size = -{PAGE_CACHE_KB}")
    connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
    _look_at_limit(connection, limits)
    early = _read_some(connection, root, limits, on_progress)
    version = _version(connection)
    found, difference = _compare(connection, root)
    _see_that_it_stayed(root, device)
    _look_at_device(connection, root, device, difference)
    changed = _write_names(connection, difference)
    to_read = len(difference.unread) + len(difference.shallow)
    with _Reading(root, limits, workers if to_read >= WORTH_WORKERS else 0) as reading:
        writing = _Writing(connection, reading, on_progress)
        shallow = writing.heads(difference.unread, before=early)
        writing.wholes([*shallow, *difference.shallow])
    if writing.has_missed:
        _see_that_it_stayed(root, device)
    resolved = resolve(connection)
    if not difference.is_remembered and not difference.unreachable and not writing.has_missed:
        with transaction(connection):
            if _version(connection) == version and _has_all(connection, difference.files):
                folders.remember(connection, found, looked_ns)
    read = {*early, *difference.unread, *difference.shallow}
    return Report(
        files=difference.files,
        read=len(read),
        removed=len(difference.gone),
        bytes=sum(stamp.size for stamp in read),
        seconds=time.perf_counter() - started,
        changed=changed or resolved or bool(read),
    )


def _see_that_it_stayed(root: Path, device: int) -> None:
    """Look that the folder still lies where it lay: else what is missing may not be gone."""
    if folders.device_of(root) != device:
        raise LibraryError(f"another disk took the place of the folder while it was read: {root}")


def _look_at_device(connection: sqlite3.Connection, root: Path, device: int, difference: _Difference) -> None:
    """Remember on which disk the files lie; a folder that is empty, and on another, is one whose disk is missing."""
    known = folders.fact(connection, folders.DEVICE)
    if difference.files and known != device:
        with transaction(connection):
            folders.keep_fact(connection, folders.DEVICE, device)
    elif difference.gone and not difference.files and known not in (None, device):
        raise LibraryError(
            f"the folder is empty, and on another disk than before: is it mounted? {root} "
            "(reader index --rebuild forgets what was in it)"
        )


def _look_at_limit(connection: sqlite3.Connection, limits: Limits) -> None:
    """Where files of another size were read the last time, have those read again for which that matters."""
    before, now = folders.fact(connection, folders.FILE_BYTES), limits.file_bytes
    if before == now:
        return
    with transaction(connection):
        if before is not None:
            folders.forget(connection)
            connection.execute("UPDATE files SET size = ? WHERE size > ?", (CHANGED_SINCE, min(before, now)))
        folders.keep_fact(connection, folders.FILE_BYTES, now)


def _read_some(connection: sqlite3.Connection, root: Path, limits: Limits, on_progress: Tell) -> list[FileStamp]:
    """Where nothing is known yet, have some stories to show before hundreds of thousands of files are looked at."""
    if not root.is_dir() or connection.execute("SELECT 1 FROM files LIMIT 1").fetchone() is not None:
        return []
    early = last_names(root, FIRST_BATCH)
    with _Reading(root, limits, 0) as reading:
        _Writing(connection, reading, on_progress).heads(early)
    return early


# The difference between folder and index.


def _compare(connection: sqlite3.Connection, root: Path) -> tuple[list[Folder], _Difference]:
    """Look at every file's stamp, and at no file."""
    was_collecting = gc.isenabled()
    gc.disable()  # hundreds of thousands of small tuples, and no cycle among them: looking for some takes half the time
    try:
        found = list(scan(root))
        return found, _compared(connection, found)
    finally:
        if was_collecting:
            gc.enable()


def _compared(connection: sqlite3.Connection, found: Sequence[Folder]) -> _Difference:
    difference = _Difference(sum(map(len, found)), folders.are_remembered(connection, found), [], [], [], [], [])
    if difference.is_remembered:
        return difference
    known: dict[bytes, tuple[int, int, int, int]] = {
        row[0]: row[1:] for row in connection.execute("SELECT path, size, mtime_ns, inode, depth FROM files")
    }
    difference.unreachable = [place for folder in found for place in folder.unreachable]
    for stamp in chain.from_iterable(folder.stamps() for folder in found):
        row = known.pop(stamp.path, None)
        if row == (*stamp[1:], WHOLE):
            continue
        if row is None or row[:3] != stamp[1:]:
            difference.unread.append(stamp)
        else:
            difference.shallow.append(stamp)
    gone = {path: row[:3] for path, row in known.items() if not _is_hidden(path, difference.unreachable)}
    difference.renamed = _renamed(difference.unread, gone)
    difference.gone = list(gone)
    return difference


def _version(connection: sqlite3.Connection) -> int:
    """A number that changes whenever another connection has written."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def _has_all(connection: sqlite3.Connection, files: int) -> bool:
    """Whether all files have been read whole, and none is to be tried again.

    Where nobody else wrote since they were compared, the index then has each as it was found.
    """
    rows, read = connection.execute(
        "SELECT count(*), total(depth = ? AND size <> ?) FROM files", (WHOLE, CHANGED_SINCE)
    ).fetchone()
    return bool(rows == read == files)


def _is_hidden(path: bytes, unreachable: Sequence[Unreachable]) -> bool:
    """Whether a file was not found because its folder, or itself, could not be looked at."""
    return any(place.path in (b".", path) or path.startswith(os.path.join(place.path, b"")) for place in unreachable)


def _renamed(unread: Sequence[FileStamp], gone: dict[bytes, _Stamp]) -> list[tuple[bytes, bytes]]:
    """Old and new names of the files that are gone and came back under another: same inode, size and time of change."""
    by_stamp = {stamp: path for path, stamp in gone.items()}
    renamed = []
    for stamp in unread:
        old = by_stamp.pop((stamp.size, stamp.mtime_ns, stamp.inode), None)
        if old is not None:
            del gone[old]
            renamed.append((old, stamp.path))
    return renamed


def _write_names(connection: sqlite3.Connection, difference: _Difference) -> bool:
    """Rename and remove, and tell what could not be looked at; says whether anything changed."""
    told = {
        (row[0], row[1])
        for row in connection.execute("SELECT path, reason FROM problems WHERE unread = ?", (UNREACHABLE,))
    }
    now = {(place.path, place.reason) for place in difference.unreachable}
    if not difference.gone and not difference.renamed and told == now:
        return False
    writer = Writer(connection)
    with writer.transaction():
        for path, _ in told - now:
            writer.forget_unreachable(path)
        for path in difference.gone:
            writer.remove(path)
        for old, new in difference.renamed:
            writer.rename(old, new)
        for place in difference.unreachable:
            writer.put_unreachable(place)
    return True


# Reading and writing.


class _Reading:
    """Reads batches of files in order, in this process or ahead of need in workers."""

    def __init__(self, root: Path, limits: Limits, workers: int) -> None:
        self._workers = workers
        self._reader = RecordReader(root, limits)
        self._pool = (
            ProcessPoolExecutor(workers, get_context(_way_to_start()), _start_worker, (root, limits, os.getpid()))
            if workers
            else None
        )

    def __enter__(self) -> _Reading:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def read(
        self, batches: Sequence[Sequence[FileStamp]], *, heads: bool
    ) -> Iterator[tuple[Sequence[FileStamp], list[tuple[Outcome, bool]]]]:
        """The outcomes of each batch. Workers are at most a few batches ahead of whoever takes them."""
        if self._pool is None:
            for batch in batches:
                paths = [stamp.path for stamp in batch]
                yield batch, (self._reader.heads(paths) if heads else self._reader.wholes(paths))
            return
        work = _read_heads if heads else _read_wholes
        ahead: deque[tuple[Sequence[FileStamp], Future[list[tuple[Outcome, bool]]]]] = deque()
        for number, batch in enumerate(batches):
            if heads and not number:  # the first page does not wait for the workers to start
                yield batch, self._reader.heads([stamp.path for stamp in batch])
                continue
            ahead.append((batch, self._pool.submit(work, [stamp.path for stamp in batch])))
            if len(ahead) > 2 * self._workers:
                done, future = ahead.popleft()
                yield done, future.result()
        while ahead:
            done, future = ahead.popleft()
            yield done, future.result()


def _way_to_start() -> str:
    """How workers start: as copies of this process where that is safe, as new ones take 0.2 s to import the parser.

    A copy has no threads, so this process must have none either; and of the index it copies but the open file, which
    it never uses.
    """
    return "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"


_worker: RecordReader


def _start_worker(root: Path, limits: Limits, parent: int) -> None:
    global _worker  # noqa: PLW0603 — a worker process is one reader
    os.nice(5)  # the screen goes first
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    _worker = RecordReader(root, limits)


def _end_with(parent: int) -> None:
    """End this worker when the process that started it is gone: one that is killed leaves its workers waiting."""
    while os.getppid() == parent:
        time.sleep(ORPHANED)
    os._exit(1)


def _read_heads(paths: Sequence[bytes]) -> list[tuple[Outcome, bool]]:
    return _worker.heads(paths)


def _read_wholes(paths: Sequence[bytes]) -> list[tuple[Outcome, bool]]:
    return _worker.wholes(paths)


class _Writing:
    """Writes what is read, batch by batch.

    Attributes:
        has_missed: whether a file that had been found was not there any more when it was to be read.
    """

    def __init__(self, connection: sqlite3.Connection, reading: _Reading, on_progress: Tell) -> None:
        self._connection = connection
        self._reading = reading
        self._on_progress = on_progress
        self._writer = Writer(connection)
        self.has_missed = False

    def heads(self, stamps: Sequence[FileStamp], before: Sequence[FileStamp] = ()) -> list[FileStamp]:
        """The first pass; gives the files that are still to be read whole. `before`: those that were read already."""
        # Names often begin with a date: the last ones first brings the newest stories early.
        ordered = sorted(stamps, key=lambda stamp: os.path.basename(stamp.path), reverse=True)
        shallow: list[FileStamp] = []
        self._pass(ordered, heads=True, shallow=shallow, before=before)
        return shallow

    def wholes(self, stamps: Sequence[FileStamp]) -> None:
        """The second pass."""
        self._pass(stamps, heads=False, shallow=[])

    def _pass(
        self,
        stamps: Sequence[FileStamp],
        *,
        heads: bool,
        shallow: list[FileStamp],
        before: Sequence[FileStamp] = (),
    ) -> None:
        done, bytes_done = len(before), sum(stamp.size for stamp in before)
        of_files, of_bytes = done + len(stamps), bytes_done + sum(stamp.size for stamp in stamps)
        batches = _batches(stamps, HEADS_BATCH if heads else WHOLES_BATCH)
        for batch, outcomes in self._reading.read(batches, heads=heads):
            with self._writer.transaction():
                for stamp, (outcome, is_whole) in zip(batch, outcomes, strict=True):
                    if isinstance(outcome, GoneRecord):
                        self.has_missed = True
                        continue  # the next look at the folder tells whether it is gone
                    self._writer.put(stamp, outcome, WHOLE if is_whole else HEAD)
                    if not is_whole:
                        shallow.append(stamp)
            done += len(batch)
            bytes_done += sum(stamp.size for stamp in batch)
            self._on_progress(Progress(done, of_files, bytes_done, of_bytes))


def _batches(stamps: Sequence[FileStamp], most: int) -> list[Sequence[FileStamp]]:
    batches, start, size = [], 0, FIRST_BATCH
    while start < len(stamps):
        batches.append(stamps[start : start + size])
        start, size = start + size, min(2 * size, most)
    return batches
