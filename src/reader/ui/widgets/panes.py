"""The three panes side by side, above one another, or one at a time, as the terminal's size allows."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container
from textual.widget import Widget

from reader.ui.widgets.coverage_tree import CoverageTree
from reader.ui.widgets.story_list import StoryList
from reader.ui.widgets.story_view import StoryView


class Panes(Container):
    """Knows which pane is next to which, and which is shown where only one has room.

    The class `-shows-ID` says which pane is shown on a narrow terminal; `-zen` leaves only the story.
    """

    DEFAULT_CSS = """
    Panes { height: 1fr; }
    """

    def __init__(self, stories: StoryList, story: StoryView, coverage: CoverageTree) -> None:
        super().__init__(id="panes", classes="-shows-stories")
        self._panes: list[Widget] = [stories, story, coverage]

    def compose(self) -> ComposeResult:
        """The list, and beside or below it the story with its coverage."""
        stories, story, coverage = self._panes
        yield stories
        with Container(id="side"):
            yield story
            yield coverage

    @property
    def is_zen(self) -> bool:
        """Whether only the story is shown."""
        return self.has_class("-zen")

    def go_to(self, pane: Widget) -> None:
        """Put the focus on a pane, and show it where it is hidden."""
        for one in self._panes:
            self.set_class(one is pane, f"-shows-{one.id}")
        if pane is not self._panes[1]:
            self.leave_zen()
        self.screen.set_focus(pane, scroll_visible=False)

    def step(self, by: int) -> None:
        """Go to the pane `by` places on, around in a circle."""
        if self.is_zen:
            return
        focused = self.screen.focused
        at = self._panes.index(focused) if focused in self._panes else 0
        self.go_to(self._panes[(at + by) % len(self._panes)])

    def follow(self, focused: Widget | None) -> None:
        """Show the pane that got the focus by other means, such as a click."""
        if focused in self._panes:
            for one in self._panes:
                self.set_class(one is focused, f"-shows-{one.id}")

    def enter_zen(self) -> None:
        """Only the story."""
        self.add_class("-zen")
        self.screen.add_class("-zen")
        self.go_to(self._panes[1])

    def leave_zen(self) -> None:
        """All panes again."""
        self.remove_class("-zen")
        self.screen.remove_class("-zen")
