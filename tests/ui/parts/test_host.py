"""A part's work beside the keys."""

from __future__ import annotations

import asyncio
import threading

from textual.app import App
from textual.worker import Worker

from fake_host import FakeHost
from reader.ui.parts.host import ScreenHost, task


class Part:
    """A part with work of each kind."""

    def __init__(self) -> None:
        self.host = FakeHost()
        self.done: list[object] = []

    @task("one", exclusive=True)
    async def alone(self, name: str, *, seconds: float = 0.0) -> None:
        """The last of its group goes on."""
        await asyncio.sleep(seconds)
        self.done.append(name)

    @task("many")
    async def together(self, name: str) -> None:
        """All go on."""
        await asyncio.sleep(0.01)
        self.done.append(name)

    @task("thread", thread=True)
    def aside(self) -> None:
        """In a thread."""
        self.done.append(threading.current_thread() is threading.main_thread())


async def test_of_an_exclusive_group_only_the_last_goes_on() -> None:
    part = Part()
    for name in "ab":
        part.alone(name, seconds=0.01)
        part.together(name)
    await part.host.settle()
    assert sorted(map(str, part.done)) == ["a", "b", "b"]


async def test_a_task_can_be_cancelled_or_be_a_thread() -> None:
    part = Part()
    part.together("a").cancel()
    part.aside()
    await part.host.settle()
    assert part.done == [False]


class Unwritable:
    """What must not be written out, as the ids of a million stories."""

    def __repr__(self) -> str:
        raise AssertionError("written out")


async def test_what_work_is_given_is_not_written_out() -> None:
    app: App[None] = App()
    async with app.run_test():
        part, given = Part(), Unwritable()
        part.host = ScreenHost(app.screen, lambda: None)  # type: ignore[assignment]
        work = part.together(given)  # type: ignore[arg-type]
        assert isinstance(work, Worker)
        await work.wait()
        assert part.done == [given]
        assert work.description == "together"
