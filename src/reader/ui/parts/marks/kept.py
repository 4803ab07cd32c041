"""The way of a mark to the disk, and from there to the screen.

A mark is shown after it is on the disk, not before: what the screen says was kept.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual import work
from textual.timer import Timer

from reader.base.errors import LibraryIndexError, MarksError, MarksUnwrittenError
from reader.base.wording import plural
from reader.library.index.index import Index
from reader.ui.parts.events import EventActions

if TYPE_CHECKING:
    from reader.library.marks.marks import Change, Marks
    from reader.library.marks.snapshot import Snapshot
    from reader.ui.parts.marks.pending import Wish

KEEP_AGAIN = 20.0
"""Seconds after which marks that could not be kept are tried again."""


class Keeping(EventActions):
    """The part of the main screen that has marks kept, and shows them then."""

    _last_trouble = ""
    _keeping: Timer | None = None

    async def _change(self, act: Callable[[Marks, Index], Change], *, by_itself: bool = False) -> Change | None:
        """Change the marks and show them; None where they could not be changed, which is told.

        Args:
            act: changes them.
            by_itself: whether nobody pressed a key for it; the same trouble is told once then.
        """
        return await self._changed(self.index_thread.change(act), by_itself=by_itself)

    async def _grant(self, wish: Callable[[Marks, Index], Wish], *, by_itself: bool = False) -> Change | None:
        """As `_change`, for what is pending where it cannot be written: it is tried again by and by."""
        return await self._changed(self.index_thread.grant(wish), by_itself=by_itself)

    async def _changed(self, doing: Awaitable[tuple[Change, Snapshot]], *, by_itself: bool) -> Change | None:
        try:
            change, marks = await doing
        except MarksUnwrittenError as error:
            self._tell_pending(error, by_itself=by_itself)
            return None
        except MarksError as error:
            if not by_itself or str(error) != self._last_trouble:
                self.toast(f"Not marked: nothing was kept. {error}", "error")
            self._last_trouble = str(error)
            return None
        except LibraryIndexError as error:
            self.begin_index_anew(error)
            return None
        self._last_trouble = ""
        self._tell_marks_trouble(self.index_thread.marks_note)
        self.show_marks(marks)
        if not self.index_thread.pending and self._keeping is not None:  # all that was pending went with it
            self._keeping.stop()
            self._keeping = None
            self._show_bars()
        return change

    def _tell_pending(self, error: MarksUnwrittenError, *, by_itself: bool) -> None:
        """Say that a mark is not on the disk; where it is pending, see that it is tried again."""
        if not by_itself or str(error) != self._last_trouble:
            words = "Not kept yet, and tried again" if self.index_thread.pending else "Not marked: nothing was kept"
            self.toast(f"{words}: {error}", "error")
        self._last_trouble = str(error)
        if self.index_thread.pending and self._keeping is None and self.is_standing:
            self._keeping = self.set_timer(KEEP_AGAIN, self._keep_pending)
        if self.is_standing:
            self._show_bars()

    @work(group="marks")
    async def _keep_pending(self) -> None:
        """Try again to keep what is pending."""
        self._keeping = None
        before = self.index_thread.pending
        try:
            marks = await self.index_thread.write_pending()
        except MarksUnwrittenError as error:
            self._tell_pending(error, by_itself=True)
            return
        except MarksError as error:
            self.toast(str(error), "error")
            return
        except LibraryIndexError as error:
            self.begin_index_anew(error)
            return
        self._last_trouble = ""
        if before and self.is_standing:
            self.toast(f"{plural(before, 'mark')} {'is' if before == 1 else 'are'} kept now.")
            self.show_marks(marks)
            self._show_bars()
