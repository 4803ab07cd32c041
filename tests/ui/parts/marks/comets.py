"""Five stories, of which three are of one event, and what the screen shows of them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from textual.pilot import Pilot

from reader.ui.main_screen import MainScreen
from reader.ui.widgets.bars import HeaderBar

if TYPE_CHECKING:
    from conftest import WriteStory

CLOCK = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
WIDE = (120, 40)
NEWEST = ["last.md", "comet-3.md", "middle.md", "comet-2.md", "comet-1.md"]


def write_comet(folder: Path, write_story: WriteStory, numbers: tuple[int, ...]) -> None:
    told = {
        number: {
            "title": f"Comet Atlas strikes harbour {'again ' * number}",
            "excerpt": f"Comet Atlas strikes harbour, say {number} witnesses.",
            "published": f"2024-05-{10 + number // 3:02}T1{number}:00:00Z",
            "url": f"https://comet{number}.example/a",
            "provider": f"Comet Post {number}",
            "domain": f"comet{number}.example",
        }
        for number in numbers
    }
    for number, article in told.items():
        others = [one for one in told.values() if one is not article]
        write_story(folder, f"comet-{number}.md", **article, related=others)  # type: ignore[arg-type]


def names(screen: MainScreen) -> list[str]:
    return [(screen.library.index.path(story) or b"").decode() for story in screen.stories.ids]


def shown(screen: MainScreen) -> str:
    return (screen.library.index.path(screen.story or 0) or b"").decode()


def signs(screen: MainScreen) -> str:
    """The first line's sign of every row."""
    return "".join(line(screen, index, 0)[1] for index in range(screen.stories.count))


def stars(screen: MainScreen) -> str:
    return "".join(line(screen, index, 1)[1] for index in range(screen.stories.count))


def line(screen: MainScreen, index: int, row: int) -> str:
    lines = screen.stories.render_item(index, screen.stories.size.width, at_cursor=False)
    return lines[row - screen.stories.item_height].text  # without the line of its day


def header(screen: MainScreen) -> str:
    return screen.query_one(HeaderBar).content.counts


async def until_read(pilot: Pilot[None], screen: MainScreen, stories: set[int | None]) -> None:
    """Wait until some stories, and no others, are shown as read."""
    for _ in range(100):
        if screen.parts.shown_marks.now is not None and screen.parts.shown_marks.now.read == stories:
            return
        await pilot.pause(0.05)
    raise AssertionError(f"not read: {stories}; {screen.parts.read._timer=} {screen.parts.read.waits_to_be_seen=}")
