"""The search on the main screen, and where the cursor stands in what it lists."""

from __future__ import annotations

import pytest
from textual.widgets import Label

from reader.library.index.listing import Shown
from reader.library.query.query import Sort
from reader.ui.main_screen import MainScreen
from reader.ui.widgets.query.query_bar import QueryBar
from support import MakeApp, press, settle

WIDE = (120, 40)


def titles(screen: MainScreen) -> list[str]:
    rows = screen.library.index.rows(screen.stories.ids)
    return [rows[story].title for story in screen.stories.ids]


@pytest.mark.long
async def test_what_is_asked_for_begins_at_its_top_and_leaving_it_goes_back(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, *["j"] * 12)
        story = screen.story
        for keys, back in (
            (["slash", *"police", "enter"], ["escape"]),
            (["1"], ["0"]),
            (["1"], ["1"]),
            (["backslash"], ["backslash"] * (len(Sort) - 1)),
        ):
            await press(pilot, *keys)
            assert screen.stories.cursor == 0, keys
            assert screen.stories.selected == screen.story, keys
            await press(pilot, "j", "j", *back)
            assert screen.stories.selected == screen.story == story, keys
        await pilot.resize_terminal(60, 20)
        await settle(pilot)
        assert screen.stories.selected == screen.story == story


async def test_who_narrows_the_list_stays_on_the_story_that_was_read(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, *["j"] * 12, "enter", "escape")
        story = screen.story
        text = screen.library.index.text(story or 0)
        assert text is not None
        number = [topic.name for topic in screen.answer.topics].index(text.topics[0]) + 1
        await press(pilot, str(number))
        assert screen.stories.selected == screen.story == story
        await press(pilot, "slash", *text.title.split()[0].lower(), "enter")
        assert screen.stories.selected == screen.story == story
        await press(pilot, "backslash")
        assert screen.stories.cursor == 0, "another order narrows nothing"


@pytest.mark.long
async def test_what_is_taken_away_goes_on_with_the_next_below(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "slash", *"after:2020-03-01", "enter", "R", "G", "escape", "escape")
        ids = list(screen.stories.ids)
        assert screen.stories.cursor == 0
        marked = [story for story in ids if story in screen.parts.shown_marks.known.read]
        assert ids[: len(marked)] == marked
        await press(pilot, *["j"] * 5, "a")
        assert screen.listing.shown is Shown.UNREAD
        assert screen.stories.selected == screen.story == ids[len(marked)]
        await press(pilot, "a", "a")
        assert screen.stories.selected == screen.story == ids[5], "back to where the cursor was"


async def test_searching_filters_as_it_is_typed(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "slash")
        await press(pilot, *"face")
        some = len(screen.stories.ids)
        await press(pilot, *"book")
        assert 1 <= len(screen.stories.ids) <= some
        assert all("facebook" in title.lower() for title in titles(screen)[:1])
        await press(pilot, "enter")
        assert screen.focused is screen.stories
        await press(pilot, "escape")
        assert len(screen.stories.ids) == 40
        assert not screen.query_one(QueryBar).display


async def test_letters_typed_in_the_search_are_no_keys(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "slash", *"qtz1?")
        assert screen.query_one(QueryBar).text == "qtz1?"
        assert app.is_running


async def test_what_only_the_coverage_says_is_offered_and_listed_by_enter(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "slash", *"fudzilla")
        assert not screen.stories.ids
        assert "the coverage of" in screen.stories.empty_text
        await press(pilot, "enter")
        assert screen.query_one(QueryBar).text == "coverage:fudzilla"
        assert screen.stories.ids


async def test_enter_before_the_answer_takes_the_offer_all_the_same(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("slash", *"fudzilla", "enter")
        screen = await settle(pilot)
        await settle(pilot)
        assert screen.query_one(QueryBar).text == "coverage:fudzilla"


async def test_a_search_without_any_answer_says_the_way_out(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "1", "slash", *"xyzzyx", "enter")
        assert "xyzzyx" in screen.stories.empty_text
        assert "Esc" in screen.stories.empty_text
        assert "0 " in screen.stories.empty_text
        assert screen.story is None
        await press(pilot, "o", "y", "u", "c", "v", "right_square_bracket", "d", "J")
        await press(pilot, "escape", "escape", "escape")
        assert len(screen.stories.ids) == 40


async def test_a_wrong_query_is_underlined_and_keeps_the_list(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        await press(pilot, "slash", *"facebook")
        listed = list(screen.stories.ids)
        assert 0 < len(listed) < 40
        await press(pilot, *" age:6")
        bar = screen.query_one(QueryBar)
        assert "such as age:<6h" in str(bar.query_one("#query-error", Label).render())
        assert list(screen.stories.ids) == listed
        await press(pilot, *["backspace"] * 6)
        assert not str(bar.query_one("#query-error", Label).render())
        assert list(screen.stories.ids) == listed
        await press(pilot, "escape")
        assert len(screen.stories.ids) == 40
