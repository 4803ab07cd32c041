"""A program that goes on where somebody who waited was cancelled."""

from __future__ import annotations

import asyncio
from typing import Any

from textual.app import App
from textual.message_pump import MessagePump
from textual.screen import Screen


class Steady(MessagePump):
    """Ends when it is told to, and not because of somebody else's end.

    Textual waits for what is removed by its task. Where that is cancelled, the loop that waits would end as if it had
    been cancelled itself: the program would be gone without a word.
    """

    async def _process_messages_loop(self) -> None:
        while True:
            try:
                await super()._process_messages_loop()
            except asyncio.CancelledError:
                task = asyncio.current_task()
                if self._closing or task is None or task.cancelling():
                    raise
            else:
                return


class SteadyApp(Steady, App[None]):
    """An app of whose workers any may be cancelled at any time."""

    async def push_screen_wait(self, screen: Screen[Any] | str, *, mode: str | None = None) -> Any:
        """As usual; who waits may be cancelled, and what the app still had to do goes on.

        A worker that puts up a dialog first waits for all that is being removed. Cancelled then, because another takes
        its place, it would cancel what it waits for.
        """
        await asyncio.shield(self._flush_next_callbacks())
        return await super().push_screen_wait(screen, mode=mode)
