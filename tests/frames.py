"""Frames that nobody looks at are put off: drawing them is half of what a test of the screen costs.

An app that a test runs has no terminal; what it draws is thrown away. Here what changes waits until a test looks (at
`draw`, or at the compositor's lines): of several frames the last is then drawn, once. Layout, style and messages go
their way in between. A test that is about frames is marked `every_frame`; programs on pseudo-terminals (e2e, faults)
draw each of them. `pytest -m long` runs the tests of the screen as well; there, and with `-m versions`, each state that
they wait for is drawn, and the one that an app ends with.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

import pytest
from textual._compositor import Compositor
from textual._context import visible_screen_stack
from textual.app import App
from textual.geometry import Region, Size
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.strip import Strip

from rest import has_to_draw, rest

_MOMENT = 0.005

_render_update, _render_strips, _shutdown = Compositor.render_update, Compositor.render_strips, App._shutdown


_drawn_at_rest = False


@contextmanager
def put_off(*, drawn_at_rest: bool = False) -> Iterator[None]:
    """Within the block, the frames of a screen are left until they are looked at.

    Args:
        drawn_at_rest: whether each state that `settle` waits for is looked at, and the last one.
    """
    below: WeakKeyDictionary[Compositor, list[Screen[Any]]] = WeakKeyDictionary()

    def render_later(
        self: Compositor, full: bool = False, screen_stack: list[Screen[Any]] | None = None, simplify: bool = False
    ) -> object:
        below[self] = screen_stack or []
        return _render_update(self, full, screen_stack, simplify) if full else None

    def render_looked_at(self: Compositor, size: Size | None = None) -> list[Strip]:
        visible_screen_stack.set(below.get(self, []))  # a dialog lets what is below it shine through
        return _render_strips(self, size)

    async def shut_down(self: App[Any]) -> None:
        try:
            if self._running:
                draw(self)
        finally:
            await _shutdown(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules[__name__], "_drawn_at_rest", drawn_at_rest)
        if drawn_at_rest:
            patch.setattr(App, "_shutdown", shut_down)
        patch.setattr(Compositor, "render_update", render_later)
        patch.setattr(Compositor, "render_strips", render_looked_at)
        yield


def draw_at_rest(app: App[Any]) -> None:
    """Draw a state that a test has waited for, where each of them is to be drawn."""
    if _drawn_at_rest:
        draw(app)


def draw(app: App[Any]) -> None:
    """Have the widgets draw what the screen on top has put off; nobody puts their lines together."""
    compositor = app.screen._compositor
    dirty = compositor._dirty_regions
    if dirty:
        visible_screen_stack.set(app._background_screens)
        area = Region.from_union(dirty).intersection(compositor.size.region)
        dirty.clear()
        for _ in compositor._get_renders(area):
            pass


async def stand_still(app: App[Any]) -> None:
    """Wait until nothing is left to be done that could draw; what has changed is drawn then."""
    for _ in range(100):
        await rest(app)
        draw(app)
        if not _has_to_do(app):
            return
        await asyncio.sleep(_MOMENT)
    raise AssertionError("the screen does not come to rest")


def _has_to_do(app: App[Any]) -> bool:
    """Whether a message, a callback or a frame waits: on a busy machine some wait longer than two looks are apart."""
    screen = app.screen
    pumps: list[MessagePump] = [app, *app.screen_stack, *screen.walk_children()]
    return any(pump._message_queue.qsize() or pump._next_callbacks for pump in pumps) or has_to_draw(screen)
