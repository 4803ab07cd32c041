"""The main screen: three panes, and the way from a key or a message to the part that acts on it."""

from __future__ import annotations

import gc
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input

from reader.library.index.listing import Answer, Listing
from reader.ui.keys.bindings import MAIN, MOVES
from reader.ui.parts.assembly import Basis, Parts
from reader.ui.parts.host import AtHand, ScreenHost
from reader.ui.parts.layout import HEIGHTS, WIDTHS
from reader.ui.parts.marks.shown import LOOK_FOR_OTHERS
from reader.ui.upstream.cancelled_waits import Uncancelled
from reader.ui.upstream.leaks import CLEAR_UP_EVERY, ClearingUp
from reader.ui.upstream.sizes import take_size
from reader.ui.widgets.bars import KeyBar
from reader.ui.widgets.coverage_tree import CoverageTree
from reader.ui.widgets.line_list import LineList
from reader.ui.widgets.query_bar import QueryBar
from reader.ui.widgets.story_view import StoryView

if TYPE_CHECKING:
    from reader.ui.widgets.side_bar import SideBar


class MainScreen(Uncancelled, ClearingUp):
    """Stories, story, coverage. What is known of them is known by its parts.

    Args:
        basis: what it stands on, and shows first.
    """

    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    # Priority: a key is acted on when it arrives, so that what is typed ahead of the screen goes where it was meant to.
    BINDINGS: ClassVar[list[Binding]] = [replace(binding, priority=True) for binding in (*MAIN, *MOVES)]  # type: ignore[assignment]

    def __init__(self, basis: Basis) -> None:
        super().__init__()
        self.library = basis.library
        self.parts = Parts(ScreenHost(self, lambda: self.parts.show_bars()), basis)  # noqa: PLW0108 — they are not yet
        self.stories = self.parts.widgets.stories
        self.view = self.parts.widgets.view
        self.coverage_tree = self.parts.widgets.tree
        self.key_bar = KeyBar(is_first=basis.is_first, keymap=basis.keymap)

    def compose(self) -> ComposeResult:
        """Bars and panes, styled for this size once: Textual tells it after they have been styled for none."""
        size, widgets = self.app.size, self.parts.widgets
        take_size(self)
        self.parts.layout.fit(size)
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
        """What waits until the first stories stand on the screen."""
        if not gc.isenabled():  # since the start: what has come up to now stays
            gc.freeze()
            gc.enable()
        await self.parts.widgets.query_bar.get_ready()
        self.set_interval(LOOK_FOR_OTHERS, self.parts.shown_marks.look_for_others)
        self.set_interval(CLEAR_UP_EVERY, self.clear_up)
        self.parts.look_at_folder()

    def on_unmount(self) -> None:
        """As the program ends."""
        self.parts.close()

    # What it shows.

    @property
    def story(self) -> int | None:
        """The id of the story that is shown; None where there is none."""
        return self.parts.current.id

    @property
    def at_hand(self) -> AtHand:
        """What an action acts on."""
        return self.parts.current.at_hand

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
        """Whether all that was asked for stands on the screen: nothing is read, and nothing looked up."""
        parts = self.parts
        return parts.listed.is_answered and not parts.folder.state.is_syncing and parts.current.is_looked_up

    # Messages.

    def on_resize(self, event: events.Resize) -> None:
        """Share the new size among the panes."""
        self.parts.layout.resize(event.size)

    @on(events.ScreenResume)
    @on(StoryView.CameUp)
    def look_again(self) -> None:
        """A dialog was closed, or the story pane has got its place on the screen."""
        self.parts.read.look_again()

    def on_query_bar_changed(self, message: QueryBar.Changed) -> None:
        """Search as it is typed."""
        self.parts.search.follow(message.text)

    def on_query_bar_closed(self, message: QueryBar.Closed) -> None:
        """Back to the list."""
        self.parts.search.close(accepted=message.accepted)

    def on_query_bar_completion_wanted(self, message: QueryBar.CompletionWanted) -> None:
        """Find out how the query may go on."""
        self.parts.search.complete(message.spot)

    def on_story_list_opened(self) -> None:
        """An event's row was opened."""
        self.parts.current.come_to_light()

    def on_line_list_moved(self, message: LineList.Moved) -> None:
        """The cursor moved in the list or the tree."""
        if message.list is self.stories:
            self.parts.current.show_selected()
        elif message.list is self.coverage_tree and self.focused is self.coverage_tree:
            self.parts.current.show_article()

    def on_line_list_chosen(self, message: LineList.Chosen) -> None:
        """A row was clicked twice."""
        self._choose(message.list)

    def on_coverage_tree_expand_requested(self, message: CoverageTree.ExpandRequested) -> None:
        """Show the coverage of a story inside the tree."""
        self.parts.current.expand(message.story)

    async def on_side_bar_view_chosen(self, message: SideBar.ViewChosen) -> None:
        """List a view, or list it no longer."""
        await self.parts.views.switch(message.view)

    def on_side_bar_topic_chosen(self, message: SideBar.TopicChosen) -> None:
        """Switch a topic."""
        self.parts.listed.switch_topic(message.name)

    def on_side_bar_hidden(self) -> None:
        """The focus goes to the list."""
        self.parts.layout.go_to_stories()

    # Actions. What each is for stands in `bindings`.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """While a line is typed in, its keys are letters."""
        return not isinstance(self.focused, Input) and not self.coverage_tree.is_typing

    def action_choose(self) -> None:
        """Enter in the list reads; in the tree it jumps or opens."""
        if isinstance(self.focused, LineList):
            self._choose(self.focused)

    def _choose(self, pane: LineList) -> None:
        if pane is not self.stories:
            self.parts.current.choose_article()
        elif self.parts.layout.enter_story():
            self._opened()
        else:
            self.parts.listed.take_offer()

    def _opened(self) -> None:
        """The story at hand was opened, here or in the browser."""
        self.parts.current.was_opened = self.at_hand.story == self.story
        self.parts.read.opened(self.at_hand)

    def action_step_back(self) -> None:
        """Leave zen, else the pane, else clear the search, else the topics."""
        if not self.parts.layout.step_back():
            self.parts.listed.widen()

    def action_open(self) -> None:
        """Open the link."""
        self.parts.links.open(self.at_hand)
        self._opened()

    def action_open_next(self) -> None:
        """Open the link, mark read, and go to the next."""
        self.parts.links.open(self.at_hand)
        self.parts.read.read(self.at_hand)
        self.parts.current.go_on()

    def action_links(self) -> None:
        """Choose among all links."""
        self.parts.links.choose(self.at_hand)

    def action_copy_link(self) -> None:
        """Copy the link."""
        self.parts.links.copy(self.at_hand)

    def action_copy_markdown(self) -> None:
        """Copy title and link as Markdown."""
        self.parts.links.copy_markdown(self.at_hand)

    def action_details(self) -> None:
        """Show or hide all of the front matter."""
        self.parts.layout.switch_details()

    def action_scroll_story(self, pages: int) -> None:
        """Scroll the story, wherever the focus is."""
        self.view.action_page(pages)
        self.parts.read.turned_to()

    def action_pipe(self) -> None:
        """Pipe the story to a command."""
        self.parts.handing_on.pipe(self.at_hand)

    def action_share(self) -> None:
        """Hand the story to a share target."""
        self.parts.handing_on.share(self.at_hand)

    def action_save(self) -> None:
        """Save the story."""
        self.parts.handing_on.save(self.at_hand)

    def action_edit(self) -> None:
        """Edit the story's file."""
        self.parts.handing_on.edit(self.at_hand)

    def action_image(self) -> None:
        """Show the image, or hide it."""
        self.parts.layout.bring_story_up()
        self.parts.images.switch()

    def action_read(self) -> None:
        """Read, or unread again; on an event's closed row all its stories."""
        self.parts.marks.toggle_read(self.at_hand)

    def action_star(self) -> None:
        """Star, or take the star off."""
        self.parts.marks.star(self.at_hand)

    def action_later(self) -> None:
        """Keep for later, or no longer."""
        self.parts.marks.later(self.at_hand)

    def action_read_all(self) -> None:
        """Mark all listed stories read."""
        self.parts.marks.read_all()

    def action_read_beside(self, where: str) -> None:
        """Mark all stories read that stand above or below the one at hand, or are older."""
        self.parts.marks.read_beside(where, self.story)

    def action_undo_mark(self) -> None:
        """Take the last mark back."""
        self.parts.marks.undo()

    def action_redo_mark(self) -> None:
        """Do again what was taken back last."""
        self.parts.marks.redo()

    def action_tags(self) -> None:
        """Write tags of one's own."""
        self.parts.notes.write_tags(self.at_hand)

    def action_note(self) -> None:
        """Write a note in the editor."""
        self.parts.notes.write_note(self.at_hand)

    def action_unread(self, by: int) -> None:
        """Go to the next or previous unread story."""
        self.parts.unread.step(by)

    def action_watch_event(self) -> None:
        """Watch the event of the story at hand, or watch it no longer."""
        self.parts.marks.watch_event(self.at_hand)

    def action_along_event(self, by: int) -> None:
        """Go to the next or previous story of the event."""
        self.parts.events.step(by)

    def action_headlines(self) -> None:
        """Show the event's headlines side by side."""
        self.parts.events.compare_headlines()

    def action_briefing(self) -> None:
        """Write a briefing of the event to a file."""
        self.parts.events.write_briefing()

    def action_overview(self) -> None:
        """Show what the stories listed are made of."""
        self.parts.events.overlook(self.stories.ids)

    async def action_search(self) -> None:
        """Type a query; in the coverage tree, what to narrow it to."""
        await self.parts.search.open()

    def action_topics(self) -> None:
        """Choose topics."""
        self.parts.listed.choose_topics()

    def action_topic(self, number: int) -> None:
        """Switch the nth topic."""
        self.parts.listed.switch_nth_topic(number)

    def action_no_topics(self) -> None:
        """Switch all topics off."""
        self.parts.listed.list_all_topics()

    def action_sort(self, order: str = "") -> None:
        """Sort by the next order, or by the one that is named."""
        self.parts.listed.sort(order)

    def action_shown(self, shown: str = "") -> None:
        """All, unread or starred stories: the next of these, or the one that is named."""
        self.parts.listed.list_shown(shown)

    def action_events(self) -> None:
        """One row per event, or one per story again."""
        self.parts.listed.switch_events()

    def action_views(self) -> None:
        """Choose a view."""
        self.parts.views.choose()

    def action_save_view(self) -> None:
        """Save what is listed as a view."""
        self.parts.views.save()

    def action_like(self) -> None:
        """List the stories of one of the story's topics, of its outlet or of its event."""
        self.parts.views.choose_like(self.at_hand)

    async def action_side_bar(self) -> None:
        """Open or close the side bar."""
        await self.parts.side_bar.switch()

    def action_grouping(self, grouping: str = "") -> None:
        """Group the coverage by the next thing, or by the one that is named."""
        self.parts.current.group(grouping)

    def action_fold(self) -> None:
        """Fold the copies of one text into one line, or show each."""
        self.parts.current.fold()

    def action_found(self) -> None:
        """Show or hide the stories that are alike."""
        self.parts.current.switch_found()

    def action_back(self) -> None:
        """Back through the stories seen."""
        self.parts.current.back()

    def action_forward(self) -> None:
        """Forward through the stories seen."""
        self.parts.current.forward()

    def action_rescan(self) -> None:
        """Read the folder again."""
        self.parts.folder.rescan()

    def action_problems(self) -> None:
        """List the files that could not be read."""
        from reader.ui.dialogs.pages import ProblemsDialog

        self.app.push_screen(ProblemsDialog(self.parts.questions.problems()))

    def action_move(self, by: int) -> None:
        """Move by lines in the pane with the focus."""
        self.parts.layout.move(by)

    def action_page(self, pages: float) -> None:
        """Move by pages."""
        self.parts.layout.page(pages)

    def action_edge(self, edge: int) -> None:
        """Move to the first or the last line."""
        self.parts.layout.go_to_edge(edge)

    def action_zen(self) -> None:
        """Only the story, or all panes again."""
        self.parts.layout.switch_zen()

    def action_coverage(self) -> None:
        """Go to the coverage tree."""
        self.parts.layout.go_to_coverage()

    def action_pane(self, by: int) -> None:
        """Go to the next or previous pane."""
        self.parts.layout.step(by)

    def action_density(self) -> None:
        """One line a story, two a headline, or as many as there is room for."""
        self.parts.layout.switch_density()

    def action_split(self, by: int) -> None:
        """Give the list more of the screen, or less."""
        self.parts.layout.move_split(by)
