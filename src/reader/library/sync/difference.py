"""What the folder has that the index has not, and the other way round. Stamps of files tell; no file is opened.

Where there are a million files, what is known of them is kept where it lies: in the folders as they were found, in the
index. Which files are to be read is kept as their places in those folders.
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
"""Files that the index is asked for at once."""

_FEW = 20_000
"""Paths that are looked for in one go: asking the index for each file takes longer, and less memory."""

_Stamp: TypeAlias = tuple[int, int, int]


class Chosen:
    """Files that were chosen from folders.

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
        """These and others."""
        both = Chosen()
        for folder, places in chain(self._chosen, others._chosen):
            both.add(folder, places)
        return both

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[FileStamp]:
        return (folder.stamp(place) for folder, places in self._chosen for place in places)

    def last_first(self) -> Iterator[FileStamp]:
        """The files by name, the last one first, whatever folders they are in."""
        return (
            folder.stamp(place) for _, folder, place in merge(*map(_last_first, self._chosen), key=_name, reverse=True)
        )

    def by_folder(self) -> Iterator[tuple[Folder, Sequence[int]]]:
        """The folders, each with the places of its files."""
        return iter(self._chosen)


class _Named(NamedTuple):
    """A file by its name."""

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
    """A file's name of before and of now."""

    old: bytes
    new: bytes


@dataclass(slots=True)
class Difference:
    """How folder and index differ.

    Attributes:
        files: how many there are in the folder.
        is_remembered: whether all is as it was when all had been read; then nothing follows.
        unread: files that are new or another than they were read as.
        shallow: files of which the head alone was read.
        renamed: files that have another name now.
        gone: files that are not there any more.
        unreachable: what could not be looked at.
    """

    files: int
    is_remembered: bool
    unread: Chosen = field(default_factory=Chosen)
    shallow: Chosen = field(default_factory=Chosen)
    renamed: list[Renamed] = field(default_factory=list)
    gone: list[bytes] = field(default_factory=list)
    unreachable: list[Unreachable] = field(default_factory=list)


def compare(connection: sqlite3.Connection, root: Path, found: Sequence[Folder]) -> Difference:
    """Compare the folders that were found with what the index knows; looks at no file."""
    remembered = memory.digests(connection)
    same = {folder.path for folder in found if remembered.get(folder.path) == folder.digest()}
    unreachable = [place for folder in found for place in folder.unreachable]
    difference = Difference(sum(map(len, found)), bool(same) and len(same) == len(remembered) == len(found))
    difference.is_remembered &= not unreachable
    if difference.is_remembered:
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
    """The files of which the head alone has been read by now."""
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
    """The files that the index knows.

    Attributes:
        met: how many of them were asked for.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._last = connection.execute("SELECT max(id) FROM files").fetchone()[0] or 0
        self._is_met = bytearray(self._last // 8 + 1)
        self.met = 0

    def depths(self, folder: Folder) -> Iterator[int | None]:
        """How deep each file of a folder has been read; None where it has not, as it is now."""
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
        """Path and stamp of each that was not asked for, but for those of some folders."""
        if self.met == self._connection.execute("SELECT count(*) FROM files").fetchone()[0]:
            return
        for file, path, *stamp in self._connection.execute("SELECT id, path, size, mtime_ns, inode FROM seen_files"):
            is_met = file <= self._last and self._is_met[file >> 3] & 1 << (file & 7)
            if not is_met and path[: path.rfind(b"/") + 1].rstrip(b"/") not in same:
                yield path, tuple(stamp)


def is_hidden(path: bytes, unreachable: Sequence[Unreachable]) -> bool:
    """Whether a file was not found because its folder, or itself, could not be looked at."""
    return any(lies_in(path, place.path) for place in unreachable)


def _renamed(unread: Chosen, gone: dict[bytes, _Stamp]) -> list[Renamed]:
    """Old and new names of the files that are gone and came back under another: same inode, size and time of change."""
    by_stamp = {stamp: path for path, stamp in gone.items()}
    renamed = []
    for stamp in unread if gone else ():
        old = by_stamp.pop((stamp.size, stamp.mtime_ns, stamp.inode), None)
        if old is not None:
            del gone[old]
            renamed.append(Renamed(old, stamp.path))
    return renamed
