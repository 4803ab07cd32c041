"""Input that comes faster than it can be handled."""

from __future__ import annotations

import asyncio
import threading
import time
from queue import SimpleQueue
from types import SimpleNamespace
from typing import Any

import pytest
from textual import events
from textual.app import App
from textual.driver import Driver
from textual.drivers.headless_driver import HeadlessDriver
from textual.message import Message

from reader.ui.upstream.key_pace import MOST_WAITING, paced, waiting


class Plain(Driver):
    """A driver that puts messages into a queue of its own."""

    def __init__(self) -> None:
        self.exit_event = threading.Event()
        self.queue: SimpleQueue[Message] = SimpleQueue()
        self._app: Any = SimpleNamespace(_message_queue=self.queue, screen_stack=[])

    def send_message(self, message: Message) -> None:
        self.queue.put(message)

    def write(self, data: str) -> None: ...

    def start_application_mode(self) -> None: ...

    def disable_input(self) -> None: ...

    def stop_application_mode(self) -> None: ...


def started() -> Any:
    """A plain driver, paced."""
    driver: Any = paced(Plain)
    return driver()


def flood(driver: Any) -> threading.Thread:
    """Send a thousand messages from a thread, as the one that reads the terminal does."""
    message = Message()
    thread = threading.Thread(target=lambda: [driver.send_message(message) for _ in range(1_000)], daemon=True)
    thread.start()
    thread.join(0.2)
    return thread


def test_no_more_input_is_taken_in_than_can_be_handled() -> None:
    driver = started()
    thread = flood(driver)
    assert thread.is_alive()
    assert driver.queue.qsize() == MOST_WAITING + 1
    handled = 0
    while handled < 1_000:
        driver.queue.get(timeout=10)
        handled += 1
        assert driver.queue.qsize() <= MOST_WAITING + 1
    thread.join(10)
    assert not thread.is_alive()
    assert driver.queue.empty()


def test_input_that_waits_does_not_keep_the_program_from_ending() -> None:
    driver = started()
    thread = flood(driver)
    driver.exit_event.set()
    thread.join(10)
    assert not thread.is_alive()


def test_what_the_main_thread_sends_never_waits() -> None:
    driver = started()
    for _ in range(2 * MOST_WAITING):
        driver.send_message(Message())
    assert driver.queue.qsize() == 2 * MOST_WAITING


async def most_waiting(kind: type[Driver]) -> int:
    """How many messages wait where a thread sends many while the app has something else to do."""
    app = App[None]()
    async with app.run_test() as pilot:
        driver: Any = kind(app)
        driver.exit_event = threading.Event()
        done = asyncio.Event()
        app.call_next(done.wait)

        def send() -> None:
            for _ in range(3 * MOST_WAITING):
                driver.send_message(events.Key("x", "x"))
                time.sleep(0.001)  # for the app's loop, which takes the message from the thread

        thread = threading.Thread(target=send)
        thread.start()
        await asyncio.sleep(0.6)
        most = waiting(app)
        driver.exit_event.set()
        done.set()
        await asyncio.to_thread(thread.join)
        await pilot.pause()
        return most


async def test_a_thread_sends_an_app_no_more_than_it_can_handle() -> None:
    assert MOST_WAITING < await most_waiting(paced(HeadlessDriver)) < 2 * MOST_WAITING


@pytest.mark.long
async def test_textuals_driver_still_sends_whatever_comes() -> None:
    assert await most_waiting(HeadlessDriver) >= 3 * MOST_WAITING
