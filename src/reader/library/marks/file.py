"""The file of the marks: opened when it is first needed, mended when it is damaged, and watched for being replaced."""

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
"""What SQLite says where nothing may be written beside the file: not even then must reading fail."""

_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_REOPENED = 1 << 32

_STEP = 0.25
"""Seconds that SQLite waits for another program before it is asked whether there is still patience."""

_MUCH = 1_000_000
"""Bytes of a log that are worth copying."""


class MarksFile:
    """Runs what reads and what writes on the file, each as a function of an open connection.

    One instance belongs to one thread at a time.

    Args:
        path: the file; neither it nor its folder need exist.
        now: the time, for the name of a damaged file's copy.
        patience: seconds to wait for another program that writes.
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
        """Wait for other programs no longer than so many seconds from now on, in all. Any thread may call it."""
        self._latest = time.monotonic() + seconds

    def close(self) -> None:
        """Close the file. The next use opens it again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
            self._base += _REOPENED

    def read(self, work: Callable[[sqlite3.Connection], _T], nothing: _T) -> _T:
        """What a function reads of the file; `nothing` where there is no file.

        Raises:
            MarksError: the file is there, and cannot be read.
        """

        def act() -> _T:
            connection = self._open_to_read()
            return nothing if connection is None else _done(work, connection)

        return self._mended(act, "read")

    def write(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        """Let a function write in one transaction; where it or the writing fails, nothing is changed.

        Raises:
            MarksError: the file cannot be written.
        """

        def act() -> _T:
            make_folder(self.path.parent)
            with self._locked(exclusive=not self._has_content()):
                try:
                    connection = self._open_to_write()
                    connection.execute("BEGIN IMMEDIATE")
                    result = _done(work, connection)
                    connection.execute("COMMIT")
                except BaseException:
                    self.close()
                    raise
                return result

        return self._mended(act, "written")

    def tidy(self) -> None:
        """Copy what was changed from the log into the file, as far as nobody reads it there; little may stay.

        A change is on the disk when it is in the log. To copy it as well would take as long again.
        """
        with suppress(sqlite3.DatabaseError, OSError):  # whoever reads or writes next will say what is wrong
            if self._connection is not None and not self._is_copy and _size(log_of(self.path)) > _MUCH:
                self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def shrink(self) -> None:
        """Keep no pages of the file in memory that are not needed now."""
        with suppress(sqlite3.Error):
            if self._connection is not None:
                self._connection.execute("PRAGMA shrink_memory")

    @property
    def version(self) -> int:
        """A number that grows whenever this or another program has changed the file."""
        seen = self.read(lambda connection: int(connection.execute("PRAGMA data_version").fetchone()[0]), 0)
        return self._base + seen

    def count_change(self) -> None:
        """Let `version` grow for a change of this instance: SQLite tells only of others'."""
        self._base += 1

    def _open_to_read(self) -> sqlite3.Connection | None:
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
        if _size(log_of(self.path)):  # SQLite would throw the log away, and all that is in it
            raise schema.DamagedError("only its log is left")
        return False

    def _look(self) -> object:
        """What tells that the file is another: for one that is open in place what it is, for a copy its content too."""
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
        """Let go of a file that is no longer the one of this name: what is written to it would be lost."""
        if self._connection is not None and self._look() != self._stamp:
            self.close()

    def _mended(self, act: Callable[[], _T], verb: str) -> _T:
        """What a function gives; where the file is damaged it is mended, and the function gets a second chance."""
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
        """What a function gives; it is tried again while another program writes, as long as there is patience."""
        end = time.monotonic() + self._patience
        while True:
            try:
                return act()
            except sqlite3.OperationalError as error:
                if _code(error) not in _BUSY or time.monotonic() > min(end, self._latest):
                    raise
            time.sleep(0.005)

    def _mend(self, verb: str) -> None:
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
        """Whether the file is the one that was found damaged: another copy of the program may have been first."""
        try:
            return self._has_content() and self._look() == damaged
        except schema.DamagedError:
            return True

    def _busy(self) -> MarksError:
        return MarksUnwrittenError(f"another program is writing the marks; nothing was changed: {self.path}")

    @contextmanager
    def _locked(self, *, exclusive: bool) -> Iterator[None]:
        """Shared by all who write; whoever makes or replaces the file is alone."""
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
    """What a function gives of a file of this version: tables that it lacks were lost."""
    try:
        return work(connection)
    except sqlite3.OperationalError as error:
        if str(error).startswith("no such"):
            raise schema.DamagedError(str(error)) from error
        raise


def _error(verb: str) -> type[MarksError]:
    return MarksError if verb == "read" else MarksUnwrittenError


def _code(error: Exception) -> int:
    """What SQLite calls an error, without its finer points; 0 for one of Python's own."""
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF


def _size(path: Path) -> int:
    """The size of a file in bytes; 0 where there is none."""
    try:
        return path.stat().st_size
    except (FileNotFoundError, NotADirectoryError):
        return 0
