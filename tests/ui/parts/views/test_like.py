"""More like the story at hand, and the way back from it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from reader.library.index.listing import Listing
from reader.library.query.query import Sort
from reader.ui.dialogs.listing.like import LikeDialog, event_like, likes_of
from support import MakeApp, press, settle, told

if TYPE_CHECKING:
    from reader.library.index.index import Index

WIDE = (120, 30)


def test_an_event_is_named_by_an_article_whose_link_can_be_written() -> None:
    class Told:
        def __init__(self, *keys: str) -> None:
            self.keys = keys

        def on_events_of(self, keys: Iterable[str]) -> frozenset[str]:
            return frozenset([*keys, *self.keys])

    plain, long = Listing(by_event=True), f"https://x.example/{'a' * 600}"
    for key, others, query in (
        ("https://a.example/1", ["https://b.example/1"], 'event:"https://a.example/1"'),
        ("content:12ab", [long, "https://b.example/1"], 'event:"https://b.example/1"'),
        (long, ["https://b.example/1,2 (3)", "https://c.example/(1),2"], 'event:"https://c.example/(1),2"'),
        ("https://a.example/1", [], None),
        ("content:12ab", [long], None),
    ):
        like = event_like(cast("Index", Told(*others)), key, plain)
        assert (like and like.listing) == (None if query is None else Listing(query))
        assert like is None or like.listing.error is None


def test_what_a_story_has_in_common_with_others() -> None:
    likes = likes_of(["Sea", "Sky"], 'The "Daily", One', Listing(sort=Sort.OLDEST))
    assert [(like.kind, like.name, like.listing.text) for like in likes] == [
        ("topic", "Sea", ""),
        ("topic", "Sky", ""),
        ("outlet", 'The "Daily", One', r'provider:"The \"Daily\", One"'),
    ]
    assert likes_of([], "—", Listing()) == []


async def test_more_like_a_story(make_app: MakeApp) -> None:
    app = make_app(query="provider:crn low-code")
    async with app.run_test(size=WIDE) as pilot:
        before = (await press(pilot, "backslash", "E")).listing
        for key, expected in {
            "1": Listing("", frozenset({"Security"}), Sort.OLDEST, by_event=True),
            "3": Listing("provider:CRN", sort=Sort.OLDEST, by_event=True),
        }.items():
            await pilot.press("m")
            await told(pilot, "event")
            await pilot.press(key)
            screen = await settle(pilot)
            assert screen.listing == expected
            assert screen.stories.cursor == 0
            screen = await press(pilot, "escape")
            assert screen.listing == before
            assert screen.stories.holds(screen.story)
        await pilot.press("m")
        await told(pilot, "11 articles")
        text = await told(pilot, "4 stories")
        assert "outlet  CRN" in text
        await pilot.press("j", "j", "j", "enter")
        screen = await settle(pilot)
        assert screen.listing.text.startswith('event:"https://')
        assert not screen.listing.by_event
        assert len(screen.stories.ids) == 4
        screen = await press(pilot, "escape")
        assert screen.listing == before


@pytest.mark.long
async def test_more_like_a_story_of_a_view_is_left_for_the_view(make_app: MakeApp) -> None:
    async with make_app().run_test(size=WIDE) as pilot:
        before = (await settle(pilot)).listing
        await pilot.press("f", *"most", "enter")
        view = (await settle(pilot)).listing
        screen = await press(pilot, "j", "j")
        story = screen.story
        await pilot.press("m")
        await told(pilot, "topic")
        await pilot.press("1")
        assert (await settle(pilot)).listing.topics
        screen = await press(pilot, "escape")
        assert (screen.listing, screen.story, screen.stories.cursor) == (view, story, 2)
        assert (await press(pilot, "escape")).listing == before


@pytest.mark.long
async def test_more_like_a_story_is_left_for_where_one_was_though_the_same_was_asked_before(make_app: MakeApp) -> None:
    async with make_app().run_test(size=WIDE) as pilot:
        like = Listing(topics=frozenset({"Policing"}))
        screen = await press(pilot, "slash", *"police", "enter")
        screen.parts.listed.list_like(like)
        await settle(pilot)
        await press(pilot, "0")  # on to all stories, and not back to the search
        await press(pilot, "slash", *"facial", "enter")
        screen = await press(pilot, "j", "j")
        before, row = screen.listing, screen.stories.cursor
        assert row == 2
        screen.parts.listed.list_like(like)
        assert (await settle(pilot)).stories.cursor == 0
        screen = await press(pilot, "escape")
        assert (screen.listing, screen.stories.cursor) == (before, row)


@pytest.mark.long
async def test_more_like_an_article_on_the_web(make_app: MakeApp) -> None:
    app = make_app(query="provider:crn low-code")
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "c")
        screen = await press(pilot, "j")
        assert screen.at_hand.article is not None
        assert screen.at_hand.article.story is None
        await pilot.press("m")
        text = await told(pilot, "event")
        assert isinstance(app.screen, LikeDialog)
        assert "topic " not in text
        await pilot.press("2")
        screen = await settle(pilot)
        assert screen.focused is screen.stories
        assert len(screen.stories.ids) == 4


async def test_more_like_nothing(make_app: MakeApp, tmp_path: Path) -> None:
    (tmp_path / "n").mkdir()
    async with make_app(tmp_path / "n").run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("m")
        screen = await settle(pilot)
        assert screen.app.screen is screen
