"""The keys that mark, without an app: the star, all read, undo, watching."""

from __future__ import annotations

import pytest
from textual.geometry import Size

from reader.coverage.model import CoverageArticle
from reader.library.index.listing import Listing, Shown
from reader.library.marks.marks import MarkKind, Marks
from reader.ui.parts.host import AtHand
from reader.ui.parts.marks import unread
from ui.conftest import CLOCK
from ui.parts.conftest import COMET, OTHER, Bench


def kept(bench: Bench, kind: MarkKind) -> frozenset[str]:
    """The keys that have a mark in the file."""
    with Marks(bench.marks, lambda: CLOCK) as marks:
        return marks.keys(kind)


async def test_a_star_is_on_the_disk_before_it_is_on_the_screen_and_undo_takes_it_back(bench: Bench) -> None:
    await bench.list_stories()
    parts, host = bench.parts, bench.host
    story = parts.current.id
    parts.marks.star(parts.current.at_hand)
    assert not parts.shown_marks.known.starred
    await host.settle()
    assert kept(bench, MarkKind.STARRED) == {OTHER}
    assert parts.shown_marks.known.starred == {story}
    parts.marks.undo()
    parts.marks.undo()
    await host.settle()
    assert kept(bench, MarkKind.STARRED) == frozenset()
    assert not parts.shown_marks.known.starred
    parts.marks.redo()
    parts.marks.redo()
    await host.settle()
    assert kept(bench, MarkKind.STARRED) == {OTHER}
    assert parts.shown_marks.known.starred == {story}
    assert host.toasts == [
        "starred: Other",
        "no longer starred: Other",
        "There is no mark to take back.",
        "starred: Other",
        "There is no mark to set again.",
    ]


async def test_of_two_keys_at_once_the_second_sees_what_the_first_has_done(bench: Bench) -> None:
    await bench.list_stories()
    for _ in range(3):
        bench.parts.marks.star(bench.parts.current.at_hand)
    await bench.host.settle()
    assert kept(bench, MarkKind.STARRED) == {OTHER}


async def test_nothing_is_marked_where_nothing_is_at_hand_and_why_is_told(bench: Bench) -> None:
    parts = bench.parts
    article = CoverageArticle("k", "On the web", "", "", "", None, None, "", "https://web.example/a", None, ())
    for at_hand in (AtHand(), AtHand(None, article)):
        for act in (parts.marks.star, parts.marks.toggle_read, parts.marks.watch_event, parts.notes.write_tags):
            act(at_hand)
        parts.notes.write_note(at_hand)
        parts.read.read(at_hand)
    await bench.host.settle()
    web = "This article is not in your library: it has no marks."
    assert bench.host.toasts == [*["No story is selected."] * 5, *[web] * 5]
    assert not bench.marks.exists()


async def test_all_read_counts_what_was_unread_and_where_marks_are_asked_for_lists_anew(bench: Bench) -> None:
    await bench.list_stories()
    parts, host = bench.parts, bench.host
    parts.marks.toggle_read(parts.current.at_hand)
    await host.settle()
    parts.listed.list_shown(Shown.UNREAD)
    await host.settle()
    assert len(parts.widgets.stories.ids) == 2
    parts.marks.read_all()
    await host.settle()
    assert host.toasts[-1] == "2 stories marked read · U takes it back"
    assert len(parts.widgets.stories.ids) == 0
    parts.listed.list_shown(Shown.ALL)
    parts.marks.read_all()  # the key comes before the list
    await host.settle()
    assert host.toasts[-1] == "All listed stories are read already."
    assert kept(bench, MarkKind.READ) == {*COMET, OTHER}


async def test_a_story_is_kept_for_later_listed_and_taken_back(bench: Bench) -> None:
    await bench.list_stories()
    parts, host = bench.parts, bench.host
    parts.marks.later(parts.current.at_hand)
    await host.settle()
    other = bench.id_of(OTHER)
    assert parts.shown_marks.known.later == {other}
    assert not parts.shown_marks.known.starred
    assert host.toasts[-1] == "to be read later: Other"
    with Marks(bench.marks, lambda: CLOCK) as marks:
        assert marks.of([OTHER])[OTHER].later
        assert not marks.of([OTHER])[OTHER].starred
    marked = parts.shown_marks.known.sets
    for text, found in (("is:later", [other]), ("is:starred", [])):
        assert list(bench.library.index.ask(Listing(text), now=CLOCK, marks=marked).ids) == found
    parts.marks.undo()
    await host.settle()
    assert not parts.shown_marks.known.later
    parts.marks.later(parts.current.at_hand)
    await host.settle()
    parts.marks.later(parts.current.at_hand)
    await host.settle()
    assert not parts.shown_marks.known.later
    assert host.toasts[-1] == "no longer to be read later: Other"


async def test_where_nothing_is_listed_nothing_is_said_of_stories(bench: Bench) -> None:
    bench.parts.listed.list_stories(Listing("nowhere"))
    await bench.host.settle()
    bench.parts.listed.switch_events()
    await bench.host.settle()
    bench.parts.marks.read_all()
    await bench.host.settle()
    assert bench.host.toasts == ["No story is listed."]


async def test_an_event_is_watched_as_a_whole_and_no_longer(bench: Bench) -> None:
    await bench.list_stories()
    at_hand = AtHand(bench.id_of(COMET[0]))
    bench.parts.marks.watch_event(at_hand)
    await bench.host.settle()
    assert kept(bench, MarkKind.WATCHED) == set(COMET)
    bench.parts.marks.watch_event(at_hand)
    await bench.host.settle()
    assert kept(bench, MarkKind.WATCHED) == frozenset()
    assert bench.host.toasts == [
        "watched: Comet Atlas strikes harbour again · 2 articles, listed by is:watched",
        "no longer watched: Comet Atlas strikes harbour again",
    ]


async def test_how_to_find_what_is_watched_is_told_before_the_end_of_a_headline(bench: Bench) -> None:
    await bench.list_stories()
    bench.host.size = Size(64, 24)
    bench.parts.marks.watch_event(AtHand(bench.id_of(COMET[0])))
    await bench.host.settle()
    assert bench.host.toasts == ["watched: Comet Atlas strik… · 2 articles, listed by is:watched"]


@pytest.mark.parametrize("near", [1, 2_000])
async def test_the_next_unread_is_found_near_and_far_and_around_the_end(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, near: int
) -> None:
    monkeypatch.setattr(unread, "NEAR", near)
    await bench.list_stories()
    parts, host = bench.parts, bench.host
    parts.marks.toggle_read(AtHand(None, None, [parts.widgets.stories.ids[1]]))
    await host.settle()
    host.toasts.clear()
    for by, row in ((1, 2), (1, 0), (-1, 2), (-1, 0)):
        parts.unread.step(by)
        await host.settle()
        assert (parts.widgets.stories.cursor, parts.current.id) == (row, parts.widgets.stories.ids[row])
    assert host.toasts == ["On from the beginning of the list.", "On from the end of the list."]
    parts.marks.read_all()
    await host.settle()
    parts.unread.step(1)
    await host.settle()
    assert host.toasts[-1] == "No other story of this list is unread."
