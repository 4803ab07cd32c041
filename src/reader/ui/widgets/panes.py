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
        self._left: list[Widget] = []

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
        self.follow(pane)
        if pane is not self._panes[1]:
            self.leave_zen()
        self.screen.set_focus(pane, scroll_visible=False)

    def step(self, by: int) -> None:
        """Go to the pane `by` places on, around in a circle."""
        if self.is_zen:
            return
        focused, panes = self.screen.focused, [*(one for one in self._left if one.display), *self._panes]
        at = panes.index(focused) if focused in panes else len(panes) - len(self._panes)
        self.go_to(panes[(at + by) % len(panes)])

    async def show_left(self, pane: Widget) -> None:
        """Put a further pane at the left of all."""
        self._left.append(pane)
        await self.mount(pane, before=0)

    async def take_left(self, pane: Widget) -> None:
        """Take a pane at the left away; a focus on it goes to the list."""
        if self.screen.focused is pane:
            self.go_to(self._panes[0])
        self._left.remove(pane)
        await pane.remove()

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
