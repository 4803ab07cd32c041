"""Bringing the index up to date with the folder."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from reader.errors import LibraryError
from reader.library.index import in_folder
from reader.library.resolve import resolve
from reader.library.scan import FileStamp, Unreachable, scan
from reader.library.write import Writer
from reader.stories.errors import StoryError
from reader.stories.files import read_story
from reader.stories.limits import DEFAULT_LIMITS, Limits
from reader.stories.model import Story

BATCH = 200
"""Files written in one transaction: what an interruption costs at the most, and how often the screen may look."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a sync has come: files and bytes read, of how many that have to be."""

    files: int
    of_files: int
    bytes: int
    of_bytes: int


@dataclass(frozen=True, slots=True)
class Report:
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


@dataclass(slots=True)
class _Difference:
    """What the folder has that the index has not, and the other way round."""

    files: int
    new: list[tuple[FileStamp, int | None]]
    gone: dict[bytes, int]
    unreachable: list[Unreachable]


def sync(
    connection: sqlite3.Connection,
    root: Path,
    on_progress: Callable[[Progress], None] = lambda _: None,
    limits: Limits = DEFAULT_LIMITS,
) -> Report:
    """Read what changed in the folder since the index last saw it.

    Raises:
        LibraryError: the folder is not there. The index is left as it was: a disk that is not mounted loses nothing.
    """
    started = time.perf_counter()
    if not root.exists():
        raise LibraryError(f"no such folder: {root}")
    difference = _compare(connection, root)
    changed = _write_reachability(connection, difference)
    writer = Writer(connection)
    done = bytes_done = 0
    of_bytes = sum(stamp.size for stamp, _ in difference.new)
    for batch in _batches(difference.new, BATCH):
        outcomes = [(stamp, known, _read(root, stamp, limits)) for stamp, known in batch]
        with _transaction(connection):
            writer.forget_ids()
            for stamp, known, outcome in outcomes:
                writer.put(stamp, known, outcome)
        done += len(batch)
        bytes_done += sum(stamp.size for stamp, _ in batch)
        on_progress(Progress(done, len(difference.new), bytes_done, of_bytes))
    resolved = resolve(connection)
    return Report(
        files=difference.files,
        read=len(difference.new),
        removed=len(difference.gone),
        bytes=bytes_done,
        seconds=time.perf_counter() - started,
        changed=changed or resolved or bool(difference.new),
    )


def _read(root: Path, stamp: FileStamp, limits: Limits) -> Story | StoryError | None:
    try:
        return read_story(in_folder(root, stamp.path), limits)
    except StoryError as error:
        return error


def _compare(connection: sqlite3.Connection, root: Path) -> _Difference:
    """Look at every file's stamp, and at no file."""
    known: dict[bytes, tuple[int, int, int, int]] = {
        row[0]: (row[1], row[2], row[3], row[4])
        for row in connection.execute("SELECT path, id, size, mtime_ns, inode FROM files")
    }
    files = 0
    new: list[tuple[FileStamp, int | None]] = []
    unreachable: list[Unreachable] = []
    for found in scan(root):
        if isinstance(found, Unreachable):
            unreachable.append(found)
            continue
        files += 1
        row = known.pop(found.path, None)
        if row is None:
            new.append((found, None))
        elif row[1:] != (found.size, found.mtime_ns, found.inode):
            new.append((found, row[0]))
    hidden = tuple(os.path.join(place.path, b"") for place in unreachable)
    gone = {
        path: row
        for path, row in known.items()
        if not (path.startswith(hidden) if hidden else False) and not any(place.path == b"." for place in unreachable)
    }
    return _Difference(files, _match_renames(new, gone), {path: row[0] for path, row in gone.items()}, unreachable)


def _match_renames(
    new: list[tuple[FileStamp, int | None]], gone: dict[bytes, tuple[int, int, int, int]]
) -> list[tuple[FileStamp, int | None]]:
    """Give a file that was renamed the identity it had: same inode, size and time of change."""
    by_stamp = {row[1:]: path for path, row in gone.items()}
    matched: list[tuple[FileStamp, int | None]] = []
    for stamp, known in new:
        old = by_stamp.pop((stamp.size, stamp.mtime_ns, stamp.inode), None) if known is None else None
        matched.append((stamp, gone.pop(old)[0] if old is not None else known))
    return matched


def _write_reachability(connection: sqlite3.Connection, difference: _Difference) -> bool:
    """Remove what is gone, and tell what could not be looked at; says whether anything changed."""
    told = {
        (row[0], row[1])
        for row in connection.execute(
            "SELECT path, reason FROM problems WHERE NOT EXISTS (SELECT 1 FROM files WHERE files.path = problems.path)"
        )
    }
    now = {(place.path, place.reason) for place in difference.unreachable}
    if not difference.gone and told == now:
        return False
    writer = Writer(connection)
    with _transaction(connection):
        for path, _ in told - now:
            connection.execute("DELETE FROM problems WHERE path = ?", (path,))
        for path, file in difference.gone.items():
            writer.remove(file, path)
        for place in difference.unreachable:
            writer.put_unreachable(place)
    return True


class _transaction:  # noqa: N801 — reads as the statement it is
    """A write transaction: committed at the end of the block, rolled back by an exception."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self._connection.execute("COMMIT" if kind is None else "ROLLBACK")


def _batches(items: Iterable[tuple[FileStamp, int | None]], size: int) -> Iterator[list[tuple[FileStamp, int | None]]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
