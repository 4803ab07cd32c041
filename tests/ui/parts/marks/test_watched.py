"""Watching events, and what is new on them since they were looked at."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.library.marks.marks import MarkKind, Marks
from reader.ui.main_screen import MainScreen
from support import MakeApp, press, settle, text_of, toasts
from ui.parts.marks.comets import WIDE, line, names, write_comet

if TYPE_CHECKING:
    from conftest import WriteStory


def drawn(screen: MainScreen) -> str:
    """The list as it stands on the screen."""
    return "\n".join(screen.stories.render_line(y).text for y in range(screen.stories.size.height))


async def test_watching_an_event(make_app: MakeApp, news: Path, marks: Marks, write_story: WriteStory) -> None:
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "j", "w")
        assert marks.watches() == {"https://comet1.example/a": {f"https://comet{one}.example/a" for one in (1, 2, 3)}}
        assert "watched" in line(screen, 1, 1)
        write_comet(news, write_story, (1, 2, 3, 4))
        await press(pilot, "ctrl+r", "slash", *"is:watched", "enter")
        assert sorted(names(screen)) == [f"comet-{one}.md" for one in (1, 2, 3, 4)]
        await press(pilot, "escape", "w")
        assert marks.watches() == {}
        assert toasts(screen)[-1].startswith("no longer watched: Comet")
        await press(pilot, "U")
        assert len(marks.watches()) == 1


async def test_the_words_of_marks_stand_in_all_rows_concerned_and_leave_them_with_the_marks(
    make_app: MakeApp, news: Path, marks: Marks
) -> None:
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "j")
        for key, word, rows in (("w", "· watched", 3), ("A", "· later", 1)):
            await press(pilot, key)
            assert text_of(screen).count(word) == rows
            await press(pilot, key)
            assert word not in text_of(screen)
            await press(pilot, "U")
            assert text_of(screen).count(word) == rows
            await press(pilot, "ctrl+y")
        marks.set(["https://comet1.example/a"], MarkKind.NOTE, "By another copy of the program.")
        await screen.parts.shown_marks.look()
        await settle(pilot)
        assert text_of(screen).count("· note") == 1


async def test_what_is_new_since_it_was_looked_at(
    make_app: MakeApp, news: Path, marks: Marks, write_story: WriteStory
) -> None:
    marks.set([f"https://comet{one}.example/a" for one in (1, 2)], MarkKind.KNOWN, datetime(2020, 2, 20, tzinfo=UTC))
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "j")
        assert "1 new" in line(screen, 1, 1)
        assert "new" not in line(screen, 0, 1)
        assert "Coverage · 1 new" in str(screen.coverage_tree.border_title)
        await press(pilot, "E")
        assert "1 new" in line(screen, 1, 1)
        await press(pilot, "r")
        assert "new" not in line(screen, 1, 1)
        write_comet(news, write_story, (1, 2, 3, 4, 5))
        await press(pilot, "ctrl+r")
        await settle(pilot)
        assert "2 new" in line(screen, 1, 1)
        await press(pilot, "slash", *"is:new", "enter")
        assert len(screen.answer.ids) == 5, "all stories of the event"


@pytest.mark.long
async def test_what_is_new_comes_back_with_a_mark_that_is_taken_back_and_goes_with_it_again(
    make_app: MakeApp, news: Path, marks: Marks
) -> None:
    marks.set([f"https://comet{one}.example/a" for one in (1, 2)], MarkKind.KNOWN, datetime(2020, 2, 20, tzinfo=UTC))
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "j")
        for key in ("r", "R"):
            for _ in range(2):
                assert drawn(screen).count(" · 1 new") == 3, "all rows of the event"
                await press(pilot, key)
                assert " new" not in drawn(screen)
                await press(pilot, "U")
            await press(pilot, "ctrl+y")
            assert " new" not in drawn(screen)
            await press(pilot, "slash", *"is:new", "enter")
            assert not screen.answer.ids
            await press(pilot, "escape", "U", "slash", *"is:new", "enter")
            assert len(screen.answer.ids) == 3
            await press(pilot, "escape")
