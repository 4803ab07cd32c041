"""What the main states look like, at three sizes, dark and light. `pytest --snapshot-update` takes them anew."""

from __future__ import annotations

import re
from typing import Any, Protocol

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from reader.settings.config import Config
from reader.ui.main_screen import MainScreen
from reader.ui.parts.story import REST
from support import MakeApp, settle

pytestmark = pytest.mark.versions

SIZES = {"wide": (120, 40), "medium": (80, 24), "narrow": (40, 12)}
STATES: dict[str, tuple[str, ...]] = {
    "start": (),
    "topic": ("3", "j"),
    "search": ("slash", *"face"),
    "offer": ("slash", *"fudzilla"),
    "story": ("enter",),
    "coverage": ("c", "j"),
    "outlets": ("c", "v"),
    "topics": ("t",),
    "links": ("u",),
    "completion": ("slash", *"police topic:", "tab"),
    "help": ("question_mark",),
    "page": ("question_mark", "tab"),
}
VIEWS: dict[str, tuple[str, ...]] = {
    "views": ("f",),
    "side-bar": ("b", "h", "j", "j", "j", "enter"),
}
LAST_COUNTED = re.compile("Watched +0")


class SnapCompare(Protocol):
    """The fixture of pytest-textual-snapshot."""

    def __call__(self, app: object, **options: Any) -> bool: ...


# Light differs from dark in its colours only: three states show them all.
CASES = [
    *((state, size, "reader-dark") for state in STATES for size in SIZES),
    *(("views", size, "reader-dark") for size in ("wide", "narrow")),
    ("side-bar", "wide", "reader-dark"),
    *((state, "wide", "reader-light") for state in VIEWS),
    *((state, size, "reader-light") for state in ("start", "topics", "coverage") for size in SIZES),
]


@pytest.mark.parametrize(("state", "size", "theme"), CASES)
def test_looks_as_it_did(snap_compare: SnapCompare, make_app: MakeApp, state: str, size: str, theme: str) -> None:
    async def run_before(pilot: Pilot[None]) -> None:
        await settle(pilot)
        for key in {**STATES, **VIEWS}[state]:
            await pilot.press(key)
            if isinstance(pilot.app.screen, MainScreen):
                await settle(pilot)
        for _ in range(400 if state in VIEWS else 0):
            text = "\n".join(strip.text for strip in pilot.app.screen._compositor.render_strips())
            if LAST_COUNTED.search(text):
                break
            await pilot.pause(0.02)
        for line in pilot.app.screen.query(Input):
            line.cursor_blink = False
        await pilot.pause(REST + 0.1)
        before = ""
        for _ in range(40):  # until nothing moves any more, however slow the machine is
            await pilot.pause(0.1)
            now = "\n".join(strip.text for strip in pilot.app.screen._compositor.render_strips())
            if now == before:
                break
            before = now

    app = make_app(config=Config(theme=theme, mark_read="never"))
    assert snap_compare(app, terminal_size=SIZES[size], run_before=run_before)
