"""Finding the files of a folder that may be stories."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reader.stories.files import SUFFIXES

SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__"})
"""Folders that are never entered, beside the hidden ones."""


@dataclass(frozen=True, slots=True)
class FileStamp:
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


@dataclass(frozen=True, slots=True)
class Unreachable:
    """A folder or file that could not be looked at."""

    path: bytes
    reason: str


def scan(root: Path) -> Iterator[FileStamp | Unreachable]:
    """Walk a folder and yield what may be a story, sorted by name within each folder.

    Hidden folders and files, `node_modules`, folders already seen by another way (symlink loops) and everything that
    is not a regular file are passed over. What vanishes meanwhile is not there. A root that is a file yields that
    file, whatever its ending.
    """
    root_bytes = os.fsencode(root)
    if not os.path.isdir(root_bytes):
        yield from _stamp(root_bytes, os.path.basename(root_bytes))
        return
    seen: set[tuple[int, int]] = set()
    folders = [b""]
    while folders:
        folder = folders.pop()
        try:
            entries = _listed(os.path.join(root_bytes, folder), seen)
        except FileNotFoundError:
            continue
        except OSError as error:
            yield Unreachable(folder or b".", error.strerror or str(error))
            continue
        inner = []
        for entry in entries:
            name = os.path.join(folder, entry.name)
            if _is_folder(entry):
                inner.append(name)
            elif os.path.splitext(entry.name)[1].lower() in _SUFFIXES:
                yield from _stamp(entry.path, name)
        folders.extend(reversed(inner))


def _listed(folder: bytes, seen: set[tuple[int, int]]) -> list[os.DirEntry[bytes]]:
    """What a folder holds, by name, without what is hidden or skipped; nothing where it was seen before."""
    status = os.stat(folder)
    if (status.st_dev, status.st_ino) in seen:
        return []
    seen.add((status.st_dev, status.st_ino))
    with os.scandir(folder) as listing:
        entries = [entry for entry in listing if not entry.name.startswith(b".") and entry.name not in _SKIPPED_FOLDERS]
    return sorted(entries, key=lambda entry: entry.name)


_SKIPPED_FOLDERS = frozenset(os.fsencode(name) for name in SKIPPED_FOLDERS)
_SUFFIXES = frozenset(os.fsencode(suffix) for suffix in SUFFIXES)


def _is_folder(entry: os.DirEntry[bytes]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False  # a link into nowhere, or around in a circle


def _stamp(path: bytes, name: bytes) -> Iterator[FileStamp | Unreachable]:
    try:
        status = os.stat(path)
    except OSError as error:
        if not isinstance(error, FileNotFoundError) and not os.path.islink(path):
            yield Unreachable(name, error.strerror or str(error))
        return
    if stat.S_ISREG(status.st_mode):
        yield FileStamp(name, status.st_size, status.st_mtime_ns, status.st_ino)
