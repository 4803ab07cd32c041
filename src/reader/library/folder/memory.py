"""Remembers in the index how the library's folders were, so that a sync of an unchanged library is quick; and facts.

Once all files have been read, each folder is remembered by a digest of the stamps of its files, and by its own time of
change, which is when a file in it was last added, removed or renamed. In doubt a folder counts as changed: its files
are then compared one by one.

Facts are numbers by name that a sync keeps for the next one, such as the disk that the folder is on.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from reader.base.errors import LibraryError
from reader.library.folder.scan import Folder, KnownFolder, signed
from reader.stories.limits import Limits

LARGE = 20_000
"""From so many files on, looking at the folders may stand in for looking at each file: see `seem_unchanged`."""

CLOCK_NS = 2_000_000_000
"""The coarsest clock of a file system, in ns: a folder that changed so shortly before it was looked at may have changed
again since without another time."""


DEVICE = "device"
"""The fact on which disk the folder was when it last had files; see `device_of`."""

FILE_BYTES = "file_bytes"
"""The fact up to which size, in bytes, files were read."""

FOLLOW_LINKS = "follow_links"
"""The fact whether links out of the folder were followed: 1 or 0."""

NEWS_FOLDERS = "news_folders"
"""The fact which folders were looked at: a number made of their names; 0 for all."""


def places_of(limits: Limits) -> dict[str, int]:
    """Those limits that decide where files are looked for, as facts by name."""
    named = "\0".join(limits.news_folders)
    return {FOLLOW_LINKS: int(limits.follow_links), NEWS_FOLDERS: _number_of(named) if named else 0}


def _number_of(names: str) -> int:
    from hashlib import blake2b  # here, as every start calls `places_of`, and few name folders

    return int.from_bytes(blake2b(names.encode("utf-8", "surrogateescape"), digest_size=6).digest())


def known_folders(connection: sqlite3.Connection) -> dict[bytes, KnownFolder]:
    """The folders that are remembered, by path: none, or all that a scan has found."""
    now = time.time_ns()
    return {
        path: KnownFolder(mtime_ns, looked_ns, digest, files, looked_ns - mtime_ns >= CLOCK_NS and looked_ns <= now)
        for path, mtime_ns, looked_ns, digest, files in connection.execute(
            "SELECT path, mtime_ns, looked_ns, digest, files FROM folders"
        )
    }


def remember(connection: sqlite3.Connection, folders: Sequence[Folder], looked_ns: int) -> None:
    """Remember folders whose files have all been read.

    Args:
        connection: the index, in a transaction.
        folders: all folders of the library, as the scan found them.
        looked_ns: a time before they were scanned, in ns since 1970.
    """
    connection.execute("DELETE FROM folders")
    connection.executemany(
        "INSERT INTO folders(path, mtime_ns, looked_ns, digest, files) VALUES (?, ?, ?, ?, ?)",
        [
            (folder.path, folder.mtime_ns, folder.looked_ns or looked_ns, folder.digest(), len(folder))
            for folder in folders
        ],
    )


def are_outdated(connection: sqlite3.Connection, folders: Sequence[Folder], looked_ns: int) -> bool:
    """Whether a glance will see more if folders that are remembered are remembered anew, as they are now.

    Their files are the same: but another name came or went, or they had changed shortly before they were looked at.

    Args:
        connection: the index.
        folders: all folders of the library, as the scan found them.
        looked_ns: a time before they were scanned, in ns since 1970.
    """
    known = known_folders(connection)
    return any(
        folder.path in known
        and not known[folder.path].is_as_before(folder.mtime_ns, folder.ctime_ns)
        and looked_ns - folder.mtime_ns >= CLOCK_NS
        and looked_ns >= folder.ctime_ns
        for folder in folders
    )


def forget(connection: sqlite3.Connection) -> None:
    """Forget all folders, as what the index has of their files is about to change."""
    connection.execute("DELETE FROM folders")


def device_of(root: Path) -> int:
    """The number of the disk, or of what is mounted as one, that a folder is on now.

    Raises:
        LibraryError: there is no such folder.
    """
    try:
        return signed(root.stat().st_dev)
    except OSError as error:
        raise LibraryError(f"no such folder: {root}") from error


def fact(connection: sqlite3.Connection, name: str) -> int | None:
    """A fact by its name; None where it is not known."""
    row = connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    return None if row is None else int(row[0])


def keep_fact(connection: sqlite3.Connection, name: str, value: int) -> None:
    """Keep a fact in the place of the one with the same name; to be called in a transaction."""
    connection.execute("INSERT OR REPLACE INTO facts(name, value) VALUES (?, ?)", (name, value))


def seem_unchanged(connection: sqlite3.Connection, root: Path) -> int:
    """How many files a large library has, if no file was added, removed or renamed in any of its folders; else 0.

    It looks at folders only, and so does not notice a file whose content was changed in place.

    Args:
        connection: the index.
        root: the library's folder.
    """
    base, folders = os.fsencode(root), known_folders(connection)
    for path, known in folders.items():
        try:
            status = os.stat(os.path.join(base, path))
        except OSError:
            return 0
        if not known.is_as_before(status.st_mtime_ns, status.st_ctime_ns):
            return 0
    return files_in(folders) if is_large(folders) else 0


def files_in(folders: Mapping[bytes, KnownFolder]) -> int:
    """How many files the folders had."""
    return sum(known.files for known in folders.values())


def is_large(folders: Mapping[bytes, KnownFolder]) -> bool:
    """Whether a library is so large that a glance at its folders may be enough."""
    return files_in(folders) >= LARGE
