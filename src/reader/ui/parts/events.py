"""What can be done with the event of the story at hand: go along it, compare its headlines, write a briefing of it.

The overview of what is listed is shown from here as well. Plots and briefings are imported when they are first asked
for: the start goes without them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from reader.library.index.index import Index
from reader.library.index.lists.id_arrays import ids
from reader.ui.messages import OpenRequested
from reader.ui.parts.host import Host, task
from reader.ui.parts.index.questions import Questions
from reader.ui.parts.story.current import CurrentStory
from reader.ui.upstream.type_ahead import DIALOG

if TYPE_CHECKING:
    from reader.library.index.overview import Overview


class Events:
    """Acts on the event of the story that is shown, and shows overviews.

    Args:
        host: the screen.
        questions: the way to the index.
        current: the story that is shown.
        now: the clock.
        zone: the time zone of what is shown; None for the system's.
    """

    def __init__(
        self,
        host: Host,
        questions: Questions,
        current: CurrentStory,
        *,
        now: Callable[[], datetime],
        zone: tzinfo | None,
    ) -> None:
        self.host = host
        self._questions = questions
        self._current = current
        self._now = now
        self._zone = zone

    @task("event", exclusive=True)
    async def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) story of the event."""
        story = self._current.id
        if story is None:
            return
        stories = await self._questions.ask(lambda index: index.event_stories(story))
        if stories is None or story != self._current.id:
            return
        if len(stories) < 2:
            self.host.toast("No other story of this library is on this event.")
            return
        at = stories.index(story) + by
        if 0 <= at < len(stories):
            self._current.jump(stories[at])
        else:
            end = "latest" if by > 0 else "earliest"
            self.host.toast(f"This is the {end} of {len(stories)} stories on this event.")

    @task(DIALOG, exclusive=True)
    async def compare_headlines(self) -> None:
        """Show the event's headlines side by side, and go to the one that is chosen."""
        from reader.ui.dialogs.story.headlines import HeadlinesDialog

        story = self._current.id
        if story is None:
            self.host.toast("No story is selected.")
            return
        coverage = await self._questions.ask(lambda index: index.coverage(story))
        if coverage is None:
            return
        if len(coverage.event) == 1:
            self.host.toast("No other article is on this story's event: there is nothing to compare.")
            return
        chosen = await self.host.show(HeadlinesDialog(coverage, self._now(), self._zone))
        if chosen is None:
            return
        if chosen.story is not None:
            self._current.jump(chosen.story)
        else:
            self.host.post_message(OpenRequested(chosen.url))

    @task(DIALOG, exclusive=True)
    async def show_overview(self, stories: Callable[[], Sequence[int]]) -> None:
        """Show an overview of some stories: their days, outlets and topics.

        Args:
            stories: gives their ids; called in a thread, as a million in closed rows take a while.
        """
        from reader.library.index.overview import Counting
        from reader.ui.dialogs.listing.overview import OverviewDialog

        counting = await self._questions.ask(lambda _: Counting(ids(stories()), self._zone))
        if counting is None:
            return

        async def count_some() -> Overview | None:
            return await self._questions.ask(lambda index: index.count_some(counting))

        first = await count_some()
        if first is not None:
            await self.host.show(OverviewDialog(first, count_some))

    @task(DIALOG, exclusive=True)
    async def write_briefing(self) -> None:
        """Write a briefing of the event to a file."""
        from reader.base.whole_files import free_name
        from reader.outside.briefing import Making, briefing_markdown, briefing_name, files_of, library_name
        from reader.ui.dialogs.story.save import SaveDialog, written_in_words

        story = self._current.id
        if story is None:
            self.host.toast("No story is selected.")
            return
        source = self._questions.library
        library = library_name(source.root, is_sample=source.is_sample)

        def question(index: Index) -> tuple[list[str], str] | None:
            coverage = self._questions.as_shown(index.coverage(story))
            if coverage is None:
                return None
            making = Making(self._now(), self._zone, library, files_of(coverage, index.path))
            return list(briefing_markdown(coverage, making)), briefing_name(coverage.focus.title)

        answer = await self._questions.ask(question)
        if answer is None:
            return
        lines, name = answer
        name = await asyncio.to_thread(free_name, Path(), name)
        file = await self.host.show(SaveDialog("Write a briefing of the event", lines, name))
        if file is not None:
            self.host.toast(written_in_words("Briefing written", file, self.host.size.width))
