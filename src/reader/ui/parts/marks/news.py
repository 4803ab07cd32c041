"""What is new: articles that came to an event since the reader looked at it last."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reader.ui.parts.host import Host, task
from reader.ui.parts.index.questions import Questions
from reader.ui.widgets.stories.story_list import StoryList

if TYPE_CHECKING:
    from reader.coverage.model import Coverage
    from reader.library.index.index import Index
    from reader.library.marks.marks import Marks


class News:
    """Counts what is new, and shows it in the list. Where the marks cannot be read, nothing is new.

    Args:
        host: the screen.
        questions: the way to the marks.
        stories: the list.
    """

    def __init__(self, host: Host, questions: Questions, stories: StoryList) -> None:
        self.host = host
        self._questions = questions
        self._stories = stories

    async def of(self, coverage: Coverage) -> int:
        """How many articles came to a story's event since it was last looked at."""
        if not self._questions.thread.has_marks:
            return 0
        keys = [article.key for article in coverage.event]
        return await self._questions.ask_marks(lambda marks, _: marks.new_since(keys), 0, quietly=True)

    @task("news", exclusive=True)
    async def look(self) -> None:
        """Show what is new on the events of the stories on the screen, for the rows that do not show it yet."""
        if self.host.is_standing:
            await self._show(self._stories.without_news)

    async def show(self) -> None:
        """Show what is new on the events of all stories on the screen, again."""
        if self.host.is_standing:
            await self._show(self._stories.in_view)

    async def _show(self, stories: Iterable[int]) -> None:
        ids = list(stories)
        if not ids or not self._questions.thread.has_marks:
            return

        def question(marks: Marks, index: Index) -> dict[int, int]:
            events = index.event_keys(ids)
            return {story: marks.new_since(events[story]) if story in events else 0 for story in ids}

        new: dict[int, int] = await self._questions.ask_marks(question, {}, quietly=True)
        if new and self.host.is_standing:
            self._stories.show_new(new)
