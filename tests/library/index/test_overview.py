"""What the stories of a list are made of, as the index counts it."""

from __future__ import annotations

import sqlite3
from array import array
from datetime import UTC, date, timedelta, timezone, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from reader.library.index import overview as counting
from reader.library.index.index import Index
from reader.library.index.overview import Counting, OutletCount, Overview
from reader.library.index.rows import TopicCount

if TYPE_CHECKING:
    from conftest import WriteStory
    from library.conftest import OpenLibrary


def overview(connection: sqlite3.Connection, ids: array[int], zone: tzinfo | None) -> Overview:
    """What some stories are made of, once all of them are counted."""
    counting = Counting(ids, zone)
    while (told := counting.count_some(connection)).left:
        pass
    return told


KITES = "Kite festival opens over the windy bay with hundreds of paper dragons"


@pytest.fixture
def news(tmp_path: Path, write_story: WriteStory) -> Path:
    """Three outlets on one event, of which one has only its day; a story alone; one without anything."""
    folder = tmp_path / "news"
    links = [{"title": KITES, "url": f"https://{name}.example/1"} for name in ("bay", "rain", "day")]
    for name, title, published in (
        ("bay", KITES, "2024-05-04T23:30:00Z"),
        ("rain", f"{KITES} again", "2024-05-04T23:50:00Z"),
        ("day", f"{KITES} today", "2024-05-04"),
    ):
        write_story(
            folder,
            f"{name}.md",
            title=title,
            excerpt=KITES,
            published=published,
            url=f"https://{name}.example/1",
            provider=f"The {name.title()}",
            domain=f"{name}.example",
            topics=["Wind", "Paper"] if name == "bay" else ["Wind"],
            related=links,
        )
    write_story(
        folder,
        "alone.md",
        title="Harbour dredged",
        published="1969-12-31T23:45:00Z",
        provider="The Bay",
        domain="bay.example",
    )
    write_story(folder, "bare.md", title="Nothing known")
    return folder


@pytest.fixture
def index(news: Path, open_library: OpenLibrary) -> Index:
    return open_library(news).index


def test_all_is_counted(index: Index) -> None:
    told = overview(index.connection, index.ids(), UTC)
    assert told.stories == 5
    assert told.outlets == [
        OutletCount("The Bay", 2, 1),
        OutletCount("", 1, 0),
        OutletCount("The Day", 1, 0),
        OutletCount("The Rain", 1, 0),
    ]
    assert told.topics == [TopicCount("Wind", 3), TopicCount("Paper", 1)]
    assert told.days == [(date(1969, 12, 31), 1), (date(2024, 5, 4), 3)]
    assert told.undated == 1


def test_only_the_stories_listed_count(index: Index) -> None:
    ids = index.ids(topics=frozenset({"Wind"}))
    told = overview(index.connection, ids, UTC)
    assert (told.stories, told.undated) == (3, 0)
    assert told.outlets[0] == OutletCount("The Bay", 1, 1)
    later = array("q", (story for story in ids if index.path(story) != b"bay.md"))
    assert [one.earliest for one in overview(index.connection, later, UTC).outlets] == [0, 0]


def test_an_empty_list_has_nothing(index: Index) -> None:
    assert overview(index.connection, array("q"), UTC) == (0, [], [], [], 0, 0)


def test_stories_that_are_gone_and_repeated_ids_do_not_count(index: Index) -> None:
    ids = index.ids()
    told = overview(index.connection, ids + ids + array("I", [999_999]), UTC)
    assert told.stories == 5


@pytest.mark.parametrize("portion", [1, 2, 3])
def test_portions_are_counted_as_all_at_once(index: Index, portion: int, monkeypatch: pytest.MonkeyPatch) -> None:
    connection, ids = index.connection, index.ids()
    whole = overview(connection, ids, UTC)
    double = connection.execute("SELECT id, article FROM stories WHERE path = ?", (b"bare.md",)).fetchone()
    bay = connection.execute("SELECT article, of_provider FROM stories WHERE path = ?", (b"bay.md",)).fetchone()
    monkeypatch.setattr(counting, "FIRST_PORTION", portion)
    monkeypatch.setattr(counting, "MOST_IN_PORTION", portion)
    making = counting.Counting(ids)
    told: list[counting.Overview] = []
    while not told or told[-1].left:
        told.append(making.count_some(connection))
    assert told[-1] == whole
    assert len(told) > 1
    assert all(one.stories + one.left == len(ids) for one in told)
    connection.execute("BEGIN")  # two files that are one article are one that is the earliest
    connection.execute("UPDATE known_stories SET article = ?, provider = ? WHERE id = ?", (*bay, double[0]))
    assert sum(one.earliest for one in overview(connection, ids, UTC).outlets) == 1
    connection.execute("ROLLBACK")


def test_asking_leaves_nothing_behind(index: Index) -> None:
    version = index.version
    for _ in range(2):
        overview(index.connection, index.ids(), UTC)
    assert index.connection.execute("SELECT count(*) FROM sqlite_temp_master").fetchone()[0] == 0
    assert index.version == version


def test_days_begin_where_the_reader_is(index: Index) -> None:
    told = overview(index.connection, index.ids(), timezone(timedelta(hours=1)))
    assert told.days == [(date(1970, 1, 1), 1), (date(2024, 5, 4), 1), (date(2024, 5, 5), 2)]
    assert overview(index.connection, index.ids(), None).stories == 5


def test_days_when_the_clocks_change(tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary) -> None:
    folder = tmp_path / "news"
    times = ["2024-03-30T23:30:00Z", "2024-03-31T00:30:00Z", "2024-03-31T22:30:00Z", "2024-03-31T23:10:00Z"]
    for number, time in enumerate(times):
        write_story(folder, f"{number}.md", published=time)
    index = open_library(folder).index
    london = overview(index.connection, index.ids(), ZoneInfo("Europe/London"))
    assert london.days == [(date(2024, 3, 30), 1), (date(2024, 3, 31), 2), (date(2024, 4, 1), 1)]
    kathmandu = overview(index.connection, index.ids(), ZoneInfo("Asia/Kathmandu"))
    assert kathmandu.days == [(date(2024, 3, 31), 2), (date(2024, 4, 1), 2)]


def test_a_day_alone_that_lies_before_all_times_is_the_earliest(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    folder = tmp_path / "news"
    for name, published in (("bay", "2024-05-04T12:00:00Z"), ("day", "2024-05-03")):
        write_story(
            folder,
            f"{name}.md",
            title=KITES,
            published=published,
            url=f"https://{name}.example/1",
            provider=name,
            domain=f"{name}.example",
        )
    index = open_library(folder).index
    told = {one.name: one.earliest for one in overview(index.connection, index.ids(), UTC).outlets}
    assert told == {"bay": 0, "day": 1}
