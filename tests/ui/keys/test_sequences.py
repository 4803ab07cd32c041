"""Keys of the configuration on the screen: rebound ones, sequences, themes of the user's own."""

from __future__ import annotations

import pytest
from textual.widgets import Input, Static

from reader.library.query.query import Sort
from reader.settings.config import Config, UserTheme
from reader.ui.app import ReaderApp
from reader.ui.dialogs.help import HelpDialog
from reader.ui.widgets.bars import KeyBar
from support import MakeApp, press, settle, toasts

GG = Config(
    mark_read="never",
    keys=(
        ("move.first", "g g,home"),
        ("list.search", "g s,/"),
        ("story.zen", "space z"),
        ("story.scroll_down", "J"),
    ),
)


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine is, the next key is waited for, and what was said is still to be seen."""
    monkeypatch.setattr(ReaderApp, "SEQUENCE_SECONDS", 60.0)
    monkeypatch.setattr(ReaderApp, "NOTIFICATION_TIMEOUT", 600.0)


def bar(app: ReaderApp) -> str:
    """What the bar of keys says."""
    return app.screen.query_one(KeyBar).render_line(0).text


async def test_a_key_does_what_the_configuration_says(make_app: MakeApp) -> None:
    app = make_app(config=Config(mark_read="never", keys=(("move.next", "f5"), ("story.star", "f6"))))
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await settle(pilot)
        await press(pilot, "j", "down")
        assert screen.stories.cursor == 0
        await press(pilot, "f5")
        assert screen.stories.cursor == 1
        assert " f6 Star" in bar(app)
        await pilot.press("question_mark")
        await pilot.pause(0.1)
        assert isinstance(app.screen, HelpDialog)
        page = str(app.screen.query_one(Static).content)
        assert "f5  " in page
        assert "f6  " in page


async def test_an_empty_list_names_the_key_in_force(make_app: MakeApp) -> None:
    keys = (("list.no_topics", "f7,0"), ("go.escape", "f8"))
    app = make_app(config=Config(mark_read="never", keys=keys), query="nothinglikethis")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        screen = await press(pilot, "1")
        assert "f8 clears the search; f7 switches all topics off" in screen.stories.empty_text


@pytest.mark.long
async def test_keys_can_be_swapped_and_taken_away(make_app: MakeApp) -> None:
    keys = (("move.next", "k"), ("move.previous", "j"), ("story.open", ""))
    app = make_app(config=Config(mark_read="never", keys=keys))
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await settle(pilot)
        await press(pilot, "k", "k", "j", "o")
        assert screen.stories.cursor == 1
        assert not toasts(app)
        assert "Open " not in bar(app)
        await pilot.press("colon")
        await pilot.pause()
        assert not app.screen.query("#no-such")


async def test_a_sequence_does_what_it_is_for(make_app: MakeApp) -> None:
    app = make_app(config=GG)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await settle(pilot)
        await press(pilot, "j", "j", "g")
        assert screen.stories.cursor == 2
        assert bar(app).startswith(" g … ")
        assert " g First" in bar(app)
        assert " s Search" in bar(app)
        assert "z" not in bar(app)
        await press(pilot, "g")
        assert screen.stories.cursor == 0
        assert "g …" not in bar(app)
        await press(pilot, "space", "z")
        assert screen.has_class("-zen")


@pytest.mark.long
async def test_a_sequence_for_one_pane_and_one_for_the_program(make_app: MakeApp) -> None:
    keys = (("coverage.choose", "g o"), ("app.light", "g l"), ("move.first", "home"))
    app = make_app(config=Config(mark_read="never", keys=keys))
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await settle(pilot)
        story = screen.story
        await press(pilot, "g", "o")  # not where the list has the focus: `o` opens the link
        assert len(toasts(app)) == 1
        assert screen.story == story
        await press(pilot, "g", "l")
        assert app.theme == "reader-light"
        await press(pilot, "c", "g", "o")
        assert screen.story != story


@pytest.mark.long
async def test_keys_that_are_no_sequence_go_their_way(make_app: MakeApp) -> None:
    app = make_app(config=GG)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await settle(pilot)
        await press(pilot, "g", "j")
        assert screen.stories.cursor == 1
        await press(pilot, "j", "space", "g", "g")
        assert screen.stories.cursor == 0


@pytest.mark.long
async def test_escape_forgets_what_was_typed(make_app: MakeApp) -> None:
    app = make_app(config=GG)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await settle(pilot)
        await press(pilot, "1", "j", "g", "escape", "g")
        assert screen.listing.topics
        assert screen.stories.cursor == 1
        await press(pilot, "escape", "escape")
        assert not screen.listing.topics


async def test_after_a_while_nothing_is_waited_for(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ReaderApp, "SEQUENCE_SECONDS", 0.01)
    app = make_app(config=Config(mark_read="never", keys=(("list.search", "n n"), ("go.next_unread", ""))))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("n")
        while "n …" in bar(app):
            await pilot.pause(0.01)
        await press(pilot, "n")
        assert not isinstance(app.focused, Input)


async def test_letters_that_are_typed_are_not_held(make_app: MakeApp) -> None:
    app = make_app(config=Config(mark_read="never", keys=(*GG.keys, ("app.help", "g ?"))))
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await settle(pilot)
        await pilot.press("g", "s", "g", "g", "space", "g")
        assert isinstance(app.focused, Input)
        assert app.focused.value == "gg g"
        await press(pilot, "escape", "c", "slash", "g", "o")
        assert screen.coverage_tree.is_typing
        assert "go" in str(screen.coverage_tree.border_title)


@pytest.mark.long
async def test_a_dialog_has_its_own_keys(make_app: MakeApp) -> None:
    app = make_app(config=GG)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await settle(pilot)
        await press(pilot, "j")
        await pilot.press("t", "g", "g", "escape")
        await press(pilot)
        assert screen.stories.cursor == 1


async def test_the_keys_of_newsboat_move_and_sort(make_app: MakeApp) -> None:
    app = make_app(config=Config(mark_read="never", preset="newsboat"))
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await settle(pilot)
        await press(pilot, "J", "down")
        assert screen.stories.cursor == 2
        await press(pilot, "g")
        assert screen.listing.sort is not Sort.NEWEST


@pytest.mark.long
async def test_the_sequences_of_eilmeldung_move_and_go_to_the_coverage(make_app: MakeApp) -> None:
    app = make_app(config=Config(mark_read="never", preset="eilmeldung"))
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await settle(pilot)
        await press(pilot, "G", "g", "g", "j", "g", "c")
        assert screen.stories.cursor == 1
        assert app.focused is screen.coverage_tree


PAPER = UserTheme("paper", dark=False, colors=(("primary", "#1a56b0"), ("background", "white"), ("reader-dim", "#555")))


async def test_a_theme_of_ones_own(make_app: MakeApp) -> None:
    app = make_app(config=Config(mark_read="never", theme="paper", themes=(PAPER,)))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert app.theme == "paper"
        assert app.get_css_variables()["reader-dim"] == "#555"
        assert {"nord", "reader-dark", "paper"} <= set(app.available_themes)
        await press(pilot, "L")
        assert app.theme == "reader-dark"


@pytest.mark.long
async def test_a_theme_that_there_is_not_is_told(make_app: MakeApp) -> None:
    app = make_app(config=Config(mark_read="never", theme="nrod"))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert app.theme == "reader-dark"
        assert toasts(app) == ["there is no theme 'nrod'; did you mean nord?"]
