"""Taking marks back in lists that marks decide: what is listed stays, and what belongs there comes back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support import MakeApp, press, settle
from ui.parts.marks.comets import NEWEST, WIDE, names, shown, signs, stars

if TYPE_CHECKING:
    from conftest import WriteStory


@pytest.mark.parametrize("by_event", [False, True])
async def test_a_row_that_stays_when_it_is_marked_stays_when_that_is_taken_back(
    make_app: MakeApp, news: Path, write_story: WriteStory, by_event: bool
) -> None:
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, *"sjsjs", "a", "a", *(["E"] if by_event else []), "g", "j")
        listed = names(screen)
        assert (listed, shown(screen)) == (NEWEST[:3], NEWEST[1])
        for key, told in (("s", "★ ★"), ("s", "★★★"), ("U", "★ ★"), ("U", "★★★"), ("ctrl+y", "★ ★")):
            await press(pilot, key)
            assert (names(screen), shown(screen), screen.stories.cursor) == (listed, NEWEST[1], 1)
            assert stars(screen) == told
        write_story(news, "more.md", title="More", published="2024-07-01T10:00:00Z", url="https://x.example/m")
        await press(pilot, "ctrl+r")
        screen = await settle(pilot)
        assert (names(screen), shown(screen)) == (listed, NEWEST[1])


async def test_what_was_read_stays_in_the_unread_list_and_comes_back_into_it(make_app: MakeApp, news: Path) -> None:
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "j", "r", "a")
        assert names(screen) == [NEWEST[0], *NEWEST[2:]]
        await press(pilot, "r", "r", "U")
        assert (names(screen), signs(screen), shown(screen)) == ([NEWEST[0], *NEWEST[2:]], "●○●●", NEWEST[2])
        await press(pilot, "U", "U")
        assert (names(screen), signs(screen), shown(screen)) == (NEWEST, "●●●●●", NEWEST[2]), "one came back"


async def test_the_place_comes_back_with_the_list_that_was_emptied(make_app: MakeApp, news: Path) -> None:
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "a", "j", "j", "R")
        assert (names(screen), screen.story) == ([], None)
        await press(pilot, "U")
        assert (names(screen), shown(screen), screen.stories.cursor) == (NEWEST, NEWEST[2], 2)
