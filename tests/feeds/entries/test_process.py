"""The process that reads feeds: it says what reading here would say, and falls over alone."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator

import pytest

import feed_files
from reader.feeds.entries.feed import parse_feed
from reader.feeds.entries.process import FeedReader
from reader.feeds.errors import FeedParseError
from reader.stories.limits import FEED_BYTES

pytestmark = pytest.mark.usefixtures("started_anew")
URL = "https://feeds.test/all"


@pytest.fixture
def reader() -> Iterator[FeedReader]:
    with FeedReader() as reader:
        yield reader


def test_it_reads_as_this_process_would(reader: FeedReader) -> None:
    for data in (feed_files.RSS_2, feed_files.RDF, feed_files.ATOM, feed_files.JSON_FEED, feed_files.RSS_091):
        assert reader.read(data, URL) == parse_feed(data, URL, "")


def test_an_error_is_told_and_the_next_feed_read(reader: FeedReader) -> None:
    with pytest.raises(FeedParseError, match="a web page, no feed"):
        reader.read(feed_files.PAGE, URL)
    with pytest.raises(FeedParseError, match="larger than"):
        reader.read(b"x" * (FEED_BYTES + 1), URL)
    assert reader.read(feed_files.RSS_091, URL).title == "Old"


def test_one_that_takes_too_long_is_ended() -> None:
    with FeedReader(seconds=0.15) as reader:
        with pytest.raises(FeedParseError, match="takes too long"):
            reader.read(feed_files.rss(*map(feed_files.item, range(2_000))) * 12, URL)
        assert reader.read(feed_files.JSON_FEED, URL).title == "Jay"


def test_one_that_was_killed_is_started_again(reader: FeedReader) -> None:
    reader.read(feed_files.RSS_091, URL)
    assert reader._child is not None
    os.kill(reader._child.pid, signal.SIGKILL)
    reader._child.wait()
    assert reader.read(feed_files.RSS_091, URL).title == "Old"


def test_one_that_dies_while_it_reads_is_told() -> None:
    with FeedReader() as reader:
        reader.read(feed_files.RSS_091, URL)
        child = reader._child
        assert child is not None
        killer = threading.Timer(0.3, child.kill)
        killer.start()
        with pytest.raises(FeedParseError, match="reading it failed"):
            reader.read(feed_files.rss(*map(feed_files.item, range(2_000))) * 12, URL)
        killer.join()


def test_one_that_dies_while_it_is_written_to_does_not_end_this_process(reader: FeedReader) -> None:
    broken: list[int] = []
    signal.signal(signal.SIGPIPE, lambda number, _: broken.append(number))  # it ends the program where a command prints
    reader.read(feed_files.RSS_091, URL)
    assert reader._child is not None
    os.kill(reader._child.pid, signal.SIGSTOP)
    killer = threading.Timer(0.1, reader._child.kill)
    killer.start()
    with pytest.raises(FeedParseError, match="reading it failed"):
        reader.read(bytes(1_000_000), URL)
    killer.join()
    assert broken == []


def test_threads_take_turns(reader: FeedReader) -> None:
    titles: list[str] = []

    def read(number: int) -> None:
        titles.append(reader.read(feed_files.rss(title=f"Feed {number}"), URL).title)

    threads = [threading.Thread(target=read, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(titles) == [f"Feed {number}" for number in range(8)]
