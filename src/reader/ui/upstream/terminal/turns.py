"""The turn of the thread that writes to the terminal.

Textual 8.2. It hands what it draws to a thread that writes it. Python lets that one run once the screen's thread waits
for something, or has worked on for 5 ms: what is drawn stays unseen while the screen's thread goes on with what comes
next. No upstream issue is known.
"""

from __future__ import annotations

import time

from textual.driver import Driver

TURN = 0.001
"""Seconds that the screen's thread leaves to the one that writes."""

DRAWN = 1_000
"""Characters from which on something is a drawing worth waiting for, and no setting of the terminal."""


def leaving_turns(driver: type[Driver]) -> type[Driver]:
    """A driver that has drawings written before its thread goes on."""

    class LeavingTurns(driver):  # type: ignore[valid-type,misc]
        def write(self, data: str) -> None:
            super().write(data)
            if len(data) >= DRAWN:
                time.sleep(TURN)

    return LeavingTurns
