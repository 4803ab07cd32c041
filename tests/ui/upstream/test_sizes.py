"""Sizes that are told late, or not at all."""

from __future__ import annotations

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.widgets import Static

from reader.ui.upstream.sizes import Fitted, StyledOnce, class_of_size, take_size


class Plain(ScrollView):
    """A pane that fits what it shows to its size, as Textual's guide has it."""

    fitted = 0

    def on_resize(self) -> None:
        self.fitted = self.size.width


class Ours(Fitted):
    """A pane that fits what it shows to its size."""

    fitted = 0

    def fit(self) -> None:
        self.fitted = self.size.width


async def is_fitted(pane: Plain | Ours) -> bool:
    """Whether a pane fits its new size where its place was asked for before its layout."""

    class Beside(App[None]):
        CSS = "Static { width: 10; }"

        def compose(self) -> ComposeResult:
            with Horizontal():
                yield pane
                yield Static("beside")

    app = Beside()
    async with app.run_test() as pilot:
        await pilot.pause()
        assert pane.fitted == pane.size.width
        app.query_one(Static).styles.width = 30
        app.query_one(Static).styles.display = "block"  # which has the widgets beside it arranged anew
        app.screen._compositor._full_map_invalidated = True  # as by a widget that was not seen before
        app.screen.find_widget(pane)
        await pilot.pause()
        await pilot.pause()
        return pane.fitted == pane.size.width


@pytest.mark.every_frame
async def test_a_pane_fits_its_new_size_whoever_asked_for_its_place() -> None:
    assert await is_fitted(Ours())


@pytest.mark.long
async def test_textual_still_does_not_tell_a_widget_whose_place_was_asked_for() -> None:
    assert not await is_fitted(Plain())


class Sized(Screen[None]):
    """A screen that is wide from 50 columns on."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (50, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]

    def __init__(self, *, is_ours: bool) -> None:
        super().__init__()
        self.is_ours = is_ours
        self.had: set[str] = set()

    def compose(self) -> ComposeResult:
        if self.is_ours:
            take_size(self)
        yield Static("")

    def on_mount(self) -> None:
        self.had = set(self.classes)


@pytest.mark.parametrize("is_ours", [True, False], ids=["ours", "Textual's still not"])
async def test_a_screen_has_the_classes_of_its_size_when_it_is_first_styled(is_ours: bool) -> None:
    app, screen = App[None](), Sized(is_ours=is_ours)
    async with app.run_test(size=(60, 24)) as pilot:
        await app.push_screen(screen)
        assert ({"-wide", "-tall"} <= screen.had) is is_ours
        await pilot.pause()
        assert {"-wide", "-tall"} <= screen.classes


class Counting(Screen[None]):
    """Counts how often all of it is styled anew."""

    styled = 0

    def compose(self) -> ComposeResult:
        yield Static("")

    def update_node_styles(self, animate: bool = True) -> None:
        self.styled += 1
        super().update_node_styles(animate)


class CountingOnce(StyledOnce, Counting):
    """The same, as this program has it."""


@pytest.mark.parametrize(("kind", "first"), [(CountingOnce, 0), (Counting, 1)], ids=["ours", "Textual's still not"])
async def test_a_screen_is_not_styled_again_as_it_is_shown_first(kind: type[Counting], first: int) -> None:
    app, screen = App[None](), kind()
    async with app.run_test() as pilot:
        await app.push_screen(screen)
        await pilot.pause()
        assert screen.styled == first
        screen.post_message(events.ScreenResume())  # as when it is shown again
        await pilot.pause()
        assert screen.styled == first + 1


def test_the_class_of_a_size_is_the_last_it_reaches() -> None:
    assert [class_of_size(Sized.HORIZONTAL_BREAKPOINTS, length) for length in (0, 49, 50, 400)] == [
        "-narrow", "-narrow", "-wide", "-wide",
    ]  # fmt: skip
