"""What can be done with the event of the story at hand, and with all that is listed: compare, overlook, keep."""

from __future__ import annotations

import asyncio
from array import array
from datetime import tzinfo
from pathlib import Path

from textual import work

from reader.base.text import clean
from reader.library.index.index import Index
from reader.ui.messages import OpenRequested
from reader.ui.parts.stories import ListScreen
from reader.ui.upstream.type_ahead import DIALOG


class EventActions(ListScreen):
    """The part of the main screen that acts on events and on the list as a whole.

    What a person did not ask for yet is imported when it is asked for: plots and briefings cost the start nothing.
    """

    _zone: tzinfo | None

    def jump(self, story: int) -> None:
        """Go to a story."""
        raise NotImplementedError

    @work(exclusive=True, group="event")
    async def action_along_event(self, by: int) -> None:
        """Go to the next or previous story of the event."""
        story = self.story
        if story is None:
            return
        stories = await self.ask(lambda index: index.event_stories(story))
        if stories is None or story != self.story:
            return
        if len(stories) < 2:
            self.toast("No other story of this library is on this event.")
            return
        at = stories.index(story) + by
        if 0 <= at < len(stories):
            self.jump(stories[at])
        else:
            self.toast(f"This is the {'latest' if by > 0 else 'earliest'} of {len(stories)} stories on this event.")

    @work(exclusive=True, group=DIALOG)
    async def action_headlines(self) -> None:
        """Show the event's headlines side by side, and go to the one that is chosen."""
        from reader.ui.dialogs.headlines import HeadlinesDialog

        story = self.story
        if story is None:
            self.toast("No story is selected.")
            return
        coverage = await self.ask(lambda index: index.coverage(story))
        if coverage is None:
            return
        if not coverage.articles:
            self.toast("No other article is linked to this story.")
            return
        chosen = await self.app.push_screen_wait(HeadlinesDialog(coverage, self._now(), self._zone))
        if chosen is None:
            return
        if chosen.story is not None:
            self.jump(chosen.story)
        else:
            self.post_message(OpenRequested(chosen.url))

    @work(exclusive=True, group=DIALOG)
    async def action_overview(self) -> None:
        """Show what the stories listed are made of."""
        from reader.library.index.overview import overview
        from reader.ui.dialogs.overview import OverviewDialog

        ids = array("q", self.stories.ids)
        told = await self.ask(lambda index: overview(index.connection, ids, self._zone))
        if told is not None:
            await self.app.push_screen_wait(OverviewDialog(told))

    @work(exclusive=True, group=DIALOG)
    async def action_briefing(self) -> None:
        """Write a briefing of the event to a file."""
        from reader.base.whole_files import free_name
        from reader.outside.briefing import Making, briefing_markdown, briefing_name, files_of, library_name
        from reader.ui.dialogs.save import SaveDialog

        story = self.story
        if story is None:
            self.toast("No story is selected.")
            return
        library = library_name(self.library.root, is_sample=self.library.is_sample)

        def question(index: Index) -> tuple[list[str], str] | None:
            coverage = index.coverage(story)
            if coverage is None:
                return None
            making = Making(self._now(), self._zone, library, files_of(coverage, index.path))
            return list(briefing_markdown(coverage, making)), briefing_name(coverage.focus.title)

        answer = await self.ask(question)
        if answer is None:
            return
        lines, name = answer
        name = await asyncio.to_thread(free_name, Path(), name)
        file = await self.app.push_screen_wait(SaveDialog("Write a briefing of the event", lines, name))
        if file is not None:
            self.toast(f"Briefing written: {clean(str(file))}")
