"""When the key that quits is meant for a screen that does nothing any more. (That it ends then: tests/faults.)"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable

import pytest
from textual.app import App

from reader.ui.keys.bindings import quit_keys
from reader.ui.upstream.terminal import stuck_screen
from reader.ui.upstream.terminal.stuck_screen import Ending, Impatience, Watch


def pressed(*keys: str) -> Impatience:
    """Keys that the screen's thread knows nothing of; `.` has it come by the one before."""
    impatience, number = Impatience(), 0
    for key in keys:
        if key == ".":
            impatience.answer(number)
        else:
            number = impatience.press(quits=key == "q")
    return impatience


@pytest.mark.parametrize(
    ("keys", "quits"),
    [("q", 1), ("z.q", 1), ("zq", 1), ("zqq", 2), ("q.", 1), ("q.q", 1), ("/qa", 0), ("/qaq", 1), ("qz", 0), ("", 0)],
)
def test_the_key_that_quits_is_meant_where_it_is_the_last_one(keys: str, quits: int) -> None:
    assert pressed(*keys).quits == quits


def test_the_keys_that_quit_are_those_in_force() -> None:
    assert quit_keys({}) == ("q", "Q")
    assert quit_keys({"app.quit": "ctrl+x,g q"}) == ("ctrl+x",)


class Ended(BaseException):
    """The process would have ended."""


@pytest.fixture
def stuck(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Has a thread that does nothing watched for a moment; gives what was done about it."""
    monkeypatch.setattr(stuck_screen, "PATIENCE", 0.05)
    monkeypatch.setattr(stuck_screen, "give_back", lambda _: None)

    def watch(
        *, is_meant: Callable[[], bool] | None = None, is_lent: bool = False, is_closing: bool = False
    ) -> list[str]:
        done: list[str] = []

        def end(code: int) -> None:
            done.append(f"ended with {code}")
            raise Ended

        monkeypatch.setattr(os, "_exit", end)
        monkeypatch.setattr(stuck_screen, "_is_lent", lambda _: is_lent)
        ending = Ending(lambda: done.append("kept"), lambda: done.append("let go"), lambda: is_closing)

        async def run() -> None:
            app: App[None] = App()
            async with app.run_test():
                thread = Watch(app, asyncio.get_running_loop(), ending).begin(143, is_meant)
                time.sleep(0.5)  # stuck
                if not done or done[-1] != "ended with 143":
                    app.exit()
            await asyncio.to_thread(thread.join)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("threading.excepthook", lambda _: None)
            asyncio.run(run())
        return done

    return watch


def test_a_thread_that_does_nothing_is_ended_with_all_kept(stuck: Callable[..., list[str]]) -> None:
    assert stuck() == ["let go", "kept", "ended with 143"]
    assert stuck(is_meant=lambda: True) == ["let go", "kept", "ended with 143"]


def test_who_pressed_another_key_meanwhile_does_not_leave(stuck: Callable[..., list[str]]) -> None:
    assert stuck(is_meant=lambda: False) == []


def test_while_another_program_has_the_terminal_all_is_kept_once_and_nothing_ended(
    stuck: Callable[..., list[str]],
) -> None:
    assert stuck(is_lent=True) == ["kept"]


def test_a_screen_that_is_closing_is_waited_for(stuck: Callable[..., list[str]]) -> None:
    assert stuck(is_closing=True) == []
