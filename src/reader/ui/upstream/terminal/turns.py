"""What is drawn is written to the terminal at once.

Textual 8.2. It hands what it draws to a thread that writes it. Python lets that one run only when the screen's thread
waits for something, or has gone on for 5 ms: until then nobody sees what was drawn. No upstream issue is known.
"""

from __future__ import annotations

import time

from textual.driver import Driver

TURN = 0.001
"""Seconds for which the screen's thread sleeps, so that the writing one can run."""

DRAWN = 1_000
"""From so many characters on, output is a drawing worth waiting for, and not a mere setting of the terminal."""


def leaving_turns(driver: type[Driver]) -> type[Driver]:
    """A driver that has a drawing written before the screen's thread goes on."""

    class LeavingTurns(driver):  # type: ignore[valid-type,misc]
        def write(self, data: str) -> None:
            super().write(data)
            if len(data) >= DRAWN:
                time.sleep(TURN)

    return LeavingTurns
