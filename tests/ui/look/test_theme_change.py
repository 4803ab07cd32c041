"""A change of theme redraws everything at once, in every state of the screen."""

from __future__ import annotations

import pytest
from rich.color import Color
from textual.geometry import Region
from textual.pilot import Pilot
from textual.screen import Screen
from textual.theme import Theme
from textual.widgets import Input

from contrast import too_faint
from examples import thinned
from frames import stand_still
from reader.settings.config import Config
from reader.ui.app import ReaderApp
from reader.ui.look import themes
from reader.ui.main_screen import MainScreen
from support import MakeApp, counted, settle

STATES: dict[str, tuple[str, ...]] = {
    "start": (),
    "moved": ("j", "j", "k"),
    "marked": ("s", "r", "j"),
    "topic": ("3", "j"),
    "search": ("slash", *"face"),
    "wrong search": ("slash", *"is:x"),
    "nothing found": ("slash", *"qqqqq", "enter"),
    "offer": ("slash", *"fudzilla"),
    "completion": ("slash", *"topic:", "tab"),
    "story": ("enter",),
    "details": ("d", "enter", "G"),
    "zen": ("z",),
    "coverage": ("c", "j", "right"),
    "narrowed coverage": ("c", "slash", *"pol"),
    "outlets": ("c", "v"),
    "by event": ("E", "right"),
    "unread": ("a",),
    "side bar": ("b", "h"),
    "topics": ("t", "j"),
    "views": ("f",),
    "save view": ("F",),
    "more like this": ("m",),
    "links": ("u",),
    "tags": ("T",),
    "headlines": ("equals_sign",),
    "overview": ("i",),
    "briefing": ("X",),
    "pipe": ("vertical_line",),
    "save": ("W",),
    "problems": ("exclamation_mark",),
    "help": ("question_mark",),
    "page of the help": ("question_mark", "tab"),
}


async def go_to(pilot: Pilot[None], state: str) -> None:
    """Press the keys that lead to a state, and wait until nothing moves."""
    await settle(pilot)
    for key in STATES[state]:
        await pilot.press(key)
        if isinstance(pilot.app.screen, MainScreen):
            await settle(pilot)
    for line in pilot.app.screen.query(Input):
        line.cursor_blink = False
    if state in ("views", "side bar"):
        await counted(pilot)
    await stand_still(pilot.app)


def cells(screen: Screen[object]) -> list[list[tuple[str, Color | None, Color | None]]]:
    """What is drawn, line by line: texts, each with its colour and its ground."""
    return [
        [(part.text, *((part.style and (part.style.color, part.style.bgcolor)) or (None, None))) for part in strip]
        for strip in screen._compositor.render_strips()
    ]


def colours(screen: Screen[object]) -> set[str]:
    """All colours on a screen."""
    return {colour.name for line in cells(screen) for _, *both in line for colour in both if colour is not None}


def own_colours(theme: Theme, other: Theme) -> set[str]:
    """The colours that a theme has, and another has not."""

    def of(theme: Theme) -> set[str]:
        told = {**theme.to_color_system().generate(), **theme.variables}
        names = ("foreground", "background", "panel", "primary", "secondary", "accent", "error", *theme.variables)
        return {told[name].lower() for name in names}

    return of(theme) - of(other)


def to_be_read(screen: Screen[object]) -> Region:
    """Where there is something to be read: all of the main screen, or the dialog that is in front of it."""
    return (
        screen.region if isinstance(screen, MainScreen) else Region.from_union([one.region for one in screen.children])
    )


def check(app: ReaderApp) -> None:
    """Nothing is drawn in the colours of the other theme, and all of it can be read."""
    new, old = (themes.DARK, themes.LIGHT) if app.current_theme.dark else (themes.LIGHT, themes.DARK)
    assert not colours(app.screen) & own_colours(old, new)
    assert not too_faint(app, to_be_read(app.screen))


@pytest.mark.parametrize("state", thinned(STATES, every=len(STATES)))
async def test_all_is_drawn_in_the_new_theme_at_once(make_app: MakeApp, state: str) -> None:
    app = make_app(config=Config(theme=themes.DARK.name, mark_read="never"))
    async with app.run_test(size=(120, 40)) as pilot:
        await go_to(pilot, state)
        before = cells(app.screen)
        for theme in (themes.LIGHT, themes.DARK):
            app.theme = theme.name
            await stand_still(app)
            check(app)
        assert cells(app.screen) == before
        app.theme = themes.LIGHT.name
        while len(app.screen_stack) > 1:
            app.pop_screen()
        await stand_still(app)
        check(app)


@pytest.mark.long
async def test_a_theme_chosen_in_the_palette_is_drawn_at_once(make_app: MakeApp) -> None:
    app = make_app(config=Config(theme=themes.DARK.name, mark_read="never"))
    async with app.run_test(size=(120, 40)) as pilot:
        await go_to(pilot, "start")
        await pilot.press("colon", *"theme: reader-light")
        await stand_still(app)
        await pilot.press("enter")
        await settle(pilot)
        await stand_still(app)
        assert app.theme == themes.LIGHT.name
        check(app)
