"""Going on, told to or not."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from textual.drivers.linux_driver import LinuxDriver

from reader.ui.upstream.terminal.resume import taking_once


def told_to_go_on(kind: type[LinuxDriver], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a driver does that is told to go on while it reads the terminal: nobody had stopped it."""
    done: list[str] = []
    driver: Any = kind.__new__(kind)  # one that takes no terminal, and no signals of the tests
    driver._auto_restart, driver._must_signal_resume = True, False
    driver._key_thread = threading.current_thread()
    monkeypatch.setattr(driver, "suspend_application_mode", lambda: done.append("give back"))
    monkeypatch.setattr(driver, "resume_application_mode", lambda: done.append("take"))
    driver._sigcont_application()
    return done


def test_a_driver_that_is_told_to_go_on_gives_the_terminal_back_before_it_takes_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    driver: Any = taking_once(LinuxDriver)
    assert told_to_go_on(driver, monkeypatch) == ["give back", "take"]


def test_textuals_driver_still_takes_the_terminal_that_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told_to_go_on(LinuxDriver, monkeypatch) == ["take"]
