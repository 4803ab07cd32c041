"""The events of a library one by one, as `reader events` prints them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.library.index import index as door
from reader.library.index.events.event_list import EventSort
from reader.library.library import Library

if TYPE_CHECKING:
    from conftest import WriteStory
    from library.conftest import OpenLibrary

HEADLINES = (
    "Harbour ferry runs aground off Calburgh pier",
    "Selholm museum reopens after the Drimness flood",
    "Calengate orchestra cancels its winter concerts",
)


@pytest.fixture
def library(tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary) -> Library:
    """Three events, of two outlets each, a day apart; what one outlet says of the first lies in two files."""
    for day, headline in enumerate(HEADLINES, start=1):
        for outlet in ("one", "two"):
            url = f"https://{outlet}.example/{day}"
            published = f"2024-05-0{day}T09:00:00Z"
            write_story(tmp_path, f"{outlet}-{day}.md", title=headline, url=url, published=published, provider=outlet)
    url, published = "https://one.example/1", "2024-05-01T09:00:00Z"
    write_story(tmp_path, "again.md", title=HEADLINES[0], url=url, published=published, provider="one")
    return open_library(tmp_path)


def headlines(library: Library, stories: list[int] | None = None, most: int | None = None) -> list[str]:
    return [event.representative.title for event in library.index.events(stories, EventSort.NEWEST, most)]


def test_all_events_the_newest_first(library: Library) -> None:
    assert headlines(library) == [*reversed(HEADLINES)]
    assert headlines(library, most=2) == [*reversed(HEADLINES)][:2]
    assert [len(event.members) for event in library.index.events(None, EventSort.OLDEST)] == [2, 2, 2]


@pytest.mark.parametrize("file", ["one-1.md", "again.md", "two-1.md"])
def test_an_event_of_a_story_whichever_of_the_files_of_its_article_that_is(library: Library, file: str) -> None:
    assert headlines(library, [library.find(str(library.root / file))]) == [HEADLINES[0]]
    assert headlines(library, []) == []


def test_what_is_on_the_web_alone_is_no_event_of_the_list(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    related = [
        {
            "title": HEADLINES[0],
            "url": f"https://{outlet}.example/1",
            "published": "2024-05-01T09:00:00Z",
            "provider": outlet,
        }
        for outlet in ("one", "two")
    ]
    write_story(tmp_path, "other.md", title="Quiet day", published="2024-05-02T09:00:00Z", related=related)
    library = open_library(tmp_path)
    assert library.index.connection.execute("SELECT outlets, stories FROM events").fetchall() == [(2, 0)]
    assert headlines(library) == []


def test_all_files_of_an_article_are_named(library: Library) -> None:
    event = next(iter(library.index.events(None, EventSort.OLDEST)))
    assert [member.paths for member in event.members] == [(b"again.md", b"one-1.md"), (b"two-1.md",)]


def test_others_may_write_while_events_are_told(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "_EVENTS", 1)
    events = library.index.events(None, EventSort.NEWEST)
    assert next(events).representative.title == HEADLINES[2]
    assert not library.index.connection.in_transaction
    (library.root / "one-2.md").unlink()
    library.sync()
    assert [event.representative.title for event in events] == [HEADLINES[0]]
