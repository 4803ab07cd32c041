"""Marks stories read: by a key, when a story is opened, or once it has stayed on the screen for some seconds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from reader.library.index.index import Index
from reader.ui.parts.host import AtHand, Host, Timer, task
from reader.ui.parts.marks.kept import KeptMarks
from reader.ui.parts.marks.looked_at import LookedAt
from reader.ui.parts.marks.news import News
from reader.ui.parts.marks.shown import ShownMarks
from reader.ui.widgets.story.story_pane import StoryPane

if TYPE_CHECKING:
    from reader.stories.model import Story
    from reader.ui.parts.index.pending import Wish


class ReadMarks:
    """Marks stories read: by key, and the shown story as the settings say.

    Args:
        host: the screen.
        kept: writes marks.
        shown: shows the marks.
        news: shows what is new.
        story_pane: the story pane.
        looked_at: writes down which coverage the reader has looked at.
        when: when a story counts as read, as `Config.mark_read`.
        seconds: how long a story must stay on the screen, as `Config.mark_read_seconds`.
    """

    def __init__(
        self,
        host: Host,
        kept: KeptMarks,
        shown: ShownMarks,
        news: News,
        story_pane: StoryPane,
        *,
        looked_at: LookedAt,
        when: str,
        seconds: float,
    ) -> None:
        self.host = host
        self._kept = kept
        self._shown = shown
        self._news = news
        self._looked_at = looked_at
        self._story_pane = story_pane
        self._when = when
        self._seconds = seconds
        self._story: int | None = None
        self._is_turned_to = False
        self._timer: Timer | None = None
        self.waits_to_be_seen = False
        """Whether the seconds are over but the story pane was hidden: they begin again once it is seen."""

    @task("marks")
    async def mark(self, stories: Sequence[int], *, by_itself: bool = False) -> None:
        """Mark stories read, and note that they were looked at.

        Args:
            stories: their ids.
            by_itself: whether nobody pressed a key for it.
        """
        wish = partial(wish_read, stories, by_itself=by_itself)
        if await self._kept.grant(lambda _, index: wish(index), by_itself=by_itself) is not None:
            await self._looked_at.look_at(stories)

    def opened(self, at_hand: AtHand) -> None:
        """The story was opened, here or in the browser."""
        if self._when == "on_open" and at_hand.story is not None:
            self.mark([at_hand.story])
        self.turned_to()

    def read(self, at_hand: AtHand) -> None:
        """Mark the story that keys act on read, if it is in this library."""
        if at_hand.story is not None:
            self.stop([at_hand.story])
            self.mark([at_hand.story])

    # Reading.

    def come(self, story: int | None, *, moved: bool) -> None:
        """A story has come to the screen. One that the person moved to counts as read after `seconds`.

        A story that the screen shows only because it is the first of a list does not, until the person turns to it.
        """
        self._shown.leave_story()
        self._story = story
        self.stop()
        self._is_turned_to = False
        if moved:
            self.turned_to()

    def turned_to(self) -> None:
        """The person has moved to the story, opened it, or gone into it: from now on they are reading it."""
        if not self._is_turned_to:
            self._is_turned_to = True
            self._begin()

    async def rest(self, story: int, file: Story | None) -> None:  # noqa: ARG002 — the marks are on no file
        """The story's file has been read: show its marks, and what is new in its coverage."""
        await self._shown.follow_story(story)
        self._news.look()

    def _begin(self) -> None:
        self.stop()
        if self._when == "after_seconds" and self._story is not None:
            self._timer = self.host.set_timer(self._seconds, self._has_been_read)

    def stop(self, stories: Sequence[int] | None = None) -> None:
        """Stop waiting for the shown story to count as read; if stories are given, only where it is one of them."""
        if stories is not None and self._story not in stories:
            return
        self.waits_to_be_seen = False
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _has_been_read(self) -> None:
        self._timer = None
        if not (self.host.is_standing and self._story_pane.is_in_sight):
            self.waits_to_be_seen = True
        elif self._story is not None:
            self.mark([self._story], by_itself=True)

    def look_again(self) -> None:
        """Another pane got the focus, or a dialog was closed: the seconds of a story that was hidden begin again."""
        if self.host.focused is self._story_pane:
            self.turned_to()
        if self.waits_to_be_seen:
            self._begin()


def wish_read(stories: Sequence[int], index: Index, *, by_itself: bool = False) -> Wish:
    """The wish that stories be marked read. `by_itself`: no key asked for it, so undo passes over it."""
    from reader.library.marks.model import MarkKind
    from reader.ui.parts.index.pending import Wish

    keys = tuple(index.keys(stories).values())
    return Wish(
        ("read", keys, True), "read", stories, lambda marks: marks.set(keys, MarkKind.READ, True, by_itself=by_itself)
    )
