"""Mounts: folders inside the library that are disks of their own. While one is not mounted, its files are not gone."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from reader.library.folder.scan import Folder, Unreachable, signed

EMPTY = "the folder is empty, and on another disk than before: is it mounted? (reader index --rebuild forgets it)"
"""The reason shown for an empty folder where a disk was mounted before."""

AWAY = "this was a disk of its own, and is not there: is it mounted? (reader index --rebuild forgets it)"
"""The reason shown for a mount whose folder is gone, too."""


class Mount(NamedTuple):
    """A folder with files that is on another disk than the folder around it.

    Attributes:
        path: relative to the root, as the file system writes it.
        device: the number of its disk.
        is_link: whether it is a symbolic link. If a link is gone, a person has removed it, and its files with it.
    """

    path: bytes
    device: int
    is_link: bool


def mounts_in(root: Path, folders: Sequence[Folder]) -> list[Mount]:
    """The mounts among the folders that a scan found, sorted by path."""
    devices = {folder.path: folder.device for folder in folders}
    base = os.fsencode(root)
    return [
        Mount(folder.path, signed(folder.device), os.path.islink(os.path.join(base, folder.path)))
        for folder in sorted(folders, key=lambda folder: folder.path)
        if folder.path
        and folder.device != devices.get(os.path.dirname(folder.path), folder.device)
        and _has_files(folder.path, folders)
    ]


def missing(root: Path, known: Iterable[Mount], folders: Sequence[Folder]) -> list[Unreachable]:
    """The mounts that are known and not where they were, with the reason; of those inside each other the outermost.

    One that is inside a folder that could not be looked at is not among them.

    Args:
        root: the library's folder.
        known: the mounts that the index knows.
        folders: the folders that a scan found.
    """
    devices = {folder.path: signed(folder.device) for folder in folders}
    unseen = [place.path for folder in folders for place in folder.unreachable]
    away: list[Unreachable] = []
    for mount in sorted(known):
        if any(lies_in(mount.path, path) for path in unseen):
            continue
        if mount.path not in devices:
            was_taken_away = mount.is_link and not os.path.lexists(os.path.join(os.fsencode(root), mount.path))
            reason = "" if was_taken_away else AWAY
        else:
            is_other = devices[mount.path] != mount.device and not _has_files(mount.path, folders)
            reason = EMPTY if is_other else ""
        if reason:
            away.append(Unreachable(mount.path, reason))
            unseen.append(mount.path)
    return away


def lies_in(path: bytes, folder: bytes) -> bool:
    """Whether a path is that of a folder, or of something inside it; `.` is the root."""
    return folder in (b".", path) or path.startswith(os.path.join(folder, b""))


def known_mounts(connection: sqlite3.Connection) -> list[Mount]:
    """The mounts that the index knows, sorted by path."""
    rows = connection.execute("SELECT path, device, is_link FROM mounts ORDER BY path")
    return [Mount(path, device, bool(is_link)) for path, device, is_link in rows]


def keep_mounts(connection: sqlite3.Connection, mounts: Sequence[Mount]) -> None:
    """Replace the mounts that the index knows; to be called in a transaction."""
    connection.execute("DELETE FROM mounts")
    connection.executemany("INSERT INTO mounts(path, device, is_link) VALUES (?, ?, ?)", mounts)


def _has_files(path: bytes, folders: Iterable[Folder]) -> bool:
    return any(len(folder) for folder in folders if lies_in(folder.path, path))
