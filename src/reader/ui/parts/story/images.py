"""The lead image of a story: fetched when the person asked for it, and shown above the story."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from reader.base.paths import cache_folder
from reader.stories.urls import is_web
from reader.ui.keys.bindings import key_of
from reader.ui.parts.host import Host, Task, Widgets, task

if TYPE_CHECKING:
    from reader.outside.images.store import ImageStore
    from reader.stories.model import Image, Story
    from reader.ui.parts.story.graphics import Graphics

REST = 0.3
"""Seconds the cursor rests on a story before its image is fetched without a key."""


class Images:
    """Shows images. What it needs is imported when the first one is to be shown.

    Args:
        host: the screen.
        widgets: the widgets of the main screen.
        when: when an image is fetched, as `Config.images`.
        cache_mb: how much room fetched images may take on the disk, as `Config.image_cache_mb`.
        keymap: keys that differ from the program's own, by the ids of bindings.
        own_hosts: hosts that may be reached though they are not on the public web, as `Config.own_hosts`.
    """

    def __init__(
        self,
        host: Host,
        widgets: Widgets,
        *,
        when: str,
        cache_mb: int,
        keymap: Mapping[str, str],
        own_hosts: Sequence[str] = (),
    ) -> None:
        self.host = host
        self._story_pane = widgets.story_pane
        self._panes = widgets.panes
        self._when = when
        self._cache_mb = cache_mb
        self._keymap = keymap
        self._own_hosts = own_hosts
        self._story: int | None = None
        """The story that is shown."""
        self._file: Story | None = None
        """Its file, once it has been read."""
        self.shown: int | None = None
        """The story whose image is shown, or on its way."""
        self._asked: int | None = None
        """The story whose image was asked for by key before its file had been read."""
        self._showing: Task | None = None
        self._graphics: Graphics | None = None
        self._no_graphics = ""
        """Why the terminal shows no images, once it was found to show none."""
        self._store: ImageStore | None = None
        self._troubles: dict[str, str] = {}
        """Why images failed in this session, by their address: they are fetched again only by key."""

    def come(self, story: int | None, *, moved: bool) -> None:  # noqa: ARG002 — an image comes however its story did
        """Another story is shown, or the same anew."""
        self._story = story
        if story != self.shown:
            self._hide()
        self._file = None

    async def rest(self, story: int, file: Story | None) -> None:
        """The story's file has been read."""
        is_asked, self._asked = self._asked == story, None
        self._file = file
        if file is not None and self.shown != story and (is_asked or self._when == "always"):
            self._begin(file, is_asked=is_asked)

    def switch(self) -> None:
        """Show the image, or hide it."""
        if self._story is None:
            self.host.toast("No story is selected.")
        elif self.shown is not None:
            self._hide()
            self._story_pane.show_image_note("")
        elif self._file is None:
            self._asked = self._story  # it is shown once the file has been read
        else:
            self._begin(self._file, is_asked=True)

    def _hide(self) -> None:
        if self.shown is not None:
            self.shown = None
            if self._showing is not None:
                self._showing.cancel()
            self._panes.query("#image").remove()

    def _begin(self, file: Story, *, is_asked: bool) -> None:
        lead = lead_image(file)
        if lead is None:
            if is_asked:
                self.host.toast("This story has no image on the web.")
            return
        if self._when == "never":
            key = key_of("story.image", self._keymap)
            self._story_pane.show_image_note(
                f'images are switched off: images = "on_key" in the configuration lets {key} show them', reveal=is_asked
            )
            return
        self.shown = self._story
        self._showing = self._show(*lead, is_asked=is_asked)

    @task("image", exclusive=True)
    async def _show(self, url: str, title: str, *, is_asked: bool) -> None:
        from reader.outside.images.errors import ImageError

        if not is_asked:
            await asyncio.sleep(REST)
        try:
            graphics = self._terminal_graphics(is_asked=is_asked)
            if graphics is None:
                self.shown = None
                return
            if not is_asked and url in self._troubles:
                raise ImageError(self._troubles[url])
            self._story_pane.show_image_note("fetching the image…", reveal=is_asked)
            await self._draw(url, title, graphics)
        except ImageError as error:
            self._troubles[url] = str(error)
            self.shown = None
            self._story_pane.show_image_note(f"the image is not shown: {error}", reveal=is_asked)
        else:
            self._story_pane.show_image_note("")

    def _terminal_graphics(self, *, is_asked: bool) -> Graphics | None:
        """The terminal's way to show images; None where it has none. That is said once, and again at each key."""
        from reader.outside.images.errors import ImageError
        from reader.ui.parts.story.graphics import look

        was_told = bool(self._no_graphics)
        if self._graphics is None and not was_told:
            try:
                self._graphics = look(self._story_pane.app)
            except ImageError as error:
                self._no_graphics = str(error)
        if self._graphics is None and (is_asked or not was_told):
            self._story_pane.show_image_note(f"the image is not shown: {self._no_graphics}", reveal=is_asked)
        return self._graphics

    async def _draw(self, url: str, title: str, graphics: Graphics) -> None:
        from reader.outside.images.store import ImageFetching, ImageStore
        from reader.ui.widgets.story.story_image import MOST_ROWS, StoryImage

        if self._store is None:
            self._store = ImageStore(cache_folder() / "images", self._cache_mb * 1_000_000)
        fetching, box = (
            ImageFetching(self._own_hosts),
            (self.host.size.width * graphics.cell_width, MOST_ROWS * graphics.cell_height),
        )
        ground = self._panes.screen.background_colors[1].rgb
        try:
            image = await asyncio.to_thread(self._store.get, url, box, fetching, ground)
        finally:
            fetching.cancel()  # where the person has moved on, or leaves
        cells = (image.width / graphics.cell_width, image.height / graphics.cell_height)
        await self._panes.query("#image").remove()
        await self._panes.query_one("#side").mount(StoryImage(graphics.make(image), cells, title))


def lead_image(story: Story) -> tuple[str, str] | None:
    """Address and caption of a story's first image that is on the web; None where there is none."""
    for image in story.images:
        url = _address(image, story)
        if url:
            return url, image.title or "image"
    return None


def _address(image: Image, story: Story) -> str:
    """The address of an image on the web, else empty; a relative one is resolved against the story's own."""
    if is_web(image.url):
        return image.url
    try:
        url = urljoin(story.url, image.url) if story.url else ""
    except ValueError:
        return ""
    return url if is_web(url) else ""
