"""Transactions, and the kind of SQLite's journal: a write-ahead log, except on a network disk.

The log needs memory that is shared by all programs that have the file open, and programs on other machines do not share
any: https://www.sqlite.org/wal.html.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

NETWORK = frozenset(
    {
        "9p", "afpfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "drvfs", "fuse.rclone", "fuse.sshfs",
        "fuse.davfs", "fuse.glusterfs", "fuse.s3fs", "fuse.gcsfuse", "fuse.ceph", "fuse.curlftpfs", "fuse.smbnetfs",
        "gfs2", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "orangefs", "prl_fs", "smb2", "smb3",
        "smbfs", "vboxsf", "virtiofs", "vmhgfs", "fuse.vmhgfs-fuse", "webdav",
    }
)  # fmt: skip
"""File systems whose files another machine may have open at the same time."""

MOUNTS = Path("/proc/self/mounts")
"""The table of mounts, which only Linux has."""

NO_LOG = "READER_NO_WAL"
"""An environment variable that turns the log off wherever the file is: for network disks that are not recognised."""

LOG_BYTES = 16 << 20
"""The size to which a log is cut once it has been copied into its database: a first sync makes it far larger."""


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """A write transaction: committed at the end of the block, rolled back by an exception."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def one_state(connection: sqlite3.Connection) -> Iterator[None]:
    """Within it, all that is read is of the same state of the file, whatever another process writes meanwhile.

    A transaction that has begun already is such a state, and goes on.
    """
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("COMMIT")


def prepare_journal(connection: sqlite3.Connection, path: Path) -> None:
    """Give a database the write-ahead log if its disk allows that; without it everything works as well.

    Raises:
        sqlite3.DatabaseError: the file is damaged.
    """
    wanted = "truncate" if os.environ.get(NO_LOG) or is_on_network(path) else "wal"
    with suppress(sqlite3.OperationalError):  # another program has it open in another mode, which will do
        connection.execute(f"PRAGMA journal_mode = {wanted}")
    kept: str = connection.execute("PRAGMA journal_mode").fetchone()[0]
    if kept == "wal":
        connection.execute(f"PRAGMA journal_size_limit = {LOG_BYTES}").fetchall()
    else:  # a transaction that spills into the file would lock out those who read until it is committed
        connection.execute("PRAGMA cache_spill = OFF")


def is_on_network(path: Path) -> bool:
    """Whether a file is, or would be, on a network file system; False where that cannot be told."""
    try:
        table = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    return file_system(os.path.realpath(path), table) in NETWORK


def file_system(path: str, table: str) -> str:
    """The type of the file system that a path is on; empty where the table does not say.

    Args:
        path: absolute, without symbolic links.
        table: mounts, one a line, as in `man 5 proc`: device, place, type … with octal escapes. Of two at the same
            place, the later hides the earlier.
    """
    best, kind = "", ""
    for line in table.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        place = _unescaped(fields[1])
        if len(place) >= len(best) and (path == place or path.startswith(place.rstrip("/") + "/")):
            best, kind = place, fields[2]
    return kind


def _unescaped(field: str) -> str:
    for code, sign in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        field = field.replace(code, sign)
    return field
