"""What the main states look like, at three sizes, dark and light. `pytest --snapshot-update` takes them anew."""

from __future__ import annotations

from typing import Any, Protocol

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from reader.config import Config
from reader.ui.main_screen import REST
from support import MakeApp, settle

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
    "help": ("question_mark",),
}


class SnapCompare(Protocol):
    """The fixture of pytest-textual-snapshot."""

    def __call__(self, app: object, **options: Any) -> bool: ...


# Light differs from dark in its colours only: three states show them all.
CASES = [
    *((state, size, "reader-dark") for state in STATES for size in SIZES),
    *((state, size, "reader-light") for state in ("start", "topics", "coverage") for size in SIZES),
]


@pytest.mark.parametrize(("state", "size", "theme"), CASES)
def test_looks_as_it_did(snap_compare: SnapCompare, make_app: MakeApp, state: str, size: str, theme: str) -> None:
    async def run_before(pilot: Pilot[None]) -> None:
        await settle(pilot)
        if STATES[state]:
            await pilot.press(*STATES[state])
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
