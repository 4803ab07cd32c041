"""The terminal, lent to something that fails."""

from __future__ import annotations

from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

import pytest
from textual.app import App

from reader.base.errors import ReaderError
from reader.outside.programs import RunError
from reader.ui.upstream.terminal.suspension import on_terminal


def fail() -> None:
    """Fail."""
    raise ReaderError("it did not go well")


class Lending(App[None]):
    """An app that lends a terminal, and writes down what becomes of it."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []

    def lend(self, act: Any) -> None:
        """Act while the terminal is lent."""
        driver, self._driver = self._driver, self.lending()  # type: ignore[assignment]
        try:
            act()
        finally:
            self._driver = driver

    def lending(self) -> SimpleNamespace:
        """A driver that can be suspended, as that of a test cannot."""
        return SimpleNamespace(
            can_suspend=True,
            suspend_application_mode=lambda: self.done.append("given"),
            resume_application_mode=lambda: self.done.append("taken"),
            no_automatic_restart=nullcontext,
            cursor_position=None,
        )


async def test_the_screen_is_back_before_it_is_told_what_failed() -> None:
    app = Lending()
    async with app.run_test():
        with pytest.raises(ReaderError, match="not go well"):
            app.lend(lambda: on_terminal(app, fail))
    assert app.done == ["given", "taken"]


async def test_textual_still_stays_away_where_something_fails() -> None:
    app = Lending()

    def act() -> None:
        with app.suspend():
            fail()

    async with app.run_test():
        with pytest.raises(ReaderError):
            app.lend(act)
    assert app.done == ["given"]


async def test_a_terminal_that_cannot_be_lent_is_told() -> None:
    app = App[None]()
    async with app.run_test():
        with pytest.raises(RunError, match="cannot be left"):
            on_terminal(app, fail)
