"""A library: a folder of stories with its index. This is the door of the room, for the screen and the command line."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from reader.base.errors import (
    IndexBusyError,
    IndexReplacedError,
    IndexUnwritableError,
    LibraryError,
    LibraryIndexError,
    StoryNotFoundError,
)
from reader.base.text import clean
from reader.library.folder.paths import in_folder, shown_path
from reader.library.index.index import Index
from reader.library.index.storage import schema
from reader.library.index.storage.damage import as_index_errors
from reader.library.index.storage.store import (
    OpenedIndex,
    copy_in_memory,
    index_path,
    is_in_memory,
    open_index,
    replace_index,
)
from reader.library.sync.wire import SyncChild
from reader.stories.limits import DEFAULT_LIMITS, Limits
from reader.stories.urls import canonical_url

if TYPE_CHECKING:
    from reader.library.sync.progress import Progress, Report
    from reader.stories.model import Story


class Library:
    """A folder of stories and its index.

    Args:
        root: the folder, or a single file.
        cache: the folder in which indexes lie.
        is_sample: whether it is the program's own sample.
        in_process: whether `sync` reads the files in this process. By default a child process does, as a thread that
            parses would take time from the thread that draws.
        limits: bounds on what is read of one file.

    Raises:
        LibraryError: the folder is missing or may not be read.
    """

    def __init__(
        self,
        root: Path,
        cache: Path,
        *,
        is_sample: bool = False,
        in_process: bool = False,
        limits: Limits = DEFAULT_LIMITS,
    ) -> None:
        _check(root)
        self.root = root
        self.is_sample = is_sample
        self._take(open_index(index_path(cache, root)))
        self._in_process = in_process
        self._limits = limits
        self._child = SyncChild()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def rebuild(self, *, is_sound: bool = False) -> None:
        """Set the index aside and begin an empty one in its place, for `sync` to fill.

        Where another copy of the program did so already, its index is opened instead.

        Args:
            is_sound: whether nothing is wrong with the old index; only then is no copy of it kept.

        Raises:
            LibraryIndexError: another copy of the program holds the index, and it cannot be replaced.
        """
        self.index.close()
        with as_index_errors():
            self._take(replace_index(self.index_path, self.index_file, is_sound=is_sound))

    def reopen(self) -> None:
        """Open the index that lies where this one lay, or begin one there.

        Raises:
            LibraryIndexError: it cannot be opened.
        """
        self.index.close()
        with as_index_errors():
            self._take(open_index(self.index_path))

    def _take(self, opened: OpenedIndex) -> None:
        self.index_path = opened.path
        self.note = opened.note
        self.index = Index(opened.connection)
        self.index_file = schema.identity(opened.path)

    def leave_disk(self, trouble: IndexUnwritableError) -> None:
        """Go on with a copy of the index in memory, until the program ends.

        Args:
            trouble: why its file cannot be written.

        Raises:
            IndexUnwritableError: it is in memory already, or there is no room for it.
            LibraryIndexError: the index is damaged as well.
        """
        if is_in_memory(self.index_path):
            raise trouble
        with as_index_errors():
            opened = copy_in_memory(self.index.connection, self.index_path)
        self.index.close()
        self._take(opened)
        self.note = f"the index is kept in memory only: {trouble}"

    def close(self) -> None:
        """Close the index."""
        self.index.close()

    def another_index(self) -> Index:
        """Open the same index once more, for another thread: a connection serves one thread.

        Raises:
            IndexReplacedError: its file was taken away, or another lies in its place.
            LibraryIndexError: it cannot be opened.
        """
        with as_index_errors():
            return Index(schema.connect_to(self.index_path, self.index_file))

    def sync(
        self,
        on_progress: Callable[[Progress], None] = lambda _: None,
        *,
        workers: int = 0,
        heal: bool = False,
        glance: bool = False,
    ) -> Report:
        """Bring the index up to date with the folder.

        Args:
            on_progress: called after each piece that was read; pieces are collected and written in larger batches.
            workers: how many processes read files where there are many; a child process decides for itself.
            heal: whether to replace an index that turns out to be damaged, and to go on in memory with one that cannot
                be written. No other connection to the index may be open.
            glance: whether, in a large library, it is enough to look at the files of those folders in which a name came
                or went (where this process syncs; a child process looks at all). A file that was changed in place is
                missed then; ask `are_current` about the stories that matter.

        Raises:
            LibraryError: the folder is not there any more, or the child process failed.
            LibraryIndexError: the index is damaged, held by another program, or cannot be written.
        """
        from reader.library.sync.progress import Report

        try:
            if glance and (files := self._glance()):
                return Report(files=files, read=0, removed=0, bytes=0, seconds=0.0, changed=False)
            return self._sync(on_progress, workers, glance=glance)
        except IndexUnwritableError as error:
            if not heal:
                raise
            self.leave_disk(error)
        except IndexReplacedError:
            if not heal:
                raise
            self.reopen()
        except IndexBusyError:
            raise
        except LibraryIndexError:
            if not heal:
                raise
            self.rebuild()
            self.note = self.note or "the index was damaged; it is built again"
        return self._sync(on_progress, workers)

    def _glance(self) -> int:
        """How many files there are, if all folders look as the index remembers them; else 0."""
        from reader.library.folder import memory

        with as_index_errors():
            connection = self.index.connection
            is_same = memory.fact(connection, memory.FILE_BYTES) == self._limits.file_bytes
            places = memory.places_of(self._limits)
            is_same &= places == {name: memory.fact(connection, name) for name in places}
            is_same &= not self._limits.news_folders  # one of these may be new, in a folder that is not looked at
            return memory.seem_unchanged(connection, self.root) if is_same else 0

    def are_current(self, stories: Iterable[int]) -> bool:
        """Whether the files of some stories are still as they were when they were read."""
        from reader.library.folder.scan import FileStamp, signed

        for known in self.index.stamps(stories):
            try:
                status = in_folder(self.root, known.path).stat()
            except OSError:
                return False
            if known != FileStamp(known.path, status.st_size, status.st_mtime_ns, signed(status.st_ino)):
                return False
        return True

    def _sync(self, on_progress: Callable[[Progress], None], workers: int, *, glance: bool = False) -> Report:
        schema.check_place(self.index_path, self.index_file)
        if self._in_process:
            from reader.library.sync.sync import sync

            with as_index_errors(), closing(schema.connect(self.index_path)) as connection:
                return sync(connection, self.root, on_progress, workers=workers, limits=self._limits, glance=glance)
        return self._child.sync(self.index_path, self.root, self._limits, on_progress)

    def read(self, story: int, index: Index | None = None) -> Story:
        """Read and parse the whole file of a story.

        Args:
            story: its id.
            index: the connection of the calling thread; by default this library's own.

        Raises:
            StoryNotFoundError: there is no such story any more.
            StoryError: the file cannot be read any more.
        """
        from reader.stories.files import read_story

        path = (index or self.index).path(story)
        if path is None:
            raise StoryNotFoundError("this story is gone")
        read = read_story(in_folder(self.root, path), self._limits)
        if read is None:
            raise StoryNotFoundError("this file is no story any more")
        return read

    def find(self, name: str) -> int:
        """The story that a person names: by its URL, or by its file (absolute, or relative to here or to the library).

        Raises:
            StoryNotFoundError: no story has that name.
        """
        key = canonical_url(clean(name))
        found = self.index.story_named(key) if key else self._find_file(name)
        if found is None:
            told = "" if key else self._why_unread(name)
            raise StoryNotFoundError(told or f"no story {clean(name)!r} in {clean(str(self.root))}")
        return found

    def _why_unread(self, name: str) -> str:
        """Why a file that was named could not be read as a story, in words; empty where the index does not know."""
        named = {shown_path(relative) for relative in self._relatives(name)}
        for problem in self.index.problems():
            if problem.unread and problem.path in named:
                place = f"{problem.path}:{problem.line}" if problem.line else problem.path
                return f"this file could not be read: {place}: {problem.reason}"
        return ""

    def _find_file(self, name: str) -> int | None:
        found = map(self.index.story_at, self._relatives(name))
        return next((story for story in found if story is not None), None)

    def _relatives(self, name: str) -> Iterator[bytes]:
        """The paths, relative to the library, that the name of a file may stand for."""
        root = os.path.abspath(self.root)
        if "\0" in name:
            return
        for candidate in (os.path.abspath(name), os.path.join(root, name)):
            for base, path in ((root, candidate), (os.path.realpath(root), os.path.realpath(candidate))):
                yield os.fsencode(os.path.basename(path) if path == base else os.path.relpath(path, base))

    def cancel_sync(self) -> None:
        """End a sync that a child process is at, and begin none any more. The next start goes on from there."""
        self._child.cancel()


def _check(root: Path) -> None:
    try:
        root.stat()
        if root.is_dir():
            with os.scandir(root) as listing:
                next(listing, None)  # `iterdir` would list a million names first
    except FileNotFoundError as error:
        raise LibraryError(f"no such folder: {root}") from error
    except OSError as error:
        raise LibraryError(f"cannot read {root}: {error.strerror}") from error
    if not root.is_dir() and not root.is_file():
        raise LibraryError(f"not a folder and not a file: {root}")
