"""Asks the index and the marks in a thread, so that keys never wait for an answer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from reader.base.errors import LibraryIndexError, MarksError, QuestionCancelledError, ReaderError
from reader.base.memory import give_back
from reader.library.index.storage.damage import as_index_errors
from reader.library.library import Library
from reader.library.marks.snapshot import NOTHING_MARKED, Snapshot, after, take
from reader.ui.parts.index.connection import Connection
from reader.ui.parts.index.scribes import Scribes

if TYPE_CHECKING:
    from reader.library.index.index import Index
    from reader.library.marks.marks import Change, Marks
    from reader.ui.parts.index.pending import Pending, Wish

T = TypeVar("T")

TIDY_AFTER = 0.7
"""Seconds after the last change of the marks until their file is tidied up."""

LONG = 0.05
"""After an answer that took more seconds of work than this, the memory that it needed is given back."""

LONG_LOOK = 0.3
"""If finding the marked stories takes this many seconds or more, it counts as slow: see `_may_wait`."""

MOST_LOOKS = 10
"""While the library changes, a slow look is only repeated after this many times its own length."""

AT_THE_END = 2.0
"""Seconds in all, at the end, to wait for other programs that write the marks."""


class IndexThread:
    """A thread with a connection to the index and to the marks of its own. It answers questions in their order.

    Args:
        library: the library whose index it asks.
        marks: the file of the marks; None where marks cannot be kept.
        now: the clock.
        pending: marks that could not be written yet, taken over from the thread before this one.
        scribes: writes very many marks; likewise taken over.
    """

    def __init__(
        self,
        library: Library,
        marks: Path | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        pending: Pending | None = None,
        scribes: Scribes | None = None,
    ) -> None:
        self._thread = ThreadPoolExecutor(1, "index")
        self._connection = Connection(library)
        self._file = marks
        self._now = now
        self._marks: Marks | None = None
        self._snapshot = NOTHING_MARKED
        self._to_change: list[Callable[[], object]] = []
        self._pending = pending
        self._tidying: asyncio.TimerHandle | None = None
        self._is_closed = False
        self._failed: list[str] = []
        self._looked = self._took = 0.0
        self.scribes = scribes or Scribes(self._file or Path())

    def anew(self) -> IndexThread:
        """Another thread on the same library and marks: beside this one, or in its place once the index was replaced.

        Raises:
            LibraryIndexError: the index cannot be opened.
        """
        another = IndexThread(self._connection.library, self._file, self._now, self._pending, self.scribes)
        another._connection.open()
        another._failed = self._failed
        return another

    @property
    def is_closed(self) -> bool:
        """Whether it has stopped answering."""
        return self._is_closed

    async def ask(self, question: Callable[[Index], T]) -> T:
        """Ask a question; the caller waits, the screen does not. The whole answer is of one state of the library.

        If the caller is cancelled, so is the work on the answer, and the next question need not wait for it.

        Raises:
            LibraryIndexError: the index turns out to be damaged.
        """
        return await self._asked(lambda: question(self._connection.index))

    async def ask_marks(self, question: Callable[[Marks, Index], T]) -> T:
        """As `ask`, for a question to the marks and the index.

        Raises:
            MarksError: the marks cannot be read.
            LibraryIndexError: the index turns out to be damaged.
        """
        return await self._asked(lambda: question(self._opened(), self._connection.index))

    async def _asked(self, question: Callable[[], T], *, is_kept: bool = False) -> T:
        """Have a question answered in the thread.

        Args:
            question: what is asked.
            is_kept: whether the answer serves later questions as well: then it is worked out even if the caller is
                cancelled.
        """

        def asked() -> T:
            with self._connection.index.answering(asked), self._connection.index.one_state():
                return question()

        try:
            return await self._run(asked)
        except asyncio.CancelledError:
            if not is_kept:
                self._connection.cancel(asked)
            raise

    async def change(self, act: Callable[[Marks, Index], Change]) -> tuple[Change, Snapshot]:
        """Change the marks; returns the change and the marks after it.

        Raises:
            MarksError: nothing was changed.
            LibraryIndexError: the index turns out to be damaged.
        """

        def acted() -> tuple[Change, Snapshot]:
            before = self._before(acted)
            change = act(self._opened(), self._connection.index)
            self._follow(change, before)
            return change, self._snapshot

        self._to_change.append(acted)
        try:
            await self.scribes.idle()
            return await self._run(acted)
        finally:
            self.tidy_later()

    async def undo(self) -> tuple[Change | None, Snapshot]:
        """Take back the last change of the marks; returns that change (None if there is none) and the marks after it.

        Raises:
            MarksError: nothing was changed, or the record of the last change was damaged.
            LibraryIndexError: the index turns out to be damaged.
        """
        return await self._step(undone=True)

    async def redo(self) -> tuple[Change | None, Snapshot]:
        """Do again what `undo` took back last; returns that change (None if there is none) and the marks after it.

        Raises:
            MarksError: nothing was changed.
            LibraryIndexError: the index turns out to be damaged.
        """
        return await self._step(undone=False)

    async def _step(self, *, undone: bool) -> tuple[Change | None, Snapshot]:
        """Go a step back among the changes, or forward again."""

        def stepped() -> tuple[Change | None, Snapshot]:
            before = self._before(stepped)
            change = self._opened().undo() if undone else self._opened().redo()
            if change is not None:
                self._follow(change, before, undone=undone)
            return change, self._snapshot

        self._to_change.append(stepped)
        try:
            await self.scribes.idle()
            return await self._run(stepped)
        finally:
            self.tidy_later()

    def _before(self, act: Callable[[], object]) -> Snapshot | None:
        """The marks before a change, which is made right after this; None at the end, when no screen shows them."""
        marks, is_begun = None, True
        try:
            if not self._is_closed:
                is_known = self._snapshot.is_taken and self._snapshot.versions.of_marks == self._opened().version
                marks = self._snapshot if is_known else self._look()
        except (LibraryIndexError, QuestionCancelledError):
            is_begun = not self._is_closed  # else `close` makes the change
            raise
        finally:
            if is_begun:
                self._to_change.remove(act)
        return marks

    def _follow(self, change: Change, before: Snapshot | None, *, undone: bool = False) -> None:
        """Work out the marks after a change."""
        if before is not None and not self._is_closed:
            with self._connection.index.answering(change):
                self._snapshot = after(change, self._opened(), self._connection.index, before, undone=undone)

    def tidy_later(self) -> None:
        """Have the file of the marks tidied up once no change has come for a moment."""
        if self._tidying is not None:
            self._tidying.cancel()
        self._tidying = asyncio.get_running_loop().call_later(TIDY_AFTER, self._tidy)

    def _tidy(self) -> None:
        marks = self._marks
        if marks is not None:
            with suppress(RuntimeError):  # it is closed: SQLite has tidied up
                self._thread.submit(marks.tidy)

    async def grant(self, wish: Callable[[Marks, Index], Wish]) -> tuple[Change, Snapshot]:
        """As `change`, but a change that cannot be written now becomes pending, and is tried again later.

        Args:
            wish: decides what to change, from the marks as they are.

        Raises:
            MarksUnwrittenError: it is pending now.
            MarksError: nothing was changed.
            LibraryIndexError: the index turns out to be damaged.
        """
        from reader.ui.parts.index.pending import Pending

        if self._pending is None:  # an empty one is false
            self._pending = Pending()
        pending = self._pending
        return await self.change(lambda marks, index: pending.grant(wish(marks, index), marks, index))

    @property
    def pending(self) -> int:
        """How many marks could not be written yet."""
        return len(self._pending) if self._pending is not None else 0

    async def write_pending(self) -> Snapshot:
        """Try to write the pending marks; returns the marks after that.

        Raises:
            MarksUnwrittenError: some are pending still.
            LibraryIndexError: the index turns out to be damaged.
        """
        await self.scribes.idle()  # while a scribe writes, this would wait for it, and all questions with it
        await self._run(self._write_pending)
        return await self.snapshot()

    def write_pending_soon(self) -> None:
        """Try the pending marks again, without waiting for the end of it. Any thread may call this."""
        if self.scribes.at_work is not None:
            return
        with suppress(RuntimeError):  # it is closed
            self._thread.submit(self._write_pending)

    def _write_pending(self) -> None:
        if self._pending:
            self._pending.write(self._opened())

    async def drop_pending(self) -> bool:
        """Forget the mark that became pending last; says whether there was any."""
        pending = self._pending
        return pending is not None and await self._run(pending.drop_last)

    @property
    def lost(self) -> list[str]:
        """To print after the end: marks that were not written, and why, or are still being written; one a line."""
        pending = [f"not kept: {self._pending.reason}", *self._pending.lines()] if self._pending else []
        return [*pending, *(f"not kept: {reason}" for reason in self._failed), *self.scribes.left]

    async def snapshot(self) -> Snapshot:
        """The marks as they are now; the same object until something changes.

        Raises:
            MarksError: they cannot be read.
            LibraryIndexError: the index turns out to be damaged.
        """
        return await self._asked(self._look, is_kept=True)

    def _look(self) -> Snapshot:
        if self.has_marks and not self._may_wait():
            began = time.monotonic()
            with self._connection.index.answering(self):
                self._snapshot = take(self._opened(), self._connection.index, self._snapshot)
            self._looked = time.monotonic()
            self._took = self._looked - began
        return self._snapshot

    def _may_wait(self) -> bool:
        """Whether the last look was slow and recent, and only the library has changed since, not the marks.

        Without this, a large library that is mostly read would be looked through all the time while it is synced.
        """
        if self._took < LONG_LOOK or time.monotonic() > self._looked + MOST_LOOKS * self._took:
            return False
        return self._snapshot.versions.of_marks == self._opened().version

    @property
    def has_marks(self) -> bool:
        """Whether anything was ever marked: where there is no file of marks, there is nothing to ask."""
        file = self._file
        try:
            return file is not None and (
                self._marks is not None or file.exists() or file.with_name(f"{file.name}-wal").exists()
            )
        except OSError:  # reading it will say what is wrong
            return True

    @property
    def marks_note(self) -> str:
        """What a person should know of the file of the marks, such as that it was mended; empty where all is well."""
        return self._marks.note if self._marks is not None else ""

    def _opened(self) -> Marks:
        if self._file is None:
            raise MarksError("there is no place to keep marks")
        if self._marks is None:
            from reader.library.marks.marks import Marks

            self._marks = Marks(self._file, self._now)
            if self._is_closed:
                self._marks.hurry(AT_THE_END)
        return self._marks

    async def _run(self, question: Callable[[], T]) -> T:
        if self._is_closed:
            raise asyncio.CancelledError  # like the questions that waited when it was closed: nobody needs the answer
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, self._answer, question)
        except (LibraryIndexError, QuestionCancelledError):
            if self._is_closed:
                raise asyncio.CancelledError from None
            raise

    def _answer(self, question: Callable[[], T]) -> T:
        began = time.thread_time()
        try:
            with as_index_errors():
                return question()
        finally:
            if time.thread_time() - began > LONG:
                with suppress(RuntimeError):  # it is closed
                    self._thread.submit(self._give_back)

    def _give_back(self) -> None:
        """Give back the memory that a long answer needed."""
        self._connection.shrink()
        if self._marks is not None:
            self._marks.shrink()
        give_back()

    def close(self, *, is_end: bool = False) -> None:
        """Close the index and the marks. Questions that wait are dropped; changes of the marks are still made.

        Whoever waits for an answer, or asks later, is cancelled. Closing again does nothing.

        Args:
            is_end: whether the program ends: then a scribe at work is left to finish alone.
        """
        if self._is_closed:
            return
        self._is_closed = True
        if self._tidying is not None:
            self._tidying.cancel()
        if self._marks is not None:
            self._marks.hurry(AT_THE_END)
        self._thread.shutdown(wait=False, cancel_futures=True)  # before `cancel`: else the next question would begin
        self._connection.cancel()
        self._thread.shutdown()
        waits = bool(self._to_change or self._pending)
        ahead = self.scribes.make_way(self._now, self._connection, is_waited_for=waits) if is_end else None
        if ahead is not None:
            self._opened().close()
            ahead.hurry(AT_THE_END)
            self._marks = ahead
        self._make_what_waits()
        if is_end:
            self.scribes.leave(ahead)
        self._connection.close()
        if self._marks is not None:
            self._marks.close()

    def _make_what_waits(self) -> None:
        """At the end, make the changes of the marks that still wait; what fails is in `lost`."""
        for act in list(self._to_change):
            before = self.pending
            try:
                self._answer(act)
            except ReaderError as error:
                if self.pending == before:
                    self._failed.append(str(error))
        with suppress(ReaderError):
            self._answer(self._write_pending)
