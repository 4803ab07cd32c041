"""A program that goes on where somebody who waited was cancelled.

Textual 8.2. Who removes a widget or a screen waits for its task. Where that wait is cancelled, as a worker is that
another takes the place of, the loop that ran it ends as if it had been cancelled itself: the program is gone without a
word (https://github.com/Textualize/textual/issues/5064). And a worker that puts up a dialog first does what the app has
to do next, which is cancelled with it: only the dialog itself was shielded from that
(https://github.com/Textualize/textual/pull/4892).
"""

from __future__ import annotations

import asyncio
from typing import Any

from textual.app import App
from textual.message_pump import MessagePump


class Uncancelled(MessagePump):
    """Ends when it is told to, and not because of somebody else's end."""

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


async def do_what_is_next(app: App[Any]) -> None:
    """Do what an app still has to do, such as waiting for what is removed; who waits for it here may be cancelled."""
    await asyncio.shield(app._flush_next_callbacks())
