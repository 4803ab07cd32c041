"""What becomes of a defect, and of what only looks like one."""

from __future__ import annotations

import asyncio
from contextlib import AbstractContextManager, nullcontext

import pytest
from rich.console import Console
from textual.app import App
from textual.css.query import NoMatches
from textual.widgets import Label

from reader.ui.upstream.app import SteadyApp


class WordsError(Exception):
    """A defect."""


def fail(words: str) -> None:
    """Fail with strangers' words at hand."""
    raise WordsError(len(words))


def printed(app: App[None]) -> str:
    """What an app that has ended prints on the terminal."""
    console = Console(width=200)
    with console.capture() as capture:
        for renderable in app._exit_renderables:
            console.print(renderable)
    return capture.get()


async def ended(app: App[None], monkeypatch: pytest.MonkeyPatch) -> str:
    """What is printed where an app on a terminal ends with a defect."""
    told: list[str] = []
    tells: AbstractContextManager[object] = pytest.raises(WordsError) if type(app) is App else nullcontext()
    with tells:  # Textual tells its tests, once it has ended
        async with app.run_test():
            monkeypatch.setattr(type(app), "is_headless", property(lambda _: False))
            app.call_later(fail, "what a stranger wrote")
            await asyncio.sleep(0.1)
            told.append(printed(app))
            monkeypatch.undo()
    return told[0]


async def test_nothing_is_printed_of_a_defect_and_it_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    app = SteadyApp()
    assert await ended(app, monkeypatch) == ""
    assert isinstance(app.crash, WordsError)
    assert app.return_code == 1


@pytest.mark.long
async def test_textual_still_prints_what_was_in_the_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "what a stranger wrote" in await ended(App(), monkeypatch)


async def looked_after_the_end(app: App[None]) -> None:
    """Have an app look for a widget that is gone while it ends."""
    async with app.run_test():
        app.call_later(lambda: app.query_one(Label))
        app.exit()
        await asyncio.sleep(0.1)


async def test_what_finds_its_widgets_gone_at_the_end_is_no_defect() -> None:
    app = SteadyApp()
    await looked_after_the_end(app)
    assert app.crash is None


@pytest.mark.long
async def test_textual_still_takes_it_for_a_defect() -> None:
    with pytest.raises(NoMatches):
        await looked_after_the_end(App())


async def looked_for_nothing(app: App[None]) -> None:
    """Have an app look for a widget that never was."""
    async with app.run_test() as pilot:
        app.call_later(lambda: app.query_one(Label))
        await pilot.pause()


async def test_what_looks_for_a_widget_that_never_was_is_a_defect() -> None:
    with pytest.raises(NoMatches):
        await looked_for_nothing(SteadyApp())
