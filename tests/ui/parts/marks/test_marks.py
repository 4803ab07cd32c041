"""Marking with keys: what was read and starred, undo, and going on to the unread."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.library.index.listing import Listing, Shown
from reader.library.marks.marks import MarkKind, Marks
from reader.settings.config import Config
from reader.ui.parts.marks.words import articles_in_words, done, taken_back
from reader.ui.widgets.bars import TopicBar
from support import MakeApp, press, settle, toasts
from ui.parts.marks.comets import NEWEST, WIDE, header, names, shown, signs, stars, until_read

if TYPE_CHECKING:
    from conftest import WriteStory


async def test_read_and_unread(make_app: MakeApp, news: Path, marks: Marks) -> None:
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        assert not marks.path.exists()
        assert signs(screen) == "●●●●●"
        assert "5 stories · 5 unread · " in header(screen)
        await press(pilot, "r")
        assert signs(screen) == "○●●●●"
        assert "4 unread" in header(screen)
        assert marks.of(["https://x.example/last.md"])["https://x.example/last.md"].read
        await press(pilot, "r", "r", "r", "j", "r")
        assert signs(screen) == "●○●●●"
        assert marks.keys(MarkKind.READ) == {"https://comet3.example/a"}
        assert marks.keys(MarkKind.SEEN) == {"https://x.example/last.md", "https://comet3.example/a"}
        assert len(marks.keys(MarkKind.KNOWN)) == 4


async def test_star_and_a_star_for_the_story_in_the_tree(make_app: MakeApp, news: Path) -> None:
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "s", "j")
        await press(pilot, "c", "x", "s", "r")
        assert stars(screen) == "★   ★"
        assert signs(screen) == "●●●●○"
        assert shown(screen) == "comet-3.md"
        await press(pilot, "escape", "g", "s")
        assert stars(screen) == "    ★"


async def test_an_article_on_the_web_has_no_marks(make_app: MakeApp, tmp_path: Path, write_story: WriteStory) -> None:
    folder = tmp_path / "one"
    entry = {"title": "On the web", "url": "https://web.example/a", "published": "2024-01-01T10:00:00Z"}
    write_story(folder, "a.md", published="2024-01-02T10:00:00Z", url="https://a.example/a", related=[entry])
    app = make_app(folder)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "c")
        assert screen.at_hand.article is not None
        assert screen.at_hand.article.story is None
        await press(pilot, "r", "s", "w")
        assert any("not in your library" in toast for toast in toasts(screen))
        assert (signs(screen), stars(screen)) == ("●", " ")


async def test_copies_of_one_article_are_marked_together(
    make_app: MakeApp, tmp_path: Path, write_story: WriteStory
) -> None:
    folder = tmp_path / "copies"
    for name in ("a.md", "sub/a.md", "other.md"):
        url = "https://x.example/other" if name == "other.md" else "https://x.example/a"
        write_story(folder, name, published="2024-01-02T10:00:00Z", url=url)
    app = make_app(folder)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "r")
        marked = {name for name, sign in zip(names(screen), signs(screen), strict=True) if sign == "○"}
        assert marked == {"a.md", "sub/a.md"}
        assert "1 unread" in header(screen)


async def test_a_closed_event_is_read_as_a_whole(make_app: MakeApp, news: Path) -> None:
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "E", "j", "r")
        assert signs(screen) == "●○●"
        assert "2 unread" in header(screen)
        await press(pilot, "right", "j", "r")
        assert signs(screen) == "●○●○●"
        await press(pilot, "left")
        assert signs(screen) == "●●●"
        await press(pilot, "U", "U")
        assert signs(screen) == "●●●"
        assert toasts(screen)[-1] == "unread again: 3 stories"


async def test_all_read_and_undo(make_app: MakeApp, news: Path) -> None:
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "U")
        assert toasts(screen)[-1] == "There is no mark to take back."
        await press(pilot, "r", "R")
        assert signs(screen) == "○○○○○"
        assert toasts(screen)[-1] == "4 stories marked read · U takes it back"
        assert " 0 unread" in header(screen)
        await press(pilot, "R", "n")
        assert toasts(screen)[-2:] == ["All listed stories are read already.", "No other story of this list is unread."]
        await press(pilot, "U")
        assert signs(screen) == "○●●●●"
        assert toasts(screen)[-1] == "unread again: 4 stories"
        await press(pilot, "s", "U", "U", "U")
        assert (signs(screen), stars(screen)) == ("●●●●●", "     ")
        assert toasts(screen)[-3:] == [
            "no longer starred: Story last.md",
            "unread again: Story last.md",
            "There is no mark to take back.",
        ]


async def test_all_read_takes_only_what_is_listed(make_app: MakeApp, news: Path) -> None:
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "slash", *"comet", "enter", "R", "escape")
        assert dict(zip(names(screen), signs(screen), strict=True)) == {
            name: "○" if "comet" in name else "●" for name in NEWEST
        }


async def test_all_unread_starred(make_app: MakeApp, news: Path) -> None:
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "s", "r", "j", "r", "a")
        assert screen.listing.shown is Shown.UNREAD
        assert names(screen) == NEWEST[2:]
        assert "unread · 3 of 5" in screen.query_one(TopicBar).render_line(0).text
        assert screen.stories.selected == screen.story
        await press(pilot, "g", "r")
        assert (names(screen), signs(screen)) == (NEWEST[2:], "○●●"), "what is read stays until it is listed again"
        await press(pilot, "R")
        assert names(screen) == []
        assert screen.stories.empty_text == "No unread story found. a goes on to other marks."
        await press(pilot, "U")
        assert names(screen) == NEWEST[3:]
        await press(pilot, "a")
        assert names(screen) == ["last.md"]
        await press(pilot, "escape")
        assert screen.listing == Listing()
        assert names(screen) == NEWEST


async def test_marks_in_a_query(make_app: MakeApp, news: Path) -> None:
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "r", "j", "s", "slash", *"is:read OR is:starred", "enter")
        assert names(screen) == NEWEST[:2]
        assert [topic.stories for topic in screen.answer.topics] == []


async def test_next_and_previous_unread(make_app: MakeApp, news: Path) -> None:
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "j", "r", "g", "n")
        assert shown(screen) == "middle.md"
        await press(pilot, "p")
        assert shown(screen) == "last.md"
        await press(pilot, "p")
        assert shown(screen) == "comet-1.md"
        assert toasts(screen)[-1] == "On from the end of the list."
        await press(pilot, "n")
        assert shown(screen) == "last.md"
        assert toasts(screen)[-1] == "On from the beginning of the list."


async def test_far_unread_stories_are_found(
    make_app: MakeApp, tmp_path: Path, write_story: WriteStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.ui.parts.marks.unread.NEAR", 2)
    for number in range(8):
        write_story(tmp_path / "n", f"{number}.md", published=f"2024-01-0{number + 1}T10:00:00Z")
    app = make_app(tmp_path / "n")
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "R", "G", "r", "g", "n")
        assert screen.stories.cursor == 7
        await press(pilot, "n")
        assert toasts(screen)[-1] == "No other story of this list is unread."


async def test_what_is_opened_is_read_and_the_cursor_goes_on(make_app: MakeApp, news: Path) -> None:
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "O")
        assert (signs(screen), shown(screen)) == ("○●●●●", "comet-3.md")
        assert screen.focused is screen.stories
        await press(pilot, "c", "x", "O")
        assert signs(screen) == "○●●●○"
        assert shown(screen) == "comet-3.md"


async def test_only_what_was_decided_is_taken_back_and_can_be_done_again(make_app: MakeApp, news: Path) -> None:
    app = make_app(news, config=Config(mark_read_seconds=0.1))
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "s", "j")
        await until_read(pilot, screen, {screen.story})
        await settle(pilot)
        assert (signs(screen), stars(screen)) == ("●○●●●", "★    ")
        await press(pilot, "U")
        assert (signs(screen), stars(screen)) == ("●○●●●", "     ")
        assert toasts(screen)[-1] == "no longer starred: Story last.md"
        await press(pilot, "ctrl+y")
        assert (signs(screen), stars(screen)) == ("●○●●●", "★    ")
        assert toasts(screen)[-1] == "starred: Story last.md"
        await press(pilot, "U", "r", "ctrl+y")
        assert toasts(screen)[-1] == "There is no mark to set again."
        assert stars(screen) == "     "


def test_what_is_said_of_a_change_that_was_made_or_taken_back() -> None:
    from reader.library.marks.marks import Change

    kinds: list[tuple[MarkKind, bool | str | None]] = [
        (MarkKind.READ, True), (MarkKind.STARRED, False), (MarkKind.NOTE, "text"), (MarkKind.TAG, None),
    ]  # fmt: skip
    told = [
        say(Change(kind, ("a", "b"), ("x",), value), articles_in_words(2))
        for (kind, value), say in itertools.product(kinds, (done, taken_back))
    ]
    assert [words.removesuffix(": 2 articles, not in this library") for words in told] == [
        *("read", "unread again", "no longer starred", "starred again"),
        *("note kept", "note as before", "tag x changed", "tags as before"),
    ]
