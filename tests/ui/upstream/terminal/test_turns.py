"""The turn of the thread that writes to the terminal."""

from __future__ import annotations

import pytest
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver

from reader.ui.upstream.terminal import turns
from reader.ui.upstream.terminal.turns import DRAWN, TURN, leaving_turns


class Writing(Driver):
    """A driver that keeps what it is to write."""

    def __init__(self) -> None:
        self.done: list[object] = []

    def write(self, data: str) -> None:
        self.done.append(len(data))

    def start_application_mode(self) -> None: ...

    def disable_input(self) -> None: ...

    def stop_application_mode(self) -> None: ...


def test_what_is_drawn_is_written_before_the_screen_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    driver = leaving_turns(Writing)()  # type: ignore[call-arg]
    assert isinstance(driver, Writing)
    monkeypatch.setattr(turns.time, "sleep", driver.done.append)  # type: ignore[attr-defined]
    driver.write("\x1b[?25l")
    driver.write("x" * DRAWN)
    assert driver.done == [len("\x1b[?25l"), DRAWN, TURN]


def test_textual_still_writes_by_a_thread_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    class Thread:
        given: str = ""

        def write(self, data: str) -> None:
            self.given = data

    driver, thread = LinuxDriver.__new__(LinuxDriver), Thread()
    monkeypatch.setattr(driver, "_writer_thread", thread, raising=False)
    monkeypatch.setattr(turns.time, "sleep", lambda _: pytest.fail("it waits by itself"))  # type: ignore[attr-defined]
    LinuxDriver.write(driver, "x" * DRAWN)
    assert thread.given == "x" * DRAWN
