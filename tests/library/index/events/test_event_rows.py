"""One row per event: what is listed stays listed, each story in one row, and the best story speaks for its event."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.library.index.events import event_rows
from reader.library.index.events.event_rows import EventFacts, EventRows, StoriesOnEvents, facts_of
from reader.library.index.lists.id_arrays import read_ids
from reader.library.index.lists.story_set import StorySet
from reader.library.query.query import Sort, parse

if TYPE_CHECKING:
    from conftest import WriteStory
    from library.conftest import OpenLibrary

NOW = datetime(2024, 6, 1, tzinfo=UTC)
OUTLETS = ("best.example", "good.example")


class Told(NamedTuple):
    """What decides for whom a story speaks."""

    event: int | None
    outlet: str = "other.example"
    quality: int | None = 0
    published: int | None = 0


@pytest.fixture(scope="module")
def connection() -> Iterator[sqlite3.Connection]:
    """What is read of an index, and no more of it: quick to fill."""
    with closing(sqlite3.connect(":memory:")) as opened:
        opened.execute("CREATE TABLE known_articles (id INTEGER PRIMARY KEY, event INTEGER)")
        opened.execute("CREATE TABLE providers (id INTEGER PRIMARY KEY, outlet UNIQUE)")
        opened.execute(
            "CREATE TABLE known_stories (id INTEGER PRIMARY KEY, article, tie, provider, published, quality)"
        )
        yield opened


def fill(connection: sqlite3.Connection, stories: Sequence[Told]) -> None:
    """Have these stories in the index, numbered from 1 on; later ones come first in a tie."""
    connection.execute("DELETE FROM known_stories")
    connection.execute("DELETE FROM known_articles")
    for story, told in enumerate(stories, start=1):
        connection.execute("INSERT INTO known_articles VALUES (?, ?)", (story, told.event))
        connection.execute("INSERT OR IGNORE INTO providers(outlet) VALUES (?)", (told.outlet,))
        connection.execute(
            "INSERT INTO known_stories SELECT ?, ?, ?, id, ?, ? FROM providers WHERE outlet = ?",
            (story, story, -story, told.published, told.quality, told.outlet),
        )


def fold(connection: sqlite3.Connection, stories: Sequence[Told], listed: Sequence[int]) -> EventRows:
    fill(connection, stories)
    return StoriesOnEvents(connection, OUTLETS).fold(array("q", listed))


TOLD = st.builds(
    Told,
    st.sampled_from([None, 7, 8, 9]),
    st.sampled_from(["best.example", "www.good.example", "GOOD.example", "notbest.example", ""]),
    st.sampled_from([None, -1, 0, 50]),
    st.sampled_from([None, -5, 100, 200]),
)


def test_events_are_read_in_portions(connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(connection, [Told(event, "best.example", 0, 100) for event in (9, 7, None, 8, 9, 7, 9, 30)])
    at_once = StoriesOnEvents(connection)
    sizes: list[int] = []

    def noted(*asked: Any) -> array[int]:
        part = read_ids(*asked)
        sizes.append(len(part))
        return part

    monkeypatch.setattr(event_rows, "_EVENTS", 1)
    monkeypatch.setattr(event_rows, "read_ids", noted)
    in_portions = StoriesOnEvents(connection)
    assert in_portions.stories == at_once.stories
    assert in_portions.numbers == at_once.numbers
    assert max(sizes) == 6, "three stories on one event, each with the event"


@given(st.lists(TOLD, max_size=14).flatmap(lambda told: st.tuples(st.just(told), st.permutations(range(len(told))))))
def test_every_listed_story_is_in_exactly_one_row(
    connection: sqlite3.Connection, made: tuple[list[Told], list[int]]
) -> None:
    stories, order = made
    listed = [number + 1 for number in order if number % 5]
    rows = fold(connection, stories, listed)
    in_rows = [story for row in rows.rows for story in (rows.stories(row) if rows.is_event(row) else [row])]
    assert sorted(in_rows) == sorted(listed)
    assert list(rows.stories_of_rows(rows.rows, ())) == in_rows
    assert list(rows.stories_of_rows(rows.rows, in_rows)) == list(rows.rows)
    on_events = {
        row: sorted(rows.stories(row)) for row in rows.rows if stories[row - 1].event is not None and rows.stories(row)
    }
    assert rows.by_row(StorySet(listed), ()) == on_events
    assert not rows.by_row(StorySet(listed), in_rows)

    def rank(story: int) -> tuple[object, ...]:
        told = stories[story - 1]
        names = [told.outlet.lower() == name or told.outlet.lower().endswith(f".{name}") for name in OUTLETS]
        outlet = names.index(True) if any(names) else len(names)
        quality = (told.quality is None, -(told.quality or 0))
        return outlet, quality, (told.published is None, told.published or 0), -story

    expected, seen = [], set()
    for story in listed:
        event = stories[story - 1].event
        together = [one for one in listed if event is not None and stories[one - 1].event == event]
        best = min(together, key=rank) if len(together) > 1 else story
        if best not in seen:
            expected.append(best)
        seen.add(best)
        assert rows.holder(story) == (best if len(together) > 1 else None)
        assert rows.is_event(story) == (len(together) > 1 and best == story)
        assert set(rows.stories(story)) == set(together)
    assert list(rows.rows) == expected
    for story in set(range(1, len(stories) + 3)) - set(listed):
        assert rows.holder(story) is None


def test_a_row_stands_where_its_topmost_story_stood(connection: sqlite3.Connection) -> None:
    stories = [Told(None), Told(3), Told(None), Told(3, quality=9), Told(None)]
    rows = fold(connection, stories, [1, 2, 3, 4, 5])
    assert list(rows.rows) == [1, 4, 3, 5]
    assert [rows.is_event(story) for story in rows.rows] == [False, True, False, False]
    assert rows.stories(4) == rows.stories(2) == [4, 2]
    assert rows.stories(1) == []


def test_the_best_outlet_then_quality_then_the_earliest_then_the_path_speaks(connection: sqlite3.Connection) -> None:
    worse = Told(3, "other.example", 10, 50)
    for better in (
        Told(3, "good.example", 0, 99),
        Told(3, "news.good.example", None, None),
        Told(3, "other.example", 11, 99),
        Told(3, "other.example", 10, 49),
        Told(3, "other.example", 10, 50),
    ):
        assert list(fold(connection, [worse, better], [1, 2]).rows) == [2], better
    assert list(fold(connection, [Told(3, "best.example"), Told(3, "good.example", 99)], [2, 1]).rows) == [1]


def test_one_listed_story_of_an_event_is_a_story(connection: sqlite3.Connection) -> None:
    stories = [Told(3), Told(3), Told(3), Told(4)]
    rows = fold(connection, stories, [2, 4])
    assert list(rows.rows) == [2, 4]
    assert not rows.is_event(2)
    assert rows.holder(2) is None
    assert rows.representative(1) is None
    whole = fold(connection, stories, [2, 3, 4])
    assert whole.representative(1) == whole.representative(3) == whole.rows[0]
    assert whole.holder(1) is None


def test_the_stories_of_an_event_go_by_time(connection: sqlite3.Connection) -> None:
    stories = [Told(3, published=30), Told(3, published=10), Told(3, published=None), Told(3, published=20)]
    assert fold(connection, stories, [1, 2, 3, 4]).stories(1) == [2, 4, 1, 3]


def test_stories_that_came_in_since_and_an_empty_index(connection: sqlite3.Connection) -> None:
    rows = fold(connection, [], [5, 3])
    assert list(rows.rows) == [5, 3]
    assert rows.holder(5) is None
    assert list(fold(connection, [Told(3)], []).rows) == []
    later = fold(connection, [Told(3), Told(3)], [9_000, 1, 2])
    assert list(later.rows) == [9_000, 2]
    assert later.holder(80_000) is None


def test_what_a_row_says_of_its_event(tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary) -> None:
    write_event(tmp_path, write_story)
    library = open_library(tmp_path)
    index = library.index
    a, b, c, other = (index.story_at(name.encode()) or 0 for name in ("a.md", "b.md", "c.md", "other.md"))
    assert facts_of(index.connection, [a, c, other], NOW, UTC) == {
        story: EventFacts(4, 4, 3, 2, date(2024, 5, 1)) for story in (a, c)
    }
    assert index.event_facts([], NOW, UTC) == {}
    listed = index.catalogue.ids(parse(""), Sort.NEWEST, frozenset())
    assert list(index.catalogue.by_event(listed, ()).rows) == [a, other]
    assert list(index.catalogue.by_event(listed, ["three.example"]).rows) == [c, other]
    found = index.catalogue.ids(parse("provider:two,three"), Sort.NEWEST, frozenset())
    assert list(index.catalogue.by_event(found, ()).rows) == [b]


def test_the_events_are_read_again_when_the_index_has_changed(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    write_event(tmp_path, write_story)
    library = open_library(tmp_path)

    def rows() -> int:
        catalogue = library.index.catalogue
        return len(catalogue.by_event(catalogue.ids(parse(""), Sort.NEWEST, frozenset()), ()).rows)

    assert rows() == 2
    for name in ("b.md", "c.md"):
        (tmp_path / name).unlink()
    library.sync()
    assert rows() == 2
    assert library.index.counts().stories == 2


def write_event(folder: Path, write_story: WriteStory) -> None:
    """Three stories on one event with an article on the web, over 29 hours; and a story on none."""
    told = [
        {
            "title": f"Comet Atlas strikes harbour {words}",
            "excerpt": excerpt,
            "published": f"2024-05-{when}:00Z",
            "url": f"https://{domain}/comet",
            "provider": domain.partition(".")[0],
            "domain": domain,
            "quality": quality,
        }
        for words, when, domain, quality, excerpt in (
            ("at night", "02T15:00", "one.example", 60, "The comet struck the harbour of the city."),
            ("and port", "01T12:00", "two.example", 40, "Boats sank as waves went over the quays."),
            ("today", "01T13:00", "three.example", 20, "Nobody was hurt, say the fire brigades."),
            ("again", "01T10:00", "web.example", 10, "Astronomers had seen it a week ago."),
        )
    ]
    for name, article in zip(("a.md", "b.md", "c.md"), told[:3], strict=True):
        related = [one for one in told if one is not article]
        write_story(folder, name, **article, related=related)  # type: ignore[arg-type]
    write_story(
        folder, "other.md", title="A bridge opens", published="2024-04-01T08:00:00Z", url="https://one.example/bridge"
    )
