"""What the main states look like, at three sizes, dark and light. `pytest --snapshot-update` takes them anew."""

from __future__ import annotations

from typing import Any, Protocol

import pytest
from textual.pilot import Pilot

from reader.config import Config
from reader.ui.main_screen import REST
from support import MakeApp

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
        await pilot.pause(REST + 0.05)
        await pilot.app.workers.wait_for_complete()
        if STATES[state]:
            await pilot.press(*STATES[state])
        await pilot.pause(REST + 0.25)
        for widget in pilot.app.screen.query("Input"):
            widget.cursor_blink = False  # type: ignore[attr-defined]
        await pilot.pause(0.05)

    app = make_app(config=Config(theme=theme))
    assert snap_compare(app, terminal_size=SIZES[size], run_before=run_before)
