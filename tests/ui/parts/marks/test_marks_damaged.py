"""A damaged file of marks as the person sees it: what is told, what is saved, and that nothing is overwritten empty."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.library.marks.marks import MarkKind, Marks
from reader.library.marks.schema import PAGE
from reader.ui.main_screen import MainScreen
from reader.ui.widgets.bars import HeaderBar
from support import MakeApp, press, settle

if TYPE_CHECKING:
    from conftest import WriteStory

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
WIDE = (120, 40)
OTHERS = [f"https://site{number % 7}.example/some-headline-{number}" for number in range(600)]
STORIES = 60


@pytest.fixture
def news(tmp_path: Path, write_story: WriteStory) -> Path:
    """A folder of stories that are all read and starred, and the marks of many others."""
    folder, keys = tmp_path / "news", []
    for number in range(STORIES):
        keys.append(f"https://site{number % 7}.example/some-headline-of-here-{number}")
        write_story(folder, f"{number:02}.md", published=f"2024-05-{1 + number // 3:02}T10:00:00Z", url=keys[-1])
    with Marks(tmp_path / "data" / "marks.sqlite3", lambda: NOON) as marks:
        marks.set([*OTHERS, *keys], MarkKind.READ, True)
        marks.set(keys, MarkKind.STARRED, True)
        marks.set(keys, MarkKind.NOTE, "to be kept")
    return folder


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "marks.sqlite3"


def toasts(screen: MainScreen) -> list[str]:
    return [notification.message for notification in screen.app._notifications]


def stars(screen: MainScreen) -> int:
    """How many stories have a star; those on the screen show it."""
    starred = screen.parts.shown_marks.now.starred if screen.parts.shown_marks.now is not None else frozenset()
    for index, story in enumerate(screen.stories.in_view):
        line = screen.stories.render_item(index, screen.stories.size.width, at_cursor=False)[-1]
        assert ("★" in line.text) == (story in starred)
    return len(starred)


def overwritten(file: Path) -> None:
    """Overwrite the first page and a sixth of the others."""
    data = bytearray(file.read_bytes())
    for number in range(0, len(data) // PAGE, 6):
        data[number * PAGE : (number + 1) * PAGE] = random.Random(number).randbytes(PAGE)
    file.write_bytes(data)


def truncated(file: Path) -> None:
    """Cut off the last third, in the middle of a page."""
    data = file.read_bytes()
    file.write_bytes(data[: len(data) * 2 // 3 // PAGE * PAGE + 100])


@pytest.mark.parametrize("spoil", [overwritten, truncated])
async def test_what_can_be_read_of_damaged_marks_is_shown_and_the_damage_told(
    make_app: MakeApp, news: Path, file: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(file)
    damaged = file.read_bytes()
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        (told,) = (toast for toast in toasts(screen) if "damaged" in toast)
        (copy,) = file.parent.glob("marks.sqlite3.damaged*")
        assert str(copy) in told
        assert "could be read and are kept" in told
        assert copy.read_bytes() == damaged
        shown = stars(screen)
        assert STORIES // 3 < shown <= STORIES, "most of what stood on sound pages"
        unread = STORIES - len(screen.parts.shown_marks.now.read if screen.parts.shown_marks.now is not None else ())
        assert f"{unread} unread" in screen.query_one(HeaderBar).content.counts
        await press(pilot, "j", "s", "R")
    with Marks(file, lambda: NOON) as marks:
        assert abs(len(marks.keys(MarkKind.STARRED)) - shown) == 1, "all that was shown, but for the mark that was made"
        assert len(marks.keys(MarkKind.READ)) > len(OTHERS) // 3
        assert marks.keys(MarkKind.NOTE)
        assert not marks.note
    assert copy.read_bytes() == damaged
    assert len(list(file.parent.glob("marks.sqlite3.damaged*"))) == 1


async def test_a_file_of_garbage_in_the_place_of_the_marks_is_kept_and_new_marks_go_beside_it(
    make_app: MakeApp, news: Path, file: Path
) -> None:
    garbage = random.Random(1).randbytes(50_000)
    file.write_bytes(garbage)
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "s")
        assert any("the marks were damaged; 0 of them could be read" in toast for toast in toasts(screen))
        assert stars(screen) == 1
    (copy,) = file.parent.glob("marks.sqlite3.damaged*")
    assert copy.read_bytes() == garbage
    with Marks(file, lambda: NOON) as marks:
        assert len(marks.keys(MarkKind.STARRED)) == 1


async def test_the_database_of_another_program_is_told_and_never_written(
    make_app: MakeApp, news: Path, file: Path
) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE theirs (value TEXT)")
        other.execute("INSERT INTO theirs VALUES ('precious')")
        other.commit()
    before = file.read_bytes()
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "s", "r", "R")
        assert any("holds no marks of this program, and is left alone" in toast for toast in toasts(screen))
        assert any("Not marked: nothing was kept" in toast for toast in toasts(screen))
        assert stars(screen) == 0
        assert "unread" not in screen.query_one(HeaderBar).content.counts
    assert file.read_bytes() == before
    assert not list(file.parent.glob("marks.sqlite3.damaged*"))


async def test_marks_that_are_damaged_while_they_are_shown_are_saved_with_the_next_mark(
    make_app: MakeApp, news: Path, file: Path
) -> None:
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        assert stars(screen) == STORIES
        overwritten(file)
        damaged = file.read_bytes()
        # SQLite goes on with the pages that it remembers, until it opens the file anew.
        await screen.parts.questions.thread.ask_marks(lambda marks, _: marks.close())
        await press(pilot, "s")
        (copy,) = file.parent.glob("marks.sqlite3.damaged*")
        assert copy.read_bytes() == damaged
        assert any(str(copy) in toast for toast in toasts(screen))
        assert stars(screen) > STORIES // 3
