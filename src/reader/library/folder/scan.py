"""Finds the files of a folder that may be stories, with their stamps, by which changes are seen. It opens none."""

from __future__ import annotations

import os
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from heapq import nlargest
from itertools import chain
from operator import itemgetter
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from types import MappingProxyType
from typing import NamedTuple

SUFFIXES = frozenset({".md", ".markdown", ".txt", ".yaml", ".yml"})
"""The endings, in lower case, of the files that may be stories."""

SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__"})
"""Folders that are never entered, besides hidden ones."""

_ENDINGS = frozenset(os.fsencode(suffix) for suffix in SUFFIXES)
_SKIPPED = frozenset(os.fsencode(name) for name in SKIPPED_FOLDERS)


class FileStamp(NamedTuple):
    """A file, and what shows whether it has changed.

    Attributes:
        path: the file, relative to the root, as the file system writes it.
        size: its size in bytes.
        mtime_ns: the time of its last change, in ns since 1970.
        inode: its number on its disk.
    """

    path: bytes
    size: int
    mtime_ns: int
    inode: int


class Unreachable(NamedTuple):
    """A folder or file that could not be looked at, or must not be.

    Attributes:
        path: relative to the root, as the file system writes it.
        reason: why, for a person.
        is_passing: whether files that were found there before may still be there, and so are not taken for gone.
    """

    path: bytes
    reason: str
    is_passing: bool = True


class KnownFolder(NamedTuple):
    """A folder as it was when all its files had been read.

    Attributes:
        mtime_ns: as `Folder.mtime_ns`.
        looked_ns: a time before its files were looked at, in ns since 1970.
        digest: as `Folder.digest`.
        files: how many files it had.
        is_settled: whether every later change of a name in it shows in its time of change.
    """

    mtime_ns: int
    looked_ns: int
    digest: bytes
    files: int
    is_settled: bool

    def is_as_before(self, mtime_ns: int, ctime_ns: int) -> bool:
        """Whether no name in the folder came or went since, and the folder is still the same one.

        Args:
            mtime_ns: its time of change now.
            ctime_ns: the time of its last change of any kind. It tells a folder that another was renamed to, or copied
                with its times, and one that may be read no more.
        """
        return self.is_settled and mtime_ns == self.mtime_ns and ctime_ns <= self.looked_ns


class Folder:
    """A folder, and the files in it that may be stories, packed: a million of them take less than 100 MB.

    A file's place is its number in the order in which files were added, from 0 on.

    Attributes:
        path: relative to the root, as the file system writes it; empty for the root.
        prefix: what comes before the name in the path of each of its files: its path with a slash, or nothing.
        mtime_ns: its time of change, in ns since 1970: when a name in it last came or went. Taken before it is listed.
            It is 0 where that does not tell which files are in it and below: where it has links, or a folder that was
            met by another way.
        ctime_ns: the time of its last change of any kind, in ns since 1970.
        device: the number of the disk, or of what is mounted as one, that it is on.
        unreachable: what in it could not be looked at.
        looked_ns: when its files were looked at, where that was not done now: see `KnownFolder`. Else 0.
    """

    def __init__(self, path: bytes, mtime_ns: int = 0) -> None:
        self.path = path
        self.prefix = os.path.join(path, b"") if path else b""
        self.mtime_ns = mtime_ns
        self.ctime_ns = 0
        self.device = 0
        self.looked_ns = 0
        self.unreachable: list[Unreachable] = []
        self._length = 0
        self._names = bytearray()
        self._ends = array("I")
        self._numbers = array("q")
        self._digest = b""

    def __len__(self) -> int:
        return self._length

    def add(self, name: bytes, status: os.stat_result) -> None:
        """Add a file; not to be called after `digest`."""
        self._length += 1
        self._names += name
        self._ends.append(len(self._names))
        self._names += b"\0"
        self._numbers.append(status.st_size)
        self._numbers.append(status.st_mtime_ns)
        self._numbers.append(signed(status.st_ino))

    def be_as(self, known: KnownFolder) -> None:
        """Be taken for what the folder was. Only the number and the digest of its files can be asked for then."""
        self._length, self._digest, self.looked_ns = known.files, known.digest, known.looked_ns

    def stamps(self) -> list[FileStamp]:
        """The stamps of the files, sorted by path."""
        return sorted(map(self.stamp, range(len(self))), key=itemgetter(0))

    def stamp(self, place: int) -> FileStamp:
        """The stamp of the file at a place."""
        return FileStamp(self.prefix + self.name(place), *self._numbers[3 * place : 3 * place + 3])

    def name(self, place: int) -> bytes:
        """The name in this folder of the file at a place."""
        start = self._ends[place - 1] + 1 if place else 0
        return bytes(self._names[start : self._ends[place]])

    def size(self, place: int) -> int:
        """The size of the file at a place, in bytes."""
        return self._numbers[3 * place]

    def digest(self) -> bytes:
        """A hash of all names and stamps, 16 bytes. The order in which files were added makes a difference, too."""
        if not self._digest:
            from hashlib import blake2b

            stamps = blake2b(self._numbers, digest_size=16)
            stamps.update(self._names)
            self._digest = stamps.digest()
        return self._digest

    def let_files_go(self) -> None:
        """Free the memory of the files; their number and their digest stay."""
        self.digest()
        self._names, self._ends, self._numbers = bytearray(), array("I"), array("q")


NOTHING_KNOWN: Mapping[bytes, KnownFolder] = MappingProxyType({})
"""No folder is known: all are listed."""

LEAVES = "a link that leaves the library; `follow_links` in the configuration has it followed"
"""The reason shown for a link that is not followed."""


OWN_FOLDERS = (b"feeds", b"saved")
"""The folders in which the program itself writes stories. They are read whichever `news_folders` a library has."""


def scan(
    root: Path,
    *,
    follow_links: bool = False,
    news_folders: Sequence[str] = (),
    known: Mapping[bytes, KnownFolder] = NOTHING_KNOWN,
) -> Iterator[Folder]:
    """Walk a folder, and yield it and the folders in it, each with the files in it that may be stories.

    Passed over are hidden folders and files, `SKIPPED_FOLDERS`, folders that were seen by another way (loops of
    symbolic links), everything that is not a regular file, and what vanishes meanwhile. A root that is a file is
    yielded as a folder with that file, whatever its ending.

    Args:
        root: the folder.
        follow_links: whether to follow symbolic links that lead out of the folder; if not, they are unreachable.
        news_folders: names of folders in it: only these are looked at, and those in which the program itself writes.
            If there are none by these names, or none are given, all are.
        known: all folders as they were, by path, where a glance is to be enough: those in which no name came or went
            since are not listed (see `Folder.be_as`). A file that was changed in place is missed.
    """
    base = os.fsencode(root)
    if not os.path.isdir(base):
        yield from _file_alone(base)
        return
    listing = _Listing(None if follow_links else os.path.join(os.path.realpath(base), b""), known)
    folders, leaving = _beginnings(base, news_folders, listing.fence)
    for path in leaving:
        folder = Folder(path)
        folder.unreachable.append(Unreachable(path, LEAVES, is_passing=False))
        yield folder
    while folders:
        path = folders.pop()
        folder = Folder(path)
        inner: list[bytes] = []
        try:
            if not listing.look_into(folder, os.path.join(base, path), inner):
                continue
        except FileNotFoundError:
            continue
        except OSError as error:
            folder.unreachable.append(Unreachable(path or b".", error.strerror or str(error)))
        yield folder
        folders.extend(sorted(inner, reverse=True))


class _Beginnings(NamedTuple):
    """Where a scan begins: folders relative to the root, the last one first.

    Attributes:
        folders: those that are walked.
        leaving: those that are not, as they are links that leave the library.
    """

    folders: list[bytes]
    leaving: list[bytes]


def _beginnings(base: bytes, news_folders: Sequence[str], fence: bytes | None) -> _Beginnings:
    news = [os.fsencode(name) for name in news_folders if os.path.isdir(os.path.join(base, os.fsencode(name)))]
    if not news:
        return _Beginnings([b""], [])
    own = (name for name in OWN_FOLDERS if os.path.isdir(os.path.join(base, name)))
    found = _Beginnings([], [])
    for path in sorted({*news, *own}, reverse=True):
        is_left = fence is not None and _leaves(os.path.join(base, path), fence)
        (found.leaving if is_left else found.folders).append(path)
    return found


def last_names(
    root: Path, count: int, *, follow_links: bool = False, news_folders: Sequence[str] = ()
) -> list[FileStamp]:
    """The last files by name of the first folder that has any: some stories to show before a long scan is done.

    Names often begin with a date, so that these are likely to be new.

    Args:
        root: the folder.
        count: how many files to find at most.
        follow_links: as in `scan`.
        news_folders: as in `scan`.
    """
    fence = None if follow_links else os.path.join(os.path.realpath(os.fsencode(root)), b"")
    top = os.fsencode(root)
    beginnings = _beginnings(top, news_folders, fence).folders
    for base, folders, names in chain.from_iterable(os.walk(os.path.join(top, name)) for name in reversed(beginnings)):
        folders[:] = sorted(name for name in folders if not name.startswith(b".") and name not in _SKIPPED)
        stories = [name for name in names if name[name.rfind(b".") :].lower() in _ENDINGS and not name.startswith(b".")]
        if stories:
            path = os.path.relpath(base, top)
            folder = Folder(b"" if path == b"." else path)
            for name in nlargest(count, stories):
                with suppress(OSError):
                    path = os.path.join(base, name)
                    status = os.stat(path)
                    is_ours = fence is None or not os.path.islink(path) or not _leaves(path, fence)
                    if is_ours and S_ISREG(status.st_mode):
                        folder.add(name, status)
            return folder.stamps()
    return []


def _file_alone(path: bytes) -> Iterator[Folder]:
    with suppress(FileNotFoundError):
        status = os.stat(path)
        if S_ISREG(status.st_mode):
            folder = Folder(b"")
            folder.add(os.path.basename(path), status)
            yield folder


class _Listing:
    """Lists folders, each once.

    Args:
        fence: the library's real path with a slash: links that leave it are noted as unreachable; None to follow all.
        known: as in `scan`.
    """

    def __init__(self, fence: bytes | None, known: Mapping[bytes, KnownFolder]) -> None:
        self.fence = fence
        self._known = known
        self._known_in: defaultdict[bytes, list[bytes]] = defaultdict(list)
        for path in filter(None, known):
            self._known_in[os.path.dirname(path)].append(path)
        self._seen: set[tuple[int, int]] = set()
        """Device and inode of the folders that have been looked into."""
        self._folders: dict[bytes, Folder] = {}
        """These folders by path."""

    def look_into(self, folder: Folder, place: bytes, inner: list[bytes]) -> bool:
        """List a folder: its files are added to `folder`, the paths of folders in it to `inner`.

        Args:
            folder: the folder, empty as yet.
            place: its whole path.
            inner: gets the paths of the folders in it, relative to the root.

        Returns:
            Whether it is a folder that has not been looked into before; else nothing was done.

        Raises:
            OSError: it cannot be listed.
        """
        status = os.stat(place)
        around = self._folders.get(os.path.dirname(folder.path))
        if (status.st_dev, status.st_ino) in self._seen:
            if around is not None:
                around.mtime_ns = 0  # this way here will be the only one when the other has gone
            return False
        self._seen.add((status.st_dev, status.st_ino))
        self._folders[folder.path] = folder
        folder.mtime_ns, folder.ctime_ns, folder.device = status.st_mtime_ns, status.st_ctime_ns, status.st_dev
        known = self._known.get(folder.path)
        if known is not None and known.is_as_before(folder.mtime_ns, folder.ctime_ns):
            folder.be_as(known)
            inner += self._known_in[folder.path]
        else:
            _list(folder, place, inner, self.fence)
        return True


def _list(folder: Folder, place: bytes, inner: list[bytes], fence: bytes | None) -> None:
    """Add the files of a folder to it, and the folders in it to `inner`.

    It makes one system call for each file, and little else: there may be hundreds of thousands.
    """
    prefix = folder.prefix
    with os.scandir(place) as listing:
        for entry in listing:
            name = entry.name
            if name[name.rfind(b".") :].lower() in _ENDINGS and not name.startswith(b"."):
                try:
                    status = entry.stat()
                except OSError as error:
                    if not isinstance(error, FileNotFoundError) and not entry.is_symlink():
                        folder.unreachable.append(Unreachable(prefix + name, error.strerror or str(error)))
                    continue
                is_file = S_ISREG(status.st_mode)
                if not is_file and not S_ISDIR(status.st_mode):
                    continue
            elif not name.startswith(b".") and name not in _SKIPPED and _is_folder(entry):
                is_file = False
            else:
                continue
            is_link = entry.is_symlink()
            if is_link:
                folder.mtime_ns = 0
            if is_link and fence is not None and _leaves(entry.path, fence):
                folder.unreachable.append(Unreachable(prefix + name, LEAVES, is_passing=False))
            elif is_file:
                folder.add(name, status)
            else:
                inner.append(prefix + name)


def _leaves(path: bytes, fence: bytes) -> bool:
    return not os.path.join(os.path.realpath(path), b"").startswith(fence)


def _is_folder(entry: os.DirEntry[bytes]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False  # a link that leads nowhere, or in a circle


def signed(number: int) -> int:
    """The number of an inode or a disk as SQLite holds it, with a sign: some file systems use all 64 bits."""
    return number if number < 1 << 63 else number - (1 << 64)
