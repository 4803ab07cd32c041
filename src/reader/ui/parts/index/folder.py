"""Keeping the index up to date with the folder while the screen is shown."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from textual import work
from textual.message import Message
from textual.timer import Timer
from textual.worker import Worker

from reader.base.errors import IndexBusyError, IndexReplacedError, IndexUnwritableError, LibraryIndexError, ReaderError
from reader.base.times import duration
from reader.library.folder.watch import watch
from reader.library.index.damage import told_as_ours
from reader.library.index.index import Index
from reader.library.index.rows import StoryText
from reader.library.sync.progress import Pace, Progress, Report
from reader.ui.parts.story import StoryActions

T = TypeVar("T")

TRY_AGAIN = 10.0
"""Seconds after which an index that could not be written is tried again."""

LOOK_AGAIN = 0.25
"""Seconds between two looks at how far a sync is."""

LIST_AGAIN = 2.0
"""Seconds after which what a sync has brought is listed, where it is not twice as much as the last time.

A key that comes while the list is put together is answered later.
"""


class FolderReading(StoryActions):
    """The part of the main screen that reads the folder: at the start, on demand, and whenever it changes.

    Attributes:
        is_syncing: whether the folder is being read.
        progress: how far that is; None where nothing has been read yet.
        seconds_left: how long it still takes; None where that cannot be told yet.
        trouble: why the folder could not be read the last time; empty where it could.
    """

    @dataclass
    class SyncMoved(Message):
        """The sync has come further, or ended."""

        news: Progress | Report | ReaderError

    class FolderChanged(Message):
        """Something in the folder may be another than before."""

    def __init__(self) -> None:
        super().__init__()
        self.is_syncing = False
        self.progress: Progress | None = None
        self.seconds_left: float | None = None
        self._pace = Pace()
        self._sync_again = False
        self._stopped = threading.Event()
        self._doubted = threading.Event()
        self.trouble = ""
        self._seen = -1  # the version of the index that was listed last while the folder is read
        self._listed_at, self._listed_files = 0.0, 0
        self._is_asked = False
        self._next_try: Timer | None = None

    def list_anew(self) -> Worker[None]:
        """List what has come in."""
        raise NotImplementedError

    def look_up(self) -> Worker[None]:
        """Look up the story's file and coverage again."""
        raise NotImplementedError

    def _show_bars(self) -> None:
        """Show what has changed in the header."""
        raise NotImplementedError

    @property
    def activity(self) -> str:
        """What is being read, in words; empty when nothing is."""
        told = self.progress
        if not self.is_syncing or told is None or not told.of_files:
            return ""
        left = self.seconds_left
        time_left = "" if left is None else f" · {duration(left)} left"
        amount = f"{told.bytes / 1e6:,.1f} of {told.of_bytes / 1e6:,.1f} MB"
        return f"reading {told.files:,} of {told.of_files:,} files · {amount}{time_left}"

    def stop_reading(self) -> None:
        """End the watching, and a sync that is going on: the next start goes on from there."""
        self._stopped.set()
        self.library.cancel_sync()

    def action_rescan(self) -> None:
        """Read the folder on demand: what is wrong is told, however often it was told before."""
        self._is_asked = True
        self.read_folder()

    def read_folder(self) -> None:
        """Bring the index up to date with the folder; once more at the end, where that is going on already."""
        self._sync_again = self.is_syncing
        if not self.is_syncing and not self._stopped.is_set():
            self.is_syncing = True
            self.progress, self.seconds_left, self._pace = None, None, Pace()
            self._listed_files = 0
            self.list_anew()
            self._read_folder()

    @work(thread=True, group="sync")
    def _read_folder(self) -> None:
        last = 0.0

        def on_progress(progress: Progress) -> None:
            nonlocal last
            if time.monotonic() - last >= LOOK_AGAIN:
                last = time.monotonic()
                self.post_message(self.SyncMoved(progress))

        try:
            self.post_message(self.SyncMoved(self.library.sync(on_progress)))
        except ReaderError as error:
            self.post_message(self.SyncMoved(error))

    def on_folder_reading_sync_moved(self, message: SyncMoved) -> None:
        """Show how far it is; list what has come in."""
        news = message.news
        if isinstance(news, Progress):
            has_all_heads = self.progress is not None and news.files < self.progress.files  # the second pass begins
            self.progress = news
            self.seconds_left = self._pace.seconds_left(news, time.monotonic())
            self._list_what_came_in(news.files, is_due=has_all_heads)
            return
        self.is_syncing = False
        if isinstance(news, LibraryIndexError):
            self.begin_index_anew(news)
            if not self.is_syncing:
                self.list_anew()
            return
        before, self.trouble = self.trouble, str(news) if isinstance(news, ReaderError) else ""
        if self.trouble and (self.trouble != before or self._is_asked):
            self.toast(self.trouble, "error")
        if self.trouble and self.trouble != before:
            self._doubted.set()
        self._is_asked = False
        self.list_anew()
        if isinstance(news, Report) and news.changed:
            self.look_up()
        if self._sync_again:
            self.read_folder()

    def _list_what_came_in(self, files: int, *, is_due: bool) -> None:
        """List anew where something was written, and much or long after the last time; else tell how far it is.

        Args:
            files: how many were read in this pass.
            is_due: whether to list anew however soon it is.
        """
        now, seen = time.monotonic(), self.peek(lambda index: index.version, -1)
        is_due = is_due or files >= 2 * self._listed_files or now - self._listed_at >= LIST_AGAIN
        if seen == self._seen or not is_due:
            self._show_bars()
            return
        self._seen, self._listed_at, self._listed_files = seen, now, max(files, self._listed_files)
        self.list_anew()

    async def ask(self, question: Callable[[Index], T]) -> T | None:
        """Put a question to the index; None where that turns out to be damaged, and is begun anew."""
        try:
            return await self.index_thread.ask(question)
        except LibraryIndexError as error:
            self.begin_index_anew(error)
            return None

    def peek(self, question: Callable[[Index], T], nothing: T) -> T:
        """Ask the index something that takes no time; `nothing` where that turns out to be damaged."""
        try:
            with told_as_ours():
                return question(self.library.index)
        except LibraryIndexError as error:
            self.call_later(self.begin_index_anew, error)
            return nothing

    def text_of(self, story: int | None) -> StoryText | None:
        """What the index has of a story; None for none."""
        return self.peek(lambda index: index.text(story), None) if story is not None else None

    def begin_index_anew(self, error: LibraryIndexError) -> None:
        """Replace an index that turned out to be damaged, or whose place takes no more; nothing in it is precious."""
        if isinstance(error, IndexBusyError):
            self._try_again_later(error)
            return
        self.index_thread.close()
        try:
            self._replace_index(error)
        except LibraryIndexError as second:
            self._try_again_later(second)
        else:
            if self.library.note:
                self.toast(self.library.note, "warning")
            self.read_folder()
        finally:
            self.index_thread = self.index_thread.anew()

    def _replace_index(self, error: LibraryIndexError) -> None:
        """Copy an index that cannot be written into memory; begin one that is damaged anew."""
        if isinstance(error, IndexReplacedError):
            self.library.reopen()
        elif isinstance(error, IndexUnwritableError):
            try:
                self.library.leave_disk(error)
            except (IndexBusyError, IndexUnwritableError):
                raise
            except LibraryIndexError:
                self.library.rebuild()
        else:
            self.library.rebuild()
            self.library.note = self.library.note or "the index was damaged; it is built again"

    def _try_again_later(self, error: LibraryIndexError) -> None:
        """Leave the index as it is, and read the folder again in a while."""
        if str(error) != self.trouble:
            self.toast(f"{error}; it is tried again", "warning")
        self.trouble = str(error)
        if self._next_try is None:
            self._next_try = self.set_timer(TRY_AGAIN, self._try_again)

    def _try_again(self) -> None:
        self._next_try = None
        self.read_folder()

    @work(thread=True, group="watch")
    def watch_folder(self) -> None:
        """Have the folder read once changes are seen, and at each of them, until `stop_reading`."""
        try:
            for _ in watch(self.library.root, self._stopped, self._doubted):
                self.post_message(self.FolderChanged())
        except ReaderError as error:
            self.app.call_from_thread(self.toast, str(error), "warning")
            self.post_message(self.FolderChanged())

    def on_folder_reading_folder_changed(self) -> None:
        """Read what changed."""
        self.read_folder()
