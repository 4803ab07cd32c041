"""Views on the main screen: taking one, saving one, the side bar; and more like the story at hand."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.content import Content
from textual.timer import Timer

from reader.base.errors import LibraryIndexError, QueryError
from reader.library.marks.snapshot import NOTHING_MARKED, count_at_once
from reader.ui.parts.images import Imaging
from reader.ui.parts.listing import Listing
from reader.ui.upstream.type_ahead import DIALOG
from reader.ui.widgets.panes import Panes
from reader.ui.widgets.query_bar import QueryBar

if TYPE_CHECKING:
    from reader.settings.config import View
    from reader.settings.views import Views
    from reader.ui.parts.index.thread import IndexThread
    from reader.ui.widgets.side_bar import SideBar

COUNT_AFTER = 0.3
"""Seconds without a change after which the side bar's views are counted again."""


class Viewing(Imaging):
    """The part of the main screen that knows views. What it needs is imported once a view is asked for.

    Attributes:
        configured_views: views of the configuration.
        views_file: the file of saved views; None where nothing is to be saved.
        begins_with_side_bar: whether the side bar is open at first.
    """

    configured_views: Sequence[View]
    views_file: Path | None
    begins_with_side_bar: bool
    _known_views: Views | None = None
    _views_trouble = ""
    _list_title = "Stories"
    _side_bar: SideBar | None = None
    _counts: dict[str, int | None]
    _counted: object = None
    _counting: Timer | None = None
    _counter: IndexThread | None = None

    def on_mount(self) -> None:
        """What is needed of views at the start waits until the first stories stand on the screen."""
        self._counts = {}
        if self.begins_with_side_bar:
            self.call_after_refresh(self.open_side_bar)
        elif self.listing != Listing():
            self.call_after_refresh(self._name_the_view)

    # The views.

    @property
    def views(self) -> Views:
        """All views."""
        if self._known_views is None:
            from reader.settings.views import Views

            self._known_views = Views(self.configured_views, self.views_file)
        return self._known_views

    def view_of(self, listing: Listing) -> View | None:
        """The view that lists just this; None where none does."""
        from reader.ui.parts.views.listing import is_of

        return next((view for view in self.views.all if is_of(listing, view)), None)

    async def look_at_views(self) -> None:
        """Know the views that were saved since; where their file cannot be read, that is told once."""
        from reader.settings.views import ViewsError

        try:
            await asyncio.to_thread(self.views.read)
        except ViewsError as error:
            if str(error) != self._views_trouble:
                self.toast(str(error), "warning")
            self._views_trouble = str(error)

    @work(exclusive=True, group="views")
    async def _name_the_view(self) -> None:
        await self.look_at_views()
        if self.is_standing:
            self._show_views()

    def _show_bars(self) -> None:
        super()._show_bars()
        if self._known_views is not None or (self.answer.version >= 0 and self.answer.listing != Listing()):
            self._show_views()

    def _show_views(self) -> None:
        """Show the name of the view that is listed, and the side bar as it is now."""
        view = self.view_of(self.answer.listing)
        title = f"Stories · {view.name}" if view else "Stories"
        if title != self._list_title:
            self._list_title = title
            self.stories.border_title = Content(title)
        if self._side_bar is not None:
            answer = self.answer
            self._side_bar.show(self.views.all, self._counts, view, answer.topics, answer.listing.topics)
            self._count_soon()

    async def take_view(self, view: View) -> None:
        """List what a view says."""
        from reader.ui.parts.views.listing import listing_of

        try:
            await self._take(listing_of(view))
        except QueryError as error:
            self.toast(f"“{view.name}” cannot be listed: {error}", "error")

    async def _take(self, listing: Listing) -> None:
        """List something else; the search bar says what."""
        bar = self.query_one(QueryBar)
        await bar.get_ready()
        bar.text = listing.text
        self._asked_with = None
        self.show_listing(listing)

    @work(group=DIALOG)
    async def action_views(self) -> None:
        """Choose a view."""
        from reader.ui.dialogs.views import ViewsDialog

        view = await self.app.push_screen_wait(ViewsDialog(self.views, self.view_of(self.listing), self.count_view))
        self._show_views()
        if view is not None:
            self.query_one(Panes).go_to(self.stories)
            await self.take_view(view)

    @work(group=DIALOG)
    async def action_save_view(self) -> None:
        """Save what is listed as a view, and list that."""
        from reader.ui.dialogs.save_view import SaveViewDialog
        from reader.ui.parts.views.listing import also_taken, view_of

        listing, current = self.listing, self.view_of(self.listing)
        dialog = SaveViewDialog(
            self.views,
            view_of(listing, current.name if current else ""),
            self.count_view,
            also_taken(listing, [topic.name for topic in self._topics]),
        )
        view = await self.app.push_screen_wait(dialog)
        if view is not None:
            self.toast(f"View saved: {view.name} · f lists all views")
            await self.take_view(view)
            self._show_views()

    async def count_view(self, view: View) -> int | None:
        """How many stories a view lists; None where it cannot be listed."""
        from reader.ui.parts.views.listing import listing_of

        try:
            listing = listing_of(view)
        except QueryError:
            return None
        return await self._count(listing)

    async def _count(self, listing: Listing) -> int | None:
        """How many stories are listed. A thread of its own counts: with many marks that takes longer than a key may."""
        if listing.asks_for_marks:
            await self.look_at_marks()
        marks = self.marks or NOTHING_MARKED
        if self.answer.version >= 0 and not listing.topics:
            count = count_at_once(listing.query, marks, self.answer.counts.stories)
            if count is not None:
                return count
        known = await self._with_growth(listing, marks)
        if not self.is_standing:
            return None
        if self._counter is None:
            self._counter = self.index_thread.anew()
        query = listing.query.bind(self._now(), known.sets)
        try:
            return await self._counter.ask(lambda index: index.count(query, listing.topics))
        except LibraryIndexError as error:
            self.begin_index_anew(error)
            return None

    def begin_index_anew(self, error: LibraryIndexError) -> None:
        """As of any screen; what counts is in the index as well."""
        self._stop_counting()
        super().begin_index_anew(error)

    def on_unmount(self) -> None:
        """Let go of the index."""
        self._stop_counting()

    def _stop_counting(self) -> None:
        counter, self._counter = self._counter, None
        if counter is not None:
            counter.close()

    # The side bar.

    @property
    def has_side_bar(self) -> bool:
        """Whether the side bar is open; on a terminal without room for it, it is not seen."""
        return self._side_bar is not None

    async def action_side_bar(self) -> None:
        """Open or close the side bar."""
        if not self.has_class("-wide"):
            least = next(least for least, name in self.HORIZONTAL_BREAKPOINTS or () if name == "-wide")
            self.toast(f"The side bar needs {least} columns. f lists the views, t the topics.")
        elif self._side_bar is None:
            self.query_one(Panes).leave_zen()
            await self.open_side_bar()
        else:
            bar, self._side_bar = self._side_bar, None
            await self.query_one(Panes).take_left(bar)

    async def open_side_bar(self) -> None:
        """Open the side bar."""
        from reader.ui.widgets.side_bar import SideBar

        if self._side_bar is None and self.is_standing:
            self._side_bar, self._counted = SideBar(), None
            await self.query_one(Panes).show_left(self._side_bar)
            self._show_views()
            self._name_the_view()

    def _count_soon(self) -> None:
        """Count the views again where that may give another number, once nothing has changed for a moment."""
        if self._counted == self._counts_are_of or self.is_syncing:
            return
        if self._counting is not None:
            self._counting.stop()
        self._counting = self.set_timer(COUNT_AFTER, self._count_views)

    @property
    def _counts_are_of(self) -> object:
        """What counts depend on."""
        return self.marks and self.marks.versions, self.answer.version, self.views.all

    @work(exclusive=True, group="view counts")
    async def _count_views(self) -> None:
        """Count the views, one question at a time: what a key asks meanwhile waits for one of them at most."""
        await self.look_at_marks()
        self._counted = self._counts_are_of
        known = self.views.all
        self._counts = {view.name: self._counts[view.name] for view in known if view.name in self._counts}
        for view in known:
            count = await self.count_view(view)
            if self._side_bar is None or not self.is_standing:
                return
            self._counts[view.name] = count
            self._show_views()

    async def on_side_bar_view_chosen(self, message: SideBar.ViewChosen) -> None:
        """List a view; the one that is listed already is left for all stories."""
        if message.view == self.view_of(self.listing):
            await self._take(Listing())
        else:
            await self.take_view(message.view)

    def on_side_bar_topic_chosen(self, message: SideBar.TopicChosen) -> None:
        """Switch a topic."""
        self.show_listing(self.listing._replace(topics=self.listing.topics ^ {message.name}))

    def on_side_bar_hidden(self) -> None:
        """The focus goes to the list."""
        self.query_one(Panes).go_to(self.stories)

    # More like the story at hand.

    @work(group=DIALOG)
    async def action_like(self) -> None:
        """List the stories of one of the story's topics, of its outlet or of its event."""
        from reader.ui.dialogs.like import LikeDialog, event_like, likes_of

        article = self.target
        text = self.text_of(self.story)
        if article is None and text is None:
            self.toast("No story is selected.")
            return
        plain = Listing(sort=self.listing.sort, by_event=self.listing.by_event)
        if article is not None:
            text = self.text_of(article.story)
            key, provider = article.key, article.provider
        elif text is not None:
            number = text.id
            key = self.peek(lambda index: index.keys([number]).get(number, ""), "")
            provider = text.provider
        likes = likes_of(text.topics if text is not None else (), provider, plain)
        dialog = LikeDialog(likes, lambda: self.ask(lambda index: event_like(index, key, plain)), self._count)
        listing = await self.app.push_screen_wait(dialog)
        if listing is not None:
            self.query_one(Panes).go_to(self.stories)
            await self._take(listing)
