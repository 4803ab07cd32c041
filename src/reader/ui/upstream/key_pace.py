"""Keys that come faster than they can be handled wait in the terminal, not in memory.

Textual 8.2. The thread that reads the terminal takes in whatever comes, however much the app still has to do: what is
pasted, or a key that is held down, becomes a growing heap of messages, and the program goes on acting on them long
after the key was released. No upstream issue is known.
"""

from __future__ import annotations

import threading
import time
from threading import Event
from typing import Any

from textual.app import App
from textual.driver import Driver
from textual.message import Message
from textual.message_pump import MessagePump

from reader.ui.upstream.type_ahead import TypeAhead

MOST_WAITING = 64
"""How many messages may wait before no more input is taken in."""

_LOOK_AGAIN = 0.005
"""Seconds between two looks at whether fewer wait."""


def waiting(app: App[Any]) -> int:
    """How many messages wait for an app, its screen and the widget with the focus, with those that it holds back."""
    screens = app.screen_stack[-1:]  # none at the end
    focused = [screen.focused for screen in screens]
    pumps: list[MessagePump | None] = [app, *screens, *focused]
    held_back = app.held_back if isinstance(app, TypeAhead) else 0
    return held_back + sum(pump._message_queue.qsize() for pump in pumps if pump is not None)


def paced(driver: type[Driver]) -> type[Driver]:
    """A driver whose thread that reads the terminal waits while the app has much to do."""

    class Paced(driver):  # type: ignore[valid-type,misc]
        def send_message(self, message: Message) -> None:
            super().send_message(message)
            if threading.current_thread() is threading.main_thread():
                return
            ends: Event | None = getattr(self, "exit_event", None)
            while waiting(self._app) > MOST_WAITING and not (ends is not None and ends.is_set()):
                time.sleep(_LOOK_AGAIN)

    return Paced
