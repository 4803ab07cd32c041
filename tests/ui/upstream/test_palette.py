"""The command palette, closed or used at any time."""

from __future__ import annotations

import pytest
from textual.app import App
from textual.command import CommandList, CommandPalette
from textual.css.query import NoMatches
from textual.screen import Screen
from textual.worker import WorkerFailed

from reader.ui.upstream.palette import SteadyPalette


async def screens_left(palette: CommandPalette) -> int:
    """How many of three screens are left where the uppermost, a palette, is closed twice."""
    app = App[None]()
    async with app.run_test() as pilot:
        await app.push_screen(Screen[None]())
        await app.push_screen(palette)
        palette.dismiss(None)
        palette.dismiss(None)
        await pilot.pause()
        return len(app.screen_stack)


async def test_closed_again_it_leaves_the_screen_behind_it_alone() -> None:
    assert await screens_left(SteadyPalette()) == 2


@pytest.mark.long
async def test_textuals_still_closes_the_screen_behind_it_as_well() -> None:
    assert await screens_left(CommandPalette()) == 1


async def closed_while_it_looks(palette: CommandPalette) -> None:
    """Have a palette look for commands as it is taken down."""
    app = App[None]()
    async with app.run_test() as pilot:
        await app.push_screen(palette)
        await pilot.pause()
        await palette.query_one(CommandList).remove()
        palette._gather_commands("quit")
        await pilot.pause()


async def test_taken_down_while_it_looks_for_commands_it_ends_nothing() -> None:
    await closed_while_it_looks(SteadyPalette())


@pytest.mark.long
async def test_textuals_still_fails_where_it_is_taken_down_while_it_looks() -> None:
    with pytest.raises(WorkerFailed) as failed:
        await closed_while_it_looks(CommandPalette())
    assert isinstance(failed.value.error, NoMatches)


async def turned_before_it_is_drawn(palette: CommandPalette) -> None:
    """Turn a page of a palette whose commands are there and not drawn yet."""
    app = App[None]()
    async with app.run_test() as pilot:
        await app.push_screen(palette)
        commands = palette.query_one(CommandList)
        commands.add_option("quit")
        commands.highlighted = 0
        palette._action_command_list("page_down")
        await pilot.pause()
        assert app.screen is palette


async def test_a_key_that_comes_before_the_list_is_drawn_does_no_harm() -> None:
    await turned_before_it_is_drawn(SteadyPalette())


@pytest.mark.long
async def test_textuals_still_fails_at_a_key_that_comes_before_the_list_is_drawn() -> None:
    with pytest.raises(KeyError):
        await turned_before_it_is_drawn(CommandPalette())
