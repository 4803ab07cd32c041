"""What the dialog of feeds is told, without the dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.feeds.library import FeedLibrary
from reader.feeds.model import Feed
from reader.library.marks.marks import MarkKind, Marks
from ui.conftest import CLOCK
from ui.parts.conftest import Bench

if TYPE_CHECKING:
    from conftest import WriteStory

FEED = Feed("https://good.test/rss", "The Good")


async def test_hidden_stories_of_a_feed_are_stories_of_it_and_not_unread(bench: Bench, write_story: WriteStory) -> None:
    FeedLibrary(bench.library.root, lambda: CLOCK).change(lambda known: known.add(FEED))
    for name in ("one", "two", "three"):
        write_story(bench.library.root, f"{name}.md", url=f"https://good.test/{name}", feed=[FEED.url])
    with Marks(bench.marks, lambda: CLOCK) as marks:
        marks.set(["https://good.test/one"], MarkKind.TAG, True, "hidden")
        marks.set(["https://good.test/two"], MarkKind.READ, True)
    bench.library.sync()
    (row,) = await bench.parts.known_feeds.rows()
    assert (row.stories, row.unread, row.hidden) == (3, 1, 1)
