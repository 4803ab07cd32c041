"""Transactions, and how SQLite keeps its journal: as a write-ahead log, except on a network disk.

The log needs memory that all programs share, which those of other machines do not: https://www.sqlite.org/wal.html.
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
"""What is mounted where; only Linux tells it so."""

NO_LOG = "READER_NO_WAL"
"""The variable that does without the log wherever the files lie: for network disks that are not recognised."""

LOG_BYTES = 16 << 20
"""What a log keeps on the disk, after what is in it was moved to its database: a first index makes it far larger."""


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


def prepare_journal(connection: sqlite3.Connection, path: Path) -> None:
    """Give a database the write-ahead log where its disk can do that; where it cannot, all works without.

    Raises:
        sqlite3.DatabaseError: the file is damaged.
    """
    wanted = "truncate" if os.environ.get(NO_LOG) or is_on_network(path) else "wal"
    with suppress(sqlite3.OperationalError):  # another program has it open as it is: that does as well
        connection.execute(f"PRAGMA journal_mode = {wanted}")
    kept: str = connection.execute("PRAGMA journal_mode").fetchone()[0]
    if kept == "wal":
        connection.execute(f"PRAGMA journal_size_limit = {LOG_BYTES}").fetchall()
    else:  # what does not fit into memory would shut the file to those who read until it is committed
        connection.execute("PRAGMA cache_spill = OFF")


def is_on_network(path: Path) -> bool:
    """Whether a file lies, or would lie, on a network file system; no, where that cannot be told."""
    try:
        table = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return False
    return file_system(os.path.realpath(path), table) in NETWORK


def file_system(path: str, table: str) -> str:
    """The kind of the file system that holds a path; empty where the table does not say.

    Args:
        path: absolute, without symbolic links.
        table: mounts, one a line, as in `man 5 proc`: device, place, kind … with octal escapes. The later one of two
            at the same place hides the earlier.
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
