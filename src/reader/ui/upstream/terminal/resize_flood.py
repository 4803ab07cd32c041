"""Signals of a new size that come faster than the screen is drawn count as one.

Textual 8.2. Each SIGWINCH becomes a task and a message, however many wait already: where another program sends a
million of them, the screen handles each, and no key and no other signal is answered meanwhile. No upstream issue is
known.
"""

from __future__ import annotations

import asyncio
import signal

from textual.driver import Driver

PAUSE = 0.02
"""Seconds within which all signals count as one."""


def calmed(driver: type[Driver]) -> type[Driver]:
    """A driver that handles all signals within `PAUSE` at once, when it is over."""

    class Calmed(driver):  # type: ignore[valid-type,misc]
        def start_application_mode(self) -> None:
            super().start_application_mode()
            look = signal.getsignal(signal.SIGWINCH)
            if not callable(look):
                return
            loop = asyncio.get_running_loop()

            def listen_again(number: int) -> None:
                if signal.getsignal(number) is signal.SIG_IGN:  # else the terminal was given back meanwhile
                    signal.signal(number, on_signal)
                    look(number, None)

            def on_signal(number: int, _: object) -> None:
                signal.signal(number, signal.SIG_IGN)  # a handler called for each would take all the time
                loop.call_soon_threadsafe(loop.call_later, PAUSE, listen_again, number)

            signal.signal(signal.SIGWINCH, on_signal)

    return Calmed
