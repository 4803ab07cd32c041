"""What the program does not do behind a person's back, on a real pseudo-terminal."""

from __future__ import annotations

import pytest

from contrast import too_faint_on
from support import Desk, Terminal

pytestmark = pytest.mark.versions

ESC = "\x1b"


def rest(terminal: Terminal) -> None:
    """Take in what is drawn until nothing more is."""
    while terminal.read(0.3):
        pass


def test_light_and_dark_are_drawn_at_once(desk: Desk) -> None:
    terminal = desk.start()
    terminal.wait_for("earliest known")
    for keys in ("", "d", "c", ESC, "E", "z"):
        terminal.send(keys)
        rest(terminal)
        for ground in ("fbfbf9", "16181d"):
            terminal.send("L")
            terminal.wait_for(lambda _, ground=ground: terminal.screen.buffer[20][2].bg == ground)  # type: ignore[misc]
            rest(terminal)
            assert not too_faint_on(terminal.screen), (keys, ground)
