"""Writes marks to the disk and only then shows them: what the screen shows as marked is on the disk."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from reader.base.errors import LibraryIndexError, MarksError, MarksStoppedError, MarksUnwrittenError
from reader.base.wording import plural
from reader.library.index.index import Index
from reader.ui.parts.host import Host, Timer, task
from reader.ui.parts.index.questions import Questions
from reader.ui.parts.marks.shown import ShownMarks

if TYPE_CHECKING:
    from reader.library.marks.marks import Change, Marks
    from reader.library.marks.snapshot import Snapshot
    from reader.ui.parts.index.pending import Wish

KEEP_AGAIN = 20.0
"""Seconds until marks that could not be written are tried again."""


class KeptMarks:
    """Has marks written, and shows them once they are on the disk.

    Args:
        host: the screen.
        questions: the way to the marks.
        shown: shows them.
    """

    def __init__(self, host: Host, questions: Questions, shown: ShownMarks) -> None:
        self.host = host
        self._questions = questions
        self._shown = shown
        self._last_trouble = ""
        self._next_try: Timer | None = None

    async def change(self, act: Callable[[Marks, Index], Change], *, by_itself: bool = False) -> Change | None:
        """Change the marks and show them. Where that fails, a message says so, and None is returned.

        Args:
            act: changes them.
            by_itself: whether nobody pressed a key for it: then a message about the same trouble is not repeated.
        """
        return await self._changed(self._questions.thread.change(act), by_itself=by_itself)

    async def grant(self, wish: Callable[[Marks, Index], Wish], *, by_itself: bool = False) -> Change | None:
        """As `change`, but a change that cannot be written now becomes pending, and is tried again later."""
        return await self._changed(self._questions.thread.grant(wish), by_itself=by_itself, is_granted=True)

    async def many(self, doing: Awaitable[tuple[Change, Snapshot]]) -> Change | None:
        """As `change`, for the work of `ManyMarks`; returns None also where it was stopped."""
        try:
            return await self._changed(self._with_trouble_told(doing), by_itself=False)
        finally:
            self.host.show_bars()

    async def _with_trouble_told(self, doing: Awaitable[tuple[Change, Snapshot]]) -> tuple[Change, Snapshot]:
        """Wait for the work. If the index fails, say so: a message has announced that the stories are being marked."""
        try:
            return await doing
        except LibraryIndexError as error:
            self.host.toast(f"Not marked: nothing was kept. {error}", "error")
            raise

    async def _changed(
        self, doing: Awaitable[tuple[Change, Snapshot]], *, by_itself: bool, is_granted: bool = False
    ) -> Change | None:
        try:
            change, marks = await doing
        except MarksStoppedError:
            return None
        except MarksUnwrittenError as error:
            self._tell_pending(error, by_itself=by_itself, is_granted=is_granted)
            return None
        except MarksError as error:
            if not by_itself or str(error) != self._last_trouble:
                self.host.toast(f"Not marked: nothing was kept. {error}", "error")
            self._last_trouble = str(error)
            return None
        except LibraryIndexError as error:
            self._questions.mend(error)
            return None
        self._last_trouble = ""
        self._shown.tell_trouble(self._questions.thread.marks_note)
        self._shown.show(marks)
        if not self._questions.thread.pending and self._next_try is not None:  # the pending marks were written as well
            self._next_try.stop()
            self._next_try = None
            self.host.show_bars()
        return change

    def _tell_pending(self, error: MarksUnwrittenError, *, by_itself: bool, is_granted: bool) -> None:
        """Say that a mark is not on the disk, and have the pending ones tried again.

        Args:
            error: why it could not be written.
            by_itself: whether nobody pressed a key for it.
            is_granted: whether this mark is pending, and not simply lost.
        """
        pending = self._questions.thread.pending
        if not by_itself or str(error) != self._last_trouble:
            words = "Not kept yet, and tried again" if pending and is_granted else "Not marked: nothing was kept"
            self.host.toast(f"{words}: {error}", "error")
        self._last_trouble = str(error)
        if pending and self._next_try is None and self.host.is_standing:
            self._next_try = self.host.set_timer(KEEP_AGAIN, self._try_again)
        self.host.show_bars()

    def _try_again(self) -> None:
        self._keep_pending()

    @task("marks")
    async def _keep_pending(self) -> None:
        """Try again to write the pending marks."""
        self._next_try = None
        before = self._questions.thread.pending
        try:
            marks = await self._questions.thread.write_pending()
        except MarksUnwrittenError as error:
            self._tell_pending(error, by_itself=True, is_granted=True)
            return
        except MarksError as error:
            self.host.toast(str(error), "error")
            return
        except LibraryIndexError as error:
            self._questions.mend(error)
            return
        self._last_trouble = ""
        if before and self.host.is_standing:
            self.host.toast(f"{plural(before, 'mark')} {'is' if before == 1 else 'are'} kept now.")
            self._shown.show(marks)
            self.host.show_bars()
