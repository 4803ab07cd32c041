"""An image drawn with sixels. To make these takes time, so a thread does it: keys never wait for it."""

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
"""A control code that does nothing: it marks the segment with the sixels as one that takes no cells."""


class SixelImage(Widget):
    """The image; blank until the sixels for its size are there, and while another screen is in front.

    Args:
        image: a Pillow image.
        write: makes the sixels of an image for so many columns and rows; it is called in a thread.
    """

    def __init__(self, image: Any, write: Callable[[Any, int, int], str]) -> None:
        super().__init__()
        self._image = image
        self._write = write
        self._sixels = ""
        self._written_for: Size | None = None

    def on_resize(self) -> None:
        """Have the sixels made for this size."""
        if self.size and self.size != self._written_for:
            self._write_for(self.size)

    @work(exclusive=True)
    async def _write_for(self, size: Size) -> None:
        sixels = await asyncio.to_thread(self._write, self._image, size.width, size.height)
        if size == self.size:
            self._sixels, self._written_for = sixels, size
            self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Blank lines, the last of them with the sixels, which draw over all of them."""
        lines = [Strip.blank(crop.width, self.rich_style)] * crop.height
        if not lines or self._written_for != self.size or crop.size != self.size or not self.screen.is_active:
            return lines
        place = self.screen.find_widget(self).visible_region
        if place.size == self.size:  # sixels cannot draw only a part of it
            segments = [
                Control.move_to(place.x, place.y).segment,
                Segment(self._sixels, control=_NOTHING_ELSE),
                Control.move_to(place.right, place.bottom - 1).segment,
            ]
            lines[-1] = Strip([*lines[-1], *segments], crop.width)
        return lines
