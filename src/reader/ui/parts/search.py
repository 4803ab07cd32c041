"""What the search line is completed with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from reader.base.errors import MarksError
from reader.ui.parts.index.folder import FolderReading
from reader.ui.widgets.query_bar import QueryBar

if TYPE_CHECKING:
    from reader.library.index.live_values import LiveValues
    from reader.library.query.completion import Spot


class Completing(FolderReading):
    """The part of the main screen that asks the index how a query may go on. Nothing is asked before Tab is pressed."""

    _live: LiveValues | None = None

    @work(exclusive=True, group="completion")
    async def on_query_bar_completion_wanted(self, message: QueryBar.CompletionWanted) -> None:
        """Find out, in the index's thread; what is typed meanwhile lets a newer question take its place."""
        from reader.library.query.completion import completions

        spot, live = message.spot, await self._values_for(message.spot)
        found = await self.ask(lambda index: completions(spot, lambda field, typed: live.values(index, field, typed)))
        if found is not None:
            for bar in self.query(QueryBar):  # none where the screen is taken down meanwhile
                bar.show_completions(spot, found)

    async def _values_for(self, spot: Spot) -> LiveValues:
        """The values that a library has, where they are counted first if they are to be: a little at a time."""
        from reader.library.index.live_values import LiveValues
        from reader.library.query.tree import Field

        live = self._live = self._live or LiveValues()
        field = spot.field
        if field is Field.TAG and self.index_thread.has_marks:
            try:
                live.tags = await self.index_thread.ask_marks(lambda marks, _: list(marks.tags().items()))
            except MarksError:  # the list has told of it
                live.tags = ()
        while field is not None and await self.ask(lambda index: live.count_some(index, field)) is False:
            pass
        return live
