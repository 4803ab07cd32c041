"""The way from one unread story to the next."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable

from reader.ui.parts.host import Host, task
from reader.ui.parts.index.questions import Questions
from reader.ui.parts.marks.shown import ShownMarks
from reader.ui.widgets.stories.story_list import StoryList

NEAR = 2_000
"""In so many rows the next unread story is looked for at once; beyond them, in the index's thread."""


class UnreadStories:
    """Finds unread stories in the list.

    Args:
        host: the screen.
        questions: the way to the index's thread.
        shown: the marks.
        stories: the list.
        go: moves the cursor to a row of the list.
    """

    def __init__(
        self, host: Host, questions: Questions, shown: ShownMarks, stories: StoryList, go: Callable[[int], None]
    ) -> None:
        self.host = host
        self._questions = questions
        self._shown = shown
        self._stories = stories
        self._go = go

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) unread story of the list; at its end it goes on from the other one."""
        ids, at = self._stories.ids, self._stories.cursor
        found = self._find(ids, at, by, range(1, min(len(ids), NEAR + 1)))
        if found is not None:
            self._go_to(found)
        elif len(ids) > NEAR:
            self._look_far(by)
        else:
            self._tell_none()

    @task("unread", exclusive=True)
    async def _look_far(self, by: int) -> None:
        ids, at = self._stories.ids, self._stories.cursor
        found = await self._questions.ask(lambda _: self._find(ids, at, by, range(NEAR, len(ids))))
        if self._stories.ids is not ids or self._stories.cursor != at:
            return
        if found is None:
            self._tell_none()
        else:
            self._go_to(found)

    def _find(self, ids: array[int], at: int, by: int, steps: Iterable[int]) -> int | None:
        """The first row in a direction that has an unread story; None where there is none.

        Args:
            ids: the stories of the rows.
            at: the row from which to look.
            by: 1 for downwards, -1 for upwards.
            steps: how many rows away to look, one by one.

        Returns:
            The place of the row. Where the search went past an end of the list, it is outside of it.
        """
        read = self._shown.known.read
        rows = (at + by * step for step in steps)
        of_row = self._stories.stories_of
        return next((row for row in rows if any(one not in read for one in of_row(ids[row % len(ids)]))), None)

    def _go_to(self, row: int) -> None:
        count = self._stories.count
        if not 0 <= row < count:
            self.host.toast("On from the beginning of the list." if row > 0 else "On from the end of the list.")
        self._go(row % count)

    def _tell_none(self) -> None:
        self.host.toast("No other story of this list is unread.")
