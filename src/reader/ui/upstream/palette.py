"""The command palette, closed at any time.

Textual 8.2. Closed while it looks for commands, its palette does not find its list, and the program ends
(https://github.com/Textualize/textual/issues/6361); closed again, it closes the screen behind it, as any screen
(`closing` tells of it). And a key that comes before its list is drawn ends the program: it knows none of its lines yet.
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
    """Textual's palette; one that is closed while it looks for commands is closed, and nothing more."""

    def dismiss(self, result: Any = None) -> AwaitComplete:
        """Close once."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def on_unmount(self) -> None:
        """Let go of what was drawn."""
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
