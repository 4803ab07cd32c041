"""One row per event, driven by keys on a library with one event of four stories and one of two."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.library.query.query import Sort
from reader.settings.config import Config
from reader.ui.main_screen import MainScreen
from reader.ui.widgets.bars import TopicBar
from reader.ui.widgets.stories.event_line import event_words
from support import MakeApp, press, settle, toasts

if TYPE_CHECKING:
    from conftest import WriteStory

WIDE = (120, 40)
NEWEST = ["last.md", "comet-4.md", "comet-3.md", "middle.md", "comet-2.md", "comet-1.md", "strike-2.md", "strike-1.md"]
FOLDED = ["last.md", "comet-2.md", "middle.md", "strike-1.md"]


@pytest.fixture
def news(tmp_path: Path, write_story: WriteStory) -> Path:
    """Newest first: `NEWEST`. The best of the comet is its second, by quality; of the strike its first, by time."""
    folder = tmp_path / "news"
    _write_event(folder, write_story, "comet", "Comet Atlas strikes harbour", day=10, qualities=(10, 90, 20, 30))
    _write_event(folder, write_story, "strike", "Ferry crews announce walkout", day=2, qualities=(5, 5))
    for name, day in (("middle.md", "2024-05-11T12:30:00Z"), ("last.md", "2024-06-20T08:00:00Z")):
        write_story(
            folder, name, title=f"Story {name}", published=day, url=f"https://x.example/{name}", topics=["Other"]
        )
    return folder


def _write_event(
    folder: Path, write_story: WriteStory, name: str, title: str, *, day: int, qualities: tuple[int, ...]
) -> None:
    told = [
        {
            "title": f"{title} {'again ' * number}",
            "excerpt": f"{title}, say {number} witnesses.",
            "published": f"2024-05-{day + number // 2:02}T1{number}:00:00Z",
            "url": f"https://{name}{number}.example/a",
            "provider": f"{name.title()} Post {number}",
            "domain": f"{name}{number}.example",
            "quality": quality,
        }
        for number, quality in enumerate(qualities, start=1)
    ]
    for number, article in enumerate(told, start=1):
        others = [one for one in told if one is not article]
        write_story(folder, f"{name}-{number}.md", **article, related=others, topics=["Sky" if number % 2 else "Sea"])  # type: ignore[arg-type]


def names(screen: MainScreen) -> list[str]:
    return [_name(screen, story) for story in screen.stories.ids]


def shown(screen: MainScreen) -> str:
    return _name(screen, screen.story)


def selected(screen: MainScreen) -> str:
    return _name(screen, screen.stories.selected)


def lines(screen: MainScreen, index: int) -> list[str]:
    strips = screen.stories.render_item(index, screen.stories.size.width, at_cursor=False)
    return [strip.text.rstrip() for strip in strips]


def tail(screen: MainScreen) -> str:
    return screen.query_one(TopicBar).render_line(0).text.rstrip()


def go_to(screen: MainScreen, name: str) -> None:
    story = screen.library.index.story_at(name.encode())
    assert story is not None
    screen.parts.current.jump(story)


def _name(screen: MainScreen, story: int | None) -> str:
    return (screen.library.index.path(story or 0) or b"").decode()


async def test_a_row_per_event_and_back(make_app: MakeApp, news: Path) -> None:
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        assert names(screen) == NEWEST
        assert not screen.listing.by_event
        await press(pilot, "E")
        assert names(screen) == FOLDED
        assert tail(screen).endswith("newest first · by event · 4 rows · all stories")
        assert lines(screen, 1)[0].startswith(" ● ▸ Comet Atlas strikes harbour again again")
        assert lines(screen, 1)[1].strip() == "10 May 2024 · 4 outlets · 4 stories · 3 days"
        assert lines(screen, 2)[0].startswith(" ●   Story middle.md")
        await press(pilot, "E")
        assert names(screen) == NEWEST
        assert lines(screen, 0)[0].startswith(" ● Story last.md")
        assert tail(screen).endswith("newest first · all stories")


async def test_an_event_opens_in_place_and_closes_from_a_story_of_it(make_app: MakeApp, news: Path) -> None:
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "E", "right", "left", "j")
        assert names(screen) == FOLDED
        await press(pilot, "right")
        assert names(screen) == ["last.md", "comet-2.md", "comet-1.md", "comet-3.md", "comet-4.md", *FOLDED[2:]]
        assert selected(screen) == shown(screen) == "comet-2.md"
        assert lines(screen, 1)[0].startswith(" ● ▾ Comet Atlas")
        assert lines(screen, 1)[1].strip() == "Comet Post 2 · 11 May 2024 · 4 outlets"
        assert lines(screen, 2)[0].startswith(" ●     Comet Atlas")
        assert lines(screen, 2)[1].strip() == "Comet Post 1 · 10 May 2024"
        await press(pilot, "right", "j", "j")
        assert selected(screen) == shown(screen) == "comet-3.md"
        await press(pilot, "left")
        assert names(screen) == FOLDED
        assert selected(screen) == shown(screen) == "comet-2.md"
        await press(pilot, "plus", "G", "plus")
        assert names(screen)[-2:] == ["strike-1.md", "strike-2.md"]
        await press(pilot, "minus")
        assert len(names(screen)) == 7
        await press(pilot, "backslash")
        assert screen.listing.sort is Sort.OLDEST
        assert names(screen) == ["strike-1.md", "comet-2.md", "comet-1.md", "comet-3.md", "comet-4.md", *FOLDED[2::-2]]


async def test_the_story_stays_when_it_is_switched(make_app: MakeApp, news: Path) -> None:
    app = make_app(news)
    async with app.run_test(size=(120, 16)) as pilot:
        screen = await settle(pilot)
        for name in NEWEST:
            go_to(screen, name)
            await settle(pilot)
            await press(pilot, "E")
            holder = {"comet": "comet-2.md", "strike": "strike-1.md"}.get(name.partition("-")[0], name)
            assert (shown(screen), selected(screen)) == (name, holder)
            assert "not in this list" not in str(screen.story_pane.border_title)
            await press(pilot, "E")
            assert shown(screen) == selected(screen) == name


async def test_the_story_one_has_gone_to_meanwhile_stays_when_it_is_switched_back(
    make_app: MakeApp, news: Path
) -> None:
    app = make_app(news)
    async with app.run_test(size=(120, 16)) as pilot:
        screen = await settle(pilot)
        for back in (("E",), ("a", "a")):
            await press(pilot, "g", back[0], "j", "j")
            gone_to = shown(screen)
            assert gone_to != NEWEST[0]
            await press(pilot, *back)
            assert shown(screen) == selected(screen) == gone_to


async def test_what_is_shown_of_a_closed_event_is_found_when_it_opens(make_app: MakeApp, news: Path) -> None:
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "j", "j", "E")
        assert (shown(screen), selected(screen)) == ("comet-3.md", "comet-2.md")
        await press(pilot, "right")
        assert shown(screen) == selected(screen) == "comet-3.md"
        await press(pilot, "E", "E")
        assert names(screen) == FOLDED
        await press(pilot, "enter")
        assert shown(screen) == "comet-2.md"
        assert screen.focused is screen.story_pane


async def test_keys_for_a_closed_row_are_for_all_of_its_event_whichever_story_is_shown(
    make_app: MakeApp, news: Path
) -> None:
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "j", "j", "E")
        assert (shown(screen), selected(screen)) == ("comet-3.md", "comet-2.md")
        assert screen.story_pane.border_title == "Story · another of this event"
        await press(pilot, "r", "A")
        assert toasts(screen)[-2:] == ["read: 4 stories", "to be read later: 4 stories"]
        await press(pilot, "j", "k")
        assert screen.story_pane.border_title == "Story"
        await press(pilot, "r", "A")
        assert toasts(screen)[-2:] == ["unread: 4 stories", "no longer to be read later: 4 stories"]


@pytest.mark.long
async def test_the_scroll_stays_where_it_is(make_app: MakeApp, news: Path, write_story: WriteStory) -> None:
    for number in range(60):
        write_story(
            news, f"more-{number}.md", title=f"More {number}", published=f"2024-05-{10 + number // 12}T12:00:00Z"
        )
    app = make_app(news)
    async with app.run_test(size=(120, 20)) as pilot:
        screen = await press(pilot, *["j"] * 40, "k", "k", "k")
        before = (shown(screen), screen.stories.cursor * 2 - screen.stories.scroll_offset.y)
        assert before[1] > 0
        for _ in range(2):
            await press(pilot, "E")
            assert (shown(screen), screen.stories.cursor * 2 - screen.stories.scroll_offset.y) == before


async def test_jumping_into_a_closed_event_opens_it(make_app: MakeApp, news: Path) -> None:
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "E")
        go_to(screen, "comet-4.md")
        await settle(pilot)
        assert shown(screen) == selected(screen) == "comet-4.md"
        assert len(names(screen)) == len(FOLDED) + 3
        go_to(screen, "strike-1.md")
        await settle(pilot)
        assert selected(screen) == "strike-1.md"
        assert len(names(screen)) == len(FOLDED) + 3
        await press(pilot, "backspace")
        assert selected(screen) == "comet-4.md"


@pytest.mark.long
async def test_searching_and_topics_while_it_is_on(make_app: MakeApp, news: Path) -> None:
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "E", "slash", *"comet post", "enter")
        assert names(screen) == ["comet-2.md"]
        assert tail(screen).endswith("“comet post” · 1 row · 4 stories")
        await press(pilot, "escape")
        number = [topic.name for topic in screen.answer.topics].index("Sky") + 1
        await press(pilot, str(number), "j")
        assert names(screen) == ["comet-3.md", "strike-1.md"]
        assert lines(screen, 0)[1].strip() == "10 May 2024 · 4 outlets · 2 of 4 stories"
        await press(pilot, "g", "right", "0")
        assert names(screen) == ["last.md", "comet-2.md", "comet-1.md", "comet-3.md", "comet-4.md", *FOLDED[2:]]
        assert selected(screen) == "last.md", "where the cursor was before the topic"
        await press(pilot, "slash", *"middle", "enter")
        assert names(screen) == ["middle.md"]


@pytest.mark.long
async def test_open_events_are_open_at_the_next_start(make_app: MakeApp, news: Path) -> None:
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "E", "j", "right", "j")
        listed, story = names(screen), shown(screen)
        assert len(listed) > len(FOLDED)
    place = app.place()
    assert place is not None
    assert len(place.opened) == 1
    again = make_app(news)
    again._place = place
    async with again.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        assert (names(screen), shown(screen), selected(screen)) == (listed, story, story)


@pytest.mark.long
async def test_nothing_to_fold_is_said(make_app: MakeApp, news: Path) -> None:
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "slash", *"story", "enter", "E")
        assert names(screen) == ["last.md", "middle.md"]
        assert any("No two of these stories" in toast.message for toast in app._notifications)
        await press(pilot, "right", "left", "escape", "E", "slash", *"nothing at all", "enter", "E", "right", "left")
        assert names(screen) == []


async def test_the_configured_outlets_speak_first(make_app: MakeApp, news: Path) -> None:
    app = make_app(news, config=Config(outlets=("comet4.example", "strike2.example"), mark_read="never"))
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "E")
        assert names(screen) == ["last.md", "comet-4.md", "middle.md", "strike-2.md"]


@pytest.mark.long
async def test_an_event_stays_open_when_the_folder_changes(
    make_app: MakeApp, news: Path, write_story: WriteStory
) -> None:
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "E", "j", "right", "j")
        (news / "comet-2.md").unlink()
        write_story(news, "newer.md", title="Newer", published="2024-07-01T10:00:00Z")
        screen = await press(pilot, "ctrl+r")
        screen = await settle(pilot)
        assert names(screen) == ["newer.md", "last.md", "comet-4.md", "comet-1.md", "comet-3.md", *FOLDED[2:]]
        assert selected(screen) == shown(screen) == "comet-1.md"


@pytest.mark.long
async def test_a_click_on_the_sign_opens_and_closes(make_app: MakeApp, news: Path) -> None:
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "E")
        for count in (len(FOLDED) + 3, len(FOLDED)):
            await pilot.click("#stories", offset=(3, 1 + screen.stories.item_height))
            await settle(pilot)
            assert len(names(screen)) == count
            assert selected(screen) == shown(screen) == "comet-2.md"
        await pilot.click("#stories", offset=(8, 3))
        await settle(pilot)
        assert len(names(screen)) == len(FOLDED)


async def test_it_fits_narrow_terminals(make_app: MakeApp, news: Path) -> None:
    app = make_app(news)
    async with app.run_test(size=(40, 20)) as pilot:
        screen = await press(pilot, "E")
        assert tail(screen).endswith("by event · 4 rows")
        assert lines(screen, 1)[2].strip() == "10 May 2024 · 4 outlets · 3 days"
        await press(pilot, "j", "right")
        assert all(len(line) <= 38 for index in range(screen.stories.count) for line in lines(screen, index))


def test_what_a_row_says() -> None:
    from reader.library.index.events.event_rows import EventFacts

    assert [text for _, text in event_words(EventFacts(1, 1, 2, 1), 2)] == [
        "1 outlet", "1 independent", "2 stories", "1 day",
    ]  # fmt: skip
    assert [text for _, text in event_words(EventFacts(12, 3, 9, 4), 5)][2] == "5 of 9 stories"
