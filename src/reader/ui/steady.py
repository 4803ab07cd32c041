"""A message loop that goes on where what it waited for was cancelled."""

from __future__ import annotations

import asyncio

from textual.message_pump import MessagePump


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
