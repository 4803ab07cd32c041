"""What the index remembers of the folders: on which disk they lie, and how those are in which nothing changed.

A folder is remembered when all of its files have been read, by a digest of their stamps and by its own time of change,
which is that of the last name that came or went. Any doubt is told as a change: the files are then compared one by one.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

from reader.base.errors import LibraryError
from reader.library.folder.scan import Folder, signed
from reader.stories.limits import Limits

LARGE = 20_000
"""Files from which a glance at the folders may stand for a look at each file."""

CLOCK_NS = 2_000_000_000
"""The coarsest clock of a file system, in ns: what changed so shortly before a look may have changed again since."""


DEVICE = "device"
"""The fact on which disk the folder lay when it last held files; see `device_of`."""

FILE_BYTES = "file_bytes"
"""The fact up to which size files were read."""

FOLLOW_LINKS = "follow_links"
"""The fact whether links out of the folder were followed: 1 or 0."""

NEWS_FOLDERS = "news_folders"
"""The fact which folders alone were looked at: a number made of their names; 0 where all were."""


def places_of(limits: Limits) -> dict[str, int]:
    """What the limits say of where files may lie, as facts are kept."""
    named = "\0".join(limits.news_folders)
    return {FOLLOW_LINKS: int(limits.follow_links), NEWS_FOLDERS: _number_of(named) if named else 0}


def _number_of(names: str) -> int:
    from hashlib import blake2b  # only where folders are named: every start asks

    return int.from_bytes(blake2b(names.encode("utf-8", "surrogateescape"), digest_size=6).digest())


def digests(connection: sqlite3.Connection) -> dict[bytes, bytes]:
    """The digests of the folders that are remembered, by their paths."""
    return dict(connection.execute("SELECT path, digest FROM folders"))


def remember(connection: sqlite3.Connection, folders: Sequence[Folder], looked_ns: int) -> None:
    """Remember folders whose files have all been read; to be called in a transaction.

    Args:
        connection: the index.
        folders: as they were found.
        looked_ns: the time before they were looked at, in ns since 1970.
    """
    connection.execute("DELETE FROM folders")
    connection.executemany(
        "INSERT INTO folders(path, mtime_ns, looked_ns, digest, files) VALUES (?, ?, ?, ?, ?)",
        [(folder.path, folder.mtime_ns, looked_ns, folder.digest(), len(folder)) for folder in folders],
    )


def forget(connection: sqlite3.Connection) -> None:
    """Remember no folder: what the index says of files is about to change."""
    connection.execute("DELETE FROM folders")


def device_of(root: Path) -> int:
    """The number of the disk, or of what is mounted as one, that a folder lies on now.

    Raises:
        LibraryError: there is no such folder.
    """
    try:
        return signed(root.stat().st_dev)
    except OSError as error:
        raise LibraryError(f"no such folder: {root}") from error


def fact(connection: sqlite3.Connection, name: str) -> int | None:
    """A fact by its name; None where nothing was read yet."""
    row = connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    return None if row is None else int(row[0])


def keep_fact(connection: sqlite3.Connection, name: str, value: int) -> None:
    """Remember a fact; to be called in a transaction."""
    connection.execute("INSERT OR REPLACE INTO facts(name, value) VALUES (?, ?)", (name, value))


def seem_unchanged(connection: sqlite3.Connection, root: Path) -> int:
    """How many files a large library has, if in none of its folders a name came or went; else 0.

    A file whose content was changed in place is not noticed.
    """
    base, files = os.fsencode(root), 0
    for path, mtime_ns, looked_ns, inside in connection.execute(
        "SELECT path, mtime_ns, looked_ns, files FROM folders"
    ).fetchall():
        try:
            now = os.stat(os.path.join(base, path)).st_mtime_ns
        except OSError:
            return 0
        if now != mtime_ns or looked_ns - mtime_ns < CLOCK_NS or looked_ns > time.time_ns():
            return 0
        files += inside
    return files if files >= LARGE else 0
