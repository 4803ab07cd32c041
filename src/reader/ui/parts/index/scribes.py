"""Having very many marks written by another process, while this one goes on showing stories."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from reader.base.errors import ReaderError
from reader.base.wording import plural

if TYPE_CHECKING:
    from reader.library.marks.many.orders import Order
    from reader.library.marks.many.scribe import Scribe
    from reader.library.marks.model import Change

A_MOMENT = 0.5
"""Seconds at the end in which a scribe may be done yet."""


class Scribes:
    """One scribe after the other.

    Args:
        marks: the file of the marks.

    Attributes:
        at_work: the one that writes, or whose writing is not shown yet; None for none.
        left: what is said of the one that goes on after the end; empty where none does.
    """

    def __init__(self, marks: Path) -> None:
        self.at_work: Scribe | None = None
        self.left = ""
        self._marks = marks
        self._folder: Path | None = None
        self._lock = asyncio.Lock()
        self._idle = asyncio.Event()
        self._idle.set()
        self._count = 0

    @property
    def told(self) -> str:
        """What is being written, in words; empty for nothing."""
        scribe = self.at_work
        if scribe is None:
            return ""
        count = len(scribe.order.stories)
        return f"writing {plural(count, 'mark')} …" if count else "writing marks …"

    async def idle(self) -> None:
        """Wait until no scribe is at work."""
        await self._idle.wait()

    def place(self) -> Path:
        """A new place for what is taken back.

        Raises:
            OSError: there is no room for it.
        """
        if self._folder is None or not self._folder.is_dir():  # what cleans up old files may have taken it away
            self._folder = Path(mkdtemp(prefix="story-reader-undone-"))
        self._count += 1
        return self._folder / str(self._count)

    def keep_only(self, files: Collection[Path]) -> None:
        """Of the places given keep only some."""
        with suppress(OSError):  # the folder is gone: then so is all that was kept
            for file in self._folder.iterdir() if self._folder is not None else ():
                if file not in files:
                    file.unlink(missing_ok=True)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Within it no other scribe is at work; it ends when what was written is shown."""
        async with self._lock:
            try:
                yield
            finally:
                if self.at_work is None or self.at_work.has_ended(0):  # else the program ends before it
                    self.at_work = None
                    self._idle.set()

    async def obeyed(self, order: Order, index: Path, undone: Path) -> Change | None:
        """Have an order done, within a `turn`; gives what was changed, None where there was nothing.

        Raises:
            MarksError: nothing was changed.
            LibraryIndexError: the index is damaged.
            MarksStoppedError: it was stopped.
        """
        from reader.library.marks.many.scribe import Scribe

        scribe = Scribe(order, self._marks, index, undone)
        scribe.begin()
        self.at_work = scribe
        self._idle.clear()
        return await _answer(scribe)

    def wait(self) -> None:
        """Wait until the one at work has ended, whatever else there is to do."""
        if self.at_work is not None:
            self.at_work.has_ended(None)

    # The end. The loop may have ended.

    def make_way(self, *, is_waited_for: bool) -> bool:
        """Have the scribe at work let others write; says whether `leave` has to begin it again.

        Args:
            is_waited_for: whether anything waits to be written behind it; then it is stopped, unless it is done in a
                moment.
        """
        scribe = self.at_work
        if scribe is None or scribe.has_ended(A_MOMENT) or not is_waited_for:
            return False
        scribe.stop()
        return True

    def leave(self, *, anew: bool) -> None:
        """Leave the scribe alone with what is left to do; `anew`: it has to begin again."""
        scribe = self.at_work
        if scribe is not None and anew:
            try:
                scribe.begin(is_left=True)
            except ReaderError as error:
                self.left = f"not kept: {error}"
        if scribe is not None and not self.left and not scribe.has_ended(0):
            count = len(scribe.order.stories)
            what = f"the marks of {count:,} stories are" if count else "many marks are"
            self.left = f"{what} still being written; process {scribe.pid} ends with that"
        self.keep_only({scribe.undone} if scribe is not None else ())
        with suppress(OSError):
            if self._folder is not None:
                self._folder.rmdir()


async def _answer(scribe: Scribe) -> Change | None:
    """What a scribe answers, waited for in a thread that the end of the program does not wait for."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Change | None] = loop.create_future()

    def settle(change: Change | None, error: Exception | None) -> None:
        if future.done():
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(change)

    def wait() -> None:
        change, error = None, None
        try:
            change = scribe.answer()
        except Exception as raised:  # raised where it is waited for
            error = raised
        with suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(settle, change, error)

    threading.Thread(target=wait, name="scribe", daemon=True).start()
    return await future
