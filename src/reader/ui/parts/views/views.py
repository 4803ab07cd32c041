"""Views on the main screen: taking one, saving one; and more like the story at hand."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content

from reader.base.errors import QueryError
from reader.library.index.listing import Listing
from reader.library.marks.snapshot import count_at_once
from reader.ui.keys.bindings import key_of
from reader.ui.parts.host import AtHand, Host, Widgets, task
from reader.ui.parts.index.questions import Questions
from reader.ui.parts.layout import has_list_bar
from reader.ui.parts.listed.listing import differences
from reader.ui.parts.listed.stories import ListedStories
from reader.ui.parts.marks.shown import ShownMarks
from reader.ui.upstream.type_ahead import DIALOG

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.settings.config import View
    from reader.settings.views import Views


class KnownViews:
    """Knows all views: lists, saves and counts them. What it needs is imported when a view is first asked for.

    Args:
        host: the screen.
        questions: the way to the index.
        listed: what is listed.
        marks: the marks, by which stories are counted.
        widgets: the widgets of the main screen.
        now: the clock.
        configured: views of the configuration.
        file: the file of saved views; None where views cannot be saved.
        keymap: keys that differ from the program's own, by the ids of bindings.
    """

    def __init__(
        self,
        host: Host,
        questions: Questions,
        listed: ListedStories,
        marks: ShownMarks,
        widgets: Widgets,
        *,
        now: Callable[[], datetime],
        configured: Sequence[View],
        file: Path | None,
        keymap: Mapping[str, str],
    ) -> None:
        self.host = host
        self._questions = questions
        self._listed = listed
        self._marks = marks
        self._stories = widgets.stories
        self._query_bar = widgets.query_bar
        self._panes = widgets.panes
        self._now = now
        self._configured = configured
        self._file = file
        self._keymap = keymap
        self._views: Views | None = None
        self._trouble = ""
        self._title = "Stories"

    @property
    def views(self) -> Views:
        """All views: built in, configured and saved."""
        if self._views is None:
            from reader.settings.views import Views

            self._views = Views(self._configured, self._file)
        return self._views

    @property
    def all(self) -> Sequence[View]:
        """All views, in their order."""
        return self.views.all

    @property
    def listed(self) -> View | None:
        """The view that the list shows; None where it is none."""
        return self._view_of(self._listed.answer.listing)

    def _view_of(self, listing: Listing) -> View | None:
        from reader.ui.parts.views.listing import is_of

        return next((view for view in self.all if is_of(listing, view)), None)

    async def look(self) -> None:
        """Read the views that were saved since. Where their file cannot be read, say so once."""
        from reader.settings.views import ViewsError

        try:
            await asyncio.to_thread(self.views.read)
        except ViewsError as error:
            if str(error) != self._trouble:
                self.host.toast(str(error), "warning")
            self._trouble = str(error)

    @task("views", exclusive=True)
    async def name_the_listed(self) -> None:
        """Read the views, and show the name of the one that is listed."""
        await self.look()
        if self._view_of(self._listed.listing) is not None:
            self._listed.know_view(self._listed.listing)
        self.host.show_bars()

    def show_name(self) -> None:
        """Show the name of the view that is listed above the list; else, where no bar says it, what is listed.

        As long as no view was asked for, the list of all stories has no name.
        """
        answer = self._listed.answer
        if self._views is None and (answer.version < 0 or answer.listing == Listing()):
            return
        view = self.listed
        hidden = len(self._marks.known.hidden)
        what = view.name if view else "" if has_list_bar(self.host.size) else differences(answer, hidden)
        title = " · ".join(filter(None, ("Stories", what)))
        if title != self._title:
            self._title = title
            self._stories.show_title(Content(title))

    # Listing.

    async def take(self, view: View) -> None:
        """List a view."""
        from reader.ui.parts.views.listing import listing_of

        try:
            listing = listing_of(view)
        except QueryError as error:
            self.host.toast(f"“{view.name}” cannot be listed: {error}", "error")
        else:
            await self._query_bar.get_ready()  # it will show the view's query
            self._listed.list_view(listing)

    async def switch(self, view: View) -> None:
        """List a view; or, where it is listed already, go back to what was listed before."""
        if view == self._view_of(self._listed.listing):
            await self._query_bar.get_ready()
            self._listed.leave_view()
        else:
            await self.take(view)

    @task(DIALOG)
    async def choose(self) -> None:
        """Choose a view."""
        from reader.ui.dialogs.listing.views import ViewsDialog

        view = await self.host.show(ViewsDialog(self.views, self._view_of(self._listed.listing), self.count))
        self.host.show_bars()
        if view is not None:
            self._panes.go_to(self._stories)
            await self.take(view)

    @task(DIALOG)
    async def save(self) -> None:
        """Save what is listed as a view, and list that."""
        from reader.ui.dialogs.listing.save_view import SaveViewDialog
        from reader.ui.parts.views.listing import also_taken, view_of

        listing = self._listed.listing
        current = self._view_of(listing)
        dialog = SaveViewDialog(
            self.views,
            view_of(listing, current.name if current else ""),
            self.count,
            also_taken(listing, [topic.name for topic in self._listed.topics]),
        )
        view = await self.host.show(dialog)
        if view is not None:
            self.host.toast(f"View saved: {view.name} · {key_of('list.views', self._keymap)} lists all views")
            await self.take(view)
            self.host.show_bars()

    # Counting.

    async def count(self, view: View) -> int | None:
        """How many stories a view lists; None where it cannot be listed."""
        from reader.ui.parts.views.listing import listing_of

        try:
            listing = listing_of(view)
        except QueryError:
            return None
        return await self._count(listing)

    async def _count(self, listing: Listing) -> int | None:
        """How many stories a listing has. A second thread counts: with many marks, keys would wait too long for it."""
        if listing.asks_for_marks:
            await self._marks.look()
        marks, answer = self._marks.known, self._listed.answer
        if answer.version >= 0 and not listing.topics:
            count = count_at_once(listing.query, marks, answer.counts.stories)
            if count is not None:
                return count
        if listing.asks_for_growth:
            marks = await self._marks.with_growth(marks)
        if not self.host.is_standing:
            return None
        now, sets = self._now(), marks.sets
        return await self._questions.ask_aside(lambda index: index.ask_count(listing, now=now, marks=sets))

    # More like the story at hand.

    @task(DIALOG)
    async def choose_like(self, at_hand: AtHand) -> None:
        """List the stories of one of the story's topics, of its outlet or of its event."""
        from reader.ui.dialogs.listing.like import LikeDialog, event_like, likes_of

        questions, article = self._questions, at_hand.article
        text = questions.text(at_hand.story)
        if article is not None:
            key, provider = article.key, article.provider
        elif text is not None:
            number = text.id
            key = questions.peek(lambda index: index.keys([number]).get(number, ""), "")
            provider = text.provider
        else:
            self.host.toast("No story is selected.")
            return
        plain = Listing(sort=self._listed.listing.sort, by_event=self._listed.listing.by_event)
        likes = likes_of(text.topics if text is not None else (), provider, plain)
        find_event = partial(questions.ask, lambda index: event_like(index, key, plain))
        listing = await self.host.show(LikeDialog(likes, find_event, self._count))
        if listing is not None:
            self._panes.go_to(self._stories)
            await self._query_bar.get_ready()
            self._listed.list_like(listing)
