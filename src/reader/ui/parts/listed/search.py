"""Searching: the list follows what is typed in the search bar, and Tab completes it."""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING

from reader.library.marks.snapshot import hidden_sets
from reader.ui.parts.host import Host, Widgets, task
from reader.ui.parts.index.questions import Questions
from reader.ui.parts.listed.listing import error_in_words
from reader.ui.parts.listed.stories import ListedStories

if TYPE_CHECKING:
    from reader.library.index.index import Index
    from reader.library.index.live_values import LiveValues
    from reader.library.marks.marks import Marks
    from reader.library.query.completion import Spot


class Search:
    """Lists what the typed query finds, and completes the query. Values are not fetched before Tab is pressed.

    Args:
        host: the screen.
        questions: the way to the index and the marks.
        listed: lists what is searched for.
        widgets: the widgets. In the coverage tree, typing narrows the tree itself.
    """

    def __init__(
        self,
        host: Host,
        questions: Questions,
        listed: ListedStories,
        widgets: Widgets,
    ) -> None:
        self.host = host
        self._questions = questions
        self._listed = listed
        self._query_bar = widgets.query_bar
        self._panes = widgets.panes
        self._stories = widgets.stories
        self._tree = widgets.tree
        self._live: LiveValues | None = None

    async def open(self) -> None:
        """Begin to type a query; in the coverage tree, the words to narrow the tree to."""
        if self.host.focused is self._tree and (self._tree.count or self._tree.is_narrowed):
            self._tree.start_typing()
        else:
            self._panes.leave_zen()
            await self._query_bar.open()

    def follow(self, text: str) -> None:
        """List what the query typed so far finds; while it has a mistake, say so and leave the list as it was."""
        listing = self._listed.listing._replace(text=text)
        self._query_bar.show_error(listing.error)
        if listing.error is None:
            self._listed.list_text(text)
        else:
            self._listed.tell_error(listing.error)

    def close(self, *, accepted: bool) -> None:
        """Go back to the list.

        Args:
            accepted: whether Enter closed the search bar, which also takes what an empty list offers.
        """
        if self.host.focused is None:  # a key that came meanwhile may have gone to another pane
            self._panes.go_to(self._stories)
        if accepted and self._listed.error is not None:
            self.host.toast(error_in_words(self._listed.error), "warning")  # the search bar may have cut it
        elif accepted:
            self._listed.list_stories(self._listed.listing, take_offer=True)

    @task("completion", exclusive=True)
    async def complete(self, spot: Spot) -> None:
        """Find the completions of a query and show them; a newer call cancels this one."""
        from reader.library.query.completion import completions

        live = await self._values_for(spot)
        found = await self._questions.ask(
            lambda index: completions(spot, lambda field, typed: live.values(index, field, typed))
        )
        if found is not None and self.host.is_standing:
            self._query_bar.show_completions(spot, found)

    async def _values_for(self, spot: Spot) -> LiveValues:
        """The values of the library to complete with, counted a slice at a time, so that keys are not held up."""
        from reader.library.index.live_values import LiveValues
        from reader.library.query.tree import Field

        live = self._live = self._live or LiveValues()
        field = spot.field
        live.hidden = await self._hidden()
        if field is Field.TAG and self._questions.thread.has_marks:
            hidden = live.hidden
            live.tags = await self._questions.ask_marks(
                lambda marks, index: _tags(marks, index, hidden), [], quietly=True
            )
        while field is not None and await self._questions.ask(lambda index: live.count_some(index, field)) is False:
            pass
        return live

    async def _hidden(self) -> Set[int]:
        """The stories that are not counted, as the list will not show them."""
        if not self._questions.thread.has_marks or self._listed.listing.query.names_hidden:
            return frozenset()
        sets = await self._questions.ask_marks(hidden_sets, None, quietly=True)
        return sets.hidden if sets is not None else frozenset()


def _tags(marks: Marks, index: Index, hidden: Set[int]) -> list[tuple[str, int]]:
    """The reader's tags that stories of this library have, with how many have each; the most used first."""
    from reader.library.marks.model import MarkKind

    counts = {tag: len(index.stories_with(marks.keys(MarkKind.TAG, tag)) - hidden) for tag in marks.tags()}
    return sorted(((tag, count) for tag, count in counts.items() if count), key=lambda one: -one[1])
