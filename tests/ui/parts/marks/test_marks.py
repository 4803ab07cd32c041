"""Marking with keys: what was read and starred, undo, watching, and a file of marks that cannot be written."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.pilot import Pilot

from reader.base.paths import data_folder, marks_file
from reader.library.index.listing import Listing, Shown
from reader.library.library import Library
from reader.library.marks.marks import MarkKind, Marks, marks_path
from reader.settings.config import Config
from reader.ui.app import ReaderApp
from reader.ui.main_screen import MainScreen
from reader.ui.parts.marks.words import articles_in_words, done, taken_back
from reader.ui.widgets.bars import HeaderBar, TopicBar
from support import DEFAULT_CONFIG, MakeApp, press, settle, toasts

if TYPE_CHECKING:
    from conftest import WriteStory

CLOCK = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
WIDE = (120, 40)
NEWEST = ["last.md", "comet-3.md", "middle.md", "comet-2.md", "comet-1.md"]


@pytest.fixture
def news(tmp_path: Path, write_story: WriteStory) -> Path:
    """Newest first: `NEWEST`; the three of the comet are one event, of which a web article is part as well."""
    folder = tmp_path / "news"
    write_comet(folder, write_story, (1, 2, 3))
    for name, day in (("middle.md", "2024-05-10T22:30:00Z"), ("last.md", "2024-06-20T08:00:00Z")):
        write_story(folder, name, title=f"Story {name}", published=day, url=f"https://x.example/{name}")
    return folder


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
    return screen.stories.render_item(index, screen.stories.size.width, at_cursor=False)[row].text


def header(screen: MainScreen) -> str:
    return screen.query_one(HeaderBar).content.counts


async def until_read(pilot: Pilot[None], screen: MainScreen, stories: set[int | None]) -> None:
    """Wait until some stories, and no others, are shown as read."""
    for _ in range(100):
        if screen.parts.shown_marks.now is not None and screen.parts.shown_marks.now.read == stories:
            return
        await pilot.pause(0.05)
    raise AssertionError(f"not read: {stories}; {screen.parts.read._timer=} {screen.parts.read.waits_to_be_seen=}")


@pytest.fixture
def marks(tmp_path: Path) -> Iterator[Marks]:
    with Marks(tmp_path / "data" / "marks.sqlite3", lambda: CLOCK) as kept:
        yield kept


def test_the_file_of_the_marks_has_one_name() -> None:
    assert marks_file() == marks_path(data_folder())


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
        screen = await press(pilot, "c", "r", "s", "w")
        assert screen.at_hand.article is not None
        assert screen.at_hand.article.story is None
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


async def test_open_and_on(make_app: MakeApp, news: Path) -> None:
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "O")
        assert (signs(screen), shown(screen)) == ("○●●●●", "comet-3.md")
        assert screen.focused is screen.stories
        await press(pilot, "c", "x", "O")
        assert signs(screen) == "○●●●○"
        assert shown(screen) == "comet-3.md"


async def test_read_when_opened(make_app: MakeApp, news: Path) -> None:
    app = make_app(news, config=Config(mark_read="on_open"))
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "enter", "escape", "j", "j", "o")
        assert signs(screen) == "○●○●●"


async def test_read_after_a_moment_in_sight(make_app: MakeApp, news: Path, marks: Marks) -> None:
    app = make_app(news, config=Config(mark_read_seconds=0.3))
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "j", "k")
        await until_read(pilot, screen, {screen.story})
        await settle(pilot)
        assert signs(screen) == "○●●●●"
        assert marks.keys(MarkKind.SEEN) == {"https://x.example/last.md"}
        await press(pilot, "r")
        await pilot.pause(0.5)
        assert signs(screen) == "●●●●●", "it is not read again by itself"


async def test_a_story_that_a_list_begins_with_is_not_read_before_somebody_turns_to_it(
    make_app: MakeApp, news: Path
) -> None:
    app = make_app(news, config=Config(mark_read_seconds=0.1))
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        search = ["slash", *"comet", "enter"]
        for keys in ([], search, ["escape"], ["backslash"], ["a"], ["a", "a"], ["1"], ["0"], ["E"]):
            await press(pilot, *keys)
            await pilot.pause(0.3)
            assert "○" not in signs(screen), keys
        for keys in (["tab"], ["escape", "slash", *"comet", "enter", "J"], ["escape", "G"]):
            await press(pilot, *keys)
            await until_read(pilot, screen, {*screen.parts.shown_marks.known.read, screen.story})


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


async def test_what_is_out_of_sight_is_not_read(make_app: MakeApp, news: Path) -> None:
    app = make_app(news, config=Config(mark_read_seconds=0.2))
    async with app.run_test(size=(60, 20)) as pilot:
        screen = await settle(pilot)
        await pilot.pause(0.5)
        assert signs(screen) == "●●●●●"
        await press(pilot, "enter")
        await until_read(pilot, screen, {screen.story})


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


async def test_two_screens_on_one_file(tmp_path: Path, news: Path) -> None:
    file, libraries, apps = tmp_path / "data" / "marks.sqlite3", [], []
    for name in ("one", "two"):
        library = Library(news, tmp_path / name, in_process=True)
        library.sync()
        libraries.append(library)
        apps.append(ReaderApp(library, DEFAULT_CONFIG, lambda: CLOCK, zone=UTC, listing=Listing(), marks=file))
    async with apps[0].run_test(size=WIDE) as here, apps[1].run_test(size=WIDE) as there:
        one, two = await press(here, "r"), await press(there, "j")
        assert signs(one) == signs(two) == "○●●●●"
        await press(there, "s")
        await press(here, "j")
        assert stars(one) == stars(two) == " ★   "
        await press(here, "U")
        await press(there, "j")
        assert stars(one) == stars(two) == "     "
    for library in libraries:
        library.close()


async def test_marks_that_cannot_be_kept_are_not_shown(make_app: MakeApp, news: Path, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "r", "s", "w", "R", "U")
        assert (signs(screen), stars(screen)) == ("●●●●●", "     ")
        assert sum("Not kept yet" in toast for toast in toasts(screen)) == 4
        assert "5 unread" in header(screen)


async def test_reading_by_itself_tells_of_trouble_once(make_app: MakeApp, news: Path, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    app = make_app(news, config=Config(mark_read_seconds=0.1))
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        for _ in range(3):
            await press(pilot, "j")
            await pilot.pause(0.3)
        assert sum("Not kept yet" in toast for toast in toasts(screen)) == 1


async def test_marks_that_cannot_be_read_are_told(make_app: MakeApp, news: Path, tmp_path: Path) -> None:
    (tmp_path / "data" / "marks.sqlite3").mkdir(parents=True)
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "j", "k")
        assert signs(screen) == "     "
        assert sum("marks cannot be read" in toast for toast in toasts(screen)) == 1
        assert "unread" not in header(screen)


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
        *("note kept", "the former note again", "tags changed: x", "the former tags again"),
    ]


async def test_a_key_right_before_leaving_is_kept(make_app: MakeApp, news: Path, marks: Marks) -> None:
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        screen.parts.questions.thread._thread.submit(time.sleep, 0.3)
        await pilot.press("s")
        await pilot.press("q")
    assert marks.keys(MarkKind.STARRED) == {"https://x.example/last.md"}
