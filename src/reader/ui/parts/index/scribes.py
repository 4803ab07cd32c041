"""Having very many marks written by a scribe, another process, while this one goes on showing stories.

At most one scribe is at work. All other changes of the marks wait until it is idle, as the file has one writer.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from reader.base.errors import MarksStoppedError, ReaderError
from reader.base.wording import plural

if TYPE_CHECKING:
    from datetime import datetime

    from reader.library.marks.many.ahead import Ahead
    from reader.library.marks.many.assignments import Assignment
    from reader.library.marks.many.scribe import Scribe
    from reader.library.marks.model import Change
    from reader.ui.parts.index.connection import Connection

A_MOMENT = 0.5
"""Seconds to wait at the end for a scribe that may be nearly done."""


class Scribes:
    """Starts scribes, one after the other, and leaves the last one alone when the program ends.

    Args:
        marks: the file of the marks.

    Attributes:
        at_work: the scribe that writes, or whose marks are not shown yet; None where there is none.
        left: lines to print after the screen is gone: what is still being written, and what was not kept.
    """

    def __init__(self, marks: Path) -> None:
        self.at_work: Scribe | None = None
        self.left: list[str] = []
        self._marks = marks
        self._folder: Path | None = None
        self._lock = asyncio.Lock()
        self._idle = asyncio.Event()
        self._idle.set()
        self._count = 0
        self._answer: ScribeAnswer | None = None
        self._is_left = False

    @property
    def activity(self) -> str:
        """What is being written, in words; empty for nothing."""
        scribe = self.at_work
        if scribe is None:
            return ""
        count = len(scribe.assignment.stories)
        return f"writing {plural(count, 'mark')} …" if count else "writing marks …"

    async def idle(self) -> None:
        """Wait until no scribe is at work."""
        await self._idle.wait()

    def place(self) -> Path:
        """The path of a new file, for a scribe to keep what is taken back.

        Raises:
            OSError: its folder cannot be made.
        """
        if self._folder is None or not self._folder.is_dir():  # what cleans up old files may have taken it away
            self._folder = Path(mkdtemp(prefix="story-reader-undone-"))
        self._count += 1
        return self._folder / str(self._count)

    def keep_only(self, files: Collection[Path]) -> None:
        """Remove the files that `place` gave, except some."""
        with suppress(OSError):  # the folder is gone: then so is all that was kept
            for file in self._folder.iterdir() if self._folder is not None else ():
                if file not in files:
                    file.unlink(missing_ok=True)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """While it lasts no other scribe begins. Leave it only when what was written is shown."""
        async with self._lock:
            try:
                yield
            finally:
                if self.at_work is None or self.at_work.has_ended(0):  # else the program ends, and the scribe goes on
                    self.at_work = self._answer = None
                    self._idle.set()

    async def carried_out(self, assignment: Assignment, index: Path, undone: Path) -> Change | None:
        """Have an assignment done, within a `turn`; gives what was changed, None where nothing was.

        Raises:
            MarksError: nothing was changed.
            LibraryIndexError: the index is damaged.
            MarksStoppedError: it was stopped.
        """
        from reader.library.marks.many.scribe import Scribe

        scribe = Scribe(assignment, self._marks, index, undone)
        scribe.begin()
        self.at_work = scribe
        self._idle.clear()
        self._answer = ScribeAnswer(scribe)
        return await self._answer.here()

    # The end of the program. The event loop may have ended.

    def make_way(self, now: Callable[[], datetime], connection: Connection, *, is_waited_for: bool) -> Ahead | None:
        """Wait a moment for the scribe at work; where it takes longer and another change waits for it, stop it.

        Args:
            now: the time, aware.
            connection: to the index that knows the stories.
            is_waited_for: whether another change waits for it; else it is not stopped.

        Returns:
            Where it was stopped, the marks as they will be once its assignment is done, for the changes that
            wait. `leave` has all of it done.
        """
        scribe = self.at_work
        if scribe is None or scribe.has_ended(A_MOMENT) or not is_waited_for:
            return None
        if not scribe.stop():
            return None
        from reader.library.marks.many.ahead import Ahead

        return Ahead(self._marks, now, scribe.assignment, scribe.undone, connection.index)

    def leave(self, ahead: Ahead | None = None) -> None:
        """Leave the scribe to finish alone, and say so in `left`. Calling it again does nothing.

        Args:
            ahead: where it was stopped, the changes that waited for it: it starts again, and makes them as well.
        """
        scribe = self.at_work
        if self._is_left:
            return
        self._is_left = True
        if scribe is not None and ahead is None and self._answer is not None and scribe.has_ended(0):
            trouble = self._answer.trouble()  # nobody was told before the screen was gone
            self.left.extend([f"not kept: {trouble}"] if trouble is not None else [])
        if scribe is not None and ahead is not None:
            scribe.assignment = replace(scribe.assignment, further=tuple(ahead.further))
            try:
                scribe.begin(is_left=True)
            except ReaderError as error:
                self.left.append(f"not kept: {error}")
                self._write_here(ahead)
        if scribe is not None and scribe.has_ended(0):
            scribe = None  # it needs no file any more
        if scribe is not None:
            count = len(scribe.assignment.stories)
            what = f"the marks of {count:,} stories are" if count else "many marks are"
            self.left.append(f"{what} still being written; process {scribe.pid} ends with that")
        self.keep_only({scribe.undone} if scribe is not None else ())
        with suppress(OSError):
            if self._folder is not None:
                self._folder.rmdir()

    def _write_here(self, ahead: Ahead) -> None:
        try:
            ahead.write_here()
        except ReaderError as error:
            self.left.append(f"not kept: {error}")


class ScribeAnswer:
    """The answer of a scribe, awaited in a daemon thread, so that it does not hold up the end of the program.

    Args:
        scribe: the scribe, which has begun.
    """

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._loop = asyncio.get_running_loop()
        self._future: asyncio.Future[Change | None] = self._loop.create_future()
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._wait, name="scribe", daemon=True)
        self._thread.start()

    async def here(self) -> Change | None:
        """Wait for the answer; as `Scribe.answer`."""
        return await self._future

    def trouble(self) -> ReaderError | None:
        """Why a scribe that has ended did not do its assignment; None where it did, or was stopped.

        It may be called when the event loop has ended.
        """
        self._thread.join(A_MOMENT)
        error = self._error
        return error if isinstance(error, ReaderError) and not isinstance(error, MarksStoppedError) else None

    def _wait(self) -> None:
        change = None
        try:
            change = self._scribe.answer()
        except Exception as raised:  # raised where it is waited for
            self._error = raised
        with suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(self._settle, change)

    def _settle(self, change: Change | None) -> None:
        if self._future.done():
            return
        if self._error is not None:
            self._future.set_exception(self._error)
        else:
            self._future.set_result(change)
