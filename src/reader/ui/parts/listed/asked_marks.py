"""The marks that a listing is asked with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.library.marks.snapshot import Snapshot, hidden_sets, on_index
from reader.ui.parts.index.questions import Questions
from reader.ui.parts.marks.shown import ShownMarks

if TYPE_CHECKING:
    from reader.library.index.listing import Listing
    from reader.library.query.values import MarkSets


class AskedMarks:
    """Knows with which marks a listing was asked, and is asked again.

    Args:
        questions: the way to the index.
        shown: the marks as they are shown.
    """

    def __init__(self, questions: Questions, shown: ShownMarks) -> None:
        self._questions = questions
        self._shown = shown
        self._last: tuple[Listing, Snapshot] | None = None

    @property
    def decide(self) -> bool:
        """Whether marks decide what is listed."""
        return self._last is not None

    def forget(self) -> None:
        """What is listed next is asked with the marks as they are then."""
        self._last = None

    async def of(self, listing: Listing) -> MarkSets | None:
        """The marks that a listing is asked with: those of the first time it is, as long as it stays.

        A story that is read while the unread ones are listed stays where it is until they are listed again.
        """
        if not listing.asks_for_marks:
            self._last = None
            return await self._hidden()
        if self._last is None or self._last[0] != listing:
            await self._shown.look()
            marks = self._shown.known
            if listing.asks_for_growth:
                marks = await self._shown.with_growth(marks)
        else:
            known = self._last[1]
            marks = await self._questions.ask(lambda index: on_index(known, index)) or known
        self._last = (listing, marks)
        return marks.sets

    async def _hidden(self) -> MarkSets | None:
        """The stories that are tagged as hidden; None where the marks cannot be read: `ShownMarks` tells of that.

        Where nothing is hidden as far as is shown, nobody is asked.
        """
        known = self._shown.known
        if not self._questions.thread.has_marks or (known.is_taken and not known.hidden):
            return None
        return await self._questions.ask_marks(hidden_sets, None, quietly=True)
