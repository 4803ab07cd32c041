"""Marking a range of the list read: above, below, and all that is older than the cursor."""

from __future__ import annotations

import pytest

from ui.parts.conftest import COMET, OTHER, Bench

NEWEST = [OTHER, COMET[1], COMET[0]]


@pytest.mark.parametrize(
    ("row", "where", "read"),
    [
        (1, "above", NEWEST[:1]),
        (1, "below", NEWEST[2:]),
        (0, "below", NEWEST[1:]),
        (0, "older", NEWEST[1:]),
        (1, "older", NEWEST[2:]),
    ],
)
async def test_a_range_is_marked_read_and_taken_back_as_one(
    bench: Bench, row: int, where: str, read: list[str]
) -> None:
    await bench.list_stories()
    parts, host = bench.parts, bench.host
    parts.current.go_to_row(row)
    parts.marks.read_beside(where, parts.current.id)
    await host.settle()
    assert parts.shown_marks.known.read == {bench.id_of(key) for key in read}
    assert host.toasts[-1].startswith(f"{len(read)} stor")
    parts.marks.undo()
    await host.settle()
    assert not parts.shown_marks.known.read


async def test_where_there_is_nothing_it_is_said(bench: Bench) -> None:
    bench.parts.marks.read_beside("above", None)
    assert bench.host.toasts == ["No story is selected."]
    await bench.list_stories()
    bench.parts.marks.read_beside("above", bench.parts.current.id)
    await bench.host.settle()
    assert bench.host.toasts[-1] == "Nothing above this story is unread."


async def test_of_an_events_row_all_stories_are_meant(bench: Bench) -> None:
    await bench.list_stories()
    parts, host = bench.parts, bench.host
    parts.listed.switch_events()
    await host.settle()
    parts.current.go_to_row(0)
    parts.marks.read_beside("below", parts.current.id)
    await host.settle()
    assert parts.shown_marks.known.read == {bench.id_of(key) for key in COMET}
