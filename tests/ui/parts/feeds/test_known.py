"""What the dialog of feeds is told, without the dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.base.paths import feeds_file
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


async def test_a_memory_of_feeds_that_is_of_no_use_is_told(bench: Bench) -> None:
    FeedLibrary(bench.library.root, lambda: CLOCK).change(lambda known: known.add(FEED))
    file = feeds_file(bench.library.root)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"no memory")
    assert len(await bench.parts.known_feeds.rows()) == 1
    await bench.host.settle()
    told = f"what was known of the feeds is damaged: it begins anew; the old file is {file}.damaged"
    assert bench.host.toasts == [told]
