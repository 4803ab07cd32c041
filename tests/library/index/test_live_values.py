"""The values of a library that a query can be completed with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.library.index import live_values
from reader.library.index.index import Index
from reader.library.index.live_values import LiveValues
from reader.library.query.completion import Known
from reader.library.query.tree import Field

if TYPE_CHECKING:
    from conftest import WriteStory
    from library.conftest import OpenLibrary

STORIES: tuple[tuple[str, str, list[str]], ...] = (
    ("2024-02-29T23:59:59Z", "Bay News", ["Sea", "Sky"]),
    ("2024-03-01", "Bay News", ["Sea"]),
    ("2024-03-01T08:00:00Z", "Rain", ["Sea"]),
    ("1969-12-31T23:59:59Z", "", []),
    ("not a date", "Rain", []),
    ("2021-07-04T00:00:00Z", "Bay News", []),
)


@pytest.fixture
def index(tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary) -> Index:
    for number, (published, provider, topics) in enumerate(STORIES):
        domain = f"{provider.split()[0].lower()}.example" if provider else ""
        url = f"https://{domain or 'none.example'}/{number}"
        write_story(
            tmp_path / "n",
            f"{number}.md",
            published=published,
            topics=topics,
            url=url,
            provider=provider,
            domain=domain,
        )
    return open_library(tmp_path / "n").index


def counted(index: Index, field: Field, live: LiveValues | None = None) -> list[Known]:
    live = live or LiveValues()
    while not live.count_some(index, field):
        pass
    return list(live.values(index, field, ""))


def test_topics_come_with_the_stories_of_the_whole_library(index: Index) -> None:
    assert counted(index, Field.TOPIC) == [("Sea", 3), ("Sky", 1)]


def test_hidden_stories_are_not_counted(index: Index) -> None:
    live = LiveValues()
    names = ("bay.example/0", "rain.example/2", "rain.example/4")
    hidden = (index.story_named(f"https://{name}") for name in names)
    live.hidden = {story for story in hidden if story is not None}
    assert len(live.hidden) == 3
    assert counted(index, Field.TOPIC, live) == [("Sea", 1)]
    assert counted(index, Field.PROVIDER, live) == [("Bay News", 2), ("none.example", 1)]
    assert dict(counted(index, Field.COVERS, live))["rain.example"] == 2, (
        "articles are counted, whoever hides the story"
    )
    assert counted(index, Field.DATE, live) == [("2024", 1), ("2021", 1), ("1969", 1)]
    assert live.values(index, Field.DATE, "2024") == [("2024-03", 1)]


def test_hidden_stories_are_not_counted_as_their_feeds(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    feeds = ["https://a.example/rss", "https://b.example/rss"]
    for number, some in enumerate((feeds, feeds[:1], feeds[1:], feeds[1:])):
        write_story(tmp_path / "n", f"{number}.md", url=f"https://x.example/{number}", feed=some)
    index, live = open_library(tmp_path / "n").index, LiveValues()
    assert counted(index, Field.FEED, live) == [("b.example/rss", 3), ("a.example/rss", 2)]
    live.hidden = {story for number in (2, 3) if (story := index.story_named(f"https://x.example/{number}"))}
    assert counted(index, Field.FEED, live) == [("a.example/rss", 2), ("b.example/rss", 1)]


@pytest.mark.parametrize("portion", [1, 2, 5_000])
def test_outlets_are_counted_in_slices_and_none_is_missed(
    index: Index, monkeypatch: pytest.MonkeyPatch, portion: int
) -> None:
    monkeypatch.setattr(live_values, "SLICE", portion)
    assert dict(counted(index, Field.PROVIDER))["Bay News"] == 3
    assert dict(counted(index, Field.PROVIDER))["Rain"] == 2
    assert "" not in dict(counted(index, Field.PROVIDER))
    assert dict(counted(index, Field.COVERS))["bay.example"] == 3
    assert counted(index, Field.COVERS)[0] == ("bay.example", 3)


def test_outlets_are_counted_once_as_long_as_nothing_changes(index: Index) -> None:
    live = LiveValues()
    counted(index, Field.PROVIDER, live)
    assert live.count_some(index, Field.PROVIDER)
    assert counted(index, Field.FIRST, live) == counted(index, Field.COVERS, live)


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("", [("2024", 3), ("2021", 1), ("1969", 1)]),
        ("20", [("2024", 3), ("2021", 1), ("1969", 1)]),
        ("2024", [("2024-03", 2), ("2024-02", 1)]),
        ("2024-", [("2024-03", 2), ("2024-02", 1)]),
        ("2024-0", [("2024-03", 2), ("2024-02", 1)]),
        ("2024-03", [("2024-03-01", 2)]),
        ("2024-02-2", [("2024-02-29", 1)]),
        ("2022", []),
        ("0000", []),
        ("0001-01", []),
        ("9999", []),
        ("2024-13", []),
    ],
)
def test_days_are_those_with_stories_the_latest_first(index: Index, typed: str, known: list[Known]) -> None:
    for field in (Field.DATE, Field.AFTER, Field.BEFORE):
        assert list(LiveValues().values(index, field, typed)) == known


def test_an_empty_library_has_no_values(tmp_path: Path, open_library: OpenLibrary) -> None:
    (tmp_path / "empty").mkdir()
    index = open_library(tmp_path / "empty").index
    for field in (Field.TOPIC, Field.PROVIDER, Field.COVERS, Field.DATE, Field.TAG):
        assert counted(index, field) == []
