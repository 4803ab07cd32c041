"""The main screen: three panes, and the way from a key to what they show."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.timer import Timer
from textual.widgets import Input

from reader.base.errors import ReaderError
from reader.coverage.ways import Grouping
from reader.library.library import Library
from reader.ui.keys.bindings import MAIN, MOVES
from reader.ui.parts.history import History
from reader.ui.parts.index_thread import IndexThread
from reader.ui.parts.layout import Arranging
from reader.ui.parts.listing import Answer, Listing, Shown
from reader.ui.parts.notes import OTHERS
from reader.ui.upstream.leaks import CLEAR_UP_EVERY, ClearingUp
from reader.ui.upstream.sizes import take_size
from reader.ui.widgets.bars import HeaderBar, KeyBar, TopicBar
from reader.ui.widgets.coverage_tree import CoverageTree
from reader.ui.widgets.line_list import LineList
from reader.ui.widgets.panes import Panes, Split
from reader.ui.widgets.query_bar import QueryBar
from reader.ui.widgets.query_history import QueryHistory
from reader.ui.widgets.story_list import StoryList
from reader.ui.widgets.story_view import StoryView

if TYPE_CHECKING:
    from reader.coverage.model import CoverageArticle
    from reader.settings.config import View
    from reader.stories.model import Story

REST = 0.06
"""Seconds the cursor rests on a story before its file and its coverage are looked up."""


class MainScreen(Arranging, ClearingUp):
    """Stories, story, coverage.

    Args:
        library: what is read.
        place: the library's folder as it is shown.
        listing: what is listed at first.
        now: the clock.
        zone: the time zone of what is shown; None for the system's.
        watch: whether the folder is watched for changes.
        outlets: domains of outlets, the best first: whose story speaks for an event.
        marks: the file of the marks; None where nothing is to be marked.
        mark_read: when a story counts as read, as of `Config`.
        mark_read_seconds: as of `Config`.
        start: the key of the story that is shown first; empty for the first of the list.
        grouping: how the coverage is grouped at first.
        split: how the panes share the screen at first.
        views: views of the configuration.
        views_file: the file of saved views; None where nothing is to be saved.
        side_bar: whether the side bar is open at first.
        queries: what was searched for before, the last one last.
    """

    # Priority: a key is acted on when it arrives, so that what is typed ahead of the screen goes where it was meant to.
    BINDINGS: ClassVar[list[Binding]] = [replace(binding, priority=True) for binding in (*MAIN, *MOVES)]  # type: ignore[assignment]

    def __init__(
        self,
        library: Library,
        place: str,
        listing: Listing,
        now: Callable[[], datetime],
        *,
        zone: tzinfo | None,
        watch: bool,
        outlets: Sequence[str] = (),
        marks: Path | None = None,
        mark_read: str = "never",
        mark_read_seconds: float = 2.0,
        start: str = "",
        grouping: Grouping = Grouping.TIME,
        split: Split = Split(),  # noqa: B008 — a frozen value
        views: Sequence[View] = (),
        views_file: Path | None = None,
        side_bar: bool = False,
        queries: Sequence[str] = (),
    ) -> None:
        super().__init__(place, listing, now, outlets)
        self.searched = QueryHistory(queries)
        self.library = library
        self.story: int | None = None
        self._zone = zone
        self._history = History()
        self._looked_up: int | None = None
        self._covered: int | None = None
        self._chosen_ahead = False
        self._watches_folder = watch
        self._rest: Timer | None = None
        self._start = start
        self.grouping = grouping
        self.split = split
        self.configured_views = views
        self.views_file = views_file
        self.begins_with_side_bar = side_bar
        self.mark_read = mark_read
        self.mark_read_seconds = mark_read_seconds
        self.index_thread = IndexThread(library, marks, now)

    # The parts.

    def compose(self) -> ComposeResult:
        """Bars and panes."""
        take_size(self)
        yield HeaderBar()
        yield TopicBar()
        yield QueryBar(self.listing.text, self.searched)
        panes = Panes(
            StoryList(self.fetch_rows, self.fetch_events, self._now, self._zone),
            StoryView(self._now, self._zone),
            CoverageTree(self._now, self._zone),
        )
        panes.split = self.split
        panes.fit(*self.app.size, self.layout_of(self.app.size.width))
        yield panes
        yield KeyBar()

    @property
    def view(self) -> StoryView:
        """The story pane."""
        return self.query_one(StoryView)

    @property
    def coverage_tree(self) -> CoverageTree:
        """The coverage tree."""
        return self.query_one(CoverageTree)

    @property
    def is_resting(self) -> bool:
        """Whether all that was asked for stands on the screen: nothing is read, and nothing looked up."""
        is_answered = self._answer.version >= 0 and self._answer.listing == self.listing
        return is_answered and not self.is_syncing and self._looked_up == self.story

    def on_mount(self) -> None:
        """Show what the index has at once; then look at the folder."""
        self.stories.border_title = "Stories"
        self.view.border_title = "Story"
        self.coverage_tree.grouping = self.grouping
        if self._start:
            self.show_story(self.peek(lambda index: index.story_named(self._start), None))
        if self.listing == Listing():
            self.show_first_page()
        self.stories.focus()
        self.watch(self, "focused", self.query_one(Panes).follow, init=False)
        self.watch(self, "focused", self.look_again, init=False)
        if self.library.note:
            self.toast(self.library.note, "warning")
        self.call_after_refresh(self._look_at_folder)

    async def _look_at_folder(self) -> None:
        """What waits until the first stories stand on the screen."""
        if not gc.isenabled():  # since the start: what has come up to now stays
            gc.freeze()
            gc.enable()
        await self.query_one(QueryBar).get_ready()
        self.set_interval(OTHERS, self.look_for_others_marks)
        self.set_interval(CLEAR_UP_EVERY, self.clear_up)
        self.is_filling = not self.peek(lambda index: index.counts().stories, 0)
        if self._watches_folder:
            self.watch_folder()  # the folder is read once changes are seen: none is missed in between
        if not self._watches_folder or not self.stories.count:
            self.read_folder()
        else:
            self.list_anew()

    def on_unmount(self) -> None:
        """As the program ends."""
        self.let_go()

    def let_go(self) -> None:
        """Let go of the folder and the index; once more does nothing."""
        self.stop_reading()
        self.index_thread.close()

    # The story and its coverage.

    def show_story(self, story: int | None) -> None:
        """Show a story: what the index has of it at once, the rest when the cursor rests."""
        self.story = story
        self._looked_up = -1
        self._chosen_ahead = False
        self.leave_image(story)
        self.view.show_text(self.text_of(story), empty_text="No story is selected.")
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(REST, self.look_up)
        self.begin_reading()

    @work(exclusive=True, group="story")
    async def look_up(self) -> None:
        """Read the story's file and its coverage."""
        story = self.story
        if not self.is_standing:
            return
        if story is None:
            self.coverage_tree.show_coverage(None, empty_text="No story is selected.")
            self._show_title()
            self._looked_up = self._covered = None
            return
        coverage = await self.ask(lambda index: index.coverage(story))
        new = await self.news_of(coverage) if coverage is not None else 0
        if story != self.story or not self.is_standing:
            return
        self.coverage_tree.show_coverage(coverage, empty_text="No other article is linked to this story.", new=new)
        self._covered = story
        self._show_title()
        if self._chosen_ahead:
            self._chosen_ahead = False
            self._choose_article()
        file: Story | None
        trouble = ""
        try:
            file = await self.index_thread.ask(lambda index: self.library.read(story, index))
        except ReaderError as error:
            file, trouble = None, getattr(error, "reason", str(error))
        if story == self.story and self.is_standing:
            self.view.show_file(file, trouble)
            self._looked_up = story
            self.rest_on(file)
            await self.look_at_marks()
            await self.show_own_words(story)
            self.look_for_news()

    def _show_answer(self, answer: Answer) -> None:
        if self.is_standing:
            super()._show_answer(answer)
            self._show_title()

    def _show_title(self) -> None:
        listed = self.story is None or self.stories.holds(self.story)
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
        """A row was clicked twice."""
        self._choose(message.list)

    def action_choose(self) -> None:
        """Enter in the list reads; in the tree it jumps or opens."""
        if isinstance(self.focused, LineList):
            self._choose(self.focused)

    def _choose(self, pane: LineList) -> None:
        if pane is self.stories:
            if self.stories.count:
                if self.stories.selected != self.story and self.stories.holds(self.story):
                    self.show_story(self.stories.selected)  # an event's row is read as its representative
                self.query_one(Panes).go_to(self.view)
                self.opened()
            else:
                self._take_offer()
            return
        if self._covered == self.story:
            self._choose_article()
        else:  # the key came before the coverage it is meant for
            self._chosen_ahead = True

    def _choose_article(self) -> None:
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
        is_meant = self.focused is self.coverage_tree and self._covered == self.story
        return self.coverage_tree.selected if is_meant else None

    # Actions. What each is for stands in `bindings`.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """While a line is typed in, its keys are letters."""
        return not isinstance(self.focused, Input) and not self.coverage_tree.is_typing

    def action_grouping(self, grouping: str = "") -> None:
        """Group the coverage by the next thing, or by the one that is named."""
        self.grouping = Grouping(grouping) if grouping else self.coverage_tree.grouping.next
        self.coverage_tree.regroup(self.grouping)

    async def action_search(self) -> None:
        """Type a query; in the coverage tree, what to narrow it to."""
        if self.focused is self.coverage_tree and self.coverage_tree.count:
            self.coverage_tree.start_typing()
        else:
            await super().action_search()

    def action_fold(self) -> None:
        """Fold the copies of one text into one line, or show each."""
        if self.coverage_tree.copies:
            self.coverage_tree.toggle_fold()
        else:
            self.toast("No wire copy in this coverage: every outlet has a text of its own.")

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

    def action_step_back(self) -> None:
        """Leave zen, else the pane, else clear the search, else the topics."""
        panes = self.query_one(Panes)
        if self.focused is self.coverage_tree and self.coverage_tree.is_narrowed:
            self.coverage_tree.narrow("")
        elif panes.is_zen or self.focused is not self.stories:
            panes.go_to(self.stories)
        elif self.listing.text:
            self.query_one(QueryBar).text = ""
            self.show_listing(self.listing._replace(text=""))
        elif self.listing.topics:
            self.action_no_topics()
        elif self.listing.shown is not Shown.ALL:
            self.action_shown(Shown.ALL)

    def action_problems(self) -> None:
        """List the files that could not be read."""
        from reader.ui.dialogs.pages import ProblemsDialog

        self.app.push_screen(ProblemsDialog(self.peek(lambda index: index.problems(), [])))
