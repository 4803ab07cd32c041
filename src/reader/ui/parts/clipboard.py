"""Copying: by the terminal (OSC 52), and by the platform's clipboard command where there is one."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping

from textual import work
from textual.app import App


class Copying(App[None]):
    """The part of the app that copies.

    Attributes:
        environment: the environment's variables.
    """

    environment: Mapping[str, str] = os.environ

    def copy(self, text: str, what: str) -> None:
        """Copy a text, and say what came of it.

        Args:
            text: what is copied.
            what: its name for a person, such as `Link`.
        """
        self.copy_to_clipboard(text)
        self._copy_by_command(text, what)

    @work(exclusive=True, group="clipboard")
    async def _copy_by_command(self, text: str, what: str) -> None:
        from reader.outside import clipboard

        environment = self.environment
        found = await asyncio.to_thread(clipboard.find_clipboard, environment)
        if found is None:
            self.notify(f"{what} copied by the terminal (OSC 52)", markup=False)
            return
        try:
            await asyncio.to_thread(clipboard.copy, text, found, environment)
        except clipboard.ClipboardError as error:
            self.notify(f"{what} copied by the terminal alone (OSC 52): {error}", severity="warning", markup=False)
        else:
            self.notify(f"{what} copied with {found.name}", markup=False)
