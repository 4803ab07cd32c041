"""The marks that a listing is asked with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.library.marks.snapshot import Snapshot, hidden_sets, on_index, with_former
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
        self._staying: Sequence[int] | None = None
        """The stories that stay, where the same is listed next with the marks as they are then."""

    @property
    def decide(self) -> bool:
        """Whether marks decide what is listed."""
        return self._last is not None

    def forget(self) -> None:
        """What is listed next is asked with the marks as they are then."""
        self._last = self._staying = None

    def forget_but(self, stories: Sequence[int]) -> None:
        """What is listed next is asked with the marks as they are then, but for some stories: those stay listed."""
        self._staying = stories

    async def of(self, listing: Listing) -> MarkSets | None:
        """The marks that a listing is asked with: those of the first time it is, as long as it stays.

        A story that is read while the unread ones are listed stays where it is until they are listed again.
        """
        if not listing.asks_for_marks:
            self.forget()
            return await self._hidden()
        if self._last is None or self._last[0] != listing:
            marks = await self._now(listing)
        elif self._staying is not None:
            former, staying, now = self._last[1], self._staying, await self._now(listing)
            marks = await self._questions.ask(lambda index: with_former(now, former, staying, index)) or now
        else:
            known = self._last[1]
            marks = await self._questions.ask(lambda index: on_index(known, index)) or known
        self._last, self._staying = (listing, marks), None
        return marks.sets

    async def _now(self, listing: Listing) -> Snapshot:
        """The marks as they are now, as far as a listing asks for them."""
        await self._shown.look()
        marks = self._shown.known
        return await self._shown.with_growth(marks) if listing.asks_for_growth else marks

    async def _hidden(self) -> MarkSets | None:
        """The stories that are tagged as hidden; None where the marks cannot be read: `ShownMarks` tells of that.

        Where nothing is hidden as far as is shown, nobody is asked.
        """
        known = self._shown.known
        if not self._questions.thread.has_marks or (known.is_taken and not known.hidden):
            return None
        return await self._questions.ask_marks(hidden_sets, None, quietly=True)
