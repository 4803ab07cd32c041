"""The image of a story in its frame, above the story's text."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.widget import Widget

MOST_ROWS = 18
"""The most rows that an image takes, its frame not counted."""


class StoryImage(Container):
    """An image in a frame: as large as there is room, but not enlarged.

    Args:
        image: the widget that draws it.
        cells: its own size in columns and rows, which may be fractions.
        title: its caption.
    """

    DEFAULT_CSS = """
    StoryImage {
        dock: top; width: 100%; height: auto; align-horizontal: center;
        border: round $reader-border; border-title-color: $reader-dim; background: $background;
    }
    """

    def __init__(self, image: Widget, cells: tuple[float, float], title: str) -> None:
        super().__init__(id="image")
        self._image = image
        self._cells = cells
        self.border_title = Content(title)
        self._fitted: tuple[int, int] | None = None

    def compose(self) -> ComposeResult:
        """The widget that draws the image."""
        yield self._image

    def on_mount(self) -> None:
        """Take the room there is."""
        self._fit()

    def on_resize(self) -> None:
        """Take the room there is now."""
        self._fit()

    def _fit(self) -> None:
        place = self.parent.size if isinstance(self.parent, Widget) and self.parent.size else self.screen.size
        fitted = fit(self._cells, place.width - 2, rows_in(place.height))
        if fitted != self._fitted:
            self._fitted = fitted
            self._image.styles.width, self._image.styles.height = fitted


def rows_in(height: int) -> int:
    """How many rows of a pane an image may take, so that the story can be read as well."""
    return max(min(height * 2 // 5 - 2, MOST_ROWS), 2)


def fit(cells: tuple[float, float], columns: int, rows: int) -> tuple[int, int]:
    """The columns and rows in which to draw an image, so that all of it is seen in its shape, and not enlarged.

    Args:
        cells: its own size in columns and rows.
        columns: how many there are.
        rows: how many there are.
    """
    scale = min(columns / cells[0], rows / cells[1], 1.0)
    return max(round(cells[0] * scale), 1), max(round(cells[1] * scale), 1)
