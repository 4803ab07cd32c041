"""The file of the marks: opened when first needed, mended when damaged, opened again when another takes its place."""

from __future__ import annotations

import fcntl
import math
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from reader.base.errors import MarksError, MarksUnwrittenError
from reader.base.private_files import make_folder, tighten_database
from reader.library.marks import schema
from reader.library.marks.schema import log_of

_T = TypeVar("_T")

_UNREACHABLE = frozenset(
    {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
)
"""Errors of SQLite where nothing may be written beside the file. Even then the marks can be read: a copy is."""

_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
"""Errors of SQLite where another program has locked the file."""

_REOPENED = 1 << 32
"""Added to `MarksFile.version` when the file is closed: SQLite counts from anew when it is opened again."""

_STEP = 0.25
"""Seconds that SQLite itself waits for another program; then `_patiently` decides whether to try again."""

_MUCH = 1_000_000
"""Bytes of a log from which it is worth copying it into the file."""


class MarksFile:
    """Runs functions that read or write the file, each with an open connection.

    One instance belongs to one thread at a time.

    Args:
        path: the file; neither it nor its folder need exist.
        now: gives the time, for the name of a damaged file's copy.
        patience: seconds to wait for another program that writes.

    Attributes:
        path: the file.
        note: what a person should know of it, as after it was mended; empty for nothing.
    """

    def __init__(self, path: Path, now: Callable[[], datetime], patience: float) -> None:
        self.path = path
        self.note = ""
        self._now = now
        self._patience = patience
        self._latest = math.inf
        self._connection: sqlite3.Connection | None = None
        self._stamp: object = None
        self._is_copy = False
        self._base = 0

    def hurry(self, seconds: float) -> None:
        """From now on, wait for other programs no longer than so many seconds in all. Any thread may call it."""
        self._latest = time.monotonic() + seconds

    def close(self) -> None:
        """Close the file. The next use opens it again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
            self._base += _REOPENED

    def read(self, work: Callable[[sqlite3.Connection], _T], nothing: _T) -> _T:
        """Run a function that reads the file.

        Args:
            work: the function.
            nothing: what to give where there is no file.

        Raises:
            MarksError: the file is there, but cannot be read.
        """

        def act() -> _T:
            connection = self._open_to_read()
            return nothing if connection is None else _done(work, connection)

        return self._mended(act, "read")

    def write(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        """Run a function that writes the file, in one transaction. If it or the writing fails, nothing is changed.

        Raises:
            MarksError: the file cannot be written; a `MarksUnwrittenError` where a later try may succeed.
        """

        def act() -> _T:
            make_folder(self.path.parent)
            with self._locked(exclusive=not self._has_content()):
                try:
                    connection = self._open_to_write()
                    connection.execute(f"PRAGMA cache_size = -{schema.WRITING_CACHE_KB}")
                    connection.execute("BEGIN IMMEDIATE")
                    result = _done(work, connection)
                    connection.execute("COMMIT")
                except BaseException:
                    self.close()
                    raise
                with suppress(sqlite3.Error):  # what was written is kept, whatever becomes of this
                    connection.execute(f"PRAGMA cache_size = -{schema.READING_CACHE_KB}")
                return result

        return self._mended(act, "written")

    def tidy(self) -> None:
        """Copy changes from SQLite's log into the file, if they are much, as far as nobody is reading the log.

        A change is safe on the disk once it is in the log; copying it at once would take as long again.
        """
        with suppress(sqlite3.DatabaseError, OSError):  # the next read or write will raise what is wrong
            if self._connection is not None and not self._is_copy and _size(log_of(self.path)) > _MUCH:
                self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def shrink(self) -> None:
        """Free the memory of pages of the file that are not needed now."""
        with suppress(sqlite3.Error):
            if self._connection is not None:
                self._connection.execute("PRAGMA shrink_memory")

    @property
    def version(self) -> int:
        """A number that grows whenever this or another program has changed the file."""
        seen = self.read(lambda connection: int(connection.execute("PRAGMA data_version").fetchone()[0]), 0)
        return self._base + seen

    def count_change(self) -> None:
        """Raise `version` for a change by this instance: SQLite only counts those by others."""
        self._base += 1

    def _open_to_read(self) -> sqlite3.Connection | None:
        """The connection to read with, to the file or, if that cannot be opened, a copy in memory; None for no file."""
        self._notice_replacement()
        if self._connection is None and self._has_content():
            self._is_copy = False
            self._stamp = self._look()
            tighten_database(self.path)
            try:
                self._connection = schema.connect(self.path, min(self._patience, _STEP))
            except (sqlite3.OperationalError, OSError) as error:
                if isinstance(error, sqlite3.Error) and _code(error) not in _UNREACHABLE:
                    raise
                self._is_copy = True
                self._stamp = self._look()
                from reader.library.marks.salvage import copied

                self._connection = copied(self.path)
        return self._connection

    def _open_to_write(self) -> sqlite3.Connection:
        self._notice_replacement()
        if self._is_copy:
            self.close()
        if self._connection is None:
            schema.make_private(self.path)
            tighten_database(self.path)
            self._is_copy = False
            self._stamp = self._look()
            self._connection = schema.connect(self.path, min(self._patience, _STEP))
        return self._connection

    def _has_content(self) -> bool:
        """Whether there is a file with something in it."""
        if _size(self.path):
            return True
        if _size(log_of(self.path)):  # SQLite would delete the log with all that is in it
            raise schema.DamagedError("only its log is left")
        return False

    def _look(self) -> object:
        """What is another when the file is another. For a file that was copied, also when its content is another."""
        looks: list[object] = []
        for path in (self.path, log_of(self.path)) if self._is_copy else (self.path,):
            try:
                status = path.stat()
            except FileNotFoundError:
                looks.append(None)
            else:
                looks.append((status.st_dev, status.st_ino, *((status.st_mtime_ns, status.st_size) * self._is_copy)))
        return looks

    def _notice_replacement(self) -> None:
        """Close a file that is not at its path any more: what is written to it would be lost."""
        if self._connection is not None and self._look() != self._stamp:
            self.close()

    def _mended(self, act: Callable[[], _T], verb: str) -> _T:
        """Run a function; if the file turns out to be damaged, mend it and run the function again.

        Args:
            act: the function.
            verb: what it does, for errors: `read` or `written`.

        Raises:
            MarksError: it fails all the same.
        """
        try:
            try:
                return self._patiently(act)
            except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
                self.close()
                if not schema.is_damage(error):
                    raise
            self._mend(verb)
            return self._patiently(act)
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            if _code(error) in _BUSY:
                raise self._busy() from error
            raise _error(verb)(f"the marks cannot be {verb}: {self.path}: {error}") from error
        except OSError as error:
            reason = error.strerror or str(error)
            raise _error(verb)(f"the marks cannot be {verb}: {self.path}: {reason}") from error

    def _patiently(self, act: Callable[[], _T]) -> _T:
        """Run a function, and run it again while another program has locked the file, as long as there is patience."""
        end = time.monotonic() + self._patience
        while True:
            try:
                return act()
            except sqlite3.OperationalError as error:
                if _code(error) not in _BUSY or time.monotonic() > min(end, self._latest):
                    raise
            time.sleep(0.005)

    def _mend(self, verb: str) -> None:
        """Repair the file, or if nothing may be written and only reading is wanted, put what can be read in memory."""
        from reader.library.marks import salvage

        damaged = self._stamp
        try:
            with self._locked(exclusive=True):
                if self._is_still(damaged):
                    self.note = salvage.repair(self.path, self._now(), self._patience)
        except (OSError, sqlite3.OperationalError):
            if verb != "read":
                raise
            self._is_copy = True
            self._stamp = self._look()
            rows = salvage.salvage(self.path)
            self._connection = salvage.in_memory(rows)
            self.note = f"the marks are damaged; {len(rows):,} of them can be read: {self.path}"

    def _is_still(self, damaged: object) -> bool:
        """Whether the file is still the one that was found damaged: another program may have mended it first."""
        try:
            return self._has_content() and self._look() == damaged
        except schema.DamagedError:
            return True

    def _busy(self) -> MarksError:
        return MarksUnwrittenError(f"another program is writing the marks; nothing was changed: {self.path}")

    @contextmanager
    def _locked(self, *, exclusive: bool) -> Iterator[None]:
        """Hold the lock file: all who write share it, but whoever makes or replaces the file has it alone.

        Raises:
            MarksUnwrittenError: another program has held it for longer than there is patience.
        """
        kind = fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH
        deadline = time.monotonic() + self._patience
        descriptor = os.open(self.path.with_name(f"{self.path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            while True:
                with suppress(BlockingIOError):
                    fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
                    break
                if time.monotonic() > min(deadline, self._latest):
                    raise self._busy()
                time.sleep(0.005)
            yield
        finally:
            os.close(descriptor)


def _done(work: Callable[[sqlite3.Connection], _T], connection: sqlite3.Connection) -> _T:
    """Run a function on a connection.

    Raises:
        DamagedError: a table is missing: as the file is of this version, it was lost.
    """
    try:
        return work(connection)
    except sqlite3.OperationalError as error:
        if str(error).startswith("no such"):
            raise schema.DamagedError(str(error)) from error
        raise


def _error(verb: str) -> type[MarksError]:
    return MarksError if verb == "read" else MarksUnwrittenError


def _code(error: Exception) -> int:
    """SQLite's code of an error, without the bits of its extended codes; 0 for an error of Python's own."""
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF


def _size(path: Path) -> int:
    """The size of a file in bytes; 0 where there is none."""
    try:
        return path.stat().st_size
    except (FileNotFoundError, NotADirectoryError):
        return 0
