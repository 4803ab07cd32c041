"""Moving the split between the panes."""

from __future__ import annotations

import pytest

from reader.settings.place import Place
from reader.ui.parts.listed.place import split_at
from reader.ui.widgets.panes import LEAST_HEIGHTS, LEAST_WIDTHS, Panes, Split
from support import MOMENT, MakeApp, press, settle


async def test_on_a_wide_screen_the_list_gets_wider_and_narrower(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 30)) as pilot:
        screen = await settle(pilot)
        usual = screen.stories.outer_size.width
        await press(pilot, "greater_than_sign")
        assert screen.stories.outer_size.width == usual + 6
        assert screen.story_pane.outer_size.width == 120 - usual - 6
        await press(pilot, "less_than_sign", "less_than_sign")
        assert screen.stories.outer_size.width == usual - 6
        await press(pilot, *["less_than_sign"] * 12)
        assert screen.stories.outer_size.width == LEAST_WIDTHS[0]
        await press(pilot, *["greater_than_sign"] * 16)
        assert screen.story_pane.outer_size.width == pytest.approx(LEAST_WIDTHS[1], abs=2)
        assert app.place() is not None


@pytest.mark.long
async def test_on_a_medium_screen_the_list_gets_higher_and_lower(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(80, 24)) as pilot:
        screen = await settle(pilot)
        usual = screen.stories.outer_size.height
        await press(pilot, "greater_than_sign", "greater_than_sign")
        assert screen.stories.outer_size.height > usual
        assert screen.stories.outer_size.width == 80
        await press(pilot, *["less_than_sign"] * 12)
        assert screen.stories.outer_size.height == LEAST_HEIGHTS[0]
        await press(pilot, *["greater_than_sign"] * 16)
        assert screen.story_pane.outer_size.height >= LEAST_HEIGHTS[1] - 1


async def test_a_resize_keeps_each_layout_s_split(make_app: MakeApp) -> None:
    async with make_app().run_test(size=(120, 30)) as pilot:
        screen = await settle(pilot)
        await press(pilot, *["less_than_sign"] * 3)
        width = screen.stories.outer_size.width
        await pilot.resize_terminal(80, 30)
        await settle(pilot)
        assert screen.stories.outer_size.width == 80
        assert screen.stories.outer_size.height < 20
        await pilot.resize_terminal(40, 30)
        await settle(pilot)
        assert screen.stories.outer_size.width == 40
        await pilot.resize_terminal(120, 30)
        await settle(pilot)
        assert screen.stories.outer_size.width == width
        await pilot.resize_terminal(240, 30)
        await settle(pilot)
        assert screen.stories.outer_size.width == pytest.approx(2 * width, abs=2)


async def test_where_one_pane_fills_the_screen_that_is_said(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(40, 12)) as pilot:
        await settle(pilot)
        await press(pilot, "greater_than_sign")
        assert "no split" in str([note.message for note in app._notifications])


def test_only_a_share_of_the_screen_is_taken_up() -> None:
    assert split_at(Place(split=30, split_height=60)) == Split(30, 60)
    assert split_at(Place(split=-3, split_height=400)) == Split()


@pytest.mark.every_frame
async def test_a_size_that_textual_does_not_tell_of_is_fitted_to(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await press(pilot, "j")
        before = screen.coverage_tree.size
        screen.query_one(Panes).styles.width = 100
        screen._clear_arrangement_cache()  # as the pane does when it asks for a layout
        screen._compositor._full_map_invalidated, screen._compositor._visible_map = True, None  # as after scrolling
        assert screen.story_pane.region.width < before.width  # whoever asks so early lets the layout see nothing new
        await settle(pilot)
        panes = (screen.stories, screen.story_pane, screen.coverage_tree)
        for _ in range(400):
            if all(pane._fitted_to == pane.size for pane in panes):
                break
            await pilot.pause(MOMENT)
        for pane in panes:
            assert pane._fitted_to == pane.size, pane
        assert screen.coverage_tree.size.width < before.width
        assert str(screen.coverage_tree.border_title) == screen.coverage_tree._title()
