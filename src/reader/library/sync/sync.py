"""Brings the index up to date with the folder: the whole way, from looking at the files to the events.

New and changed files are read in two passes: the first reads the head of each, so that the list is complete early; the
second reads them whole, for bodies and coverage. Both write in batches, and note with each file how deep it has been
read, so that an interrupted sync goes on where it ended. Then `resolve` merges what the files say.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

from reader.base.errors import LibraryError
from reader.base.memory import give_back, seldom_collecting
from reader.library.folder import memory
from reader.library.folder.mounts import keep_mounts, known_mounts, mounts_in
from reader.library.folder.paths import in_folder
from reader.library.folder.scan import NOTHING_KNOWN, FileStamp, Folder, last_names, scan
from reader.library.index.storage import order_indexes
from reader.library.index.storage.journal import transaction
from reader.library.sync.difference import Chosen, Difference, compare, is_hidden, shallow_of
from reader.library.sync.progress import Progress, Report
from reader.library.sync.reading import FIRST_BATCH, MANY, FileRead, Reading, weight, workers_missed
from reader.library.sync.records import GoneRecord
from reader.library.sync.resolve import resolve
from reader.library.sync.word_indexes import OF_ENTRIES, OF_STORIES, let_merging_wait, merge
from reader.library.sync.write import CHANGED_SINCE, HEAD, UNREACHABLE, WHOLE, Writer
from reader.stories.limits import DEFAULT_LIMITS, Limits

MOST_HELD, MOST_HELD_BYTES, LONGEST_HELD = 4_096, 32 << 20, 1.0
"""What was read is written in one transaction after so many files, bytes, or seconds.

Large transactions write fewer pages twice; small ones let the list grow early, and lose little when interrupted. The
first ones are smaller: each has as many files as all before it.
"""

PAGE_CACHE_KB, READING_CACHE_KB = 32_768, 49_152
"""Memory for pages of the index, usually, and while files are read and pages all over it are written to."""

CHECKPOINT_PAGES = 25_000
"""Pages in the write-ahead log after which it is copied into the index. There are many, as a page is written often."""

OnProgress: TypeAlias = Callable[[Progress], None]


def sync(
    connection: sqlite3.Connection,
    root: Path,
    on_progress: OnProgress = lambda _: None,
    *,
    workers: int = 0,
    limits: Limits = DEFAULT_LIMITS,
    glance: bool = False,
) -> Report:
    """Read what changed in the folder since the index last saw it.

    Args:
        connection: the index.
        root: the folder, or a single file.
        on_progress: called after each batch of files that was read, and while events are found.
        workers: how many processes read files, and compare articles, where there are many; 0 for this one alone.
        limits: bounds on what is taken in of one file.
        glance: whether, in a large library, to look at the files of those folders alone in which a name came or went;
            see `scan`.

    Returns:
        What was done.

    Raises:
        LibraryError: the folder is not there, or is empty and on another disk than it was. The index keeps what it
            knew: a disk that is not mounted loses nothing. Or a worker was ended.
    """
    started, looked_ns, device = time.perf_counter(), time.time_ns(), memory.device_of(root)
    connection.execute(f"PRAGMA cache_size = -{READING_CACHE_KB}")
    connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
    _look_at_limit(connection, limits)
    _look_at_clock(connection, looked_ns // 10**9)
    early = _read_some(connection, root, limits, on_progress)
    version = _version(connection)
    with seldom_collecting():
        found = _scan(connection, root, limits, glance=glance)
        difference = compare(connection, root, found)
        if not difference.is_certain:
            found = _scan(connection, root, limits)
            difference = compare(connection, root, found)
    if _version(connection) != version:  # another process may have read a file that came after the scan
        difference.gone = [path for path in difference.gone if not os.path.lexists(in_folder(root, path))]
    _see_that_it_stayed(root, device)
    _look_at_device(connection, root, device, difference)
    _look_at_mounts(connection, root, found, difference)
    changed = _write_names(connection, difference)
    to_read = len(difference.unread) + len(difference.shallow)
    if to_read >= MANY:
        let_merging_wait(connection)
        order_indexes.leave_out(connection, to_read)
    with workers_missed(), seldom_collecting(), Reading(root, limits, workers, to_read) as reading:
        writing = _Writing(connection, reading, on_progress)
        writing.heads(difference.unread, before=early)
        shallow = shallow_of(connection, difference.unread) if writing.has_shallow else Chosen()
        writing.wholes(shallow.with_(difference.shallow))
    if writing.has_missed:
        _see_that_it_stayed(root, device)
    read, bytes_read = _amount_read(difference, early)
    for folder in found:
        folder.let_files_go()
    if difference.files >= MANY:
        give_back()
    connection.execute(f"PRAGMA cache_size = -{PAGE_CACHE_KB}")
    merge(connection, OF_STORIES)  # first, as what follows uses the pages of the file that this sets free
    with workers_missed():
        resolved = resolve(connection, writing.report_steps, workers)
    merge(connection, OF_ENTRIES)
    order_indexes.make_missing(connection)
    is_old = not difference.is_remembered or memory.are_outdated(connection, found, looked_ns)
    if is_old and not difference.unreachable and not writing.has_missed:
        with transaction(connection):
            if _version(connection) == version and _has_all(connection, difference.files):
                memory.remember(connection, found, looked_ns)
    return Report(
        files=difference.files,
        read=read,
        removed=len(difference.gone),
        bytes=bytes_read,
        seconds=time.perf_counter() - started,
        changed=changed or resolved or read > 0,
    )


def _scan(connection: sqlite3.Connection, root: Path, limits: Limits, *, glance: bool = False) -> list[Folder]:
    known = memory.known_folders(connection) if glance else NOTHING_KNOWN
    if not memory.is_large(known):
        known = NOTHING_KNOWN
    return list(scan(root, follow_links=limits.follow_links, news_folders=limits.news_folders, known=known))


def _see_that_it_stayed(root: Path, device: int) -> None:
    """Check that the folder is still on the disk that it was on: if not, files that are missing may not be gone.

    Raises:
        LibraryError: it is on another.
    """
    if memory.device_of(root) != device:
        raise LibraryError(f"another disk took the place of the folder while it was read: {root}")


def _look_at_device(connection: sqlite3.Connection, root: Path, device: int, difference: Difference) -> None:
    """Remember on which disk the files are. A folder that is now empty and on another disk has lost its own.

    Raises:
        LibraryError: that is so.
    """
    known = memory.fact(connection, memory.DEVICE)
    if difference.files and known != device:
        with transaction(connection):
            memory.keep_fact(connection, memory.DEVICE, device)
    elif difference.gone and not difference.files and known not in (None, device):
        raise LibraryError(
            f"the folder is empty, and on another disk than before: is it mounted? {root} "
            "(reader index --rebuild forgets what was in it)"
        )


def _look_at_mounts(
    connection: sqlite3.Connection, root: Path, found: Sequence[Folder], difference: Difference
) -> None:
    """Remember which folders are mounts: disks of their own. One that is away stays remembered until it is back."""
    known, now = known_mounts(connection), mounts_in(root, found)
    hiding = [place for place in difference.unreachable if place.is_passing]
    away = [mount for mount in known if is_hidden(mount.path, hiding)]
    mounts = sorted({mount.path: mount for mount in (*away, *now)}.values())
    if mounts != known:
        with transaction(connection):
            keep_mounts(connection, mounts)


def _look_at_limit(connection: sqlite3.Connection, limits: Limits) -> None:
    """If the limits are others than at the last sync, have all files read again that they concern."""
    before, now = memory.fact(connection, memory.FILE_BYTES), limits.file_bytes
    places = memory.places_of(limits)
    if before == now and places == {name: memory.fact(connection, name) for name in places}:
        return
    with transaction(connection):
        memory.forget(connection)
        for name, value in places.items():
            memory.keep_fact(connection, name, value)
        if before is not None and before != now:
            connection.execute("UPDATE files SET size = ? WHERE size > ?", (CHANGED_SINCE, min(before, now)))
        memory.keep_fact(connection, memory.FILE_BYTES, now)


def _look_at_clock(connection: sqlite3.Connection, now: int) -> None:
    """Have the stories read again that have expired since the last sync.

    Args:
        connection: the index.
        now: the time, in seconds since 1970.
    """
    if connection.execute("SELECT 1 FROM files WHERE until <= ? AND size <> ?", (now, CHANGED_SINCE)).fetchone():
        with transaction(connection):
            memory.forget(connection)
            connection.execute("UPDATE files SET size = ? WHERE until <= ?", (CHANGED_SINCE, now))


def _amount_read(difference: Difference, early: Sequence[FileStamp]) -> tuple[int, int]:
    """How many files were read, and the sum of their sizes. A file that was read early, and then again, counts once."""
    others = set(early)
    if others:
        others.difference_update(difference.unread, difference.shallow)
    files = len(difference.unread) + len(difference.shallow) + len(others)
    return files, difference.unread.bytes + difference.shallow.bytes + sum(stamp.size for stamp in others)


def _read_some(connection: sqlite3.Connection, root: Path, limits: Limits, on_progress: OnProgress) -> list[FileStamp]:
    """If the index is new, read a few files, to have stories to show before hundreds of thousands are scanned."""
    if not root.is_dir() or connection.execute("SELECT 1 FROM files LIMIT 1").fetchone() is not None:
        return []
    early = last_names(root, FIRST_BATCH, follow_links=limits.follow_links, news_folders=limits.news_folders)
    with Reading(root, limits) as reading:
        _Writing(connection, reading, on_progress).early(early)
    return early


def _version(connection: sqlite3.Connection) -> int:
    """A number that changes whenever another connection has written."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def _has_all(connection: sqlite3.Connection, files: int) -> bool:
    """Whether the index has as many files as were found, all read whole, and none of them to be tried again.

    If nobody else has written since the folder was compared, it then has every file as it was found.
    """
    rows, read = connection.execute(
        "SELECT count(*), total(depth = ? AND size <> ?) FROM files", (WHOLE, CHANGED_SINCE)
    ).fetchone()
    return bool(rows == read == files)


def _write_names(connection: sqlite3.Connection, difference: Difference) -> bool:
    """Rename and remove files in the index, and note what could not be looked at; gives whether anything changed."""
    rows = connection.execute("SELECT path, reason FROM problems WHERE unread = ?", (UNREACHABLE,))
    before = {(path, reason) for path, reason in rows}
    now = {(place.path, place.reason) for place in difference.unreachable}
    if not difference.gone and not difference.renamed and before == now:
        return False
    writer = Writer(connection)
    with writer.transaction():
        for path, _ in before - now:
            writer.forget_unreachable(path)
        for path in difference.gone:
            writer.remove(path)
        for old, new in difference.renamed:
            writer.rename(old, new)
        for place in difference.unreachable:
            writer.put_unreachable(place)
    return True


# Reading and writing.


class _Writing:
    """Has files read, and writes what comes of them, several batches in one transaction.

    Attributes:
        has_missed: whether a file that the scan found was gone when it was to be read.
        has_shallow: whether of some files only the head was read.
    """

    def __init__(self, connection: sqlite3.Connection, reading: Reading, on_progress: OnProgress) -> None:
        self._connection = connection
        self._reading = reading
        self._on_progress = on_progress
        self._writer = Writer(connection)
        self._last = Progress(0, 0, 0, 0)
        self.has_missed = self.has_shallow = False

    def early(self, stamps: Sequence[FileStamp]) -> None:
        """Read the heads of the first few files of a new index."""
        self._pass(stamps, Progress(0, len(stamps), 0, sum(stamp.size for stamp in stamps)), heads=True)

    def heads(self, files: Chosen, before: Sequence[FileStamp] = ()) -> None:
        """The first pass: read the heads of files.

        Args:
            files: the files.
            before: files that `early` has read; they count as done.
        """
        done, bytes_done = len(before), sum(stamp.size for stamp in before)
        amount = Progress(done, done + len(files), bytes_done, bytes_done + files.bytes)
        # Names often begin with a date: with the last name first, the newest stories come early.
        self._pass(files.last_first(), amount, heads=True)

    def wholes(self, files: Chosen) -> None:
        """The second pass: read files whole."""
        self._pass(files.last_first(), Progress(0, len(files), 0, files.bytes), heads=False)

    def _pass(self, stamps: Iterable[FileStamp], amount: Progress, *, heads: bool) -> None:
        done, bytes_done = amount.files, amount.bytes
        held: list[FileRead] = []
        held_bytes, written_last = 0, time.monotonic()
        for read in self._reading.read(stamps, heads=heads):
            held += read
            held_bytes += sum(weight(one.stamp, heads=heads) for one in read)
            done, bytes_done = done + len(read), bytes_done + sum(one.stamp.size for one in read)
            is_due = (
                len(held) >= min(MOST_HELD, done // 2)
                or held_bytes >= MOST_HELD_BYTES
                or time.monotonic() - written_last >= LONGEST_HELD
            )
            if is_due or done == amount.of_files:
                self._write(held)
                held_bytes, written_last = 0, time.monotonic()
                held.clear()
            self._report(amount._replace(files=done, bytes=bytes_done))

    def _report(self, progress: Progress) -> None:
        self._last = progress
        self._on_progress(progress)

    def report_steps(self, done: int, of: int) -> None:
        """Report how far the finding of events is, which follows the reading."""
        self._report(self._last._replace(steps=done, of_steps=of))

    def _write(self, read: Sequence[FileRead]) -> None:
        with self._writer.transaction():
            for stamp, outcome in read:
                if isinstance(outcome.record, GoneRecord):
                    self.has_missed = True
                    continue  # the next sync finds out whether it is gone for good
                self._writer.put(stamp, outcome.record, WHOLE if outcome.is_whole else HEAD)
                self.has_shallow |= not outcome.is_whole
