"""What the dialog of feeds asks for: what is known of each feed, adding one, removing one, listing its stories."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING

from reader.base.wording import fold
from reader.feeds.model import public_url
from reader.stories.urls import short_url
from reader.ui.parts.feeds.assignments import Assignments
from reader.ui.parts.host import Host, Widgets, task
from reader.ui.parts.index.questions import Questions
from reader.ui.parts.listed.stories import ListedStories
from reader.ui.parts.marks.shown import ShownMarks
from reader.ui.upstream.type_ahead import DIALOG

if TYPE_CHECKING:
    from reader.feeds.library import FeedLibrary
    from reader.feeds.model import Feed
    from reader.feeds.subscriptions.adding import Offer
    from reader.ui.dialogs.feeds import FeedRow


class KnownFeeds:
    """Shows the dialog of feeds, and does what it asks for. What it needs is imported when it is first shown.

    Args:
        host: the screen.
        questions: the way to the index.
        assignments: knows the library and the settings.
        marks: the marks, by which unread stories are counted.
        listed: lists the stories of a feed.
        widgets: the widgets; the query bar says which feed is listed.
    """

    def __init__(
        self,
        host: Host,
        questions: Questions,
        assignments: Assignments,
        *,
        marks: ShownMarks,
        listed: ListedStories,
        widgets: Widgets,
    ) -> None:
        self.host = host
        self._questions = questions
        self._assignments = assignments
        self._marks = marks
        self._listed = listed
        self._query_bar = widgets.query_bar

    @property
    def _library(self) -> FeedLibrary:
        from reader.feeds.library import FeedLibrary

        return FeedLibrary(self._assignments.folder, self._assignments.now)

    @task(DIALOG)
    async def choose(self) -> None:
        """Show all feeds, and list the stories of the one that is chosen."""
        from reader.ui.dialogs.feeds import FeedsDialog

        if not self._assignments.can_have_feeds:
            self.host.toast("Feeds need a library of your own: reader FOLDER opens one.", "warning")
            return
        chosen = await self.host.show(FeedsDialog(self, self._assignments.now))
        if chosen is not None:
            await self._query_bar.get_ready()
            self._query_bar.text = query_for(chosen)
            self._listed.list_text(self._query_bar.text)

    async def rows(self) -> list[FeedRow]:
        """A row for each feed, with what is known of it.

        Raises:
            ReaderError: the subscriptions, or what is known, cannot be read.
        """
        from reader.feeds.library import FeedCount, FeedLibrary
        from reader.library.feeds.state import FeedFacts
        from reader.ui.dialogs.feeds import FeedRow

        notes: list[str] = []
        library = FeedLibrary(self._assignments.folder, self._assignments.now, notes.append)
        subscriptions = await asyncio.to_thread(library.subscriptions)
        counts = await asyncio.to_thread(library.counts)
        for note in notes:
            self.host.toast(note, "warning")
        pairs = await self._questions.ask_aside(lambda index: list(index.feeds_of_stories())) or []
        await self._marks.look()
        marks = self._marks.known
        stories = stories_by_name(pairs)
        nothing, rows = FeedCount(FeedFacts(), 0), []
        for feed in subscriptions.feeds:
            found = found_by(query_value(feed), stories)
            listed = found - marks.sets.hidden
            facts, hidden = counts.get(feed.key, nothing).facts, len(found) - len(listed)
            rows.append(FeedRow(feed, facts, len(found), len(listed - marks.read), hidden))
        return rows

    async def look_up(self, address: str, named_by: str = "") -> Offer:
        """What is at an address that a person typed, or that the page at such an address names.

        Raises:
            FeedError: there is no feed, and no page that names one.
        """
        from reader.feeds.subscriptions.adding import look_up, web_address

        page = web_address(named_by) if named_by else ""
        own_hosts = self._assignments.config.own_hosts
        return await asyncio.to_thread(lambda: look_up(web_address(address), own_hosts, page))

    async def add(self, feed: Feed) -> bool:
        """Subscribe to a feed; says whether it is new.

        Raises:
            SubscriptionsError: the subscriptions cannot be changed.
        """
        return await asyncio.to_thread(self._library.change, lambda known: known.add(feed))

    async def remove(self, feed: Feed) -> None:
        """Unsubscribe from a feed.

        Raises:
            SubscriptionsError: the subscriptions cannot be changed.
        """
        await asyncio.to_thread(self._library.change, lambda known: known.remove(feed))


def query_value(feed: Feed) -> str:
    """The value with which `feed:` finds the stories of a feed: its address, shortened."""
    return short_url(public_url(feed.url))


def query_for(feed: Feed) -> str:
    """The query that finds the stories of a feed."""
    from reader.library.query.tree import Field, Term

    return str(Term(Field.FEED, (query_value(feed),)))


def stories_by_name(pairs: Iterable[tuple[str, int]]) -> dict[str, set[int]]:
    """The ids of the stories of each feed, by its folded name, from pairs of a name and an id."""
    found: dict[str, set[int]] = {}
    for name, story in pairs:
        found.setdefault(fold(name), set()).add(story)
    return found


def found_by(value: str, stories: dict[str, set[int]]) -> set[int]:
    """The stories that `feed:` finds with a value, hidden ones too, so that the dialog counts what can be listed."""
    folded = fold(value)
    return {story for name, some in stories.items() if folded in name for story in some}
