"""Signals of a new size, more than can be handled."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from typing import Any

import pytest
from textual.driver import Driver

from reader.ui.upstream.terminal.resize_flood import PAUSE, calmed


class Plain(Driver):
    """A driver that counts how often it looks at the size."""

    def __init__(self) -> None:
        self.looks = 0

    def write(self, data: str) -> None: ...

    def start_application_mode(self) -> None:
        signal.signal(signal.SIGWINCH, self.look)

    def look(self, *_: object) -> None:
        self.looks += 1

    def disable_input(self) -> None: ...

    def stop_application_mode(self) -> None: ...


@pytest.fixture
def driver() -> Iterator[Any]:
    """A plain driver, calmed."""
    before = signal.getsignal(signal.SIGWINCH)
    kind: Any = calmed(Plain)
    yield kind()
    signal.signal(signal.SIGWINCH, before)


async def test_many_signals_are_one_look(driver: Any) -> None:
    driver.start_application_mode()
    for _ in range(1_000):
        os.kill(os.getpid(), signal.SIGWINCH)
    await asyncio.sleep(5 * PAUSE)
    assert 1 <= driver.looks <= 3


async def test_a_later_signal_is_another_look_also_where_the_terminal_was_taken_twice(driver: Any) -> None:
    driver.start_application_mode()
    driver.start_application_mode()
    for looks in range(1, 4):
        os.kill(os.getpid(), signal.SIGWINCH)
        end = time.monotonic() + 5
        while driver.looks < looks:
            assert time.monotonic() < end
            await asyncio.sleep(PAUSE)
        await asyncio.sleep(2 * PAUSE)
        assert driver.looks == looks
