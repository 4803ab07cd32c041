"""What another copy of the program marks, as this one shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.library.index.listing import Listing, Shown
from reader.library.marks.marks import MarkKind, Marks
from reader.ui.parts.host import AtHand
from ui.conftest import CLOCK
from ui.parts.conftest import COMET, OTHER, Bench

if TYPE_CHECKING:
    import pytest


def mark_elsewhere(bench: Bench, key: str, *, value: bool = True) -> None:
    """Star a story, or take the star off, in another copy of the program."""
    with Marks(bench.marks, lambda: CLOCK) as marks:
        marks.set([key], MarkKind.STARRED, value)


async def test_a_star_of_another_copy_comes_into_the_list_of_starred_stories_and_none_goes(bench: Bench) -> None:
    listed, stories = bench.parts.listed, bench.parts.widgets.stories
    listed.list_stories(Listing(shown=Shown.STARRED))
    await bench.host.settle()
    assert len(stories.ids) == 0
    for key, value in ((OTHER, True), (COMET[0], True), (OTHER, False)):
        mark_elsewhere(bench, key, value=value)
        bench.parts.look_for_others()
        await bench.host.settle()
    assert list(stories.ids) == [bench.id_of(OTHER), bench.id_of(COMET[0])]
    assert bench.parts.current.id == stories.selected == bench.id_of(OTHER)


async def test_an_offer_that_was_taken_is_listed_though_another_copy_marks_in_the_same_moment(bench: Bench) -> None:
    bench.host.focused = bench.parts.widgets.stories
    bench.parts.search.follow("zebra is:unread")
    await bench.host.settle()
    assert bench.parts.listed.answer.in_coverage == 1
    mark_elsewhere(bench, COMET[0])
    await bench.parts.shown_marks.look()
    bench.parts.search.close(accepted=True)
    bench.parts.listed.list_what_comes_back()  # before Enter's list stands
    await bench.host.settle()
    assert list(bench.parts.widgets.stories.ids) == [bench.id_of(OTHER)]


async def test_marks_of_ones_own_and_none_at_all_list_nothing_anew(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[None] = []
    monkeypatch.setattr(type(bench.parts.listed), "list_what_comes_back", lambda _: asked.append(None))
    bench.parts.listed.list_stories(Listing(shown=Shown.UNREAD))
    await bench.host.settle()
    for key in COMET:
        bench.parts.marks.toggle_read(AtHand(bench.id_of(key), None, [bench.id_of(key)]))
        await bench.host.settle()
        bench.parts.look_for_others()
        await bench.host.settle()
    assert len(bench.parts.shown_marks.known.read) == len(COMET)
    assert asked == []
