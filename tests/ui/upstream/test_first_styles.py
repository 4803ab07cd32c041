"""Style sheets are read once before the first screen stands."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.css.stylesheet import Stylesheet
from textual.design import ColorSystem
from textual.widgets import Static

from reader.ui.upstream.app import SteadyApp


class Themed:
    """An app whose theme is chosen before it runs, and again while it does."""

    CSS = "Static { color: $primary; }"

    def __init__(self) -> None:
        super().__init__()
        self.theme = "nord"

    def compose(self) -> ComposeResult:
        yield Static("words")


class Plain(Themed, App[None]):
    """As Textual has it."""


class Ours(Themed, SteadyApp):
    """As this program has it."""


async def readings(app: App[None], monkeypatch: pytest.MonkeyPatch) -> int:
    """How often an app reads its style sheets anew before its screen stands; it shows its theme then, and another."""
    count = 0
    plain = Stylesheet.reparse

    def counting(sheet: Stylesheet) -> None:
        nonlocal count
        count += 1
        plain(sheet)

    monkeypatch.setattr(Stylesheet, "reparse", counting)
    async with app.run_test() as pilot:
        at_start = count
        for name in ("nord", "gruvbox"):
            app.theme = name
            await pilot.pause()
            assert app.query_one(Static).styles.color.hex == app.current_theme.primary.upper()
    assert count > at_start
    return at_start


async def test_a_theme_that_is_chosen_at_the_start_has_nothing_read_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    assert await readings(Ours(), monkeypatch) == 0


async def test_textual_reads_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    assert await readings(Plain(), monkeypatch) > 0  # once it does not, `SteadyApp.refresh_css` may go


@pytest.mark.parametrize(
    ("kind", "times"), [(Ours, 1), (Plain, 2)], ids=["ours", "Textual's still for one that is not shown"]
)
async def test_the_colours_of_a_theme_are_worked_out_once_before_the_screen_stands(
    kind: type[App[None]], times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = 0
    generate = ColorSystem.generate

    def counting(colors: ColorSystem) -> dict[str, str]:
        nonlocal count
        count += 1
        return generate(colors)

    monkeypatch.setattr(ColorSystem, "generate", counting)
    async with kind().run_test():
        assert count == times


class Unchosen(SteadyApp):
    """An app that has Textual's own theme."""

    CSS = "Static { color: $primary; }"

    def compose(self) -> ComposeResult:
        yield Static("words")


async def test_an_app_that_chooses_no_theme_has_the_colours_of_the_usual_one() -> None:
    app = Unchosen()
    async with app.run_test():
        assert app.query_one(Static).styles.color.hex == app.current_theme.primary.upper()
