"""How the panes share the screen, and the keys that move among and in them."""

from __future__ import annotations

from collections.abc import Callable

from textual import events

from reader.ui.parts.views import Viewing
from reader.ui.upstream.leaks import forget_drawings
from reader.ui.upstream.sizes import class_of_size
from reader.ui.widgets.line_list import LineList
from reader.ui.widgets.panes import Panes, Split
from reader.ui.widgets.story_view import StoryView


class Arranging(Viewing):
    """The part of the main screen that shares it among the panes.

    Attributes:
        split: how the panes share the screen.
    """

    HORIZONTAL_BREAKPOINTS = [
        (0, "-narrow"),
        (70, "-medium"),
        (110, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (16, "-tall")]

    split: Split

    def on_resize(self, event: events.Resize) -> None:
        """Share the new size among the panes; Textual changes the layout right after."""
        forget_drawings()
        self.query_one(Panes).fit(*event.size, self.layout_of(event.size.width))

    def layout_of(self, width: int) -> str:
        """The class of a screen of so many columns."""
        return class_of_size(self.HORIZONTAL_BREAKPOINTS or (), width)

    # Actions. What each is for stands in `bindings`.

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

    def action_pane(self, by: int) -> None:
        """Go to the next or previous pane."""
        self.query_one(Panes).step(by)

    def action_split(self, by: int) -> None:
        """Give the list more of the screen, or less."""
        panes, size = self.query_one(Panes), self.app.size
        layout = self.layout_of(size.width)
        if layout == "-narrow" or panes.is_zen:
            self.toast("One pane fills the screen: there is no split to move.")
            return
        panes.move_split(by, *size, layout)
        self.split = panes.split
