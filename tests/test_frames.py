"""What is put off is drawn when a test looks, and not before."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult, RenderResult
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Static

from frames import draw, draw_at_rest, put_off


class Counted(Static):
    """A widget that knows how often it was drawn, and cannot draw a 3."""

    drawn = 0
    word = "0"

    def render_lines(self, crop: Region) -> list[Strip]:
        self.drawn += 1
        assert self.word != "3"
        return super().render_lines(crop)

    def render(self) -> RenderResult:
        return self.word


class Page(App[None]):
    """A page with one of these."""

    def compose(self) -> ComposeResult:
        yield Counted()


async def test_several_frames_are_drawn_as_one() -> None:
    with put_off():
        async with Page().run_test() as pilot:
            page = pilot.app.query_one(Counted)
            draw(pilot.app)
            before = page.drawn
            assert before
            for word in ("1", "2"):
                page.word = word
                page.refresh()
                await pilot.pause()
            assert page.drawn == before
            draw(pilot.app)
            draw(pilot.app)
            assert page.drawn == before + 1
            assert "2" in pilot.app.screen._compositor.render_strips()[0].text


@pytest.mark.parametrize("drawn", [False, True])
async def test_a_state_that_is_waited_for_is_drawn_where_all_are(*, drawn: bool) -> None:
    with put_off(drawn_at_rest=drawn):
        async with Page().run_test() as pilot:
            page = pilot.app.query_one(Counted)
            draw(pilot.app)
            before = page.drawn
            page.refresh()
            await pilot.pause()
            draw_at_rest(pilot.app)
            assert page.drawn == before + drawn


async def test_what_cannot_be_drawn_fails_when_it_is_looked_at() -> None:
    with put_off():
        async with Page().run_test() as pilot:
            page = pilot.app.query_one(Counted)
            page.word = "3"
            page.refresh()
            await pilot.pause()
            with pytest.raises(AssertionError):
                draw(pilot.app)


@pytest.mark.parametrize("drawn", [False, True])
async def test_the_last_state_is_drawn_where_all_are(*, drawn: bool) -> None:
    with put_off(drawn_at_rest=drawn):
        async with Page().run_test() as pilot:
            page = pilot.app.query_one(Counted)
            await pilot.pause()
            assert not page.drawn
        assert page.drawn == drawn


async def test_a_last_state_that_cannot_be_drawn_fails_where_all_are_drawn() -> None:
    with put_off(drawn_at_rest=True), pytest.raises(AssertionError):
        async with (app := Page()).run_test():
            app.query_one(Counted).word = "3"
