"""What the main states look like, at three sizes, dark and light. `pytest --snapshot-update` takes them anew.

Several states are seen in one walk through the program; a test that starts it for each would mostly start it.
"""

from __future__ import annotations

import asyncio
from typing import Any, Protocol

import pytest
from _pytest.mark import ParameterSet
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input

from frames import stand_still
from reader.settings.config import Config
from reader.ui.main_screen import MainScreen
from reader.ui.widgets.query.query_bar import NARROWS_AFTER
from support import MakeApp, counted, settle

SIZES = {"wide": (120, 40), "medium": (80, 24), "narrow": (40, 12)}
WALKS: tuple[dict[str, tuple[str, ...]], ...] = (
    {
        "start": (),
        "topics": ("t",),
        "links": ("escape", "u"),
        "help": ("escape", "question_mark"),
        "page": ("tab",),
        "views": ("escape", "f"),
        "story": ("escape", "enter"),
    },
    {
        "search": ("slash", *"face"),
        "offer": ("ctrl+u", *"fudzilla"),
        "completion": ("ctrl+u", *"police topic:", "tab"),
    },
    {"coverage": ("c", "j"), "outlets": ("k", "v")},
    {"topic": ("3", "j")},
    {"side-bar": ("b", "h", "j", "j", "j", "enter")},
)
"""Ways through the program: each state, and the keys that lead to it from the one before."""

COUNTED = ("views", "side-bar")
"""States that are complete when the last view was counted."""


class SnapCompare(Protocol):
    """The fixture of pytest-textual-snapshot."""

    def __call__(self, app: object, **options: Any) -> bool: ...


# Light differs from dark in its colours only: some states show them all.
STATES = [state for walk in WALKS for state in walk]
LEFT_OUT = {("views", "medium"), ("side-bar", "medium"), ("side-bar", "narrow")}
CASES = [
    *((state, size, "reader-dark") for size in SIZES for state in STATES if (state, size) not in LEFT_OUT),
    *((state, size, "reader-light") for size in SIZES for state in ("start", "topics", "coverage")),
    *((state, "wide", "reader-light") for state in COUNTED),
]
CASES.sort(key=lambda case: case[1:])  # those of one walk are wanted one after the other


def usual_or_long(case: tuple[str, str, str]) -> ParameterSet:
    """A case, for the default or for `-m long`.

    The default looks at all states in the dark where the screen is wide, and at those of the first walk at each size
    in the dark, and in the light where it is wide.
    """
    state, size, theme = case
    is_usual = (size, theme) == ("wide", "reader-dark") or (
        state in WALKS[0] and (size == "wide" or theme == "reader-dark")
    )
    return pytest.param(*case, marks=() if is_usual else pytest.mark.long)


async def come_to_rest(pilot: Pilot[None], state: str) -> None:
    """Wait until a state is complete, and nothing moves any more, however slow the machine is."""
    if state in COUNTED:
        await counted(pilot)
    for line in pilot.app.screen.query(Input):
        line.cursor_blink = False
    if isinstance(pilot.app.focused, Input) and isinstance(pilot.app.screen, MainScreen):
        await pilot.pause(NARROWS_AFTER + 0.05)
        await settle(pilot)
    await stand_still(pilot.app)


Pictures = dict[tuple[str, str, str], str]
"""What was seen, by state, size and theme."""


@pytest.fixture(scope="module")
def album() -> Pictures:
    """The pictures that were taken so far."""
    return {}


async def walk(make_app: MakeApp, way: dict[str, tuple[str, ...]], size: str, theme: str) -> Pictures:
    """Go a way through the program, and take a picture of each state that is wanted."""
    app = make_app(config=Config(theme=theme, mark_read="never"))
    pictures: Pictures = {}
    async with app.run_test(size=SIZES[size]) as pilot:
        await settle(pilot)
        for state, keys in way.items():
            for key in keys:
                await pilot.press(key)
                is_typed = len(key) == 1 and isinstance(app.focused, Input)
                if isinstance(app.screen, MainScreen) and not is_typed:
                    await settle(pilot)
            if (case := (state, size, theme)) in CASES:
                await come_to_rest(pilot, state)
                pictures[case] = app.export_screenshot(title=app.title, simplify=True)
    return pictures


@pytest.mark.parametrize(("state", "size", "theme"), map(usual_or_long, CASES))
def test_looks_as_it_did(
    snap_compare: SnapCompare,
    make_app: MakeApp,
    album: Pictures,
    monkeypatch: pytest.MonkeyPatch,
    *,
    state: str,
    size: str,
    theme: str,
) -> None:
    if (state, size, theme) not in album:
        way = next(way for way in WALKS if state in way)
        album.update(asyncio.run(walk(make_app, way, size, theme)))
    picture = album[state, size, theme]
    monkeypatch.setattr("textual._doc.take_svg_screenshot", lambda **_: picture)  # which starts an app for each
    assert snap_compare(App())
