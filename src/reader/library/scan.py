"""Finding the files of a folder that may be stories."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from operator import attrgetter
from pathlib import Path
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
        found = _stamp(os.path.basename(base), lambda: os.stat(base), is_link=False)
        if found is not None:
            yield found
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
        inner = []
        for entry in entries:
            name = entry.name
            if _is_folder(entry):
                inner.append(prefix + name)
            elif os.path.splitext(name)[1].lower() in _ENDINGS:
                found = _stamp(prefix + name, entry.stat, is_link=entry.is_symlink())
                if found is not None:
                    yield found
        folders.extend(reversed(inner))


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


def _stamp(name: bytes, look: Callable[[], os.stat_result], *, is_link: bool) -> FileStamp | Unreachable | None:
    """A file's stamp; None for what is gone, is not a regular file, or is a link that leads nowhere."""
    try:
        status = look()
    except FileNotFoundError:
        return None
    except OSError as error:
        return None if is_link else Unreachable(name, error.strerror or str(error))
    if not stat.S_ISREG(status.st_mode):
        return None
    return FileStamp(name, status.st_size, status.st_mtime_ns, status.st_ino)
