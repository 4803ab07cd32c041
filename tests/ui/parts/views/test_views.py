"""Views on the screen: choosing, saving and removing them, and the one a start begins with."""

from __future__ import annotations

import json
from datetime import UTC
from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from reader.library.index.listing import Listing, Shown
from reader.library.library import Library
from reader.library.query.query import Sort
from reader.settings.config import BUILT_IN_VIEWS, Config, View
from reader.settings.place import Place
from reader.ui.app import ReaderApp
from reader.ui.main_screen import MainScreen
from reader.ui.palette import ReaderCommands
from reader.ui.parts.views.listing import also_taken, is_of, listing_of, view_of
from support import MakeApp, press, settle, told
from ui.conftest import CLOCK

WIDE = (120, 30)
POLICE = View("Police", "topic:policing -provider:bbc", "quality")


def name_on(screen: MainScreen) -> str:
    return str(screen.stories.border_title)


def toasts(screen: MainScreen) -> list[str]:
    return [f"{notification.title} {notification.message}" for notification in screen.app._notifications]


def with_views(*views: View, start: str = "") -> Config:
    return Config(mark_read="never", views=views, start_view=start)


@pytest.mark.parametrize(
    ("listing", "query"),
    [
        (Listing("sea storm "), "sea storm"),
        (Listing("a OR b", frozenset({"High Sea", "AI"})), 'topic:AI,"High Sea" (a OR b)'),
        (Listing("a sort:-date", shown=Shown.UNREAD), "a is:unread sort:-date"),
        (Listing("", frozenset({"AI"}), shown=Shown.STARRED), "topic:AI is:starred"),
        (Listing("sort:-quality", frozenset({"AI"}), Sort.OLDEST), "topic:AI sort:-quality"),
        (Listing("", frozenset({'Say "hi", Ann'})), r'topic:"Say \"hi\", Ann"'),
    ],
)
def test_what_is_listed_as_a_view_and_back(listing: Listing, query: str) -> None:
    view = view_of(listing, "Name")
    assert view == View("Name", query)
    assert is_of(listing_of(view), view)
    assert is_of(listing, view) is (not listing.topics and listing.shown is Shown.ALL)


def test_a_view_keeps_order_and_events() -> None:
    listing = Listing("sea", sort=Sort.COVERED, by_event=True)
    view = view_of(listing)
    assert view == View("", "sea", "covered", by_event=True)
    assert listing_of(view) == listing
    assert not is_of(Listing("sea", sort=Sort.COVERED), view)
    assert listing_of(View("x", sort="odd")) == Listing()
    assert not is_of(Listing(), View("x", "is:gone"))


def test_topics_that_begin_the_same_are_told() -> None:
    known = ["AI", "Airports", "Sea", "AI Ethics"]
    assert also_taken(Listing(topics=frozenset({"AI"})), known) == ["Airports", "AI Ethics"]
    assert also_taken(Listing(), known) == []


async def test_a_view_is_chosen_by_typing(make_app: MakeApp) -> None:
    app = make_app(config=with_views(POLICE))
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "3", "r", "s", "a")
        await pilot.press("f", "escape", "f")
        text = await told(pilot, " 13  topic:policing")
        assert " 39  is:unread" in text
        assert " 1  is:starred" in text
        await pilot.press(*"pol", "enter")
        screen = await settle(pilot)
        assert screen.listing == Listing(POLICE.query, sort=Sort.QUALITY)
        assert name_on(screen) == "Stories · Police"
        assert screen.focused is screen.stories
        await pilot.press("f")
        await told(pilot, "✓ Police")
        assert app.screen.query_one(OptionList).highlighted == 6
        await pilot.press("escape")
        screen = await press(pilot, "backslash")
        assert name_on(screen) == "Stories"


async def test_a_view_is_saved_and_is_there_at_the_next_start(make_app: MakeApp, tmp_path: Path) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "1", "backslash")
        await pilot.press("F")
        assert "topic:Policing · oldest first" in await told(pilot, "14 stories now")
        await pilot.press("enter")
        await told(pilot, "! a view needs a name")
        await pilot.press(*"unread", "enter")
        await told(pilot, "“Unread” is built in; it needs another name.")
        app.screen.query_one(Input).value = "Mine"
        await pilot.press("enter")
        screen = await settle(pilot)
        assert screen.listing == Listing("topic:Policing", sort=Sort.OLDEST)
        assert name_on(screen) == "Stories · Mine"
    assert [view["name"] for view in json.loads((tmp_path / "data" / "views.json").read_text())["views"]] == ["Mine"]

    app = make_app(query="sea")
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("F")
        await told(pilot, "now")
        await pilot.press(*"mine", "enter")
        await told(pilot, "“Mine” is there already. Enter once more replaces it.")
        await pilot.press("s", "enter")
        screen = await settle(pilot)
        assert [view.name for view in screen.parts.views.all][len(BUILT_IN_VIEWS) :] == ["Mine", "mines"]
        await pilot.press("F")
        await told(pilot, "mines")
        await pilot.press("enter")
        await told(pilot, "Enter once more")
        await pilot.press("enter")
        screen = await settle(pilot)
        assert len(screen.parts.views.all) == len(BUILT_IN_VIEWS) + 2


async def test_only_a_saved_view_is_removed_and_only_when_asked_twice(make_app: MakeApp, tmp_path: Path) -> None:
    app = make_app(config=with_views(POLICE))
    file = tmp_path / "data" / "views.json"
    file.parent.mkdir()
    file.write_text('{"views": [{"name": "[b]Mine[/b]\\u202e", "query": "sea"}]}')
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("f")
        await told(pilot, "[b]Mine[/b]  ")
        await pilot.press(*"[b", "enter")
        await told(pilot, "Stories · [b]Mine[/b]")
        await press(pilot, "escape")
        await pilot.press("f")
        await told(pilot, "[b]Mine[/b]  ")
        await pilot.press("delete")
        await told(pilot, "“Unread” is built in, and stays.")
        await pilot.press(*["down"] * 6, "delete")
        await told(pilot, "“Police” is written in the configuration file.")
        await pilot.press("down", "delete")
        await told(pilot, "Del once more removes “[b]Mine[/b]”.")
        await pilot.press("up", "down", "delete")
        await told(pilot, "Del once more removes")
        await pilot.press("delete")
        await told(pilot, "“[b]Mine[/b]” is removed.")
        assert app.screen.query_one(OptionList).option_count == 7
        await pilot.press(*"xy", "left", "delete")
        assert app.screen.query_one(Input).value == "x"
    assert json.loads(file.read_text()) == {"views": []}


@pytest.mark.long
async def test_trouble_with_the_file_is_told_and_the_rest_goes_on(make_app: MakeApp, tmp_path: Path) -> None:
    file = tmp_path / "data" / "views.json"
    file.parent.mkdir()
    file.write_text("{")
    app = make_app(config=with_views(View("Wrong", "is:gone")))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("f")
        await told(pilot, "saved views cannot be read")
        await told(pilot, "!  is:gone")
        await pilot.press(*"wrong", "enter")
        screen = await settle(pilot)
        assert screen.listing == Listing()
        assert any("“Wrong” cannot be listed: query, character 4" in words for words in toasts(screen))
        await pilot.press("F")
        await told(pilot, "now")
        await pilot.press(*"new", "enter")
        await told(pilot, "! saved views cannot be read")
    assert file.read_text() == "{"


@pytest.mark.long
async def test_the_dialogs_on_narrow_terminals(make_app: MakeApp) -> None:
    app = make_app(config=with_views(View("A view whose name goes on and on and on", "sea " * 40)))
    async with app.run_test(size=(40, 12)) as pilot:
        await settle(pilot)
        for key, words in (("f", "Views"), ("F", "Save as a"), ("m", "More like")):
            await pilot.press(key)
            await told(pilot, words)
            await pilot.resize_terminal(20, 8)
            await told(pilot, words)
            assert {strip.cell_length for strip in app.screen._compositor.render_strips()} == {20}
            await pilot.press("escape")
            await pilot.resize_terminal(40, 12)
            screen = await settle(pilot)
            assert app.screen is screen


@pytest.mark.long
async def test_the_start_view_comes_before_where_one_was(make_app: MakeApp, tmp_path: Path) -> None:
    config = with_views(POLICE, start="police")
    async with make_app(config=config).run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        assert screen.listing == listing_of(POLICE)
        assert name_on(screen) == "Stories · Police"
        assert screen.story == screen.stories.ids[0]
        first = screen.story
        third, key = screen.stories.ids[2], screen.library.index.keys(screen.stories.ids)[screen.stories.ids[2]]
    async with make_app(query="privacy", config=config).run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        assert screen.listing == Listing("privacy")
    with Library(screen.library.root, tmp_path / "cache", is_sample=True, in_process=True) as library:
        for place, expected in (
            (Place("privacy", story=key), first),
            (Place(POLICE.query, sort="quality", story=key), third),
        ):
            app = ReaderApp(library, config, lambda: CLOCK, zone=UTC, place=place)
            async with app.run_test(size=WIDE) as pilot:
                screen = await settle(pilot)
                assert screen.listing == listing_of(POLICE)
                assert screen.story == expected


@pytest.mark.parametrize(("start", "reason"), [("gone", "no view of this name"), ("wrong", "is needs one of")])
async def test_a_start_view_that_cannot_be_listed(make_app: MakeApp, start: str, reason: str) -> None:
    app = make_app(config=with_views(View("Wrong", "is:gone"), start=start))
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await settle(pilot)
        assert screen.listing == Listing()
        assert any(f"The start view “{start}” is not shown" in words and reason in words for words in toasts(screen))


@pytest.mark.long
async def test_the_palette_reaches_every_view(make_app: MakeApp) -> None:
    app = make_app(config=with_views(POLICE))
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        commands = {name: act for name, _, act in ReaderCommands(screen)._commands()}
        assert {f"View: {view.name}" for view in screen.parts.views.all} <= set(commands)
        await commands["View: Police"]()
        screen = await settle(pilot)
        assert name_on(screen) == "Stories · Police"


@pytest.mark.long
async def test_a_view_begins_at_its_top_and_leaving_it_restores_the_order(make_app: MakeApp) -> None:
    app = make_app(config=with_views(POLICE, View("Best", sort="quality")))
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "backslash", *["j"] * 9)
        before, story = screen.listing, screen.story
        assert before.sort is Sort.OLDEST
        for name, listing in (("police", listing_of(POLICE)), ("best", Listing(sort=Sort.QUALITY))):
            await pilot.press("f", *name, "enter")
            screen = await settle(pilot)
            assert screen.listing == listing
            assert screen.stories.cursor == 0
            assert screen.story == screen.stories.selected
            await press(pilot, "j", "escape")
            assert screen.listing == before
            assert screen.stories.selected == screen.story == story
        await pilot.press("f", *"police", "enter")
        await settle(pilot)
        await press(pilot, "1", "slash", "escape")
        assert (screen.listing.text, screen.listing.sort) == ("", Sort.OLDEST), "without its text, not in its order"
        await press(pilot, "0", "slash", *"police", "enter")
        screen.parts.listed.list_view(screen.listing)
        await settle(pilot)
        await press(pilot, "escape")
        assert screen.listing == before, "what was asked for and saved as a view is left as a search"
        await press(pilot, "1")
        assert screen.listing.topics
