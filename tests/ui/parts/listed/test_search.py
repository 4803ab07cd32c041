"""The search line, without an app."""

from __future__ import annotations

import pytest

from reader.library.index.listing import Listing
from reader.library.marks.marks import MarkKind, Marks
from reader.library.query.completion import spot_at
from ui.conftest import CLOCK
from ui.parts.conftest import COMET, OTHER, Bench


async def test_a_wrong_query_is_told_and_the_list_stays(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    errors: list[object] = []
    monkeypatch.setattr(bench.parts.widgets.query_bar, "show_error", errors.append)
    bench.parts.search.follow("other")
    bench.parts.search.follow("other is:gone")
    await bench.host.settle()
    assert errors[0] is None
    assert "is needs one of" in str(errors[1])
    assert bench.parts.listed.listing == Listing("other")
    assert list(bench.parts.widgets.stories.ids) == [bench.id_of(OTHER)]


async def test_enter_tells_the_whole_of_what_is_wrong(bench: Bench) -> None:
    bench.host.focused = bench.parts.widgets.stories
    bench.parts.search.follow("is:gone")
    bench.parts.search.close(accepted=True)
    assert bench.host.toasts[-1].startswith("Is needs one of unread, read")
    bench.parts.search.follow("other")
    bench.parts.search.close(accepted=True)
    await bench.host.settle()
    assert len(bench.host.toasts) == 1


async def test_the_focus_goes_back_to_the_list_unless_it_is_elsewhere(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone_to: list[object] = []
    widgets = bench.parts.widgets
    monkeypatch.setattr(widgets.panes, "go_to", gone_to.append)
    for focused in (None, widgets.tree):
        bench.host.focused = focused
        bench.parts.search.close(accepted=False)
    assert gone_to == [widgets.stories]


async def test_a_tree_that_was_narrowed_to_nothing_is_narrowed_anew(bench: Bench) -> None:
    await bench.list_stories()
    tree = bench.parts.widgets.tree
    bench.host.focused = tree
    tree.narrow("nowhere")
    assert not tree.count
    await bench.parts.search.open()
    assert tree.is_typing


async def test_values_are_completed_from_the_library(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[list[str]] = []
    monkeypatch.setattr(
        bench.parts.widgets.query_bar,
        "show_completions",
        lambda spot, completions: found.append([one.value for one in completions]),
    )
    for is_standing, text in ((True, "topic:s"), (True, "provider:comet"), (False, "topic:")):
        bench.host.is_standing = is_standing
        spot = spot_at(text, len(text))
        assert spot is not None
        bench.parts.search.complete(spot)
        await bench.host.settle()
    assert [sorted(values) for values in found] == [["Sea", "Sky"], ["Comet Post 1", "Comet Post 2"]]


async def test_values_are_counted_as_they_are_listed(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    with Marks(bench.marks, lambda: CLOCK) as marks:
        marks.set([COMET[0]], MarkKind.TAG, True, "hidden")
        marks.set([COMET[0], COMET[1], "https://another.library/"], MarkKind.TAG, True, "sea")
        marks.set(["https://another.library/"], MarkKind.TAG, True, "seldom")
    found: list[tuple[str, str]] = []
    monkeypatch.setattr(
        bench.parts.widgets.query_bar,
        "show_completions",
        lambda spot, completions: found.extend((one.value, one.about) for one in completions),
    )
    for text in ("topic:sk", "is:hidden topic:sk", "tag:", "is:hidden tag:"):
        bench.parts.search.follow(text)
        spot = spot_at(text, len(text))
        assert spot is not None
        bench.parts.search.complete(spot)
        await bench.host.settle()
    assert found == [("Sky", "1"), ("Sky", "2"), ("sea", "1"), ("sea", "2"), ("hidden", "1")]
