"""Copying: by the terminal (OSC 52), and by the platform's clipboard command where there is one."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from textual.app import App


class Copying:
    """Copies texts, and says how that went.

    Args:
        app: the app, whose terminal copies, and which shows the message.
        environment: the environment's variables.
    """

    def __init__(self, app: App[Any], environment: Mapping[str, str]) -> None:
        self._app = app
        self._environment = environment

    def copy(self, text: str, what: str) -> None:
        """Copy a text.

        Args:
            text: what is copied.
            what: its name for a person, such as `Link`.
        """
        self._app.copy_to_clipboard(text)
        self._app.run_worker(self._copy_by_command(text, what), group="clipboard", exclusive=True)

    async def _copy_by_command(self, text: str, what: str) -> None:
        from reader.outside import clipboard

        tell = self._app.notify
        found = await asyncio.to_thread(clipboard.find_clipboard, self._environment)
        if found is None:
            tell(f"{what} copied by the terminal (OSC 52)", markup=False)
            return
        try:
            await asyncio.to_thread(clipboard.copy, text, found, self._environment)
        except clipboard.ClipboardError as error:
            tell(f"{what} copied by the terminal alone (OSC 52): {error}", severity="warning", markup=False)
        else:
            tell(f"{what} copied with {found.name}", markup=False)
