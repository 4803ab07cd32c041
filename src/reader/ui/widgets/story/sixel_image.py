"""An image drawn with sixels. They take time to write, so that a thread does it: the keys never wait for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from rich.control import Control
from rich.segment import ControlType, Segment
from textual import work
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

_NOTHING_ELSE = ((ControlType.CURSOR_FORWARD, 0),)
"""What marks a segment as one that takes no room; it does nothing itself."""


class SixelImage(Widget):
    """Blank until the sixels for its size are there, and while another screen stands above.

    Args:
        image: a Pillow image.
        write: makes the sixels of an image that is to take so many columns and rows; it is called in a thread.
    """

    def __init__(self, image: Any, write: Callable[[Any, int, int], str]) -> None:
        super().__init__()
        self._image = image
        self._write = write
        self._sixels = ""
        self._written_for: Size | None = None

    def on_resize(self) -> None:
        """Write the sixels for this size."""
        if self.size and self.size != self._written_for:
            self._write_for(self.size)

    @work(exclusive=True)
    async def _write_for(self, size: Size) -> None:
        sixels = await asyncio.to_thread(self._write, self._image, size.width, size.height)
        if size == self.size:
            self._sixels, self._written_for = sixels, size
            self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Blank lines, and with the last of them the image above them all."""
        lines = [Strip.blank(crop.width, self.rich_style)] * crop.height
        if not lines or self._written_for != self.size or crop.size != self.size or not self.screen.is_active:
            return lines
        place = self.screen.find_widget(self).visible_region
        if place.size == self.size:  # a part of an image cannot be drawn
            segments = [
                Control.move_to(place.x, place.y).segment,
                Segment(self._sixels, control=_NOTHING_ELSE),
                Control.move_to(place.right, place.bottom - 1).segment,
            ]
            lines[-1] = Strip([*lines[-1], *segments], crop.width)
        return lines
