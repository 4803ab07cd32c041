"""The main screen: three panes, and the way from a key or a message to the part that acts on it."""

from __future__ import annotations

import gc
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from reader.base.memory import set_large_apart, share_heaps
from reader.library.index.listing import Answer, Listing
from reader.ui.actions import MainActions
from reader.ui.keys.bindings import MAIN, MOVES
from reader.ui.parts.assembly import Foundation, Parts
from reader.ui.parts.host import ScreenHost
from reader.ui.parts.layout import HEIGHTS, WIDTHS
from reader.ui.parts.marks.shown import LOOK_FOR_OTHERS
from reader.ui.upstream.cancelled_waits import Uncancelled
from reader.ui.upstream.leaks import CLEAR_UP_EVERY, ClearingUp
from reader.ui.upstream.sizes import StyledOnce, take_size
from reader.ui.widgets.bars import KeyBar
from reader.ui.widgets.coverage.coverage_tree import CoverageTree
from reader.ui.widgets.line_list import LineList
from reader.ui.widgets.query.query_bar import QueryBar
from reader.ui.widgets.story.story_pane import StoryPane

if TYPE_CHECKING:
    from reader.ui.widgets.side_bar import SideBar


class MainScreen(MainActions, Uncancelled, ClearingUp, StyledOnce, Screen[None]):
    """The screen with stories, story and coverage. It holds no state of its own: its parts do.

    Args:
        foundation: what it is made with, and shows first.
    """

    BLANK = True
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    # Priority: a key is acted on when it arrives, so that what is typed ahead of the screen goes where it was meant to.
    BINDINGS: ClassVar[list[Binding]] = [replace(binding, priority=True) for binding in (*MAIN, *MOVES)]  # type: ignore[assignment]

    def __init__(self, foundation: Foundation) -> None:
        super().__init__()
        self.library = foundation.library
        self.parts = Parts(ScreenHost(self, lambda: self.parts.show_bars()), foundation)  # noqa: PLW0108 — they are not yet
        self.stories = self.parts.widgets.stories
        self.story_pane = self.parts.widgets.story_pane
        self.coverage_tree = self.parts.widgets.tree
        self.key_bar = KeyBar(is_first=foundation.is_first, keymap=foundation.keymap)

    def compose(self) -> ComposeResult:
        """Make bars and panes, styled once: Textual would style them before it knows the size, and the focus."""
        size, widgets = self.app.size, self.parts.widgets
        take_size(self)
        self.parts.layout.fit(size)
        self.stories.set_reactive(Widget.has_focus, True)  # it gets the focus as soon as it stands
        yield from (widgets.header, widgets.topics, widgets.query_bar, widgets.panes, self.key_bar)

    def on_mount(self) -> None:
        """Show what the index has at once; then look at the folder."""
        parts = self.parts
        parts.show_first()
        self.stories.focus()
        for follow in (parts.widgets.panes.follow, parts.current.follow_focus, parts.read.look_again):
            self.watch(self, "focused", follow, init=False)
        self.call_after_refresh(self._look_at_folder)
        self.call_after_refresh(parts.show_views)

    async def _look_at_folder(self) -> None:
        """Do what can wait until the first stories are on the screen."""
        set_large_apart()
        share_heaps()
        if not gc.isenabled():  # it was off since the start: the objects made so far stay for good
            gc.freeze()
            gc.enable()
        await self.parts.widgets.query_bar.get_ready()
        self.set_interval(LOOK_FOR_OTHERS, self.parts.look_for_others)
        self.set_interval(CLEAR_UP_EVERY, self.clear_up)
        self.parts.look_at_folder()

    def on_unmount(self) -> None:
        """Close the parts as the program ends."""
        self.parts.close()

    # What it shows.

    @property
    def story(self) -> int | None:
        """The id of the story that is shown; None where there is none."""
        return self.parts.current.id

    @property
    def listing(self) -> Listing:
        """What is listed, or asked for."""
        return self.parts.listed.listing

    @property
    def answer(self) -> Answer:
        """What the list shows, with the counts of the bars."""
        return self.parts.listed.answer

    @property
    def is_resting(self) -> bool:
        """Whether the screen shows all that was asked for, and nothing is being read or looked up."""
        parts = self.parts
        return parts.listed.is_answered and not parts.folder.state.is_syncing and parts.current.is_looked_up

    # Messages.

    def on_resize(self, event: events.Resize) -> None:
        """Share the new size among the panes."""
        self.parts.layout.resize(event.size)
        self.parts.views.show_name()

    @on(events.ScreenResume)
    @on(StoryPane.CameUp)
    def look_again(self) -> None:
        """Look again at whether the story is read: a dialog was closed, or the story pane came to the screen."""
        self.parts.read.look_again()

    def on_query_bar_changed(self, message: QueryBar.Changed) -> None:
        """List what the query finds, while it is typed."""
        self.parts.search.follow(message.text)

    def on_query_bar_closed(self, message: QueryBar.Closed) -> None:
        """Go back to the list."""
        self.parts.search.close(accepted=message.accepted)

    def on_query_bar_completion_wanted(self, message: QueryBar.CompletionWanted) -> None:
        """Complete the query."""
        self.parts.search.complete(message.spot)

    def on_story_list_opened(self) -> None:
        """An event's row was opened: its stories may include the one that is shown."""
        self.parts.current.come_to_light()

    def on_line_list_moved(self, message: LineList.Moved) -> None:
        """The cursor moved in the list or the tree: show what it is on."""
        if message.list is self.stories:
            self.parts.current.show_selected()
        elif message.list is self.coverage_tree and self.focused is self.coverage_tree:
            self.parts.current.show_article()

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """A row was clicked twice, which does what Enter does."""
        self._choose(message.list)

    def on_coverage_tree_expand_requested(self, message: CoverageTree.ExpandRequested) -> None:
        """Show the coverage of a story inside the tree."""
        self.parts.current.expand(message.story)

    async def on_side_bar_view_chosen(self, message: SideBar.ViewChosen) -> None:
        """List a view, or leave it if it is listed."""
        await self.parts.views.switch(message.view)

    def on_side_bar_topic_chosen(self, message: SideBar.TopicChosen) -> None:
        """Switch a topic on or off."""
        self.parts.listed.switch_topic(message.name)

    def on_side_bar_hidden(self) -> None:
        """The side bar was hidden: move the focus to the list."""
        self.parts.layout.go_to_stories()

    # Actions that need more than the parts; the others stand in `MainActions`.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Switch all keys of this screen off while the person types a line of text."""
        return not isinstance(self.focused, Input) and not self.coverage_tree.is_typing

    def action_choose(self) -> None:
        """Enter in the list reads; in the tree it jumps or opens."""
        if isinstance(self.focused, LineList):
            self._choose(self.focused)

    def _choose(self, pane: LineList) -> None:
        if pane is not self.stories:
            self.parts.current.choose_article()
        elif self.parts.layout.enter_story():
            self.parts.opened()
        else:
            self.parts.listed.take_offer()

    def action_problems(self) -> None:
        """List the files that could not be read, and tell why the folder could not."""
        from reader.ui.dialogs.pages import ProblemsDialog

        self.app.push_screen(ProblemsDialog(self.parts.questions.problems(), self.parts.folder.state.trouble))
