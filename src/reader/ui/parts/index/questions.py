"""How the parts ask the index and the marks. Where the index is damaged, it is mended: no caller need care."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from reader.base.errors import (
    IndexBusyError,
    IndexReplacedError,
    IndexUnwritableError,
    LibraryIndexError,
    MarksError,
    ReaderError,
)
from reader.library.index.index import Index
from reader.library.index.rows import StoryRow, StoryText
from reader.library.index.storage.damage import as_index_errors
from reader.library.library import Library
from reader.ui.parts.host import Host
from reader.ui.parts.index.thread import IndexThread

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from reader.coverage.model import Coverage
    from reader.library.index.events.event_rows import EventFacts
    from reader.library.index.rows import Problem
    from reader.library.marks.marks import Marks
    from reader.stories.model import Story

T = TypeVar("T")


class Questions:
    """Puts questions to the library's index, and to the marks with it.

    Args:
        host: the screen.
        library: the library.
        thread: the way to the index and the marks.
        mend: called where the index turns out to be damaged; the question then has no answer.
        shows_found: whether a coverage at first shows the stories that are alike.

    Attributes:
        shows_found: whether it shows them now.
    """

    def __init__(
        self,
        host: Host,
        library: Library,
        thread: IndexThread,
        mend: Callable[[LibraryIndexError], None],
        *,
        shows_found: bool = True,
    ) -> None:
        self.host = host
        self.library = library
        self.thread = thread
        self.mend = mend
        self.shows_found = shows_found
        self._aside: IndexThread | None = None

    async def coverage(self, story: int) -> Coverage | None:
        """The coverage of a story as far as it is shown; None for a story that is gone."""
        return self.as_shown(await self.ask(lambda index: index.coverage(story)))

    def as_shown(self, coverage: Coverage | None) -> Coverage | None:
        """A coverage as it is shown: without the stories that are alike, where these are switched off."""
        return coverage if coverage is None or self.shows_found else coverage.without_found

    async def ask(self, question: Callable[[Index], T]) -> T | None:
        """Put a question without holding up the keys; None where the index turns out to be damaged."""
        try:
            return await self.thread.ask(question)
        except LibraryIndexError as error:
            self.mend(error)
            return None

    async def ask_marks(self, question: Callable[[Marks, Index], T], nothing: T, *, quietly: bool = False) -> T:
        """As `ask`, for a question to the marks and the index.

        Args:
            question: what is asked.
            nothing: the answer where the marks cannot be read, or the index is damaged.
            quietly: whether to say nothing where the marks cannot be read, because `ShownMarks` says it once.
        """
        try:
            return await self.thread.ask_marks(question)
        except MarksError as error:
            if not quietly:
                self.host.toast(str(error), "error")
        except LibraryIndexError as error:
            self.mend(error)
        return nothing

    async def ask_aside(self, question: Callable[[Index], T]) -> T | None:
        """As `ask`, in a second thread: for long work that no key waits for."""
        try:
            if self._aside is None:
                self._aside = self.thread.anew()
            return await self._aside.ask(question)
        except LibraryIndexError as error:
            self.mend(error)
            return None

    def peek(self, question: Callable[[Index], T], nothing: T) -> T:
        """Ask at once, in this thread, for what takes no time; `nothing` where the index turns out to be damaged."""
        try:
            with as_index_errors():
                return question(self.library.index)
        except LibraryIndexError as error:
            self.host.call_later(self.mend, error)
            return nothing

    def rows(self, stories: Sequence[int]) -> dict[int, StoryRow]:
        """The rows of some stories, as the list shows them."""
        return self.peek(lambda index: index.rows(stories), {})

    def event_facts(self, stories: Sequence[int], now: datetime, zone: tzinfo | None) -> dict[int, EventFacts]:
        """What the list says of the events of some stories."""
        return self.peek(lambda index: index.event_facts(stories, now, zone), {})

    def text(self, story: int | None) -> StoryText | None:
        """What the index knows of a story; None without a story, or where it is gone."""
        return self.peek(lambda index: index.text(story), None) if story is not None else None

    def problems(self) -> Sequence[Problem]:
        """The files that could not be read."""
        return self.peek(lambda index: index.problems(), [])

    async def read(self, story: int) -> Story:
        """Read a story's file, and with it the full text of its article where that is kept beside the file.

        Raises:
            ReaderError: it cannot be read.
        """
        from reader.feeds.texts.store import with_kept_text

        return await self.thread.ask(lambda index: with_kept_text(self.library.read(story, index)))

    def replace(self, error: LibraryIndexError) -> None:
        """Replace an index that cannot be used: it is only a cache. No scribe may be at work.

        Args:
            error: what is wrong with it. One that cannot be written is copied into memory.

        Raises:
            LibraryIndexError: it cannot be replaced.
        """
        self.thread.close()
        try:
            if isinstance(error, IndexReplacedError):
                self.library.reopen()
            elif isinstance(error, IndexUnwritableError):
                self._leave_disk(error)
            else:
                self.library.rebuild()
                self.library.note = self.library.note or "the index was damaged; it is built again"
        finally:
            self.open_thread()

    def open_thread(self) -> None:
        """Start the thread again after `replace` could not open the index for it.

        Raises:
            LibraryIndexError: it still cannot be opened.
        """
        if self.thread.is_closed:
            self.thread = self.thread.anew()

    def _leave_disk(self, error: IndexUnwritableError) -> None:
        try:
            self.library.leave_disk(error)
        except (IndexBusyError, IndexUnwritableError):
            raise
        except LibraryIndexError:
            self.library.rebuild()

    def close_aside(self) -> None:
        """Close the second thread; whoever waits for its answer is cancelled."""
        aside, self._aside = self._aside, None
        if aside is not None:
            aside.close()

    def close(self) -> None:
        """Close the index, at the end of the program. Closing again does nothing."""
        self.thread.close(is_end=True)
        self.thread.scribes.leave()  # where the thread was closed before, as no index could be opened
        self.close_aside()


def reason(error: ReaderError) -> str:
    """Why something could not be done, for a message that names the file already."""
    return getattr(error, "reason", str(error))
