"""Keys that come faster than what they are meant for stands."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import pytest
from textual import events, work
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen
from textual.widgets import Input

from reader.library.query.query import Sort
from reader.ui.dialogs.help import HelpDialog
from reader.ui.dialogs.listing.topic_picker import TopicPicker
from reader.ui.main_screen import MainScreen
from reader.ui.upstream import key_pace, type_ahead
from reader.ui.upstream.type_ahead import DIALOG, TypeAhead
from support import MakeApp, settle


def type_in(app: App[None], *keys: str) -> None:
    """Put keys into the app's queue, all at once."""
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))


async def until(condition: Callable[[], object]) -> None:
    """Wait for something."""
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        await asyncio.sleep(0.02)


def chosen(screen: MainScreen) -> int:
    """The place of the story that is selected."""
    assert screen.story is not None
    return list(screen.stories.ids).index(screen.story)


async def test_what_is_typed_ahead_of_a_dialog_goes_to_the_dialog(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await settle(pilot)
        topic = screen.parts.listed.topics[1].name
        type_in(app, "t", *topic.lower())
        await until(lambda: isinstance(app.screen, TopicPicker) and not app.held_back)
        await until(lambda: app.screen.query_one(Input).value == topic.lower())
        type_in(app, "enter", "j")
        await until(lambda: app.screen is screen)
        await settle(pilot)
        assert screen.listing.topics == {topic}
        assert screen.focused is screen.stories


@pytest.mark.long
async def test_what_is_typed_ahead_of_a_dialogs_end_goes_to_what_is_under_it(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await settle(pilot)
        assert chosen(screen) == 0
        for_dialogs = ("question_mark", *"star", "escape", "escape", "j", "u", "escape", "j")
        type_in(app, *for_dialogs, "slash", "m", "escape", "escape", "j")
        await until(lambda: len(app.screen_stack) == 1 and not app.held_back)
        await settle(pilot)
        assert app.screen is screen
        assert chosen(screen) == 3


@pytest.mark.long
async def test_what_is_typed_right_after_the_search_is_left_is_for_the_list(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await settle(pilot)
        for leaving in ("escape", "enter"):
            type_in(app, "g", "slash", "m", leaving, "j")
            await until(lambda: not app.held_back)
            await settle(pilot)
            assert chosen(screen) == 1, leaving


@pytest.mark.long
async def test_what_is_typed_right_after_a_choice_comes_after_what_was_chosen(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await settle(pilot)
        type_in(app, "f", *"most", "enter", "slash", *" met")
        await until(lambda: not app.held_back)
        await settle(pilot)
        assert (screen.listing.text, screen.listing.sort) == ("outlets:>=2 met", Sort.COVERED)
        assert isinstance(screen.focused, Input)


@pytest.mark.long
async def test_a_dialog_takes_letters_as_soon_as_its_key_was_pressed(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        type_in(app, "question_mark", *"star")
        await until(
            lambda: isinstance(app.screen, HelpDialog) and "star" in [line.value for line in app.screen.query(Input)]
        )


class Asked(ModalScreen[str]):
    """A dialog that ends when a line is submitted."""

    def compose(self) -> ComposeResult:
        yield Input()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value)


class Slow(App[None]):
    """An app that takes its time before it puts up a dialog, and writes down what reaches it."""

    BINDINGS = [Binding("a", "ask"), Binding("b", "say")]

    def __init__(self, seconds: float, *, shows: bool = True) -> None:
        super().__init__()
        self.seconds = seconds
        self.shows = shows
        self.said: list[str] = []

    @work(group=DIALOG)
    async def action_ask(self) -> None:
        await asyncio.sleep(self.seconds)
        if self.shows:
            self.said.append(await self.push_screen_wait(Asked()))

    def action_say(self) -> None:
        self.said.append("b")


class Ours(Slow, TypeAhead):
    """The same, and input waits for what it is meant for."""

    def on_mount(self) -> None:
        self.await_screen(self.screen)


async def run(app: Slow, *keys: str, count: int) -> None:
    """Type keys, and wait until so many things were said."""
    async with app.run_test() as pilot:
        await pilot.pause()
        type_in(app, *keys)
        await until(lambda: len(app.said) >= count)


async def test_letters_wait_for_a_slow_dialog_and_what_follows_its_end_is_for_the_screen_below() -> None:
    app = Ours(0.2)
    await run(app, "a", "b", "a", "b", "enter", "b", count=2)
    assert sorted(app.said) == ["b", "bab"]


async def test_keys_wait_for_a_worker_that_puts_no_dialog_up_only_until_it_ends() -> None:
    app = Ours(0.1, shows=False)
    await run(app, "a", "b", count=1)
    assert app.said == ["b"]
    assert not list(app.workers)


async def test_no_key_waits_for_ever_for_a_dialog(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type_ahead, "PATIENCE", 0.1)
    app = Ours(3_600)
    await run(app, "a", "b", "b", "b", count=3)
    assert app.said == ["b", "b", "b"]


async def test_no_key_waits_for_ever_for_what_is_unsettled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type_ahead, "PATIENCE", 0.1)
    monkeypatch.setattr(Ours, "unsettled", lambda _: "a list that never comes")
    app = Ours(0)
    await run(app, "b", "b", "b", count=3)
    assert app.said == ["b", "b", "b"]


async def test_no_key_waits_for_what_was_taken_down() -> None:
    app = Ours(0)
    async with app.run_test() as pilot:
        await pilot.pause()
        line = Input()
        await app.screen.mount(line)
        line.focus()
        await pilot.pause()
        app._handling = line
        await line.remove()
        app.screen.set_focus(None)
        start = time.monotonic()
        type_in(app, "b")
        await until(lambda: app.said)
        assert time.monotonic() < start + type_ahead.PATIENCE


async def test_what_is_held_back_at_the_end_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Ours, "unsettled", lambda self: self.screen)
    app = Ours(0)
    async with app.run_test() as pilot:
        await pilot.pause()
    app._ahead.append(events.Key("b", "b"))
    app._look()
    assert not app.held_back


async def test_what_is_held_back_is_counted_where_the_terminal_is_read() -> None:
    app = Ours(0.2)
    async with app.run_test() as pilot:
        await pilot.pause()
        before = key_pace.waiting(app)
        type_in(app, "a", *"bbbb")
        await until(lambda: app.held_back == 4 and key_pace.waiting(app) == before + 4)
        await until(lambda: not app.held_back)


@pytest.mark.long
async def test_textual_still_gives_what_is_typed_ahead_of_a_dialog_to_the_screen_below() -> None:
    app = Slow(0.2)
    await run(app, "a", "b", count=1)
    assert app.said == ["b"]
