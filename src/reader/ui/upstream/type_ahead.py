"""Keys that are typed ahead of the screen go where they were meant to go.

Textual 8.2. It hands a key to the widget that has the focus when the key comes, even if the keys before it were not
acted on yet. Typed fast, or on a busy machine, the first letters of a topic after `t` would act on the list. No
upstream issue is known.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from contextlib import suppress
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

from textual import events
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.worker import NoActiveWorker, Worker, get_current_worker

PATIENCE = 1.0
"""The most seconds that input waits for a dialog that is being prepared, or for a key that is being handled."""

DIALOG = "dialog"
"""The group of the workers that show a dialog."""

_LOOK_AGAIN = 0.01
"""Seconds between two looks whether input that is held back can go on."""

_LAPS = 2
"""How often the way of a key is followed: once for the key, and once for the message that it may send in turn."""


class TypeAhead(App[None]):
    """The part of an app that holds input back until what it is meant for can take it.

    Input waits for the first screen, at the start; for a dialog, from the press of its key until it is shown; for what
    is done with the choice made in a dialog; and for what the last key changes.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._ahead: deque[events.Event] = deque()
        self._standing: WeakSet[Screen[Any]] = WeakSet()
        self._not_awaited: WeakSet[Worker[Any]] = WeakSet()
        self._askers: WeakKeyDictionary[Screen[Any], Worker[Any]] = WeakKeyDictionary()
        """The worker of each dialog that waits for it to be closed."""
        self._handling: MessagePump | None = None
        self._until = 0.0
        self._given_up: object = None
        """What was `unsettled` for more than `PATIENCE`, and is no longer waited for."""
        self._is_looking = False

    def unsettled(self) -> object:
        """What the last key asked for, where it is not on the screen yet and the next key is meant for it; else None.

        For an app that answers keys in the background to override.
        """
        return None

    @property
    def held_back(self) -> int:
        """How many events are held back."""
        return len(self._ahead)

    async def on_event(self, event: events.Event) -> None:
        """As usual, but input may be held back."""
        if not isinstance(event, events.InputEvent | events.Paste) or event.is_forwarded:
            await super().on_event(event)
        elif self._ahead or self._is_awaiting:
            if not self._ahead:
                self._until = time.monotonic() + PATIENCE
            self._ahead.append(event)
            self._look_again()
        else:
            await self.take_in(event)

    async def take_in(self, event: events.Event) -> None:
        """Act on input whose turn has come."""
        await self.hand_on(event)

    async def hand_on(self, event: events.Event) -> None:
        """Give input to the widget with the focus; the next input waits until that has handled it."""
        target: MessagePump = self.focused or self.screen
        await super().on_event(event)
        moves_on = (self.focused or self.screen) is not target  # a message under way may move the focus once more
        if isinstance(event, events.Key | events.Paste) and (event.is_forwarded or moves_on):
            self._follow(_way_up(target) * _LAPS)

    def push_screen(self, *arguments: Any, **named: Any) -> Any:
        """As usual; input waits until the screen is shown, and no longer for the worker that shows it."""
        awaited = super().push_screen(*arguments, **named)
        self.await_screen(self.screen)
        with suppress(NoActiveWorker):
            self._askers[self.screen] = get_current_worker()
            self._not_awaited.add(self._askers[self.screen])
        return awaited

    def pop_screen(self) -> AwaitComplete:
        """As usual; input waits for the worker that showed the screen: it acts now on what was chosen there."""
        asker = self._askers.pop(self.screen, None)
        if asker is not None:
            self._not_awaited.discard(asker)
        return super().pop_screen()

    def await_screen(self, screen: Screen[Any]) -> None:
        """Hold input back until a screen has done what is in its queue now."""
        screen.call_later(self._stand, screen)

    def _stand(self, screen: Screen[Any]) -> None:
        self._standing.add(screen)
        self._go_on()

    def _follow(self, way: list[MessagePump]) -> None:
        """Follow a key on its way: where the queue of each pump comes to this call, it has handled the key."""
        for at, pump in enumerate(way):
            if pump.call_later(self._follow, way[at + 1 :]):
                self._handling = pump
                return
        self._handling = None
        self._go_on()

    def _go_on(self) -> None:
        if self._ahead:
            self.call_later(self._let_go)

    @property
    def _preparing(self) -> list[Worker[Any]]:
        """The workers whose dialog is not shown yet, or is closed again."""
        return [
            worker
            for worker in self.workers
            if worker.group == DIALOG and not worker.is_finished and worker not in self._not_awaited
        ]

    @property
    def _is_awaiting(self) -> bool:
        stack = self.screen_stack
        stands = bool(stack) and stack[-1] in self._standing
        if self._handling is not None or not stands or self._preparing:
            return True
        unsettled = self.unsettled()
        return unsettled is not None and unsettled != self._given_up

    def _look_again(self) -> None:
        if self._ahead and not self._is_looking:
            self._is_looking = True
            asyncio.get_running_loop().call_later(_LOOK_AGAIN, self._look)

    def _look(self) -> None:
        """See whether input that is held back can go on: a dialog that is not shown after all sends no message."""
        self._is_looking = False
        if not self.screen_stack:  # the app has ended meanwhile
            self._ahead.clear()
            return
        is_late = time.monotonic() > self._until
        if is_late or (self._handling is not None and not self._handling.is_running):
            self._handling = None
        if is_late:
            self._not_awaited.update(self._preparing)
            self._given_up = self.unsettled()
        if not self._is_awaiting:
            self._go_on()
        self._look_again()

    async def _let_go(self) -> None:
        while self._ahead and not self._is_awaiting:
            self._until = time.monotonic() + PATIENCE
            await self.take_in(self._ahead.popleft())


def _way_up(target: MessagePump) -> list[MessagePump]:
    """The pumps through which a key bubbles: its target, and all parents of that, up to the app."""
    way: list[MessagePump] = []
    pump: MessagePump | None = target
    while pump is not None:
        way.append(pump)
        pump = pump._parent
    return way
