"""The dialog of feeds: what is known of each, adding one by an address, removing one, choosing one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from dialog_app import NOTHING, Mini
from reader.base.errors import ReaderError
from reader.feeds.errors import FeedParseError, SubscriptionsError
from reader.feeds.model import Feed, FoundFeed
from reader.feeds.subscriptions.adding import Offer
from reader.library.feeds.state import FeedFacts
from reader.ui.dialogs.feeds import FeedRow, FeedsDialog

NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
GOOD = Feed("https://good.test/rss", "The Good")
GONE = Feed("https://me:secret@gone.test/rss", "Gone")


class Source:
    """Knows two feeds, and a web of a feed, a page with two, and nothing else."""

    def __init__(self) -> None:
        self.feeds = [GOOD, GONE]
        self.trouble = ""
        self.asked: list[tuple[str, str]] = []

    async def rows(self) -> Sequence[FeedRow]:
        facts = {
            GOOD.key: FeedFacts(asked=1, news=int(NOW.timestamp()) - 7_200),
            GONE.key: FeedFacts(asked=1, failures=3, error="the server says 404 Not Found"),
        }
        return [FeedRow(feed, facts.get(feed.key, FeedFacts()), 1_234, 7) for feed in self.feeds]

    async def look_up(self, address: str, named_by: str = "") -> Offer:
        self.asked.append((address, named_by))
        if address.endswith("/rss"):
            return Offer(Feed(address, "Found"), 5)
        if address == "two.test":
            return Offer(
                None, page=(FoundFeed("https://two.test/a/rss", "A"), FoundFeed("https://two.test/b/rss", "B"))
            )
        raise FeedParseError("a web page, no feed")

    async def add(self, feed: Feed) -> bool:
        if self.trouble:
            raise SubscriptionsError(self.trouble)
        is_new = all(one.key != feed.key for one in self.feeds)
        self.feeds += [feed] if is_new else []
        return is_new

    async def remove(self, feed: Feed) -> None:
        self.feeds.remove(feed)


async def settled(app: Mini, pilot: Pilot[None]) -> str:
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.pause()
    return app.text


async def typed(app: Mini, pilot: Pilot[None], text: str) -> str:
    app.screen.query_one(Input).value = text
    await settled(app, pilot)
    await pilot.press("enter")
    return await settled(app, pilot)


async def test_what_is_known_is_shown_and_enter_gives_the_feed() -> None:
    app = Mini(FeedsDialog(Source(), lambda: NOW))
    async with app.run_test(size=(120, 40)) as pilot:
        text = await settled(app, pilot)
        assert "The Good" in text
        assert "news 2 hours ago" in text
        assert "7 of 1,234" in text
        assert "unread of all" in text
        assert "! Gone" in text
        assert "secret" not in text
        await pilot.press("down")
        assert "gone.test/rss: the server says 404 Not Found, 3 times now" in await settled(app, pilot)
        await pilot.press("enter")
        await settled(app, pilot)
        assert app.result == GONE


@pytest.mark.parametrize(("hidden", "told"), [(1_200, "7 of 1,234  1,200 hidden · news"), (1_234, "all hidden · news")])
async def test_stories_that_are_hidden_are_told_in_words(
    hidden: int, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = Source()
    rows = [row._replace(hidden=hidden) for row in await source.rows()]

    async def with_hidden() -> Sequence[FeedRow]:
        return rows

    monkeypatch.setattr(source, "rows", with_hidden)
    app = Mini(FeedsDialog(source, lambda: NOW))
    async with app.run_test(size=(120, 40)) as pilot:
        assert told in await settled(app, pilot)


async def test_an_address_is_added_and_the_cursor_stands_on_it() -> None:
    source = Source()
    app = Mini(FeedsDialog(source, lambda: NOW))
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(app, pilot)
        assert "Added: Found (5 entries)" in await typed(app, pilot, "new.test/rss")
        assert source.feeds[-1].url == "new.test/rss"
        assert app.screen.query_one(Input).value == ""
        await pilot.press("enter")
        await settled(app, pilot)
        assert app.result == source.feeds[-1]


async def test_several_feeds_of_a_page_are_offered() -> None:
    source = Source()
    app = Mini(FeedsDialog(source, lambda: NOW))
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(app, pilot)
        text = await typed(app, pilot, "two.test")
        assert "This page names 2 feeds" in text
        assert "https://two.test/b/rss" in text
        await pilot.press("down", "enter")
        assert "Added: Found" in await settled(app, pilot)
        assert source.feeds[-1].url == "https://two.test/b/rss"
        assert source.asked == [("two.test", ""), ("https://two.test/b/rss", "two.test")]
        await typed(app, pilot, "new.test/rss")
        assert source.asked[-1] == ("new.test/rss", "")


async def test_what_is_no_feed_is_told_and_the_dialog_stays() -> None:
    source = Source()
    app = Mini(FeedsDialog(source, lambda: NOW))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(app, pilot)
        assert "a web page, no feed" in await typed(app, pilot, "page.test")
        source.trouble = "feeds.opml: not written"
        assert "feeds.opml: not written" in await typed(app, pilot, "new.test/rss")
        assert "There already" not in app.text
        assert app.result is NOTHING


async def test_a_feed_is_removed_by_a_second_delete_only() -> None:
    source = Source()
    app = Mini(FeedsDialog(source, lambda: NOW))
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(app, pilot)
        await pilot.press("delete")
        assert "Del once more removes “The Good”" in await settled(app, pilot)
        await pilot.press("down", "up", "delete")
        await settled(app, pilot)
        assert source.feeds == [GOOD, GONE]
        await pilot.press("delete")
        assert "Removed: The Good. Its stories stay." in await settled(app, pilot)
        assert source.feeds == [GONE]


async def test_typing_narrows_and_trouble_with_the_subscriptions_is_told() -> None:
    class Broken(Source):
        async def rows(self) -> Sequence[FeedRow]:
            raise ReaderError("feeds.opml: line 1: no element found")

    app = Mini(FeedsDialog(Source(), lambda: NOW))
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(app, pilot)
        app.screen.query_one(Input).value = "good"
        text = await settled(app, pilot)
        assert "The Good" in text
        assert "Gone" not in text
        await pilot.press("escape")
        await settled(app, pilot)
        assert app.result is None
    app = Mini(FeedsDialog(Broken(), lambda: NOW))
    async with app.run_test(size=(120, 40)) as pilot:
        assert "feeds.opml: line 1: no element found" in await settled(app, pilot)
