"""The headlines of an event side by side, and the way from the main screen to the dialogs of events and lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from dialog_app import NOTHING, Mini
from reader.coverage.model import Coverage, CoverageArticle
from reader.ui.dialogs.listing.overview import OverviewDialog
from reader.ui.dialogs.story.headlines import Chosen, HeadlineList, HeadlinesDialog, parts_of
from reader.ui.dialogs.story.save import SaveDialog
from support import MakeApp, settle

NOW = datetime(2020, 3, 1, 8, 30, tzinfo=UTC)
WHEN = datetime(2020, 2, 20, 13, 59, tzinfo=UTC)
HOSTILE = "[b]Big[/b] [@click=app.quit]go[/] $x"


def article(key: str, title: str, minutes: int | None = None, **more: Any) -> CoverageArticle:
    published = None if minutes is None else WHEN + timedelta(minutes=minutes)
    url = f"https://{key}.test/1"
    return CoverageArticle(
        **{
            "key": key, "title": title, "provider": key.title(), "outlet": f"{key}.test", "published": published,
            "url": url, "event": 1, **more,
        }
    )  # fmt: skip


FOCUS = article("register", "Police flip the switch on cameras", 174, story=7)
EVENT = Coverage(
    FOCUS,
    (
        article("forbes", "London's police switch camera on", 50),
        article("bbc", "Étude: the CAMERAS of London", 24 * 60, story=8),
        article("wire", "Smile, fellow citizens", 60, copy=4),
        article("paper", "Smile, fellow citizens", 61, copy=4, story=9),
        article("someday", HOSTILE),
        article("far", "Not of this event", 1, event=None),
    ),
)


def listed(app: Mini) -> HeadlineList:
    return app.screen.query_one(HeadlineList)


def marked(app: Mini, title: str) -> list[str]:
    """The words in bold of the line that a headline stands in."""
    for strip in app.screen._compositor.render_strips():
        if title in strip.text:
            return [
                segment.text.strip()
                for segment in strip
                if segment.style is not None
                and segment.style.bold
                and segment.style.color == listed(app).look("accent").color
            ]
    raise AssertionError(f"{title!r} is not on the screen:\n{app.text}")


def headlines(coverage: Coverage = EVENT) -> HeadlinesDialog:
    return HeadlinesDialog(coverage, NOW, UTC)


def test_a_headline_in_parts_is_the_headline() -> None:
    for title in ("London's police: 'smile' – it’s re-opened!", "", "  a  b ", "Étude ١٢٣ 日本", "_under_ score"):
        assert "".join(text for text, _ in parts_of(title)) == title
    assert [words for _, words in parts_of("The Cameras") if words] == [{"camera"}]


async def test_headlines_stand_one_under_the_other_by_time() -> None:
    app = Mini(headlines())
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        lines = [line for line in app.text.splitlines() if line.startswith("│")]
        assert [line[1:19].strip("▌ ") for line in lines] == [
            "Thu 20 Feb 2020",
            "14:49 ↗ Forbes",
            "14:59 ↗ Wire",
            "15:00 ⌂ Paper",
            "16:53 ▸ Register",
            "Fri 21 Feb 2020",
            "13:59 ⌂ Bbc",
            "no date",
            "–   ↗ Someday",
        ]
        starts = {
            line.index(title) for line in lines for title in ("London's", "Smile,", "Police", "Étude") if title in line
        }
        assert len(starts) == 1
        assert "6 headlines · 6 outlets · 5 independent · 2 days" in app.text
        assert [line.count("same text") for line in lines].count(1) == 2
        assert "Not of this event" not in app.text
        assert HOSTILE in app.text


async def test_words_that_the_headline_at_the_cursor_has_not_are_marked() -> None:
    app = Mini(headlines())
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert marked(app, "Police flip") == []
        assert marked(app, "London's police switch camera on") == ["London's"]
        assert marked(app, "the CAMERAS of London") == ["Étude", "London"]
        await pilot.press("g")
        assert marked(app, "Police flip") == ["flip"]
        assert marked(app, "the CAMERAS of London") == ["Étude"]


@pytest.mark.parametrize(("size", "is_told"), [((60, 20), True), ((60, 12), False), ((160, 20), False)])
async def test_the_whole_headline_at_the_cursor_stands_below_where_any_is_cut(
    size: tuple[int, int], is_told: bool
) -> None:
    long = "Harbour reopens after the flood, and the ferries are to sail again on Monday, says its master"
    articles = [
        CoverageArticle(key, title, published=WHEN, event=1, outlet=key)
        for key, title in (("a", "Harbour reopens"), ("b", long))
    ]
    app = Mini(HeadlinesDialog(Coverage(articles[0], (articles[1],)), WHEN, UTC))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        whole = app.screen.query_one("#whole", Static)
        assert whole.display is is_told
        for keys, title in (((), "Harbour reopens"), (("G",), long), (("g",), "Harbour reopens")):
            await pilot.press(*keys)
            await pilot.pause()
            assert str(whole.render()) == title


@pytest.mark.parametrize(
    ("keys", "result"),
    [
        (("enter",), Chosen(7, "https://register.test/1")),
        (("j", "enter"), Chosen(8, "https://bbc.test/1")),
        (("j", "o"), Chosen(None, "https://bbc.test/1")),
        (("g", "enter"), Chosen(None, "https://forbes.test/1")),
        (("down", "up", "home", "end", "k", "ctrl+u", "G", "enter"), Chosen(None, "https://someday.test/1")),
        (("escape",), None),
        (("equals_sign",), None),
        (("q",), None),
    ],
)
async def test_keys_move_choose_and_close(keys: tuple[str, ...], result: Chosen | None) -> None:
    app = Mini(headlines())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        assert app.result == result


async def test_an_article_without_a_link_says_so_and_the_dialog_stays() -> None:
    app = Mini(headlines(Coverage(FOCUS, (article("a", "A", 900, url=""),))))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j", "enter")
        await pilot.pause()
        assert app.result is NOTHING
        assert [toast.message for toast in app._notifications] == ["This article has no link."]


@pytest.mark.long
async def test_only_headlines_on_the_screen_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: set[int] = set()
    render = HeadlineList.render_item

    def spy(self: HeadlineList, index: int, width: int, *, at_cursor: bool) -> Any:
        drawn.add(index)
        return render(self, index, width, at_cursor=at_cursor)

    monkeypatch.setattr(HeadlineList, "render_item", spy)
    many = tuple(article(f"o{number}", f"Headline {number}", 200 + number) for number in range(5_000))
    app = Mini(headlines(Coverage(FOCUS, many)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert len(drawn) < 60
        await pilot.press("G")
        assert "Headline 4999" in app.text


async def test_wide_signs_and_long_texts_keep_the_lines_whole() -> None:
    app = Mini(
        headlines(
            Coverage(
                replace(FOCUS, title="日本経済新聞" * 20),
                (
                    article("a", "re\u0301sume\u0301 " * 40, 1, provider="日本経済新聞社国際部" * 3, copy=2),
                    article("b", "", 2, provider="", outlet="", copy=2),
                ),
            )
        )
    )
    async with app.run_test(size=(120, 12)) as pilot:
        for size in ((120, 12), (60, 12), (40, 12), (24, 6), (9, 4), (80, 24)):
            await pilot.resize_terminal(*size)
            while app.screen._compositor.size != size:
                await pilot.pause()
            for strip in app.screen._compositor.render_strips():
                assert strip.cell_length == size[0]
        assert "(no headline)" in app.text


# From the main screen.


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


async def dialog(pilot: Pilot[None], kind: type) -> None:
    for _ in range(100):
        await pilot.pause(0.02)
        if isinstance(pilot.app.screen, kind):
            return
    raise AssertionError(f"no {kind.__name__} but {pilot.app.screen}")


@pytest.mark.long
async def test_from_the_story_to_a_headline_of_its_event(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await settle(pilot)
        start = screen.story
        await pilot.press("equals_sign")
        await dialog(pilot, HeadlinesDialog)
        shown = app.screen.query_one(HeadlineList)
        assert shown.selected is not None
        assert shown.selected.story == start
        await pilot.press("g")
        wanted = shown.selected.story
        assert wanted not in (None, start)
        await pilot.press("enter")
        screen = await settle(pilot)
        assert screen.story == wanted
        await pilot.press("backspace")
        screen = await settle(pilot)
        assert screen.story == start


async def test_a_headline_of_the_web_is_opened(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("equals_sign")
        await dialog(pilot, HeadlinesDialog)
        shown = app.screen.query_one(HeadlineList)
        await pilot.press("g")
        while shown.selected is not None and shown.selected.is_local:
            await pilot.press("j")
        assert shown.selected is not None
        url = shown.selected.url
        await pilot.press("enter")
        await settle(pilot)
        assert app.clipboard == url


async def test_the_overview_is_of_the_stories_listed(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await settle(pilot)
        for keys, count in (((), 40), (("E",), 40), (("E", "1"), screen.answer.topics[0].stories)):
            await pilot.press(*keys)
            await settle(pilot)
            await pilot.press("i")
            await dialog(pilot, OverviewDialog)
            assert f"{count} stories" in str(app.screen.query_one(Static).render())
            await pilot.press("escape")
            await settle(pilot)


async def test_a_briefing_is_kept_under_a_free_name(make_app: MakeApp, folder: Path) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        for number in range(2):
            await settle(pilot)
            await pilot.press("X")
            await dialog(pilot, SaveDialog)
            await pilot.press("enter")
            await settle(pilot)
            assert len(list(folder.glob("*-briefing*.md"))) == number + 1
        names = sorted(path.name for path in folder.glob("*.md"))
        assert names[0].endswith("-briefing-2.md")
        text = (folder / names[0]).read_text()
        assert text.startswith("# Microsoft changes Power Apps")
        assert "earliest known: ZDNet, Mon 23 Aug 2021 11:46 UTC" in text
        assert "library sample" in text
        assert any(f"{names[0]} · in {folder}" in toast.message for toast in app._notifications)


async def test_without_a_story_there_is_nothing_to_compare_or_keep(
    make_app: MakeApp, tmp_path: Path, folder: Path
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    app = make_app(empty)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("equals_sign", "X")
        screen = await settle(pilot)
        assert app.screen is screen
        assert {toast.message for toast in app._notifications} == {"No story is selected."}
        await pilot.press("i")
        await dialog(pilot, OverviewDialog)
        await pilot.press("escape")


async def test_a_story_without_coverage_has_no_headlines_beside_it(make_app: MakeApp, tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / "one.md").write_text("---\ntitle: Alone\ndate: 2024-05-01\nurl: https://a.example/1\n---\n")
    app = make_app(news)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("equals_sign")
        screen = await settle(pilot)
        assert app.screen is screen
        assert [toast.message for toast in app._notifications] == [
            "No other article is on this story's event: there is nothing to compare."
        ]
