"""Make the pictures of the README anew: `python screenshots/make.py`.

Each is the program itself on its sample library, driven by keys, with a fixed clock.
"""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from textual.widgets import Input

from reader.base.paths import sample_folder
from reader.library.library import Library
from reader.settings.config import Config
from reader.ui.app import ReaderApp
from reader.ui.widgets.bars import HeaderBar

HERE = Path(__file__).parent
CLOCK = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)

SHOWN = 0.4
"""Seconds in which what is known gets to the screen."""


@dataclass(frozen=True)
class Shot:
    """One picture: its name, the size of the terminal, the keys pressed, the theme."""

    name: str
    size: tuple[int, int]
    keys: tuple[str, ...] = ()
    theme: str = "reader-dark"


MOST_COVERED = ("backslash", "backslash", "backslash", "backslash", "g")

SHOTS = (
    Shot("wide", (120, 36), MOST_COVERED),
    Shot("medium", (90, 36), ("3", "j", "j")),
    Shot("narrow", (44, 20)),
    Shot("narrow-story", (44, 20), ("enter",)),
    Shot("topics", (120, 36), ("t", "p", "tab")),
    Shot("coverage-by-outlet", (120, 36), (*MOST_COVERED, "c", "v", "j", "j")),
    Shot("coverage-expanded", (120, 36), (*MOST_COVERED, "c", "j", "right")),
    Shot("headlines", (120, 24), (*MOST_COVERED, "equals_sign", "j")),
    Shot("events", (120, 36), (*MOST_COVERED, "E", "right", "j")),
    Shot("overview", (120, 36), ("i",)),
    Shot("search", (120, 36), ("slash", *"facebook")),
    Shot("completion", (120, 24), ("slash", *"police topic:", "tab", "tab")),
    Shot("help", (120, 36), ("question_mark",)),
    Shot("body", (120, 36), ("slash", *"38 million", "enter", "G", "z")),
    Shot("side-bar", (120, 36), ("b", "h", "j", "j", "j", "j", "enter")),
    Shot("light", (120, 36), ("j", "j"), "reader-light"),
)


async def shoot(shot: Shot, cache: Path) -> None:
    """Write one picture."""
    library = Library(sample_folder(), cache, is_sample=True, in_process=True)
    app = ReaderApp(library, Config(theme=shot.theme), lambda: CLOCK, zone=UTC, environment={})
    async with app.run_test(size=shot.size) as pilot:
        await pilot.pause(SHOWN)
        while app.screen_stack[0].query_one(HeaderBar).content.work:  # the sample is being read
            await pilot.pause(SHOWN)
        for key in shot.keys:
            await pilot.press(key)
        for line in app.screen.query(Input):
            line.cursor_blink = False  # it is there in each picture
        await pilot.pause(2 * SHOWN)
        svg = app.export_screenshot(title="reader")
    library.close()
    svg = re.sub(r"terminal-\d+-", f"{shot.name}-", svg)  # the same names at each making: a quiet diff
    (HERE / f"{shot.name}.svg").write_text(svg, encoding="utf-8")
    print(f"{shot.name}.svg")  # noqa: T201 — a script


async def main(names: list[str]) -> None:
    """Write all pictures, or those that are named."""
    with tempfile.TemporaryDirectory() as cache:
        for shot in SHOTS:
            if not names or shot.name in names:
                await shoot(shot, Path(cache))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
