"""Bringing news in by a process of its own, as the screen does."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from feed_files import item, rss
from reader.base.paths import cache_folder, feeds_file, marks_file
from reader.cli.printing import now
from reader.feeds.errors import FeedError, FetchingBusyError
from reader.feeds.job import Assignment, Brought, Job, settings_for
from reader.feeds.library import FeedLibrary
from reader.feeds.model import FetchProgress
from reader.library.marks.marks import MarkKind, Marks
from reader.settings.config import Config, Rule

from .conftest import FeedServer, Library


def assignment(library: Library, config: Config) -> Assignment:
    return Assignment(
        str(library.folder), library.now.isoformat(), str(cache_folder()), str(marks_file()), settings_for(config)
    )


def test_news_come_in_and_rules_hold(library: Library, server: FeedServer) -> None:
    good, gone = server.serve("/good", rss(item(1), item(2, title="Storm"))), server.refuse("/gone", 404)
    library.subscribe(good, gone)
    told: list[FetchProgress] = []
    config = Config(rules=(Rule("title:storm", ("star",)), Rule("story", (), ("false", "{title}"))))
    brought = Job().run(assignment(library, config), told.append)
    assert (brought.new, brought.changed, brought.asked) == (2, 0, 2)
    assert sorted(brought.failed) == sorted(
        [f"{gone}: the server says 404 Not Found", "story: false ended with code 1"]
    )
    assert told[-1] == FetchProgress(2, 2, 2)
    assert library.stories == ["2026-11-10-storm.md", "2026-11-10-story-1.md"]
    with Marks(marks_file(), now) as marks:
        assert marks.keys(MarkKind.STARRED) == {"https://news.test/story/2"}


def test_a_memory_that_is_of_no_use_is_told(library: Library, server: FeedServer) -> None:
    library.subscribe(server.serve("/good", rss(item(1))))
    feeds_file(library.folder).write_bytes(b"no memory")
    brought = Job().run(assignment(library, Config()))
    assert brought.new == 1
    assert brought.note.startswith("what was known of the feeds is damaged: it begins anew; the old file is ")
    assert Job().run(assignment(library, Config())).note == ""


def test_what_cannot_be_done_is_told(library: Library, server: FeedServer, tmp_path: Path) -> None:
    with (
        FeedLibrary(library.folder, lambda: library.now).held(),
        pytest.raises(FetchingBusyError, match="another copy"),
    ):
        Job().run(assignment(library, Config()))
    with pytest.raises(FeedError, match="no such folder"):
        Job().run(Assignment(str(tmp_path / "none"), library.now.isoformat()))


def test_it_is_ended_at_any_moment(library: Library, server: FeedServer) -> None:
    library.subscribe(server.web.pour("/silent", b"", 60, head=False))
    job, asked = Job(), assignment(library, Config())

    def cancel_once_it_asks() -> None:
        while "/silent" not in server.web.asked:
            server.web.closing.wait(0.02)
        job.cancel()

    thread = threading.Thread(target=cancel_once_it_asks)
    thread.start()
    with pytest.raises(FeedError, match="cancelled"):
        job.run(asked)
    thread.join()
    with pytest.raises(FeedError, match="cancelled"):
        job.run(asked)
    server.serve("/silent", rss(item(1)))
    assert Job().run(asked) == Brought(new=1, asked=1)
