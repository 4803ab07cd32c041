"""A command palette that can be closed at any time.

Textual 8.2. A palette that is closed while it gathers commands does not find its list, and the program ends
(https://github.com/Textualize/textual/issues/6361); closed a second time, it closes the screen behind it, as any
screen does (see `closing`). And a key that comes before its list is drawn ends the program, as the list has no lines
yet.
"""

from __future__ import annotations

from contextlib import suppress
from inspect import unwrap
from typing import Any

from textual import work
from textual.await_complete import AwaitComplete
from textual.command import CommandList, CommandPalette
from textual.css.query import NoMatches

from reader.ui.upstream.leaks import forget_drawings


class SteadyPalette(CommandPalette):
    """Textual's palette without these faults."""

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Close it, unless it is closed already."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def on_unmount(self) -> None:
        """Free what was drawn of it."""
        forget_drawings()

    def _action_command_list(self, action: str) -> None:
        with suppress(KeyError):
            super()._action_command_list(action)

    @work(exclusive=True, group=CommandPalette._GATHER_COMMANDS_GROUP)
    async def _gather_commands(self, search_value: str) -> None:
        try:
            await unwrap(CommandPalette._gather_commands)(self, search_value)
        except NoMatches:
            if self.query(CommandList):
                raise
