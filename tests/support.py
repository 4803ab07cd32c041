"""What the tests of the screen share: the types of fixtures, waiting, and a terminal."""

from __future__ import annotations

import asyncio
import os
import re
import select
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from textual.app import App
from textual.dom import DOMNode
from textual.pilot import Pilot
from textual.screen import Screen
from textual.worker import WorkerCancelled

import copies
from drawn import DrawnScreen, DrawnStream
from frames import draw_at_rest
from reader.settings.config import Config
from reader.ui.app import ReaderApp
from reader.ui.main_screen import MainScreen
from reader.ui.upstream.type_ahead import TypeAhead
from rest import rest

_SEQUENCE = re.compile("\x1b\\[[0-9:;<=>?]*[ -/]*[@-~]")
_LAST_COUNTED = re.compile("Watched +0")
DEFAULT_CONFIG = Config(mark_read="never")
MOMENT = 0.005
"""Seconds between two looks at whether what is waited for has come."""


class MakeApp(Protocol):
    """Makes an app on a folder; without one, on the sample library."""

    def __call__(self, folder: Path | None = None, *, query: str = "", config: Config = DEFAULT_CONFIG) -> ReaderApp:
        """Make it; its index is up to date."""


async def settle(pilot: Pilot[None]) -> MainScreen:
    """Wait until the main screen has asked all it wants to ask. No dialog may be open: it would be waited for."""
    await rest(pilot.app)
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, MainScreen)
    end = time.monotonic() + 40
    while True:
        while not is_at_rest(screen):
            assert time.monotonic() < end, "the screen does not come to rest"
            if _have_rested(screen):
                await rest(pilot.app)
                continue
            with suppress(WorkerCancelled):  # a newer question took its place
                await pilot.app.workers.wait_for_complete()
            await asyncio.sleep(MOMENT)
        await pilot.pause()
        if is_at_rest(screen):
            draw_at_rest(pilot.app)
            return screen


def _have_rested(screen: MainScreen) -> bool:
    """Let the time be over for which the cursor rests on a story before it is looked up; says whether it was not."""
    with screen._context():
        return screen.parts.current.hasten()


def is_at_rest(screen: MainScreen) -> bool:
    """Whether all is shown that was asked for, and nothing is being asked."""
    app = screen.app
    is_taken_in = not isinstance(app, TypeAhead) or not app.held_back
    return is_taken_in and screen.is_resting and all(worker.is_finished for worker in app.workers)


async def press(pilot: Pilot[None], *keys: str) -> MainScreen:
    """Press keys, and wait until all is shown."""
    await pilot.press(*keys)
    return await settle(pilot)


def text_of(screen: Screen[Any]) -> str:
    """What stands on a screen."""
    return "\n".join(strip.text for strip in screen._compositor.render_strips())


async def counted(pilot: Pilot[None]) -> None:
    """Wait until the stories of the last view are counted, where the views stand on the screen."""
    for _ in range(400):
        if _LAST_COUNTED.search(text_of(pilot.app.screen)):
            return
        await pilot.pause(MOMENT)
    raise AssertionError("the views are not counted")


SAID: WeakKeyDictionary[App[Any], list[str]] = WeakKeyDictionary()
"""By app, what was said; written down in the tests of the screen."""


def toasts(screen: DOMNode) -> list[str]:
    """What was said in passing since the start; on the screen it leaves after a time, or at the next key."""
    return SAID.get(screen.app, [])


class Terminal:
    """A program on a real pseudo-terminal, with a screen that understands what it draws.

    Args:
        arguments: of `python -m reader`.
        environment: the whole environment.
        size: columns and rows.
        before: the beginning of the command, in whose place the program is started: of a name space, or another user.
        python: what stands in the place of `-m reader`.
    """

    def __init__(
        self,
        *arguments: str,
        environment: Mapping[str, str],
        size: tuple[int, int] = (120, 40),
        before: Sequence[str] = (),
        python: Sequence[str] = ("-m", "reader"),
    ) -> None:
        columns, rows = size
        self.screen = DrawnScreen(columns, rows)
        self._stream = DrawnStream(self.screen)
        self.raw = bytearray()
        self._pressed = 0
        command = [*before, sys.executable, *python, *arguments]
        self.draws = True  # whether `text` follows; drawing takes most of the time that reading takes
        self.process = copies.on_terminal(command, environment, size)

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def read(self, seconds: float) -> bool:
        """Take in what the program writes, for at most so long; says whether it wrote anything."""
        ready, _, _ = select.select([self.process.fd], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self.process.fd, 65_536)
        except OSError:
            return False
        self.raw += data
        if not self.draws:
            return bool(data)
        # pyte takes DEC private sequences with intermediate signs for text; they draw nothing
        self._stream.feed(data.replace(b"\x1b[>1u", b"").replace(b"\x1b[<u", b"").replace(b"\x1b[?2026$p", b""))
        return bool(data)

    def wait_for(self, condition: Callable[[str], bool] | str, seconds: float = 40) -> str:
        """Wait until something stands on the screen; fails with the screen as it is."""
        end = time.monotonic() + seconds
        while True:
            text = self.text
            if condition in text if isinstance(condition, str) else condition(text):
                return text
            if time.monotonic() > end:
                raise AssertionError(f"waited in vain for {condition!r}; the screen:\n{text}")
            self.read(0.05)

    def wait_for_message(self, *words: str, seconds: float = 40) -> None:
        """Wait until some words were drawn since the last keys.

        A message leaves by itself: on a busy machine it may come and go between two looks at the screen.
        """
        self.wait_for(lambda _: all(word in self.said for word in words), seconds)

    @property
    def said(self) -> str:
        """The text of all that was drawn since the last keys."""
        return _SEQUENCE.sub("", self.raw[self._pressed :].decode(errors="replace"))

    def send(self, keys: str) -> None:
        """Press keys."""
        self._pressed = len(self.raw)
        self.process.write(keys.encode())

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the terminal."""
        self.screen.resize(rows, columns)
        self.process.setwinsize(rows, columns)

    def wait_for_end(self, seconds: float = 30) -> int:
        """Wait for the program to end; gives its exit code."""
        end = time.monotonic() + seconds
        while self.process.isalive():
            self.read(0.05)
            if time.monotonic() > end:
                raise AssertionError(f"it does not end; the screen:\n{self.text}")
        while self.read(0.05):
            pass
        return int(self.process.exitstatus if self.process.exitstatus is not None else -1)

    def close(self) -> None:
        """End the program, however it is."""
        if self.process.isalive():
            self.process.terminate(force=True)
        self.process.close()


@dataclass
class Desk:
    """A home of its own, a browser that writes down what it was to open, and terminals."""

    home: Path
    terminals: list[Terminal] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        """What the program sees of the world."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "BROWSER": f"{self.browser} %s",
            "READER_CACHE_DIR": str(self.home / "cache"),
            "READER_CONFIG_DIR": str(self.home / "config"),
            "READER_DATA_DIR": str(self.home / "data"),
            "TMPDIR": str(self.home),
            "TEXTUAL_ANIMATIONS": "none",
            "TEXTUAL_FPS": "30",  # as on a slow terminal: fewer frames that nobody reads
            **{name: os.environ[name] for name in ("PYTHONPATH",) if name in os.environ},  # where the reader is
        }

    @property
    def browser(self) -> Path:
        """The browser's command."""
        return self.home / "browser"

    @property
    def opened(self) -> list[str]:
        """The links that the browser was to open."""
        log = self.home / "opened"
        return log.read_text().splitlines() if log.exists() else []

    def start(
        self,
        *arguments: str,
        size: tuple[int, int] = (120, 40),
        before: Sequence[str] = (),
        python: Sequence[str] = ("-m", "reader"),
        **environment: str,
    ) -> Terminal:
        """Start the program; see `Terminal`."""
        whole = {**self.environment, **environment}
        terminal = Terminal(*arguments, environment=whole, size=size, before=before, python=python)
        self.terminals.append(terminal)
        return terminal


async def told(pilot: Pilot[None], words: str) -> str:
    """What the dialog on top says, once it says some words."""
    text = ""
    for _ in range(200):
        await pilot.pause(0.02)
        text = "\n".join(strip.text for strip in pilot.app.screen._compositor.render_strips())
        if words in text:
            return text
    raise AssertionError(f"waited in vain for {words!r}:\n{text}")
