"""The marks by which a listing is answered. They stay the same, so that a story that is read does not vanish."""

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
    """Remembers the marks by which a listing was answered, for when the same listing is asked for again.

    Args:
        questions: the way to the index.
        shown: the marks as they are shown.
    """

    def __init__(self, questions: Questions, shown: ShownMarks) -> None:
        self._questions = questions
        self._shown = shown
        self._last: tuple[Listing, Snapshot] | None = None
        self._staying: Sequence[int] | None = None
        """Stories that stay listed, whatever their marks, when the same listing is asked for next; None for none."""

    @property
    def decide(self) -> bool:
        """Whether marks decide what is listed."""
        return self._last is not None

    def forget(self) -> None:
        """Have the next listing answered by the marks as they are then."""
        self._last = self._staying = None

    def forget_but(self, stories: Sequence[int]) -> None:
        """Have the next listing answered by the marks as they are then, but keep some stories listed."""
        self._staying = stories

    async def of(self, listing: Listing) -> MarkSets | None:
        """The marks to answer a listing by: those of the first time, as long as the listing is the same.

        So a story that is read in the list of unread ones stays there until another listing is asked for.
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
        """The marks as they are now; with the events that have grown, if the listing asks for them."""
        await self._shown.look()
        marks = self._shown.known
        return await self._shown.with_growth(marks) if listing.asks_for_growth else marks

    async def _hidden(self) -> MarkSets | None:
        """The stories that are hidden by tag; None where there are none, or the marks cannot be read.

        Where the marks that are shown hide nothing, the file is not asked.
        """
        known = self._shown.known
        if not self._questions.thread.has_marks or (known.is_taken and not known.hidden):
            return None
        return await self._questions.ask_marks(hidden_sets, None, quietly=True)
