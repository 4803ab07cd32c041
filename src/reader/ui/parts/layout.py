"""How the panes share the screen, and the keys that move in a pane and from one to another."""

from __future__ import annotations

from collections.abc import Callable

from textual.geometry import Size

from reader.ui.parts.host import Host, Widgets
from reader.ui.parts.story.current import WIDE, CurrentStory
from reader.ui.upstream.leaks import forget_drawings
from reader.ui.upstream.sizes import class_of_size
from reader.ui.widgets.line_list import LineList
from reader.ui.widgets.panes import Split
from reader.ui.widgets.stories.story_lines import DENSITIES
from reader.ui.widgets.story.story_pane import StoryPane

WIDTHS = [(0, "-narrow"), (70, "-medium"), (WIDE, "-wide")]
"""The classes of a screen, each with the least number of columns for it."""

HEIGHTS = [(0, "-short"), (16, "-tall")]
"""The same by lines."""


class Layout:
    """Shares the screen among the panes.

    Args:
        host: the screen.
        current: the story that is shown, which follows the cursor.
        widgets: the widgets of the main screen.
        split: how they share the screen at first.
        density: how many lines a story takes, where that was chosen on the screen; empty where the settings decide.

    Attributes:
        density: the density that was chosen last; empty where the settings decide.
    """

    def __init__(
        self,
        host: Host,
        current: CurrentStory,
        widgets: Widgets,
        split: Split,
        density: str = "",
    ) -> None:
        self.host = host
        self._current = current
        self._panes = widgets.panes
        self._stories = widgets.stories
        self._story_pane = widgets.story_pane
        self._tree = widgets.tree
        self._panes.split = split
        self.density = density

    @property
    def split(self) -> Split:
        """How the panes share the screen."""
        return self._panes.split

    def fit(self, size: Size) -> None:
        """Share a screen of another size among the panes. For when Textual is about to lay the screen out anyway."""
        self._panes.fit(*size, layout_of(size.width))

    def resize(self, size: Size) -> None:
        """As `fit`, once something has been drawn."""
        forget_drawings()
        self.fit(size)
        self._current.show_title()

    # Moving in a pane.

    def move(self, by: int) -> None:
        """Move by lines in the pane with the focus."""
        self._moved(lambda pane: pane.action_move(by))

    def page(self, pages: float) -> None:
        """Move by pages."""
        self._moved(lambda pane: pane.action_page(pages))

    def go_to_edge(self, edge: int) -> None:
        """Move to the first (-1) or the last (1) line."""
        self._moved(lambda pane: pane.action_edge(edge))

    def _moved(self, move: Callable[[LineList | StoryPane], None]) -> None:
        pane = self.host.focused
        if isinstance(pane, LineList | StoryPane):
            self._current.moved(lambda: move(pane))

    # Moving among the panes.

    def enter_story(self) -> bool:
        """Go from the list into the story; says whether there is one."""
        if not self._stories.count:
            return False
        if self._stories.holds(self._current.id):
            self._current.show_selected()  # an event's row is read as its representative
        self._panes.go_to(self._story_pane)
        return True

    def go_to_stories(self) -> None:
        """Go to the list."""
        self._panes.go_to(self._stories)

    def go_to_coverage(self) -> None:
        """Go to the coverage tree."""
        self._current.hasten()
        self._panes.go_to(self._tree)

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) pane."""
        self._current.hasten()
        self._panes.step(by)

    def step_back(self) -> bool:
        """Show the whole tree again, else leave zen, else the pane; says whether there was anything to leave."""
        if self.host.focused is self._tree and self._tree.is_narrowed:
            self._tree.narrow("")
        elif self._panes.is_zen or self.host.focused is not self._stories:
            self._panes.go_to(self._stories)
        else:
            return False
        return True

    def switch_details(self) -> None:
        """Show all of the story's front matter, or hide it."""
        article = self._current.at_hand.article
        if self._current.id is None:
            self.host.toast("No story is selected.")
        elif article is not None and article.story is None:
            self.host.toast("This article has no file in your library.")
        elif article is not None and article.story != self._current.id:
            self.host.toast("This article is another story of your library: go to it, for all that its file says.")
        else:
            if article is not None or not self._story_pane.region:
                self._panes.go_to(self._story_pane)
            self._story_pane.toggle_details()

    def bring_story_up(self) -> None:
        """Go to the story where its pane is hidden, so that what is done in it is seen."""
        if not self._story_pane.region:
            self._panes.go_to(self._story_pane)

    def switch_zen(self) -> None:
        """Show only the story, or all panes again."""
        if self._panes.is_zen:
            self._panes.go_to(self._stories)
        else:
            self._panes.enter_zen()

    def switch_density(self) -> None:
        """Choose the next density: one line a story, two a headline, or as many as there is room for."""
        names = list(DENSITIES)
        density = names[(names.index(self._stories.density) + 1) % len(names)]
        self._stories.density = self.density = density
        self.host.toast(f"The list: {DENSITIES[density]}.")

    def move_split(self, by: int) -> None:
        """Give the list more of the screen (1), or less (-1)."""
        size = self.host.size
        layout = layout_of(size.width)
        if layout == "-narrow" or self._panes.is_zen or not self._stories.display:
            self.host.toast("The list is not shown beside another pane: there is no split to move.")
            return
        self._panes.move_split(by, *size, layout)


def layout_of(width: int) -> str:
    """The class of a screen of so many columns."""
    return class_of_size(WIDTHS, width)


def has_list_bar(size: Size) -> bool:
    """Whether a screen of a size has a bar above the list that says what is listed."""
    return layout_of(size.width) != "-narrow" and class_of_size(HEIGHTS, size.height) == "-tall"
