"""Keeping for later, apart from the star."""

from __future__ import annotations

from reader.library.index.listing import Listing
from reader.library.marks.marks import Marks
from ui.conftest import CLOCK
from ui.parts.conftest import OTHER, Bench


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
