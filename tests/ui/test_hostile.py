"""What strangers wrote cannot reach past the screen's gates, stop it, or lead a person astray."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input, OptionList

from examples import thinned
from hostile.safety import unsafe
from hostile.worst import BODIES, SECONDS
from reader.base.errors import BrowserError
from reader.ui.dialogs.story.links import LinksDialog
from reader.ui.widgets.story.story_pane import StoryPane
from support import DEFAULT_CONFIG, MakeApp, press, settle

if TYPE_CHECKING:
    from conftest import WriteStory
    from reader.outside.browser import Opening


async def test_character_references_of_markdown_let_nothing_through(
    make_app: MakeApp, write_story: WriteStory, tmp_path: Path
) -> None:
    write_story(
        tmp_path / "n", "a.md", body="# &#27;[31m\n\nred &#x9b;2J &#7; &#x202e;x `&#27;c`\n\n[t&#27;](https://a.test/)"
    )
    async with make_app(tmp_path / "n").run_test() as pilot:
        screen = await settle(pilot)
        shown = "\n".join(screen.story_pane.lines)
        assert "red" in shown
        assert not unsafe(shown, line_ends="\n")


@pytest.mark.parametrize(
    "unit", ["|a|b|\n|-|-|\n", *(pytest.param(unit, marks=pytest.mark.long) for unit in ("![", "- a\n", "x"))]
)
async def test_a_long_body_takes_no_long_time(
    make_app: MakeApp, write_story: WriteStory, tmp_path: Path, unit: str
) -> None:
    write_story(tmp_path / "n", "a.md", body=unit * (600_000 // len(unit)))
    async with make_app(tmp_path / "n").run_test() as pilot:
        screen = await settle(pilot)
        started = time.process_time()
        screen.story_pane.notify_style_update()
        assert time.process_time() - started < 2
        assert len(screen.story_pane.lines) < 4_000
        screen.story_pane.action_edge(1)
        assert any("in the file" in line for line in screen.story_pane.lines[-8:])


@pytest.mark.parametrize(
    "name", thinned(["a table, 13 columns", "a fence, fan", "a narrow table that is filled up"], every=3)
)
async def test_a_key_is_answered_at_once_beside_the_worst_body(
    make_app: MakeApp, write_story: WriteStory, tmp_path: Path, name: str
) -> None:
    for story in range(3):
        write_story(tmp_path / "n", f"{story}.md", body=BODIES[name])
    async with make_app(tmp_path / "n").run_test(size=(120, 40)) as pilot:
        screen = await settle(pilot)
        started = time.process_time()
        await press(pilot, "j")
        assert time.process_time() - started < SECONDS
        assert any("a" in line for line in screen.story_pane.lines[4:])


async def test_what_is_said_copied_and_typed_passes_the_gate(make_app: MakeApp) -> None:
    app = make_app(query="\x1b[31mtram\u202e")
    async with app.run_test() as pilot:
        await settle(pilot)
        line = app.screen.query_one(Input)
        assert line.value == "␛[31mtram"
        line.value = "a\x9b b\u200b"
        assert line.value == "a\ufffd b"
        app.notify("\x1b]0;a\x07 [b]x[/b]", title="\u202eT")
        app.copy_to_clipboard("\x1b[2Jx\ny")
        await pilot.pause()
        assert [toast.message for toast in app._notifications] == ["␛]0;a␇ [b]x[/b]"]
        assert app.clipboard == "␛[2Jx\ny"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The links that were to be opened."""
    links: list[str] = []

    def how(url: str, *_: object) -> Opening:
        links.append(url)
        raise BrowserError("no browser here")

    monkeypatch.setattr("reader.outside.browser.how_to_open", how)
    return links


async def test_a_doubtful_link_is_shown_whole_before_it_is_opened(
    make_app: MakeApp, write_story: WriteStory, tmp_path: Path, opened: list[str]
) -> None:
    url = "https://bank.test@evil.test/" + "a" * 600
    write_story(tmp_path / "n", "a.md", url=url)
    async with make_app(tmp_path / "n").run_test(size=(80, 24)) as pilot:
        screen = await settle(pilot)
        page = " ".join(screen.query_one(StoryPane).lines)
        assert "! what stands before the @ is a user name: the site is evil.test" in " ".join(page.split())
        await pilot.press("o")
        await pilot.pause(0.1)
        assert isinstance(pilot.app.screen, LinksDialog)
        assert opened == []
        shown = str(pilot.app.screen.query_one(OptionList).get_option_at_index(0).prompt)
        assert url in shown
        assert "the site is evil.test" in shown
        await pilot.press("escape")
        await settle(pilot)
        assert opened == []
        await pilot.press("o")
        await pilot.pause(0.1)
        await pilot.press("enter")
        await settle(pilot)
        assert opened == [url]


@pytest.mark.parametrize("own", [(), ("192.168.1.1",)])
async def test_an_address_of_one_s_own_network_is_asked_about_with_the_reason(
    make_app: MakeApp, write_story: WriteStory, tmp_path: Path, opened: list[str], own: tuple[str, ...]
) -> None:
    url = "http://192.168.1.1/admin?reboot=1"
    write_story(tmp_path / "n", "a.md", url=url)
    config = DEFAULT_CONFIG._replace(own_hosts=own)
    async with make_app(tmp_path / "n", config=config).run_test(size=(100, 30)) as pilot:
        screen = await settle(pilot)
        assert ("leads to" in "".join(screen.story_pane.lines)) is not bool(own)
        await pilot.press("u")
        await pilot.pause(0.1)
        assert isinstance(pilot.app.screen, LinksDialog)
        links = str(pilot.app.screen.query_one(OptionList).get_option_at_index(0).prompt)
        assert ("leads to" in links) is not bool(own)
        await pilot.press("escape", "o")
        await pilot.pause(0.1)
        if not own:
            assert opened == []
            assert isinstance(pilot.app.screen, LinksDialog)
            shown = str(pilot.app.screen.query_one(OptionList).get_option_at_index(0).prompt)
            assert "leads to an address of your own network, not to the web: 192.168.1.1" in shown
            assert "own_hosts" in shown
            await pilot.press("enter")
        await settle(pilot)
        assert opened == [url]


async def test_a_plain_link_is_opened_at_once(
    make_app: MakeApp, write_story: WriteStory, tmp_path: Path, opened: list[str]
) -> None:
    write_story(tmp_path / "n", "a.md", url="https://a.test/a?b=c")
    async with make_app(tmp_path / "n").run_test() as pilot:
        await settle(pilot)
        await press(pilot, "o")
        assert opened == ["https://a.test/a?b=c"]


async def test_keys_typed_ahead_of_a_dialog_do_no_harm(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await settle(pilot)
        app.push_screen(LinksDialog([("source", "https://a.test/")]))
        for action in ("step(8)", "copy", "nth(1)"):
            await app.run_action(action, app.screen)
        await pilot.pause()
        assert isinstance(app.screen, LinksDialog)
