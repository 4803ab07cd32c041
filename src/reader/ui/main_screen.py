"""The main screen: three panes, and the way from a key to what they show."""

from __future__ import annotations

import asyncio
import gc
from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input

from reader.coverage.model import CoverageArticle, Grouping
from reader.coverage.timeline import earliest
from reader.errors import LibraryIndexError, ReaderError
from reader.library.damage import told_as_ours
from reader.library.library import Library
from reader.library.query import Sort
from reader.library.rows import Counts, StoryRow, TopicCount
from reader.ui.bindings import MAIN, MOVES
from reader.ui.folder_reading import FolderReading
from reader.ui.history import History
from reader.ui.index_thread import IndexThread
from reader.ui.listing import Answer, Listing, ask, ask_first, ask_topics, why_empty
from reader.ui.widgets.bars import HeaderBar, KeyBar, TopicBar
from reader.ui.widgets.coverage_tree import ROOMY, CoverageTree
from reader.ui.widgets.line_list import LineList
from reader.ui.widgets.panes import Panes
from reader.ui.widgets.query_bar import QueryBar
from reader.ui.widgets.story_list import NO_IDS, StoryList
from reader.ui.widgets.story_view import StoryView

if TYPE_CHECKING:
    from reader.stories.model import Story

REST = 0.06
"""Seconds the cursor rests on a story before its file and its coverage are looked up."""


class MainScreen(FolderReading):
    """Stories, story, coverage.

    Args:
        library: what is read.
        place: the library's folder as it is shown.
        listing: what is listed at first.
        now: the clock.
        zone: the time zone of what is shown; None for the system's.
        watch: whether the folder is watched for changes.
    """

    # Priority: a key is acted on when it arrives, so that what is typed ahead of the screen goes where it was meant to.
    BINDINGS: ClassVar[list[Binding]] = [replace(binding, priority=True) for binding in (*MAIN, *MOVES)]  # type: ignore[assignment]
    HORIZONTAL_BREAKPOINTS = [
        (0, "-narrow"),
        (70, "-medium"),
        (110, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (16, "-tall")]

    def __init__(
        self,
        library: Library,
        place: str,
        listing: Listing,
        now: Callable[[], datetime],
        *,
        zone: tzinfo | None,
        watch: bool,
    ) -> None:
        super().__init__()
        self.library = library
        self.place = place
        self.listing = listing
        self.story: int | None = None
        self._answer = Answer(listing, NO_IDS, (), Counts(0, 0, 0))
        self._now = now
        self._zone = zone
        self._history = History()
        self._looked_up: int | None = None
        self._watches_folder = watch
        self._rest: Timer | None = None
        self.index_thread = IndexThread(library)

    # The parts.

    def compose(self) -> ComposeResult:
        """Bars and panes."""
        self._take_size()
        yield HeaderBar()
        yield TopicBar()
        yield QueryBar(self.listing.text)
        yield Panes(
            StoryList(self._fetch, self._now, self._zone),
            StoryView(self._now, self._zone),
            CoverageTree(self._now, self._zone),
        )
        yield KeyBar()

    def _take_size(self) -> None:
        """Style the panes for this size once: Textual tells it after they have been styled for none."""
        width, height = self.app.size
        for breakpoints, length in ((self.HORIZONTAL_BREAKPOINTS, width), (self.VERTICAL_BREAKPOINTS, height)):
            self.add_class([name for least, name in breakpoints if length >= least][-1], update=False)

    @property
    def stories(self) -> StoryList:
        """The story list."""
        return self.query_one(StoryList)

    @property
    def view(self) -> StoryView:
        """The story pane."""
        return self.query_one(StoryView)

    @property
    def coverage_tree(self) -> CoverageTree:
        """The coverage tree."""
        return self.query_one(CoverageTree)

    @property
    def answer(self) -> Answer:
        """What is listed, with the counts of the bars."""
        return self._answer

    @property
    def _topics(self) -> Sequence[TopicCount]:
        """All topics; asked for at once where a key comes before the bar has them."""
        return self._answer.topics or self.library.index.topics()

    @property
    def is_resting(self) -> bool:
        """Whether all that was asked for stands on the screen: nothing is read, and nothing looked up."""
        return not self.is_syncing and self._looked_up == self.story and self._answer.listing == self.listing

    def on_mount(self) -> None:
        """Show what the index has at once; then look at the folder."""
        self.stories.border_title = "Stories"
        self.view.border_title = "Story"
        self.coverage_tree.border_title = "Coverage"
        if self.listing == Listing():
            self._show_first_page()
        self.stories.focus()
        self.watch(self, "focused", self.query_one(Panes).follow, init=False)
        if self.library.note:
            self.toast(self.library.note, "warning")
        self.call_after_refresh(self._look_at_folder)

    async def _look_at_folder(self) -> None:
        """What waits until the first stories stand on the screen."""
        if not gc.isenabled():  # since the start: what has come up to now stays
            gc.freeze()
            gc.enable()
        await self.query_one(QueryBar).get_ready()
        self.action_rescan()
        if self._watches_folder:
            self.watch_folder()

    def on_unmount(self) -> None:
        """Let go of the folder and the index."""
        self.stop_reading()
        self.index_thread.close()

    # The list.

    def _fetch(self, ids: Sequence[int]) -> dict[int, StoryRow]:
        try:
            with told_as_ours():
                return self.library.index.rows(ids)
        except LibraryIndexError as error:
            self.call_later(self.begin_index_anew, error)
            return {}

    def _show_first_page(self) -> None:
        """Show the newest stories before the rest is known; `list_anew` follows."""
        rows = self.library.index.first(self.size.height or 64)
        self.stories.take_rows(rows)
        self._show_answer(replace(self._answer, ids=array("q", (row.id for row in rows))))

    def show_listing(self, listing: Listing, *, take_offer: bool = False) -> None:
        """List other stories, or the same in another order.

        Args:
            listing: what to list.
            take_offer: where nothing is found, list at once what has the words in its coverage.
        """
        self.listing = listing
        self.list_anew(take_offer)

    @work(exclusive=True, group="listing")
    async def list_anew(self, take_offer: bool = False) -> None:
        """Put the question to the index, and show what it answers: the first page, all of it, the topics' counts."""
        listing = self.listing
        first = await self.ask(lambda index: ask_first(index, listing, self.size.height))
        if first is not None and listing == self.listing:
            self._show_answer(replace(first, topics=self._answer.topics))
            await self._drawn()
        answer = await self.ask(lambda index: ask(index, listing))
        if answer is None or listing != self.listing:
            return
        self._show_answer(replace(answer, topics=self._answer.topics))
        await self._drawn()
        if take_offer:
            self._take_offer()
        topics = await self.ask(lambda index: ask_topics(index, listing))
        if topics is not None and listing == self.listing:
            self._answer = replace(self._answer, topics=topics)
            self._show_bars()

    async def _drawn(self) -> None:
        """Wait until what is shown has been drawn: the next question would take the time of the drawing."""
        drawn = asyncio.Event()
        self.call_after_refresh(drawn.set)
        await drawn.wait()

    def _take_offer(self) -> None:
        """Where nothing is listed, list the stories that have the words in their coverage, if there are any."""
        if self._answer.in_coverage:
            listing = self._answer.listing.in_coverage
            self.query_one(QueryBar).text = listing.text
            self.show_listing(listing)

    def _show_answer(self, answer: Answer) -> None:
        fresh = answer.version != self._answer.version
        jumped_out = self.story is not None and self.stories.selected != self.story
        stays_out = jumped_out and answer.listing == self._answer.listing
        self._answer = answer
        empty = why_empty(answer, is_reading=self.is_syncing or answer.version < 0, place=self.place)
        keep = self.story if self.story is not None else self.stories.selected
        self.stories.show_stories(answer.ids, select=keep, empty_text=empty, fresh=fresh)
        self._show_bars()
        if not stays_out and (self.stories.selected != self.story or self.story is None):
            self.show_story(self.stories.selected)

    def _show_bars(self) -> None:
        answer = self._answer
        if answer.version >= 0:  # nothing is counted before the first stories stand
            tail = answer.listing.describe(len(answer.ids), answer.counts.stories)
            self.query_one(TopicBar).show(answer.topics, answer.listing.topics, tail)
        counts = self._answer.counts
        hint = self.library.note or ("yours: reader FOLDER" if self.library.is_sample else "")
        words = (
            f"{_plural(counts.stories, 'story', 'stories')} · {_plural(counts.articles, 'article', 'articles')} linked"
            if answer.version >= 0
            else ""
        )
        self.query_one(HeaderBar).show(HeaderBar.Content(self.place, hint, words, self.activity, counts.unread))

    # The story and its coverage.

    def show_story(self, story: int | None) -> None:
        """Show a story: what the index has of it at once, the rest when the cursor rests."""
        self.story = story
        self._looked_up = -1
        text = self.library.index.text(story) if story is not None else None
        self.view.show_text(text, empty_text="No story is selected.")
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(REST, self.look_up)

    @work(exclusive=True, group="story")
    async def look_up(self) -> None:
        """Read the story's file and its coverage."""
        story = self.story
        if story is None:
            self.coverage_tree.show_coverage(None, empty_text="No story is selected.")
            self._show_titles()
            self._looked_up = None
            return
        coverage = await self.ask(lambda index: index.coverage(story))
        if story != self.story:
            return
        self.coverage_tree.show_coverage(coverage, empty_text="No other article is linked to this story.")
        self._show_titles()
        file: Story | None
        trouble = ""
        try:
            file = await self.index_thread.ask(lambda index: self.library.read(story, index))
        except ReaderError as error:
            file, trouble = None, getattr(error, "reason", str(error))
        if story == self.story:
            self.view.show_file(file, trouble)
            self._looked_up = story

    def _show_titles(self) -> None:
        coverage = self.coverage_tree.coverage
        title = ["Coverage"]
        if coverage and coverage.articles:
            title.append(_plural(coverage.outlets, "outlet", "outlets"))
            first = earliest(coverage.all)
            if first and (first.provider or first.outlet) and self.coverage_tree.size.width >= ROOMY:
                title.append(f"earliest known {first.provider or first.outlet}")
        self.coverage_tree.border_title = Content(" · ".join(title))  # an outlet's name is never markup
        self.coverage_tree.border_subtitle = (
            f"by {self.coverage_tree.grouping}" if coverage and coverage.articles else ""
        )
        listed = self.story is None or self.stories.selected == self.story
        self.view.border_title = "Story" if listed else "Story · not in this list"

    def jump(self, story: int) -> None:
        """Go to a story, in the list where it is listed; the story left stays behind, for `back`."""
        if self.story is not None and story != self.story:
            self._history.leave(self.story)
        self._go(story)

    def _go(self, story: int) -> None:
        if not self.stories.select(story) or self.story != story:
            self.show_story(story)

    def on_line_list_moved(self, message: LineList.Moved) -> None:
        """The cursor moved in the list or the tree."""
        if message.list is self.stories and self.stories.selected != self.story:
            self.show_story(self.stories.selected)

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """Enter in the list reads; in the tree it jumps or opens."""
        if message.list is self.stories:
            if message.index >= 0:
                self.query_one(Panes).go_to(self.view)
            else:
                self._take_offer()
            return
        article = self.coverage_tree.selected
        if article is None:
            return
        if article.story is not None:
            self.jump(article.story)
            listed = self.stories.selected == article.story
            self.query_one(Panes).go_to(self.stories if listed and not self.has_class("-narrow") else self.view)
        else:
            self.post_message(self.OpenRequested(article.url))

    @work(exclusive=True, group="expand")
    async def on_coverage_tree_expand_requested(self, message: CoverageTree.ExpandRequested) -> None:
        """Show the coverage of a story inside the tree."""
        coverage = await self.ask(lambda index: index.coverage(message.story))
        if coverage is not None:
            self.coverage_tree.insert_coverage(coverage)

    def on_story_view_link_clicked(self, message: StoryView.LinkClicked) -> None:
        """A link in the story was clicked."""
        self.post_message(self.OpenRequested(message.url))

    @property
    def target(self) -> CoverageArticle | None:
        """The article that open and copy act on: the one under the cursor of the tree while the tree has the focus."""
        return self.coverage_tree.selected if self.focused is self.coverage_tree else None

    # The bars.

    def on_query_bar_changed(self, message: QueryBar.Changed) -> None:
        """Search as it is typed."""
        self.show_listing(replace(self.listing, text=message.text))

    def on_query_bar_closed(self, message: QueryBar.Closed) -> None:
        """Back to the list; Enter takes what an empty list offers."""
        if self.focused is None:  # a key that came meanwhile may have gone to another pane
            self.query_one(Panes).go_to(self.stories)
        if message.accepted:
            self.show_listing(self.listing, take_offer=True)

    # Actions. What each is for stands in `bindings`.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """While a line is typed in, its keys are letters."""
        return not isinstance(self.focused, Input)

    def action_move(self, by: int) -> None:
        """Move by lines in the pane with the focus."""
        self._moved(lambda pane: pane.action_move(by))

    def action_page(self, pages: float) -> None:
        """Move by pages."""
        self._moved(lambda pane: pane.action_page(pages))

    def action_edge(self, edge: int) -> None:
        """Move to the first or the last line."""
        self._moved(lambda pane: pane.action_edge(edge))

    def _moved(self, move: Callable[[LineList | StoryView], None]) -> None:
        """Move, and show the story under the cursor in the same breath: by a message it would come a frame later."""
        pane = self.focused
        if isinstance(pane, LineList | StoryView):
            before = self.stories.cursor
            move(pane)
            if self.stories.cursor != before:
                self.show_story(self.stories.selected)

    async def action_search(self) -> None:
        """Type a query."""
        self.query_one(Panes).leave_zen()
        await self.query_one(QueryBar).open()

    @work(group="dialog")
    async def action_topics(self) -> None:
        """Choose topics."""
        from reader.ui.dialogs.topic_picker import TopicPicker  # dialogs are imported when they are opened

        chosen = await self.app.push_screen_wait(TopicPicker(self._topics, self.listing.topics))
        if chosen is not None:
            self.show_listing(replace(self.listing, topics=chosen))

    def action_topic(self, number: int) -> None:
        """Switch the nth topic."""
        known = self._topics
        if number <= len(known):
            self.show_listing(replace(self.listing, topics=self.listing.topics ^ {known[number - 1].name}))

    def action_no_topics(self) -> None:
        """Switch all topics off."""
        self.show_listing(replace(self.listing, topics=frozenset()))

    def action_sort(self, order: str = "") -> None:
        """Sort by the next order, or by the one that is named."""
        self.show_listing(replace(self.listing, sort=Sort(order) if order else self.listing.sort.next))

    def action_zen(self) -> None:
        """Only the story, or all panes again."""
        panes = self.query_one(Panes)
        if panes.is_zen:
            panes.go_to(self.stories)
        else:
            panes.enter_zen()

    def action_coverage(self) -> None:
        """Go to the coverage tree."""
        self.query_one(Panes).go_to(self.coverage_tree)

    def action_grouping(self, grouping: str = "") -> None:
        """Group the coverage by the next thing, or by the one that is named."""
        self.coverage_tree.regroup(Grouping(grouping) if grouping else self.coverage_tree.grouping.next)
        self._show_titles()

    @work(exclusive=True, group="linked")
    async def action_linked(self, by: int) -> None:
        """Go to the next or previous story of the linked group."""
        story = self.story
        if story is None:
            return
        group = await self.ask(lambda index: index.linked_group(story))
        if group is None:
            return
        if len(group) < 2:
            self.toast("No other story of this library is linked to this one.")
        elif story == self.story:
            at = group.index(story) + by
            if 0 <= at < len(group):
                self.jump(group[at])
            else:
                self.toast(f"This is the {'latest' if by > 0 else 'earliest'} of {len(group)} linked stories.")

    def action_back(self) -> None:
        """Back through the stories seen."""
        self._go_where(self._history.back(self.story))

    def action_forward(self) -> None:
        """Forward through the stories seen."""
        self._go_where(self._history.forward(self.story))

    def _go_where(self, story: int | None) -> None:
        if story is None:
            self.toast("No further story this way.")
        else:
            self._go(story)

    def action_pane(self, by: int) -> None:
        """Go to the next or previous pane."""
        self.query_one(Panes).step(by)

    def action_step_back(self) -> None:
        """Leave zen, else the pane, else clear the search, else the topics."""
        panes = self.query_one(Panes)
        if panes.is_zen or self.focused is not self.stories:
            panes.go_to(self.stories)
        elif self.listing.text:
            self.query_one(QueryBar).text = ""
            self.show_listing(replace(self.listing, text=""))
        elif self.listing.topics:
            self.action_no_topics()

    def action_problems(self) -> None:
        """List the files that could not be read."""
        from reader.ui.dialogs.pages import ProblemsDialog

        self.app.push_screen(ProblemsDialog(self.library.index.problems()))


def _plural(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
