"""Compares the folder with the index: which files are new, changed, renamed or gone. It opens no file.

Files are compared by their stamps: path, size, time of change and inode. There may be a million files, so stamps are
not copied: they stay in the `Folder` objects of the scan and in the index, and the files to be read are noted as places
in those folders.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from heapq import merge
from itertools import chain, zip_longest
from pathlib import Path
from typing import NamedTuple, TypeAlias

from reader.library.folder import memory
from reader.library.folder.mounts import known_mounts, lies_in, missing
from reader.library.folder.paths import number_of
from reader.library.folder.scan import FileStamp, Folder, Unreachable
from reader.library.sync.write import HEAD, WHOLE

_AT_ONCE = 1_000
"""Files that are looked up in the index at once."""

_FEW = 20_000
"""Up to so many paths are read from the index into memory: of more, each file is looked up, which takes longer."""

_Stamp: TypeAlias = tuple[int, int, int]
"""Size, time of change and inode of a file."""


class Chosen:
    """Files chosen from the folders of a scan.

    Attributes:
        bytes: the sum of their sizes.
    """

    def __init__(self) -> None:
        self.bytes = 0
        self._length = 0
        self._chosen: list[tuple[Folder, array[int]]] = []

    def add(self, folder: Folder, places: Sequence[int]) -> None:
        """Choose files of a folder, by their places in it."""
        if places:
            self._chosen.append((folder, array("I", places)))
            self._length += len(places)
            self.bytes += sum(map(folder.size, places))

    def with_(self, others: Chosen) -> Chosen:
        """These files and others together."""
        both = Chosen()
        for folder, places in chain(self._chosen, others._chosen):
            both.add(folder, places)
        return both

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[FileStamp]:
        return (folder.stamp(place) for folder, places in self._chosen for place in places)

    def last_first(self) -> Iterator[FileStamp]:
        """The files sorted by name, the last one first, whatever folders they are in."""
        return (
            folder.stamp(place) for _, folder, place in merge(*map(_last_first, self._chosen), key=_name, reverse=True)
        )

    def by_folder(self) -> Iterator[tuple[Folder, Sequence[int]]]:
        """The folders, each with the places of its files."""
        return iter(self._chosen)


class _Named(NamedTuple):
    """A chosen file with its name, by which files are sorted."""

    name: bytes
    folder: Folder
    place: int


def _last_first(chosen: tuple[Folder, Sequence[int]]) -> Iterator[_Named]:
    folder, places = chosen
    ordered = array("I", sorted(places, key=folder.name, reverse=True))
    return (_Named(folder.name(place), folder, place) for place in ordered)


def _name(named: _Named) -> bytes:
    return named.name


class Renamed(NamedTuple):
    """The old and the new path of a file that was renamed or moved."""

    old: bytes
    new: bytes


@dataclass(slots=True)
class Difference:
    """How folder and index differ.

    Attributes:
        files: how many files the folder has.
        is_certain: whether all that follows can be said; not where a folder was taken for what it was (`Folder.be_as`),
            and another process has begun to read its files anew.
        is_remembered: whether nothing has changed since all files were read; then all that follows is empty.
        unread: files that are new, or have another stamp than when they were read.
        shallow: files of which only the head has been read.
        renamed: files that have another path now.
        gone: the paths of files that are not there any more.
        unreachable: folders and files that could not be looked at.
    """

    files: int
    is_remembered: bool
    is_certain: bool = True
    unread: Chosen = field(default_factory=Chosen)
    shallow: Chosen = field(default_factory=Chosen)
    renamed: list[Renamed] = field(default_factory=list)
    gone: list[bytes] = field(default_factory=list)
    unreachable: list[Unreachable] = field(default_factory=list)


def compare(connection: sqlite3.Connection, root: Path, found: Sequence[Folder]) -> Difference:
    """Compare the folders that a scan found with what the index knows.

    Args:
        connection: the index.
        root: the library's folder.
        found: the folders, with the stamps of their files.
    """
    remembered = memory.known_folders(connection)
    same = {
        folder.path
        for folder in found
        if folder.path in remembered and remembered[folder.path].digest == folder.digest()
    }
    unreachable = [place for folder in found for place in folder.unreachable]
    difference = Difference(sum(map(len, found)), bool(same) and len(same) == len(remembered) == len(found))
    difference.is_remembered &= not unreachable
    difference.is_certain = all(folder.path in same for folder in found if folder.looked_ns)
    if difference.is_remembered or not difference.is_certain:
        return difference
    difference.unreachable = [*unreachable, *missing(root, known_mounts(connection), found)]
    known = _Known(connection)
    for folder in found:
        if folder.path in same:
            known.met += len(folder)  # all of it has been read, and is in the index as it is
            continue
        unread: list[int] = []
        shallow: list[int] = []
        for place, depth in enumerate(known.depths(folder)):
            if depth is None:
                unread.append(place)
            elif depth != WHOLE:
                shallow.append(place)
        difference.unread.add(folder, unread)
        difference.shallow.add(folder, shallow)
    hiding = [place for place in difference.unreachable if place.is_passing]
    gone = {path: stamp for path, stamp in known.others(same) if not is_hidden(path, hiding)}
    difference.renamed = _renamed(difference.unread, gone)
    difference.gone = list(gone)
    return difference


def shallow_of(connection: sqlite3.Connection, files: Chosen) -> Chosen:
    """Those of some files of which, by now, only the head has been read."""
    rows = connection.execute("SELECT path FROM seen_files WHERE depth = ? LIMIT ?", (HEAD, _FEW + 1)).fetchall()
    paths, shallow, known = {row[0] for row in rows}, Chosen(), _Known(connection)
    for folder, places in files.by_folder():
        if len(paths) <= _FEW:
            shallow.add(folder, [place for place in places if folder.prefix + folder.name(place) in paths])
        else:
            depths = list(known.depths(folder))
            shallow.add(folder, [place for place in places if depths[place] == HEAD])
    return shallow


class _Known:
    """The files that the index knows, and which of them the folder was found to have.

    Attributes:
        met: how many of them it has.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._last = connection.execute("SELECT max(id) FROM files").fetchone()[0] or 0
        self._is_met = bytearray(self._last // 8 + 1)
        self.met = 0

    def depths(self, folder: Folder) -> Iterator[int | None]:
        """How deep each file of a folder has been read, as it is now: `HEAD` or `WHOLE`; None where it has not."""
        for start in range(0, len(folder), _AT_ONCE):
            stamps = [folder.stamp(place) for place in range(start, min(start + _AT_ONCE, len(folder)))]
            numbers = [number_of(stamp.path) for stamp in stamps] if self._last else []
            known = self._rows(numbers)
            for stamp, row in zip_longest(stamps, map(known.get, numbers)):
                yield row[3] if row is not None and row[:3] == stamp[1:] else None

    def _rows(self, numbers: Sequence[int]) -> dict[int, tuple[int, int, int, int]]:
        """Size, time, inode and depth of files, by the numbers of their paths."""
        marks, rows = ",".join("?" * len(numbers)), {}
        for file, number, *row in self._connection.execute(
            f"SELECT id, number, size, mtime_ns, inode, depth FROM files WHERE number IN ({marks})",  # noqa: S608 — bound
            numbers,
        ):
            rows[number] = tuple(row)
            if file <= self._last:
                self._is_met[file >> 3] |= 1 << (file & 7)
                self.met += 1
        return rows

    def others(self, same: set[bytes]) -> Iterator[tuple[bytes, _Stamp]]:
        """Path and stamp of each file that the folder was not found to have.

        Args:
            same: the paths of folders that are as they were: their files are there.
        """
        if self.met == self._connection.execute("SELECT count(*) FROM files").fetchone()[0]:
            return
        for file, path, *stamp in self._connection.execute("SELECT id, path, size, mtime_ns, inode FROM seen_files"):
            is_met = file <= self._last and self._is_met[file >> 3] & 1 << (file & 7)
            if not is_met and path[: path.rfind(b"/") + 1].rstrip(b"/") not in same:
                yield path, tuple(stamp)


def is_hidden(path: bytes, unreachable: Sequence[Unreachable]) -> bool:
    """Whether a file may be there, but was not found because it, or a folder around it, could not be looked at."""
    return any(lies_in(path, place.path) for place in unreachable)


def _renamed(unread: Chosen, gone: dict[bytes, _Stamp]) -> list[Renamed]:
    """The files that are gone and came back under another path: with the same inode, size and time of change.

    They are taken out of `gone`.
    """
    by_stamp = {stamp: path for path, stamp in gone.items()}
    renamed = []
    for stamp in unread if gone else ():
        old = by_stamp.pop((stamp.size, stamp.mtime_ns, stamp.inode), None)
        if old is not None:
            del gone[old]
        if old not in (None, stamp.path):  # the same path: another process has read it in this moment
            renamed.append(Renamed(old, stamp.path))
    return renamed
