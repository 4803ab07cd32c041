"""The container of the three panes: side by side, above one another, or one at a time, as the screen has room."""

from __future__ import annotations

from typing import NamedTuple

from textual.app import ComposeResult
from textual.containers import Container
from textual.widget import Widget

from reader.ui.widgets.coverage.coverage_tree import CoverageTree
from reader.ui.widgets.stories.story_list import StoryList
from reader.ui.widgets.story.story_pane import StoryPane

STEP = 5
"""The step by which the split moves, in hundredths of the screen."""

LEAST_WIDTHS = (26, 36)
"""The least columns of the list, and of what is beside it."""

LEAST_HEIGHTS = (4, 6)
"""The least lines of the list, and of what is below it."""

_BARS = 3
"""The lines of the screen that the bars take."""


class Split(NamedTuple):
    """The list's share of the screen, in hundredths; 0 for the usual one.

    Attributes:
        width: of the width, on a wide screen.
        height: of the height, on a medium one.
    """

    width: int = 0
    height: int = 0


class _Ground(Container):
    """A container that its panes cover: what is under them is drawn as plain blank lines, which is quick."""

    BLANK = True


class Panes(_Ground):
    """Knows the order of the panes, and which is shown where there is room for one only.

    The class `-shows-ID` says which pane is shown on a narrow terminal; `-zen` leaves only the story.
    """

    DEFAULT_CSS = """
    Panes { height: 1fr; }
    """

    def __init__(self, stories: StoryList, story: StoryPane, coverage: CoverageTree) -> None:
        super().__init__(id="panes", classes="-shows-stories")
        self._panes: list[Widget] = [stories, story, coverage]
        self.split = Split()
        self._left: list[Widget] = []

    def compose(self) -> ComposeResult:
        """The list, and beside or below it the story with its coverage."""
        stories, story, coverage = self._panes
        yield stories
        with _Ground(id="side"):
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
        """Go to the pane `by` places on; after the last comes the first."""
        if self.is_zen:
            return
        focused, panes = self.screen.focused, [*(one for one in self._left if one.display), *self._panes]
        at = panes.index(focused) if focused in panes else len(panes) - len(self._panes)
        self.go_to(panes[(at + by) % len(panes)])

    async def show_left(self, pane: Widget) -> None:
        """Put another pane at the left of all."""
        self._left.append(pane)
        await self.mount(pane, before=0)

    async def take_left(self, pane: Widget) -> None:
        """Remove a pane that was put at the left; if it has the focus, that goes to the list."""
        if self.screen.focused is pane:
            self.go_to(self._panes[0])
        self._left.remove(pane)
        await pane.remove()

    def follow(self, focused: Widget | None) -> None:
        """Show the pane that has the focus now, such as by a click."""
        if focused in self._panes:
            for one in self._panes:
                self.set_class(one is focused, f"-shows-{one.id}")

    def fit(self, width: int, height: int, layout: str) -> None:
        """Give the list its share of a screen.

        Args:
            width: columns.
            height: lines.
            layout: the screen's class: `-wide`, `-medium` or `-narrow`.
        """
        styles, split = self._panes[0].styles, self.split
        columns = _part(split.width, width, LEAST_WIDTHS) if split.width and layout == "-wide" else None
        lines = _part(split.height, height - _BARS, LEAST_HEIGHTS) if split.height and layout == "-medium" else None
        if (styles.inline.width, styles.inline.height) != (None, None) or columns or lines:
            styles.width, styles.max_width, styles.height = columns, columns, lines

    def move_split(self, by: int, width: int, height: int, layout: str) -> None:
        """Give the list a step more or less of the screen, as long as all panes keep the least that they need.

        Args:
            by: 1 for more, -1 for less.
            width: as in `fit`.
            height: as in `fit`.
            layout: as in `fit`.
        """
        size = self._panes[0].outer_size
        if layout == "-wide":
            share = _moved(size.width, by, width, LEAST_WIDTHS)
            self.split = self.split._replace(width=share)
        elif layout == "-medium":
            share = _moved(size.height, by, height - _BARS, LEAST_HEIGHTS)
            self.split = self.split._replace(height=share)
        self.fit(width, height, layout)

    def enter_zen(self) -> None:
        """Show only the story."""
        self.add_class("-zen")
        self.screen.add_class("-zen")
        self.go_to(self._panes[1])

    def leave_zen(self) -> None:
        """Show all panes again."""
        self.remove_class("-zen")
        self.screen.remove_class("-zen")


def _part(share: int, whole: int, least: tuple[int, int]) -> int:
    """So many hundredths of a length, but so that both sides keep the least that they need."""
    return max(min(round(whole * share / 100), whole - least[1]), least[0])


def _moved(length: int, by: int, whole: int, least: tuple[int, int]) -> int:
    """The share of the list, in hundredths, once it has got a step more or less.

    Args:
        length: of the list now.
        by: 1 for more, -1 for less.
        whole: the length that it shares.
        least: the least of the list, and of the rest.
    """
    share = round(length * 100 / max(whole, 1) / STEP) * STEP + by * STEP
    low, high = least[0] * 100 // max(whole, 1), (whole - least[1]) * 100 // max(whole, 1)
    return max(min(share, high), low, 1)
