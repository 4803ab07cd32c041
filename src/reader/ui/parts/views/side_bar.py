"""The side bar of views and topics: opened, closed, and counted anew when its numbers may have changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reader.ui.keys.bindings import key_of
from reader.ui.parts.host import Host, Timer, task
from reader.ui.parts.index.folder_state import FolderState
from reader.ui.parts.layout import WIDTHS, layout_of
from reader.ui.parts.listed.stories import ListedStories
from reader.ui.parts.marks.shown import ShownMarks
from reader.ui.parts.views.views import KnownViews
from reader.ui.widgets.panes import Panes

if TYPE_CHECKING:
    from reader.ui.widgets.side_bar import SideBar

COUNT_AFTER = 0.3
"""Seconds without a change after which the side bar's views are counted anew."""


class ViewsBar:
    """Shows the views and topics beside the panes. Its widget is imported once it is opened.

    Args:
        host: the screen.
        views: the views.
        listed: what is listed.
        marks: the marks, by which stories are counted.
        folder: how the reading of the folder is going.
        panes: the panes.
        keymap: keys that differ from the program's own, by the ids of bindings.
    """

    def __init__(
        self,
        host: Host,
        views: KnownViews,
        *,
        listed: ListedStories,
        marks: ShownMarks,
        folder: FolderState,
        panes: Panes,
        keymap: Mapping[str, str],
    ) -> None:
        self.host = host
        self._views = views
        self._listed = listed
        self._marks = marks
        self._folder = folder
        self._panes = panes
        self._keymap = keymap
        self._bar: SideBar | None = None
        self._counts: dict[str, int | None] = {}
        self._counted: object = None
        """What the counts depended on when they were made."""
        self._timer: Timer | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is open. Where the terminal has no room for it, it is hidden all the same."""
        return self._bar is not None

    async def switch(self) -> None:
        """Open or close it."""
        if layout_of(self.host.size.width) != "-wide":
            least = next(least for least, name in WIDTHS if name == "-wide")
            views, topics = (key_of(name, self._keymap) for name in ("list.views", "list.topics"))
            words = f"The side bar needs {least} columns. {views} lists the views, {topics} the topics."
            self.host.toast(words, "warning")  # over several lines, where one has no room for it
        elif self._bar is None:
            self._panes.leave_zen()
            await self.open()
        else:
            bar, self._bar = self._bar, None
            await self._panes.take_left(bar)

    async def open(self) -> None:
        """Open it."""
        from reader.ui.widgets.side_bar import SideBar

        if self._bar is None and self.host.is_standing:
            self._bar, self._counted = SideBar(), None
            await self._panes.show_left(self._bar)
            self.host.show_bars()
            self._views.name_the_listed()

    def show(self) -> None:
        """Show what is listed, and have the views counted anew where the numbers may have changed."""
        if self._bar is not None:
            answer = self._listed.answer
            self._bar.show(self._views.all, self._counts, self._views.listed, answer.topics, answer.listing.topics)
            self._count_soon()

    def _count_soon(self) -> None:
        """Have the views counted anew, once nothing has changed for a moment."""
        if self._counted == self._counts_depend_on or self._folder.is_syncing:
            return
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.host.set_timer(COUNT_AFTER, self._count)

    @property
    def _counts_depend_on(self) -> object:
        """What the counts depend on: where this is the same, so are they."""
        marks = self._marks.now
        return marks and marks.versions, self._listed.answer.version, self._views.all

    def _count(self) -> None:
        self._count_views()

    @task("view counts", exclusive=True)
    async def _count_views(self) -> None:
        """Count the views, one question at a time, so that a key waits for one of them at most."""
        await self._marks.look()
        self._counted = self._counts_depend_on
        known = self._views.all
        self._counts = {view.name: self._counts[view.name] for view in known if view.name in self._counts}
        for view in known:
            count = await self._views.count(view)
            if self._bar is None or not self.host.is_standing:
                return
            self._counts[view.name] = count
            self.host.show_bars()
