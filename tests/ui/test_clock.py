"""The clock is set back while the program runs, and before it starts: what is shown, and what is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.library.library import Library
from reader.library.marks.marks import MarkKind, Marks
from reader.settings.place import State, load_state, save_state
from reader.ui.app import ReaderApp
from reader.ui.main_screen import MainScreen
from reader.ui.widgets.story.story_pane import StoryPane
from support import DEFAULT_CONFIG, press, settle

if TYPE_CHECKING:
    from conftest import WriteStory

NOW = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
FIVE_YEARS = timedelta(days=5 * 366)
WIDE = (120, 40)
NEWEST = "https://comet3.example/a"


class Clock:
    """A clock that can be set."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        """The time that it shows."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def news(tmp_path: Path, write_story: WriteStory) -> Path:
    """Three stories of one event, of May 2024."""
    write_comet(tmp_path / "news", write_story, 3)
    return tmp_path / "news"


def write_comet(folder: Path, write_story: WriteStory, count: int) -> None:
    """So many stories of one event, each linked to all others."""
    told = [
        {
            "title": f"Comet Atlas strikes harbour {'again ' * number}",
            "excerpt": f"Comet Atlas strikes harbour, say {number} witnesses.",
            "published": f"2024-05-10T1{number}:00:00Z",
            "url": f"https://comet{number}.example/a",
            "provider": f"Comet Post {number}",
            "domain": f"comet{number}.example",
        }
        for number in range(1, count + 1)
    ]
    for number, article in enumerate(told, 1):
        others = [one for one in told if one is not article]
        write_story(folder, f"comet-{number}.md", **article, related=others)  # type: ignore[arg-type]


@pytest.fixture
def start(tmp_path: Path, news: Path, clock: Clock) -> Iterator[Callable[[], ReaderApp]]:
    """Make an app as a start does: with the marks and the place that were kept."""
    libraries: list[Library] = []

    def make() -> ReaderApp:
        libraries.append(Library(news, tmp_path / "cache", in_process=True))
        libraries[-1].sync()
        place = load_state(tmp_path / "state.json").place("news")
        marks = tmp_path / "data" / "marks.sqlite3"
        return ReaderApp(libraries[-1], DEFAULT_CONFIG, clock, zone=UTC, environment={}, marks=marks, place=place)

    yield make
    for library in libraries:
        library.close()


def row(screen: MainScreen, index: int) -> str:
    width = screen.stories.size.width
    return "".join(line.text for line in screen.stories.render_item(index, width, at_cursor=False))


def dates(screen: MainScreen) -> str:
    """What the story pane says of the story's time."""
    return next(line for line in screen.query_one(StoryPane).lines if "2024" in line)


async def test_marks_set_back_with_the_clock_are_the_last_ones(
    start: Callable[[], ReaderApp], clock: Clock, tmp_path: Path
) -> None:
    async with start().run_test(size=WIDE) as pilot:
        screen = await press(pilot, "s", "r")
        assert "★" in row(screen, 0)
        earlier = await screen.parts.questions.thread.ask_marks(lambda marks, _: marks.export())
        clock.now -= FIVE_YEARS
        await press(pilot, "s")
        assert "★" not in row(screen, 0)
        await screen.parts.questions.thread.ask_marks(lambda marks, _: marks.import_(earlier))
        await press(pilot, "j", "s")
        assert "★" not in row(screen, 0), "the later act holds, whatever the clock said"
        await press(pilot, "U", "U")
        assert "★" in row(screen, 0), "and it is taken back in the order in which it was done"
        assert "★" not in row(screen, 1)
    with Marks(tmp_path / "data" / "marks.sqlite3", clock) as marks:
        assert marks.keys(MarkKind.STARRED) == marks.keys(MarkKind.READ) == {NEWEST}


async def test_what_is_new_is_told_by_what_was_seen_and_not_by_the_clock(
    start: Callable[[], ReaderApp], clock: Clock, news: Path, write_story: WriteStory
) -> None:
    async with start().run_test(size=WIDE) as pilot:
        screen = await press(pilot, "r")
        clock.now -= FIVE_YEARS
        write_comet(news, write_story, 4)
        await press(pilot, "ctrl+r")
        await settle(pilot)
        assert "1 new" in row(screen, 0)
        await press(pilot, "g", "r")
        assert "new" not in row(screen, 0)
        write_comet(news, write_story, 5)
        await press(pilot, "ctrl+r")
        await settle(pilot)
        assert "1 new" in row(screen, 0)


async def test_times_that_are_ahead_of_the_clock_say_so(start: Callable[[], ReaderApp], clock: Clock) -> None:
    async with start().run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        assert "1 year ago" in dates(screen)
        clock.now = datetime(2024, 5, 9, 8, 0, tzinfo=UTC)
        await press(pilot, "j", "k")
        assert "in 1 day" in dates(screen)
        await press(pilot, "slash", *"age:<6h", "enter")
        assert len(screen.answer.ids) == 3, "what is still to come is younger than anything"


@pytest.mark.long
async def test_a_start_with_the_clock_set_back_takes_up_where_it_was(
    start: Callable[[], ReaderApp], clock: Clock, tmp_path: Path
) -> None:
    app = start()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "j", "s", "\\")
    place = app.place()
    assert place is not None
    save_state(tmp_path / "state.json", State().with_place("news", place))
    clock.now -= FIVE_YEARS
    async with start().run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        assert screen.listing.sort is screen.listing.sort.OLDEST
        assert screen.library.index.path(screen.story or 0) == b"comet-1.md", "another order begins at its top"
        assert "★" in row(screen, 1)
