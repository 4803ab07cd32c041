"""The whole way from subscriptions by servers to files, and what is remembered of it."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from feed_files import PAGE, item, rss
from reader.base.errors import LibraryError
from reader.base.locks import locked
from reader.base.paths import feeds_file
from reader.feeds import fetching
from reader.feeds.arrivals.arrivals import Arrived
from reader.feeds.errors import FetchError, FetchingBusyError
from reader.feeds.fetching import Fetching, FetchReport
from reader.feeds.library import FeedLibrary
from reader.feeds.model import Feed, FetchProgress
from reader.feeds.subscriptions.subscriptions import Subscriptions, subscriptions_file
from reader.feeds.web.web import Response, Web
from reader.library.feeds.state import FeedFacts, FeedState

from .conftest import FeedServer, Library


def facts(library: Library) -> dict[str, FeedFacts]:
    with FeedState(feeds_file(library.folder)) as state:
        return state.facts()


def urls(library: Library) -> list[str]:
    return [feed.url for feed in Subscriptions.of(subscriptions_file(library.folder)).feeds]


def errors(report: FetchReport) -> list[str]:
    return [outcome.error for outcome in report.outcomes]


def test_new_changed_and_unchanged(library: Library, server: FeedServer) -> None:
    library.subscribe(server.serve("/a", rss(item(1), item(2), title="A"), is_compressed=True))
    assert library.fetch().total() == Arrived(new=2)
    assert library.stories == ["2026-11-10-story-1.md", "2026-11-10-story-2.md"]
    assert library.fetch().total() == Arrived()
    server.feeds["/a"] = rss(item(1), item(2, body="More."), item(3), title="A")
    assert library.fetch().total() == Arrived(new=1, changed=1)
    assert server.sent == [200, 304, 200]
    (known,) = facts(library).values()
    assert (known.title, known.news, known.error) == ("A", int(library.now.timestamp()), "")


def test_what_was_sent_before_is_not_read_again_where_a_server_sends_it_again(
    library: Library, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.subscribe(server.web.serve("/a", rss(item(1))))
    library.fetch()
    monkeypatch.setattr("reader.feeds.entries.process.FeedReader.read", None)
    assert library.fetch().total() == Arrived()


def test_a_file_that_became_huge_is_left_without_being_read(
    library: Library, server: FeedServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.subscribe(server.serve("/a", rss(item(1))))
    library.fetch()
    (file,) = tmp_path.rglob("*story-1.md")
    os.truncate(file, 1 << 30)
    server.feeds["/a"] = rss(item(1, body="More."))
    monkeypatch.setattr(Path, "read_bytes", None)
    assert library.fetch().total() == Arrived(left=1)


def test_a_timer_asks_at_most_hourly_and_a_person_whenever(library: Library, server: FeedServer) -> None:
    library.subscribe(server.serve("/a", rss(item(1))), server.serve("/b", rss(item(2)), Cache_Control="max-age=9000"))
    assert len(library.fetch(due_only=True).outcomes) == 2
    assert [why for _, why in library.fetch(due_only=True).skipped] == ["it was asked not long ago"] * 2
    assert len(library.fetch().outcomes) == 2
    library.later(hours=1)
    assert [outcome.feed.url for outcome in library.fetch(due_only=True).outcomes] == [f"{server.web.url}/a"]
    library.later(hours=2)
    assert len(library.fetch(due_only=True).outcomes) == 2


def test_a_clock_that_was_wrong_keeps_no_feed_away(library: Library, server: FeedServer) -> None:
    library.subscribe(server.serve("/a", rss(item(1))), server.refuse("/b", 429, Retry_After="3600"))
    library.later(days=4_000)
    library.fetch()
    library.later(seconds=-10)
    assert len(library.fetch(due_only=True).skipped) == 2
    library.later(days=-4_000)
    assert len(library.fetch(due_only=True).outcomes) == 2
    assert len(library.fetch(due_only=True).skipped) == 2


def test_who_is_busy_is_not_asked_even_by_a_person(library: Library, server: FeedServer) -> None:
    library.subscribe(server.refuse("/a", 429, Retry_After="7200"))
    assert errors(library.fetch()) == ["the server says 429 Too Many Requests"]
    report = library.fetch(Feed(f"{server.web.url}/a"))
    assert report.outcomes == ()
    assert report.skipped[0][1] == "it does not want to be asked before Sat 28 Nov 2026 11:00 UTC"
    server.serve("/a", rss(item(1)))
    library.later(hours=2, seconds=1)
    assert library.fetch().total() == Arrived(new=1)


def test_a_feed_that_ended_is_told_and_kept_and_may_begin_again(library: Library, server: FeedServer) -> None:
    url = server.refuse("/a", 410)
    library.subscribe(url)
    assert errors(library.fetch()) == ["the server says 410 Gone"]
    library.later(days=9)
    report = library.fetch()
    assert (report.outcomes, report.skipped[0][1]) == ((), "it has ended: the server says 410 Gone")
    assert urls(library) == [url]
    server.serve("/a", rss(item(1)))
    assert library.fetch(Feed(url)).total() == Arrived(new=1)
    assert len(library.fetch().outcomes) == 1


def test_a_feed_that_moved_is_asked_where_it_is_from_then_on(library: Library, server: FeedServer) -> None:
    new = server.serve("/new", rss(item(1)))
    library.subscribe(Feed(server.web.redirect("/old", "/new", 301), "Mine", ("Local",)))
    assert library.fetch().total() == Arrived(new=1)
    (feed,) = Subscriptions.of(subscriptions_file(library.folder)).feeds
    assert feed == Feed(new, "Mine", ("Local",))
    server.web.asked.clear()
    assert library.fetch().total() == Arrived()
    assert (server.web.asked, server.sent) == (["/new"], [200, 304])


def test_a_feed_does_not_move_to_a_page(library: Library, server: FeedServer) -> None:
    server.web.serve("/sorry", PAGE, "text/html")
    library.subscribe(server.web.redirect("/old", "/sorry", 301))
    assert errors(library.fetch()) == ["a web page, no feed"]
    assert urls(library) == [f"{server.web.url}/old"]


def test_each_feed_fails_for_itself(library: Library, server: FeedServer) -> None:
    library.subscribe(
        server.serve("/good", rss(item(1))),
        server.web.serve("/page", PAGE, "text/html"),
        server.refuse("/gone", 404),
        server.web.say("/noise", b"\0\1"),
        server.web.serve("/empty", b""),
        "http://127.0.0.1:1/away",
    )
    report = library.fetch()
    assert report.total() == Arrived(new=1)
    assert len(report.failed) == 5
    assert sum(bool(known.error) for known in facts(library).values()) == 5
    assert sorted(known.failures for known in facts(library).values()) == [0, 1, 1, 1, 1, 1]


def test_a_host_that_gives_nothing_for_long_is_left_alone_and_others_are_not(
    library: Library, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    ask = Web.ask

    def answer(web: Web, url: str, *known: str) -> Response:
        asked.append(url)
        if "silent" not in url:
            return ask(web, url, *known)
        time.sleep(0.02)
        raise FetchError("it did not answer in time")

    monkeypatch.setattr(Web, "ask", answer)
    monkeypatch.setattr(fetching, "_LONG", 0.01)
    library.subscribe(*(f"https://silent.test/{number}" for number in range(20)), server.serve("/a", rss(item(1))))
    report = library.fetch()
    assert len(asked) <= 8  # two are asked at once
    assert (report.total().new, len(report.failed)) == (1, 20)
    assert set(errors(report)) == {"it did not answer in time", "its host gave nothing for the 6 before it", ""}


def test_two_feeds_of_one_news_give_one_file(library: Library, server: FeedServer) -> None:
    library.subscribe(
        Feed(server.serve("/a", rss(item(1))), topics=("A",)), Feed(server.serve("/b", rss(item(1))), topics=("B",))
    )
    assert library.fetch().total() == Arrived(new=1, changed=1)
    assert library.stories == ["2026-11-10-story-1.md"]


def test_another_topic_comes_into_the_stories_that_the_feed_still_has(library: Library, server: FeedServer) -> None:
    url = server.serve("/a", rss(item(1)))
    library.subscribe(Feed(url))
    library.fetch()
    opml = subscriptions_file(library.folder)
    opml.write_text(opml.read_text().replace("<outline ", '<outline category="Sea" '))
    assert library.fetch().total() == Arrived(changed=1)
    assert "Sea" in next((library.folder / "feeds").rglob("*.md")).read_text()
    assert library.fetch().total() == Arrived()
    assert server.sent == [200, 200, 304]


def test_all_forgotten_costs_a_fetch_and_no_file(library: Library, server: FeedServer) -> None:
    library.subscribe(server.serve("/a", rss(*map(item, range(9)))))
    library.fetch()
    for file in feeds_file(library.folder).parent.iterdir():
        file.unlink()
    assert library.fetch().total() == Arrived()
    assert server.sent == [200, 200]
    assert len(library.stories) == 9


def test_only_one_copy_asks_at_a_time(library: Library, server: FeedServer) -> None:
    library.subscribe(server.serve("/a", rss(item(1))))
    with (
        locked(feeds_file(library.folder).with_suffix(".lock")),
        pytest.raises(FetchingBusyError, match="another copy"),
    ):
        library.fetch()
    assert server.sent == []


def test_progress_is_told(library: Library, server: FeedServer) -> None:
    library.subscribe(server.serve("/a", rss(item(1), item(2))), server.serve("/b", rss(item(3))))
    told: list[FetchProgress] = []
    Fetching(FeedLibrary(library.folder, lambda: library.now)).run(on_progress=told.append)
    assert [(one.feeds, one.of_feeds) for one in told] == [(1, 2), (2, 2)]
    assert told[-1].stories == 3


def test_a_library_without_feeds_or_without_a_folder(library: Library, tmp_path: Path) -> None:
    assert library.fetch() == FetchReport((), ())
    assert library.fetch().total() == Arrived()
    with pytest.raises(LibraryError, match="no such folder"):
        FeedLibrary(tmp_path / "none", lambda: library.now)


def test_a_disk_that_takes_nothing_costs_no_entry(
    library: Library, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.subscribe(server.serve("/a", rss(item(1), item(2))))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        assert "No space left" in errors(library.fetch())[0]
    assert library.stories == []
    assert library.fetch().total() == Arrived(new=2)
