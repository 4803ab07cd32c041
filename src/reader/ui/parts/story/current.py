"""The story that the screen shows, with its coverage, and the ways to another story and back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from textual.content import Content

from reader.base.errors import ReaderError
from reader.coverage.ways import Grouping
from reader.ui.keys.bindings import key_of
from reader.ui.parts.host import AtHand, Host, Timer, Widgets, task
from reader.ui.parts.index.questions import Questions, reason
from reader.ui.parts.story.articles import ShownArticle
from reader.ui.parts.story.history import History

if TYPE_CHECKING:
    from textual.widget import Widget

    from reader.coverage.model import Coverage
    from reader.stories.model import Story

WIDE = 110
"""The fewest columns of a screen that shows the story and its coverage side by side."""

REST = 0.06
"""Seconds that the cursor must rest on a story before its file and its coverage are read."""


class Follower(Protocol):
    """A part that follows which story is shown: the images, and the marking as read."""

    def come(self, story: int | None, *, moved: bool) -> None:
        """Another story is shown, or the same one again; None for none. `moved`: whether the person moved to it."""

    async def rest(self, story: int, file: Story | None) -> None:
        """The cursor has rested on a story, and its file was read; None where it cannot be read."""


class CurrentStory:
    """Shows a story: at once what the index knows, and its file and its coverage once the cursor has rested.

    Args:
        host: the screen.
        questions: the way to the index.
        widgets: the widgets to show it in.
        new_of: counts how many articles of a coverage are new.
        followers: the parts that are called when another story is shown.
        grouping: how the coverage is grouped at first.
        keymap: keys that differ from the program's own, by the ids of bindings.

    Attributes:
        id: the id of the story that is shown; None where there is none.
        was_opened: whether the person opened it, here or in the browser.
        jumps: how often the person went to a story otherwise than by moving in the list.
    """

    def __init__(
        self,
        host: Host,
        questions: Questions,
        widgets: Widgets,
        *,
        new_of: Callable[[Coverage], Awaitable[int]],
        followers: Sequence[Follower],
        grouping: Grouping,
        keymap: Mapping[str, str],
    ) -> None:
        self.host = host
        self.id: int | None = None
        self.was_opened = False
        self.jumps = 0
        self.grouping = grouping
        self._questions = questions
        self._stories = widgets.stories
        self._story_pane = widgets.story_pane
        self._tree = widgets.tree
        self._panes = widgets.panes
        self._new_of = new_of
        self._followers = followers
        self._history = History()
        self._looked_up: int | None = None
        self._covered: int | None = None
        self._chosen_ahead = False
        """Whether Enter was pressed in the tree before the coverage was there."""
        self._rest: Timer | None = None
        self._tree.grouping = grouping
        self._keymap = keymap
        self._article = ShownArticle(widgets.story_pane, widgets.tree, keymap)

    @property
    def is_looked_up(self) -> bool:
        """Whether all that there is to show of the story is shown."""
        return self._looked_up == self.id

    @property
    def at_hand(self) -> AtHand:
        """What a key acts on: in the coverage tree the article under its cursor, else the story that is shown."""
        article = self._tree.selected if self.host.focused is self._tree and self._covered == self.id else None
        if article is not None:
            return AtHand(article.story, article, [] if article.story is None else [article.story])
        if self.id is None:
            return AtHand()
        stories, is_in_list = self._stories, self.host.focused is self._stories
        if is_in_list and stories.is_selecting:
            return AtHand(self.id, None, stories.stories_selected, stories.selection)
        if is_in_list and stories.selected is not None and stories.holds(self.id):
            return AtHand(self.id, None, stories.stories_of(stories.selected))
        return AtHand(self.id, None, [self.id])

    # Showing.

    def show(self, story: int | None, *, moved: bool = False) -> None:
        """Show a story; None where there is none to show. `moved`: whether the person moved to it."""
        is_other, self.id = story != self.id, story
        self._stories.show_away(story is not None and not self._stories.holds(story))
        self.was_opened = False
        if is_other:
            self._chosen_ahead = False
            self._leave_article()
        self._looked_up = -1
        for follower in self._followers:
            follower.come(story, moved=moved)
        self._story_pane.show_text(self._questions.text(story), empty_text="No story is selected.")
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.host.set_timer(REST, self._has_rested)

    def renew(self) -> None:
        """Show the story again, as its file may have changed."""
        text = self._questions.text(self.id)
        if text is not None:
            self._story_pane.show_text(text)
        self.look_up()

    def show_selected(self) -> None:
        """Show the story under the cursor of the list, if another is shown."""
        if self._stories.selected != self.id:
            self.show(self._stories.selected, moved=True)

    def come_to_light(self) -> None:
        """An event's row was opened: move the cursor to the shown story if it is one of the rows that appeared."""
        if self.id is not None:
            self._stories.select(self.id)

    def hasten(self) -> bool:
        """Read the file and the coverage now, not once the cursor has rested; says whether that was still to come."""
        if self._looked_up != -1 or self._rest is None:
            return False
        self._rest.stop()
        self._has_rested()
        return True

    def _has_rested(self) -> None:
        self._rest = None
        self.look_up()

    @task("story", exclusive=True)
    async def look_up(self) -> None:
        """Read the story's file and its coverage."""
        story = self.id
        if not self.host.is_standing:
            return
        if story is None:
            self._tree.show_coverage(None, empty_text="No story is selected.")
            self.show_title()
            self._looked_up = self._covered = None
            return
        coverage = await self._questions.coverage(story)
        new = await self._new_of(coverage) if coverage is not None else 0
        if story != self.id or not self.host.is_standing:
            return
        nothing = "Nothing is linked to this story, and no other is like it."
        if not self._questions.shows_found:
            key = key_of("coverage.found", self._keymap)
            nothing = f"Nothing is linked to this story. What is alike is hidden: {key} shows it."
        self._tree.show_coverage(coverage, empty_text=nothing, new=new)
        self._covered = story
        self._article.come(coverage)
        self.show_title()
        if self._chosen_ahead:
            self._chosen_ahead = False
            self._choose_article()
        await self._read(story)

    async def _read(self, story: int) -> None:
        file: Story | None
        trouble = ""
        try:
            file = await self._questions.read(story)
        except ReaderError as error:
            file, trouble = None, reason(error)
        if story == self.id and self.host.is_standing:
            self._story_pane.show_file(file, trouble)
            self._article.take(file)
            self._looked_up = story
            for follower in self._followers:
                await follower.rest(story, file)

    def show_title(self) -> None:
        """Set the title above the story, which also says whether the story is listed, or that it is an article."""
        is_listed = self.id is None or self._stories.holds(self.id)
        self._stories.show_away(not is_listed)
        title = "Article" if self._article.is_shown else "Story"
        if title == "Story" and self.id not in (None, self._stories.selected):
            title += " · another of this event" if is_listed else " · not in this list"
        coverage = self._tree.coverage
        if self.host.size.width < WIDE and coverage and not coverage.is_alone and self._covered == self.id:
            from reader.coverage.sections import in_short

            title += f" │ Coverage: {', '.join(in_short(coverage))} ({key_of('coverage.focus', self._keymap)})"
        self._story_pane.border_title = Content(title)

    # The article under the cursor of the tree.

    def show_article(self) -> None:
        """Show the article under the cursor of the tree in place of the story."""
        self._article.show(is_there=self._covered == self.id)
        self.show_title()

    def follow_focus(self, focused: Widget | None) -> None:
        """While the tree has the focus, show the article under its cursor; once another pane has it, the story again.

        The selection of the list is only in force while the list has the focus: keys act on what that pane shows.
        """
        if focused is not None:
            self._stories.show_selection(focused is self._stories)
        if focused is self._tree:
            self.show_article()
        elif focused is not None:  # no pane has the focus while the terminal's window has not
            self._leave_article()

    def _leave_article(self) -> None:
        self._article.leave()
        self.show_title()

    # Going to another.

    def jump(self, story: int) -> bool:
        """Go to a story, in the list if it is listed there; `back` returns to the story that is left.

        Returns:
            Whether it is still there; else a message says that it is not.
        """
        if self._questions.text(story) is None:
            self.host.toast("Not there any more: the file of that story is gone.")
            return False
        if self.id is not None and story != self.id:
            self._history.leave(self.id)
        self._go(story)
        return True

    def _go(self, story: int) -> None:
        self.jumps += 1
        if not self._stories.select(story) or self.id != story:
            self.show(story, moved=True)

    def back(self) -> None:
        """Go back to the story that was jumped from."""
        self._go_where(self._history.back)

    def forward(self) -> None:
        """Go forward to the story that `back` left."""
        self._go_where(self._history.forward)

    def _go_where(self, step: Callable[[int | None], int | None]) -> None:
        story = step(self.id)
        while story is not None and self._questions.text(story) is None:
            story = step(None)  # the file of that one is gone
        if story is None:
            self.host.toast("No further story this way.")
        else:
            self._go(story)

    def go_to_row(self, row: int) -> None:
        """Go to a row of the list."""
        if self._stories.count:
            self.moved(lambda: self._stories.move_to(row))

    def moved(self, move: Callable[[], None]) -> None:
        """Move the cursor and show its story at once: a message of the list would show it one frame later."""
        before = self._stories.cursor
        move()
        if self._stories.cursor != before:
            self.show(self._stories.selected, moved=True)
        elif self.host.focused is self._tree:
            self.show_article()

    def go_on(self) -> None:
        """Go to the next article of the tree while that has the focus, else to the next row of the list."""
        if self.host.focused is self._tree:
            self.moved(lambda: self._tree.action_move(1))
        else:
            self.go_to_row(min(self._stories.cursor + 1, self._stories.count - 1))

    # The coverage.

    def choose_article(self) -> None:
        """Jump to the article under the cursor of the tree, or open it; first waits for the coverage to be there."""
        if self._covered == self.id:
            self._choose_article()
        else:
            self._chosen_ahead = True

    def _choose_article(self) -> None:
        article = self._tree.selected
        if article is None:
            return
        if article.story is None:
            from reader.ui.messages import OpenRequested

            self.host.post_message(OpenRequested(article.url))
        elif self.jump(article.story):
            is_listed = self._stories.selected == article.story
            is_narrow = self._panes.screen.has_class("-narrow")
            self._panes.go_to(self._stories if is_listed and not is_narrow else self._story_pane)

    @task("expand", exclusive=True)
    async def expand(self, story: int) -> None:
        """Show the coverage of a story inside the tree."""
        coverage = await self._questions.coverage(story)
        if coverage is not None:
            self._tree.insert_coverage(coverage)

    def group(self, grouping: str = "") -> None:
        """Group the coverage in the next way, or in the one that is named."""
        self.grouping = Grouping(grouping) if grouping else self._tree.grouping.next
        self._tree.regroup(self.grouping)

    def switch_found(self) -> None:
        """Show or hide the stories that are alike."""
        self._questions.shows_found = not self._questions.shows_found
        done = "Shown" if self._questions.shows_found else "Hidden"  # first: a narrow screen cuts the end
        self.host.toast(f"{done}: stories found by their words, which no file links.")
        self.look_up()

    def fold(self) -> None:
        """Fold the copies of one text into one line, or show each."""
        if not self._tree.copies:
            self.host.toast("No wire copy in this coverage: every outlet has a text of its own.")
        elif self._tree.grouping is Grouping.OUTLET:
            key = key_of("coverage.grouping", self._keymap)
            self.host.toast(f"By outlet each article has a line of its own; {key} groups in another way.")
        else:
            self._tree.toggle_fold()
