"""The first minute: what a first start says, which keys the bar shows, how the help begins."""

from __future__ import annotations

import pytest
from textual.widgets import Static

from examples import thinned
from reader.ui.dialogs.help import HelpDialog
from reader.ui.keys.footer import TEN
from reader.ui.main_screen import MainScreen
from support import MakeApp, press, settle


def footer(screen: MainScreen) -> str:
    return screen.key_bar.render_line(0).text


async def test_a_first_start_shows_three_keys_until_the_first_key(make_app: MakeApp) -> None:
    app = make_app()
    app._is_first = True
    async with app.run_test(size=(40, 12)) as pilot:
        screen = await settle(pilot)
        assert footer(screen).split("  ")[:3] == [" Enter reads", " / searches", " ? all keys"]
        await press(pilot, "j")
        assert "searches" not in footer(screen)
        assert "/ Search" in footer(screen)


@pytest.mark.parametrize(
    ("size", "keys", "shown"),
    [
        ((120, 40), (), ["Enter", "/", "t", "n", "r", "s", "o", "?", "q"]),
        ((60, 20), ("enter",), ["Esc", "o", "n", "s", "?", "q"]),
        ((120, 40), ("c",), ["Enter", "Esc", "o", "v", "?", "q"]),
    ],
)
async def test_the_bar_shows_the_keys_of_the_moment_in_the_order_of_use(
    make_app: MakeApp, size: tuple[int, int], keys: tuple[str, ...], shown: list[str]
) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        screen = await settle(pilot)
        await press(pilot, *keys)
        words = footer(screen).split()
        assert [word for word in words if word in shown][: len(shown)] == shown
        assert words[0] == shown[0]


async def test_the_help_begins_with_ten_keys_in_words(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("question_mark")
        await pilot.pause(0.2)
        dialog = app.screen
        assert isinstance(dialog, HelpDialog)
        lines = str(dialog.query_one(Static).content).splitlines()
        assert lines[0] == "Ten keys to begin with"
        assert [line.split()[0] for line in lines[1:11]] == ["Enter", "Esc", "j", "/", "t", "n", "c", "o", "s", "U"]
        assert len(TEN) == 10
        await pilot.press(*"star")
        await pilot.pause(0.2)
        assert "Ten keys" not in str(dialog.query_one(Static).content)


def test_messages_leave_within_three_seconds(make_app: MakeApp) -> None:
    assert make_app().NOTIFICATION_TIMEOUT <= 3


@pytest.mark.parametrize("size", thinned([(40, 12), (120, 40)], every=2))
@pytest.mark.every_frame
async def test_a_message_is_one_line_over_the_keys(make_app: MakeApp, size: tuple[int, int]) -> None:
    app = make_app()
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        app.notify("starred: a headline that is longer than any line of a terminal of forty columns", markup=False)
        await pilot.pause(0.3)
        (toast,) = app.screen.query("Toast")
        assert toast.region.height == 1
        assert toast.region.y == size[1] - 1


async def test_a_message_leaves_at_the_next_key_and_what_is_wrong_stays_for_its_time(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await press(pilot, "s")
        app.notify("something is wrong", severity="error")
        await pilot.pause()
        assert [one.message[:8] for one in app._notifications] == ["starred:", "somethin"]
        await press(pilot, "j")
        assert [one.message for one in app._notifications] == ["something is wrong"]
