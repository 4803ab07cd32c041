"""A cancelled wait does not end the program.

Textual 8.2. Whoever removes a widget or a screen waits for its task. Where that wait is cancelled, as that of a worker
whose place another takes, the widget's message loop takes the cancelling for its own and ends: the program is gone
without a word (https://github.com/Textualize/textual/issues/5064). And a worker that shows a dialog first runs what the
app has to do next; where the worker is cancelled, that is cancelled as well: only the dialog itself was shielded
(https://github.com/Textualize/textual/pull/4892).
"""

from __future__ import annotations

import asyncio
from typing import Any

from textual.app import App
from textual.message_pump import MessagePump


class Uncancelled(MessagePump):
    """A message loop that ends when it is told to, and not because a wait of it was cancelled."""

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
    """Do what an app has to do next, such as waiting for what is removed. It goes on where this wait is cancelled."""
    await asyncio.shield(app._flush_next_callbacks())
