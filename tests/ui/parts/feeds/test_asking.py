"""Asking the feeds from the screen: by key, and by itself. The process that asks is a made one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest

from fake_host import FakeHost
from reader.feeds.errors import FeedError, FetchingBusyError
from reader.feeds.job import Assignment, Brought, Job
from reader.feeds.model import FetchProgress
from reader.library.library import Library
from reader.settings.config import Config
from reader.ui.parts.feeds.asking import SOON, AskedFeeds
from reader.ui.parts.feeds.assignments import Assignments
from reader.ui.parts.feeds.state import Asking

NOW = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)


NOTHING = Brought()


@dataclass
class MadeJob:
    """Brings what it is told to."""

    brings: Brought | FeedError
    assignments: list[Assignment] = field(default_factory=list)
    is_cancelled: bool = False

    def run(self, assignment: Assignment, on_progress: Callable[[FetchProgress], None]) -> Brought:
        self.assignments.append(assignment)
        on_progress(FetchProgress(3, 9, 4))
        if isinstance(self.brings, FeedError):
            raise self.brings
        return self.brings

    def cancel(self) -> None:
        self.is_cancelled = True


class Folder:
    """Counts how often it is to be read."""

    def __init__(self) -> None:
        self.readings = 0

    def read(self) -> None:
        self.readings += 1


@dataclass
class Bench:
    """The part, and what it stands on."""

    asked: AskedFeeds
    host: FakeHost
    folder: Folder
    job: MadeJob


@pytest.fixture
def bench(tmp_path: Path) -> Callable[..., Bench]:
    def make(brings: Brought | FeedError = NOTHING, *, every: int = 0, has_feeds: bool = True) -> Bench:
        library = tmp_path / "news"
        library.mkdir()
        if has_feeds:
            (library / "feeds.opml").write_text("<opml/>")
        host, folder, job = FakeHost(), Folder(), MadeJob(brings)
        assignments = Assignments(
            Library(library, tmp_path / "cache", in_process=True),
            Config(fetch_every=every, own_hosts=("nas.local",)),
            tmp_path / "marks.sqlite3",
            lambda: NOW,
        )
        asked = AskedFeeds(host, assignments, folder, Asking(), lambda: cast("Job", job))
        return Bench(asked, host, folder, job)

    return make


async def test_a_key_asks_all_and_says_what_came(bench: Callable[..., Bench]) -> None:
    on = bench(Brought(new=2, changed=1, asked=9))
    on.asked.ask()
    assert on.asked.state.activity == "asking the feeds"
    on.asked.ask()
    await on.host.settle()
    (assignment,) = on.job.assignments
    assert (assignment.due_only, assignment.now, dict(assignment.settings)["own_hosts"]) == (
        False,
        NOW.isoformat(),
        ("nas.local",),
    )
    assert on.asked.state.progress == FetchProgress(3, 9, 4)
    assert on.asked.state.activity == ""
    assert on.host.toasts == ["2 new stories, 1 changed · 9 feeds asked"]
    assert on.folder.readings == 1


async def test_new_stories_that_rules_hide_are_told_apart_and_alone_not_at_all(bench: Callable[..., Bench]) -> None:
    on = bench(Brought(new=2, asked=9, hidden=3), every=1_800)
    on.asked.ask()
    await on.host.settle()
    assert on.host.toasts == ["2 new stories, 3 hidden by rules · 9 feeds asked"]
    on.job.brings = Brought(asked=2, hidden=3)
    on.asked.ask()
    await on.host.settle()
    assert on.host.toasts[1:] == ["Nothing new, 3 hidden by rules · 2 feeds asked"]
    on.asked.begin()
    await on.host.go_off(SOON)
    assert len(on.host.toasts) == 2
    assert on.folder.readings == 3
    on.asked.stop()


async def test_a_memory_of_feeds_that_is_of_no_use_is_told(bench: Callable[..., Bench]) -> None:
    on = bench(Brought(note="it begins anew"), every=1_800)
    on.asked.begin()
    await on.host.go_off(SOON)
    assert on.host.toasts == ["it begins anew"]
    on.asked.stop()


async def test_how_far_it_is_stands_in_words() -> None:
    state = Asking()
    state.is_asking, state.progress = True, FetchProgress(3, 9, 4)
    assert state.activity == "3 of 9 feeds asked · 4 new"


async def test_nothing_new_reads_nothing_and_what_failed_is_told(bench: Callable[..., Bench]) -> None:
    on = bench(Brought(asked=2, failed=("Post: the server says 404 Not Found",)))
    on.asked.ask()
    await on.host.settle()
    assert on.host.toasts == ["Nothing new · 2 feeds asked, 1 failed: Post: the server says 404 Not Found"]
    assert on.folder.readings == 0


async def test_without_feeds_the_key_asks_nobody(bench: Callable[..., Bench]) -> None:
    on = bench(has_feeds=False)
    on.asked.ask()
    await on.host.settle()
    assert (on.job.assignments, on.host.toasts) == ([], [])


async def test_by_itself_it_asks_those_that_are_due_and_says_only_what_is_new(bench: Callable[..., Bench]) -> None:
    on = bench(Brought(asked=2), every=1_800)
    on.asked.begin()
    await on.host.go_off(SOON)
    await on.host.go_off(1_800.0)
    assert [assignment.due_only for assignment in on.job.assignments] == [True, True]
    assert on.host.toasts == []
    on.job.brings = Brought(new=1, asked=2)
    await on.host.go_off(1_800.0)
    assert on.host.toasts == ["1 new story · 2 feeds asked"]
    on.asked.stop()
    assert on.host.timers == []


async def test_it_is_off_by_default(bench: Callable[..., Bench]) -> None:
    on = bench()
    on.asked.begin()
    assert on.host.timers == []


@pytest.mark.parametrize("every", [0, 1_800])
async def test_another_copy_that_is_at_it_is_told_to_who_asked(bench: Callable[..., Bench], every: int) -> None:
    on = bench(FetchingBusyError("another copy is at it"), every=every)
    if every:
        on.asked.begin()
        await on.host.go_off(SOON)
        assert on.host.toasts == []
    on.asked.ask()
    await on.host.settle()
    assert on.host.toasts == ["another copy is at it"]


async def test_at_the_end_it_is_cancelled_and_says_nothing(bench: Callable[..., Bench]) -> None:
    on = bench(Brought(new=1))
    on.asked.ask()
    on.asked.stop()
    await on.host.settle()
    assert on.job.is_cancelled
    assert on.host.toasts == []
    on.asked.ask()
    await on.host.settle()
    assert len(on.job.assignments) <= 1
