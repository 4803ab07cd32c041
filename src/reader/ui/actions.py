"""What the keys of the main screen do: from an action's name to the part that does it.

Textual wants actions on the screen, not state. What each is for stands in `bindings`.
"""

from __future__ import annotations

from reader.ui.parts.assembly import Parts
from reader.ui.parts.host import AtHand


class MainActions:
    """The actions of the main screen, one for each of its bindings.

    Attributes:
        parts: what acts.
    """

    parts: Parts

    @property
    def at_hand(self) -> AtHand:
        """What an action acts on."""
        return self.parts.current.at_hand

    def action_step_back(self) -> None:
        """Leave what was selected, else zen, else the pane, else clear the search, else the topics."""
        if not self.parts.selection.leave() and not self.parts.layout.step_back():
            self.parts.listed.widen()

    def action_open(self) -> None:
        """Open the link."""
        self.parts.links.open(self.at_hand)
        self.parts.opened()

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
        self.parts.widgets.story_pane.action_page(pages)
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

    def action_select(self) -> None:
        """Select rows of the list, or no longer."""
        self.parts.selection.switch()

    def action_read_all(self) -> None:
        """Mark all listed stories read."""
        self.parts.marks.read_all()

    def action_read_beside(self, where: str) -> None:
        """Mark all stories read that stand above or below the one at hand, or are older."""
        self.parts.marks.read_beside(where, self.parts.current.id)

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
        self.parts.events.show_overview(self.parts.widgets.stories.all_stories())

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
        """Back to the story that was jumped from."""
        self.parts.current.back()

    def action_forward(self) -> None:
        """Forward to where one came back from."""
        self.parts.current.forward()

    def action_rescan(self) -> None:
        """Read the folder again, and ask the feeds."""
        self.parts.folder.rescan()
        self.parts.asked_feeds.ask()

    def action_feeds(self) -> None:
        """Show the feeds of this library."""
        self.parts.known_feeds.choose()

    def action_full_text(self) -> None:
        """Fetch the whole text of the article at hand."""
        self.parts.texts.bring(self.at_hand)

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
