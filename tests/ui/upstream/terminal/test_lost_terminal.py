"""A terminal that goes away while it is drawn on."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from textual.app import App
from textual.drivers._writer_thread import MAX_QUEUED_WRITES, WriterThread

from reader.ui import signals
from reader.ui.signals import Signals
from reader.ui.upstream.app import SteadyApp
from reader.ui.upstream.terminal import lost_terminal
from reader.ui.upstream.terminal.stuck_screen import Ending


class Gone:
    """A terminal that is gone, until what is drawn goes somewhere else."""

    def __init__(self) -> None:
        self.is_gone = True
        self.drawn: list[str] = []

    def write(self, text: str) -> None:
        if self.is_gone:
            raise OSError(5, "Input/output error")
        self.drawn.append(text)

    def flush(self) -> None: ...


@pytest.fixture
def excepthook() -> Iterator[None]:
    """What a thread's error is told to is as before, after the test."""
    before = threading.excepthook
    yield
    threading.excepthook = before


def drawing(terminal: Gone) -> WriterThread:
    """The thread that draws, which has drawn once."""
    file: Any = terminal
    thread = WriterThread(file)
    thread.start()
    thread.write("a line")
    return thread


def test_textuals_thread_still_ends_where_the_terminal_is_gone_and_what_is_drawn_then_waits_without_end(
    excepthook: None,
) -> None:
    threading.excepthook = lambda _: None
    thread = drawing(Gone())
    thread.join(10)
    assert not thread.is_alive()
    for _ in range(MAX_QUEUED_WRITES):
        thread.write("another")
    assert thread._queue.full()


async def test_what_is_drawn_goes_nowhere_and_the_app_ends_as_at_the_signal(
    excepthook: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal, app = Gone(), SteadyApp()
    monkeypatch.setattr(lost_terminal, "draw_into_nothing", lambda: setattr(terminal, "is_gone", False))
    monkeypatch.setattr(lost_terminal, "has_terminal", lambda: False)
    async with app.run_test():
        threading.excepthook = Signals(app, Ending())._thread_failed
        thread = drawing(terminal)
        for _ in range(2 * MAX_QUEUED_WRITES):
            await asyncio.to_thread(thread.write, "another")
        await asyncio.to_thread(thread.stop)
        assert len(terminal.drawn) == 2 * MAX_QUEUED_WRITES
        while app.is_running:
            await asyncio.sleep(0.01)
    assert app.return_code == 128 + signal.SIGHUP


async def test_a_thread_that_fails_otherwise_is_a_defect(excepthook: None, monkeypatch: pytest.MonkeyPatch) -> None:
    app = SteadyApp()

    def fail() -> None:
        raise ValueError("in a thread")

    async with app.run_test():
        monkeypatch.setattr(SteadyApp, "is_headless", property(lambda _: False))
        threading.excepthook = Signals(app, Ending())._thread_failed
        thread = threading.Thread(target=fail)
        thread.start()
        while app.is_running:
            await asyncio.sleep(0.01)
        monkeypatch.undo()
    assert isinstance(app.crash, ValueError)
    assert app.return_code == 1


async def ended(app: App[None], monkeypatch: pytest.MonkeyPatch) -> int | None:
    """The exit code of an app on a terminal whose reading thread fails."""
    async with app.run_test():
        with monkeypatch.context() as patched:
            patched.setattr(type(app), "is_headless", property(lambda _: False))
            app.call_later(app.panic, "it cannot be read")
            while app.is_running:
                await asyncio.sleep(0.01)
    return app.return_code


async def test_a_terminal_that_cannot_be_read_is_one_that_went_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lost_terminal, "has_terminal", lambda: False)
    monkeypatch.setattr(lost_terminal, "draw_into_nothing", lambda: None)
    assert await ended(SteadyApp(), monkeypatch) == 128 + signal.SIGHUP


async def test_textual_still_takes_it_for_a_defect(monkeypatch: pytest.MonkeyPatch) -> None:
    assert await ended(App(), monkeypatch) != 128 + signal.SIGHUP


async def test_no_signal_is_listened_to_by_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signals, "Signals", lambda *_: pytest.fail("it listens"))
    app = SteadyApp()
    async with app.run_test():
        signals.listen(app, Ending(), ())
