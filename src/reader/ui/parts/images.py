"""The lead image of a story: fetched when the person asked for it, and shown above the story."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from textual import work

from reader.stories.limits import IMAGE_CACHE_MB
from reader.stories.urls import is_web
from reader.ui.parts.handing_on import Sharing

if TYPE_CHECKING:
    from reader.outside.images.store import ImageStore
    from reader.stories.model import Image, Story
    from reader.ui.parts.graphics import Graphics

REST = 0.3
"""Seconds the cursor rests on a story before its image is fetched without a key."""


class Imaging(Sharing):
    """The part of the main screen that shows images. What it takes is imported when the first is asked for.

    Attributes:
        images: when an image is fetched, as of `Config`.
        image_cache_mb: how much room fetched images may take on the disk, as of `Config`.
        own_hosts: hosts that are none of the web and may be reached all the same, as of `Config`.
    """

    images: str = "never"
    image_cache_mb: int = IMAGE_CACHE_MB
    own_hosts: tuple[str, ...] = ()
    _read: Story | None = None
    """The file of the story shown, once it has been read."""
    _image_of: int | None = None
    """The story whose image is shown, or on its way."""
    _asked: int | None = None
    """The story whose image was asked for by key before its file had been read."""
    _graphics: Graphics | None = None
    _no_graphics = ""
    """Why the terminal shows no images, once that is known."""
    _store: ImageStore | None = None
    _troubles: Mapping[str, str] = MappingProxyType({})
    """What went wrong with images of this session, by address: they are not fetched again without a key."""

    def leave_image(self, story: int | None) -> None:
        """The story shown is another, or the same anew."""
        if story != self._image_of:
            self._hide_image()
        self._read = None

    def rest_on(self, file: Story | None) -> None:
        """The story's file has been read."""
        asked, self._asked = self._asked is not None and self._asked == self.story, None
        self._read = file
        if file is not None and self._image_of != self.story and (asked or self.images == "always"):
            self._begin(asked=asked)

    def action_image(self) -> None:
        """Show the image, or hide it."""
        if self.story is None:
            self.toast("No story is selected.")
        elif self._image_of is not None:
            self._hide_image()
            self.view.show_image_note("")
        elif self._read is None:
            self._asked = self.story  # it is shown once the file has been read
        else:
            self._begin(asked=True)

    def _hide_image(self) -> None:
        if self._image_of is not None:
            self._image_of = None
            self.workers.cancel_group(self, "image")
            self.query("#image").remove()

    def _begin(self, *, asked: bool) -> None:
        lead = lead_image(self._read) if self._read is not None else None
        if lead is None:
            if asked:
                self.toast("This story has no image on the web.")
            return
        if self.images == "never":
            self.view.show_image_note(
                'images are switched off: images = "on_key" in the configuration lets I show them'
            )
            return
        self._image_of = self.story
        self._show_image(*lead, asked=asked)

    @work(exclusive=True, group="image")
    async def _show_image(self, url: str, title: str, *, asked: bool) -> None:
        from reader.outside.images.errors import ImageError

        if not asked:
            await asyncio.sleep(REST)
        try:
            graphics = self._terminal_graphics(asked=asked)
            if graphics is None:
                self._image_of = None
                return
            if not asked and url in self._troubles:
                raise ImageError(self._troubles[url])
            self.view.show_image_note("fetching the image…")
            await self._draw(url, title, graphics)
        except ImageError as error:
            self._troubles = {**self._troubles, url: str(error)}
            self._image_of = None
            self.view.show_image_note(f"the image is not shown: {error}")
        else:
            self.view.show_image_note("")

    def _terminal_graphics(self, *, asked: bool) -> Graphics | None:
        """The terminal's way to show images; None where it has none, which is told once, and to those who ask."""
        from reader.outside.images.errors import ImageError
        from reader.ui.parts.graphics import look

        told = bool(self._no_graphics)
        if self._graphics is None and not told:
            try:
                self._graphics = look(self.app)
            except ImageError as error:
                self._no_graphics = str(error)
        if self._graphics is None and (asked or not told):
            self.view.show_image_note(f"the image is not shown: {self._no_graphics}")
        return self._graphics

    async def _draw(self, url: str, title: str, graphics: Graphics) -> None:
        from reader.base.paths import cache_folder
        from reader.outside.images.store import Fetching, ImageStore
        from reader.ui.widgets.story_image import MOST_ROWS, StoryImage

        if self._store is None:
            self._store = ImageStore(cache_folder() / "images", self.image_cache_mb * 1_000_000)
        fetching, box = (
            Fetching(self.own_hosts),
            (self.size.width * graphics.cell_width, MOST_ROWS * graphics.cell_height),
        )
        ground = self.background_colors[1].rgb
        try:
            image = await asyncio.to_thread(self._store.get, url, box, fetching, ground)
        finally:
            fetching.cancel()  # where the person has moved on, or leaves
        cells = (image.width / graphics.cell_width, image.height / graphics.cell_height)
        await self.query("#image").remove()
        await self.query_one("#side").mount(StoryImage(graphics.make(image), cells, title))


def lead_image(story: Story) -> tuple[str, str] | None:
    """The address and the words of a story's first image that is on the web; None where there is none."""
    for image in story.images:
        url = _address(image, story)
        if url:
            return url, image.title or "image"
    return None


def _address(image: Image, story: Story) -> str:
    """An image's address, where it is one; a relative one is taken from the story's own."""
    if is_web(image.url):
        return image.url
    try:
        url = urljoin(story.url, image.url) if story.url else ""
    except ValueError:
        return ""
    return url if is_web(url) else ""
