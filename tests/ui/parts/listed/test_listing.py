"""The question of the story list, where its query is wrong, and where it says the order."""

from __future__ import annotations

from array import array
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from reader.library.index.listing import Answer, Listing, Shown
from reader.library.index.rows import Counts
from reader.library.library import Library
from reader.library.query.query import Query, Sort, parse
from reader.library.query.values import MarkSets
from reader.ui.parts.listed.listing import describe, why_empty

if TYPE_CHECKING:
    from conftest import WriteStory
    from reader.library.index.events.event_rows import EventRows

_HALF_OF_A_TERMINAL = 40


def test_a_wrong_query_is_told_and_never_raises() -> None:
    listing = Listing("storm is:gone")
    assert listing.query == Query()
    assert listing.in_coverage.text == ""
    assert listing.error is not None
    assert (listing.error.start, listing.error.end) == (9, 13)


def test_a_query_is_read_and_has_no_error() -> None:
    assert Listing("storm is:read").error is None
    assert Listing("storm is:read").query == parse("storm is:read")


def test_ages_and_marks_are_those_of_the_one_who_asks(tmp_path: Path, write_story: WriteStory) -> None:
    for day in (18, 20):
        write_story(
            tmp_path, f"{day}.md", published=f"2020-02-{day}T10:00:00Z", url=f"https://a.example/{day}", topics=["Sea"]
        )
    now = datetime(2020, 2, 20, 12, tzinfo=UTC)
    with Library(tmp_path, tmp_path / ".cache", in_process=True) as library:
        library.sync()
        marks = MarkSets(read=library.index.stories_with(["https://a.example/20"]))
        for text, found in (("age:<6h", 1), ("age:<6h is:unread", 0), ("is:unread", 1), ("is:gone", 2)):
            listing = Listing(text)
            answer = library.index.ask(listing, now=now, marks=marks)
            assert len(answer.ids) == found
            assert [topic.stories for topic in library.index.ask_topics(listing, now=now, marks=marks)] == [found]
            assert library.index.ask_first(listing, 10) is None


def test_the_order_of_a_query_is_told(tmp_path: Path, write_story: WriteStory) -> None:
    write_story(tmp_path, "a.md")
    with Library(tmp_path, tmp_path / ".cache", in_process=True) as library:
        library.sync()
        told = [describe(library.index.ask(Listing(text)))[0] for text in ("a", "a sort:-quality,date")]
    assert told == [
        "newest first · “a” · all stories",
        "by quality falling, date · “a sort:-quality,date” · all stories",
    ]


def test_a_query_that_is_half_written_is_told_as_it_is_understood(tmp_path: Path, write_story: WriteStory) -> None:
    write_story(tmp_path, "1.md", title="Storm", url="https://a.example/1")
    with Library(tmp_path, tmp_path / ".cache", in_process=True) as library:
        library.sync()
        for text, told in (("is:", ""), ("storm is:", "“storm”"), ("storm OR", "“storm”"), ("storm", "“storm”")):
            words = describe(library.index.ask(Listing(text), now=datetime(2020, 2, 20, tzinfo=UTC)))[0]
            assert words == " · ".join(filter(None, ["newest first", told, "all stories"])), text


def test_the_order_is_told_however_long_the_query_is(tmp_path: Path, write_story: WriteStory) -> None:
    write_story(tmp_path, "1.md", title="Storm " + "again " * 20, url="https://a.example/1")
    write_story(tmp_path, "2.md", title="Calm", url="https://a.example/2")
    with Library(tmp_path, tmp_path / ".cache", in_process=True) as library:
        library.sync()
        for by_event, amount in ((False, "1 of 2"), (True, "by event · 1 row · 1 of 2 stories")):
            listing = Listing("storm again again again again", by_event=by_event)
            *longer, least = describe(library.index.ask(listing, now=datetime(2020, 2, 20, tzinfo=UTC)))
            assert all(words.startswith("newest first · ") for words in longer)
            assert all(words.endswith((amount.rpartition(" · ")[2], "1 row · 1 story", "1 row")) for words in longer)
            assert len(longer[-1]) <= _HALF_OF_A_TERMINAL
            assert [len(words) for words in longer] == sorted(map(len, longer), reverse=True)
            assert "“storm again…”" in longer[-3 if by_event else -2], longer
            assert least == ("by event · 1 row" if by_event else "1 of 2")


def test_a_folder_of_drafts_alone_says_why_it_is_empty(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: A\ndraft: true\n---\n")
    with Library(tmp_path, tmp_path / ".cache", in_process=True) as library:
        library.sync()
        told = why_empty(library.index.ask(Listing()), is_reading=False, folder="~/site", keymap={})
    assert told == "No stories in ~/site. 1 file, such as a draft, was passed over: press ! to see why."


def test_an_empty_library_says_which_keys_bring_stories_in(tmp_path: Path) -> None:
    with Library(tmp_path, tmp_path / ".cache", in_process=True) as library:
        library.sync()
        told = why_empty(library.index.ask(Listing()), is_reading=False, folder="~/news", keymap={})
    assert told.startswith("No stories in ~/news. B shows and adds its feeds, and ctrl+r asks them. A story is ")


@pytest.mark.parametrize(
    ("listing", "told"),
    [
        (Listing(), "newest first · all stories"),
        (Listing("storm", sort=Sort.OLDEST), "oldest first · “storm” · … of 9"),
        (Listing("storm", frozenset({"Sea"}), by_event=True), "newest first · by event · “storm” · … of 9"),
        (Listing(shown=Shown.UNREAD), "newest first · unread · … of 9"),
    ],
)
def test_how_many_are_listed_is_not_told_before_all_are_known(listing: Listing, told: str) -> None:
    rows = array("I", [1, 2])
    events = cast("EventRows", object()) if listing.by_event else None
    answer = Answer(listing, rows, (), Counts(9, 0, 0), events=events, is_whole=False)
    assert describe(answer)[0] == told


@pytest.mark.parametrize(
    ("by_event", "told"),
    [(False, "newest first · unread · 2 of 2"), (True, "newest first · by event · unread · 1 row · 2 of 2 stories")],
)
def test_where_all_are_unread_the_unread_are_not_called_all_stories(*, by_event: bool, told: str) -> None:
    events = cast("EventRows", SimpleNamespace(rows=[1])) if by_event else None
    listing = Listing(by_event=by_event, shown=Shown.UNREAD)
    wordings = describe(Answer(listing, array("I", [1, 2]), (), Counts(2, 0, 0), events=events))
    assert wordings[0] == told
    assert not any("all stories" in words for words in wordings)


@pytest.mark.parametrize("by_event", [False, True])
def test_unread_alone_is_told_however_little_room_there_is(by_event: bool) -> None:
    events = cast("EventRows", SimpleNamespace(rows=[1])) if by_event else None
    listing = Listing("wipro sort:date", by_event=by_event, shown=Shown.UNREAD)
    for is_whole in (True, False):
        answer = Answer(listing, array("I", [1, 2]), (), Counts(420, 0, 0), events=events, is_whole=is_whole)
        *longer, _ = describe(answer)
        assert all("unread" in words for words in longer), longer
        assert len(longer[-1]) <= _HALF_OF_A_TERMINAL
