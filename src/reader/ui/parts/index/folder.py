"""Keeps the index up to date with the folder while the screen is shown."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from typing import Protocol

from reader.base.errors import IndexBusyError, LibraryIndexError, ReaderError
from reader.base.times import duration
from reader.library.folder.watch import MOST_HERE, watch
from reader.library.sync.progress import Pace, Progress, Report
from reader.ui.keys.bindings import key_of
from reader.ui.parts.host import Host, Timer, task
from reader.ui.parts.index.folder_state import FolderState
from reader.ui.parts.index.questions import Questions

TRY_AGAIN = 10.0
"""Seconds until an index that could not be written is tried again."""

LOOK_SELDOM = 300.0
"""Seconds between two looks at a folder that cannot be watched for changes."""

LOOK_AGAIN = 0.25
"""Seconds between two reports of how far a sync has come."""

LIST_AGAIN = 2.0
"""Seconds after which the list is renewed during a sync, unless twice as many files as the last time come sooner.

It is not done more often, as a key that comes meanwhile is answered later.
"""


class FolderList(Protocol):
    """What `Folder` needs of the list."""

    def list_anew(self) -> object:
        """List what has come in."""


class FolderStory(Protocol):
    """What `Folder` needs of the story that is shown."""

    def renew(self) -> object:
        """Show it again, as its file may have changed."""


class Folder:
    """Reads the folder: at the start, on demand, and whenever it changes.

    Args:
        host: the screen.
        questions: the way to the index, which is kept up to date.
        state: how the reading is going; this part keeps it up to date.
        stories: the list, which shows what comes in.
        story: the story that is shown, which is shown again when files have changed.
        keymap: keys that differ from the program's own, by the ids of bindings.
    """

    def __init__(
        self,
        host: Host,
        questions: Questions,
        state: FolderState,
        stories: FolderList,
        story: FolderStory,
        *,
        keymap: Mapping[str, str],
    ) -> None:
        self.host = host
        self.state = state
        self._questions = questions
        self._stories = stories
        self._story = story
        self._keymap = keymap
        self._pace = Pace()
        self._sync_again = False
        self._stopped = threading.Event()
        self._doubted = threading.Event()
        self._listed_version = -1
        """The version of the index that was listed last while the folder is read."""
        self._listed_at, self._listed_files = 0.0, 0
        self._is_asked = False
        self._is_mending = False
        self._next_try: Timer | None = None

    def stop(self) -> None:
        """Stop watching, and stop a sync that is under way; the next start goes on from there."""
        self._stopped.set()
        self._questions.library.cancel_sync()

    def rescan(self) -> None:
        """Read the folder because a person asked: a message says what goes wrong, even if one said it before."""
        self._is_asked = True
        self.read()

    def read(self) -> None:
        """Bring the index up to date with the folder. If a sync is under way, another one follows it."""
        state = self.state
        self._sync_again = state.is_syncing
        if not state.is_syncing and not self._stopped.is_set():
            state.is_syncing = True
            state.progress, state.seconds_left, self._pace = None, None, Pace()
            self._listed_files = 0
            self._stories.list_anew()
            self._sync()

    @task("sync", thread=True)
    def _sync(self) -> None:
        last = 0.0

        def on_progress(progress: Progress) -> None:
            nonlocal last
            if time.monotonic() - last >= LOOK_AGAIN:
                last = time.monotonic()
                self.host.call_later(self.follow, progress)

        try:
            self.host.call_later(self.follow, self._questions.library.sync(on_progress))
        except ReaderError as error:
            self.host.call_later(self.follow, error)

    def follow(self, news: Progress | Report | ReaderError) -> None:
        """Show how far a sync has come, or how it ended, and list what it brought."""
        state = self.state
        if isinstance(news, Progress):
            has_all_heads = state.progress is not None and news.files < state.progress.files  # the second pass begins
            state.progress = news
            state.seconds_left = self._pace.seconds_left(news, time.monotonic())
            self._list_what_came_in(news.files, is_due=has_all_heads)
            return
        state.is_syncing = False
        if isinstance(news, LibraryIndexError):
            self.mend(news)
            if not state.is_syncing:
                self._stories.list_anew()
            return
        self._tell(str(news) if isinstance(news, ReaderError) else "")
        self._stories.list_anew()
        if isinstance(news, Report) and news.changed:
            self._story.renew()
        if self._sync_again:
            self.read()

    def _tell(self, trouble: str) -> None:
        """Say why the folder could not be read, if the reason is new or the person asked; empty where it could."""
        before, self.state.trouble = self.state.trouble, trouble
        if trouble and (trouble != before or self._is_asked):
            self.host.toast(trouble, "error")
        if trouble and trouble != before:
            self._doubted.set()
        self._is_asked = False

    def _list_what_came_in(self, files: int, *, is_due: bool) -> None:
        """Renew the list if the index has changed and the last time is long or many files ago; else only the bars.

        Args:
            files: how many files were read in this pass.
            is_due: whether to renew it however short ago the last time is.
        """
        now, version = time.monotonic(), self._questions.peek(lambda index: index.version, -1)
        is_due = is_due or files >= 2 * self._listed_files or now - self._listed_at >= LIST_AGAIN
        if version == self._listed_version or not is_due:
            self.host.show_bars()
            return
        self._listed_version, self._listed_at, self._listed_files = version, now, max(files, self._listed_files)
        self._stories.list_anew()

    # An index that cannot be used.

    def mend(self, error: LibraryIndexError) -> None:
        """Replace an index that is damaged or cannot be written, and read the folder into the new one."""
        self._questions.close_aside()
        if isinstance(error, IndexBusyError):
            self._try_again_later(error)
            return
        if self._questions.thread.scribes.at_work is not None:
            self._mend_later(error)
            return
        try:
            self._questions.replace(error)
        except LibraryIndexError as second:
            self._try_again_later(second)
        else:
            if self._questions.library.note:
                self.host.toast(self._questions.library.note, "warning")
            self.read()

    @task("mend")
    async def _mend_later(self, error: LibraryIndexError) -> None:
        """Mend the index once the scribe at work has ended, as the scribe needs the index as it is."""
        if not self._is_mending:
            self._is_mending = True
            await self._questions.thread.scribes.idle()
            self._is_mending = False
            self.mend(error)

    def _try_again_later(self, error: LibraryIndexError) -> None:
        """Leave the index as it is, and read the folder again in a while."""
        if str(error) != self.state.trouble:
            self.host.toast(f"{error}; it is tried again", "warning")
        self.state.trouble = str(error)
        if self._next_try is None:
            self._next_try = self.host.set_timer(TRY_AGAIN, self._try_again)

    def _try_again(self) -> None:
        self._next_try = None
        try:
            self._questions.open_thread()
        except LibraryIndexError as error:
            self.mend(error)
        else:
            self.read()

    # Changes.

    def watch(self) -> None:
        """Watch the folder until `stop`: read it once the watching has begun, and after each change."""
        self._watch(self._questions.peek(lambda index: index.greatest_id(), 0) > MOST_HERE)

    @task("watch", thread=True)
    def _watch(self, is_large: bool) -> None:
        try:
            for _ in watch(self._questions.library.root, self._stopped, self._doubted, apart=is_large):
                self.host.call_later(self.read)
        except ReaderError as error:
            key = key_of("library.rescan", self._keymap)
            words = f"{error}: it is looked at every {duration(LOOK_SELDOM)}; {key} does it at once"
            self.host.call_later(self.host.toast, words, "warning")
            self.host.call_later(self.read)
            while not self._stopped.wait(LOOK_SELDOM):
                self.host.call_later(self.read)
