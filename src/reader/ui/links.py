"""Opening links in the browser, for the whole app. What keys do with the links of a story is in `parts.handing_on`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from textual.app import App

from reader.base.errors import BrowserError, ReaderError
from reader.outside import browser
from reader.outside.programs import RunError
from reader.settings.config import Config
from reader.stories.urls import is_plain, is_web
from reader.ui.upstream.terminal.suspension import on_terminal
from reader.ui.upstream.type_ahead import DIALOG


class LinkOpener:
    """Opens links in the browser.

    Args:
        app: on whose screen the person is told, and asked.
        config: the settings; a browser may be one of them.
        environment: the environment's variables.
    """

    def __init__(self, app: App[Any], config: Config, environment: Mapping[str, str]) -> None:
        self._app = app
        self._config = config
        self._environment = environment

    def open(self, url: str, *, is_seen: bool = False) -> None:
        """Open a link; where nothing can, put it on the clipboard and say so.

        Args:
            url: the link.
            is_seen: whether the person has seen all of it. A link that raises doubts is shown first, and asked for.
        """
        if not url:
            self._app.notify("There is no link that can be opened.", severity="warning", markup=False)
            return
        if not is_seen and is_web(url) and not is_plain(url):
            self._app.run_worker(self._ask_before(url), group=DIALOG)
            return
        try:
            opening = browser.how_to_open(url, self._config.browser, self._environment)
        except BrowserError as error:
            self._not_opened(url, error)
            return
        if opening.needs_terminal:
            self._run_on_terminal(opening, url)
        else:
            self._app.notify(url, title=f"Opening with {opening.name}", markup=False)
            self._app.run_worker(partial(self._start, opening, url), thread=True, group="browser")

    async def _ask_before(self, url: str) -> None:
        """Open a link, if need be after the person has seen where it leads."""
        from reader.stories.doubts import doubts
        from reader.ui.dialogs.story.links import LinksDialog

        chosen: str | None = url
        if doubts(url, self._config.own_hosts):
            chosen = await self._app.push_screen_wait(
                LinksDialog([("leads to", url)], title="Open this link?", own_hosts=self._config.own_hosts)
            )
        if chosen is not None:
            self.open(url, is_seen=True)

    def _start(self, opening: browser.Opening, url: str) -> None:
        """Start a browser with a window of its own; waits for it in a thread."""
        try:
            browser.start(opening)
        except BrowserError as error:
            self._app.call_from_thread(self._not_opened, url, error)

    def _run_on_terminal(self, opening: browser.Opening, url: str) -> None:
        """Lend the terminal to a browser that draws on it."""
        try:
            on_terminal(self._app, lambda: browser.run(opening))
        except (BrowserError, RunError) as error:
            self._not_opened(url, error)

    def _not_opened(self, url: str, error: ReaderError) -> None:
        self._app.copy_to_clipboard(url)
        self._app.notify(f"{url}\n{error}", title="Not opened; the link is copied", severity="warning", markup=False)
