"""Finding the files of a folder that may be stories."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from operator import attrgetter
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import NamedTuple

SUFFIXES = frozenset({".md", ".markdown", ".txt", ".yaml", ".yml"})
"""The endings, in lower case, of the files that may be stories."""

SUFFIXES = frozenset({".md", ".markdown", ".txt", ".yaml", ".yml"})
"""The endings, in lower case, of the files that may be stories."""

SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__"})
"""Folders that are never entered, beside the hidden ones."""

_ENDINGS = frozenset(os.fsencode(suffix) for suffix in SUFFIXES)
_SKIPPED = frozenset(os.fsencode(name) for name in SKIPPED_FOLDERS)


class FileStamp(NamedTuple):
    """A file, and what tells whether it changed.

    Attributes:
        path: the file, relative to the root, as the file system writes it.
        size: in bytes.
        mtime_ns: time of the last change, in ns since 1970.
        inode: the file's number on its device.
    """

    path: bytes
    size: int
    mtime_ns: int
    inode: int


class Unreachable(NamedTuple):
    """A folder or file that could not be looked at."""

    path: bytes
    reason: str


def scan(root: Path) -> Iterator[FileStamp | Unreachable]:
    """Walk a folder and yield what may be a story, sorted by name within each folder.

    Hidden folders and files, `node_modules`, folders already seen by another way (symlink loops) and everything that
    is not a regular file are passed over. What vanishes meanwhile is not there. A root that is a file yields that
    file, whatever its ending.
    """
    base = os.fsencode(root)
    if not os.path.isdir(base):
        with suppress(FileNotFoundError):
            status = os.stat(base)
            if S_ISREG(status.st_mode):
                yield FileStamp(os.path.basename(base), status.st_size, status.st_mtime_ns, status.st_ino)
        return
    seen: set[tuple[int, int]] = set()
    folders = [b""]
    while folders:
        folder = folders.pop()
        try:
            entries = _listed(os.path.join(base, folder), seen)
        except FileNotFoundError:
            continue
        except OSError as error:
            yield Unreachable(folder or b".", error.strerror or str(error))
            continue
        prefix = os.path.join(folder, b"") if folder else b""
        inner: list[bytes] = []
        yield from _stamps(entries, prefix, inner)
        folders.extend(reversed(inner))


def _stamps(entries: list[os.DirEntry[bytes]], prefix: bytes, inner: list[bytes]) -> Iterator[FileStamp | Unreachable]:
    """The stamps of what may be stories; folders go to `inner`. One system call for each file, and little else."""
    for entry in entries:
        name = entry.name
        if name[name.rfind(b".") :].lower() not in _ENDINGS:
            if _is_folder(entry):
                inner.append(prefix + name)
            continue
        try:
            status = entry.stat()
        except OSError as error:
            if not isinstance(error, FileNotFoundError) and not entry.is_symlink():
                yield Unreachable(prefix + name, error.strerror or str(error))
            continue
        if S_ISREG(status.st_mode):
            yield FileStamp(prefix + name, status.st_size, status.st_mtime_ns, status.st_ino)
        elif S_ISDIR(status.st_mode):
            inner.append(prefix + name)


def _listed(folder: bytes, seen: set[tuple[int, int]]) -> list[os.DirEntry[bytes]]:
    """What a folder holds, by name, without what is hidden or skipped; nothing where it was seen before."""
    status = os.stat(folder)
    if (status.st_dev, status.st_ino) in seen:
        return []
    seen.add((status.st_dev, status.st_ino))
    with os.scandir(folder) as listing:
        entries = [entry for entry in listing if not entry.name.startswith(b".") and entry.name not in _SKIPPED]
    return sorted(entries, key=attrgetter("name"))


def _is_folder(entry: os.DirEntry[bytes]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False  # a link into nowhere, or around in a circle
