"""Sharing the screen and moving on it, without an app."""

from __future__ import annotations

import pytest
from textual.geometry import Size

from reader.ui.parts.layout import HEIGHTS, WIDTHS
from reader.ui.upstream.sizes import class_of_size
from ui.parts.conftest import COMET, Bench


@pytest.mark.parametrize(
    ("size", "classes"),
    [
        ((110, 16), ("-wide", "-tall")),
        ((109, 15), ("-medium", "-short")),
        ((70, 40), ("-medium", "-tall")),
        ((69, 1), ("-narrow", "-short")),
    ],
)
def test_a_screen_has_classes_by_its_size(size: tuple[int, int], classes: tuple[str, str]) -> None:
    assert (class_of_size(WIDTHS, size[0]), class_of_size(HEIGHTS, size[1])) == classes


async def test_where_one_pane_fills_the_screen_there_is_no_split_to_move(bench: Bench) -> None:
    before = bench.parts.layout.split
    bench.host.size = Size(60, 20)
    bench.parts.layout.move_split(1)
    assert bench.parts.layout.split == before
    assert bench.host.toasts == ["The list is not shown beside another pane: there is no split to move."]


async def test_a_step_back_leaves_the_last_thing_that_was_entered(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bench.list_stories()
    widgets, layout, host = bench.parts.widgets, bench.parts.layout, bench.host
    monkeypatch.setattr(widgets.panes, "go_to", lambda pane: setattr(host, "focused", pane))
    bench.parts.current.jump(bench.id_of(COMET[0]))
    await bench.host.go_off(0.06)
    layout.go_to_coverage()
    widgets.tree.narrow("post")
    assert layout.step_back()
    assert (host.focused, widgets.tree.is_narrowed) == (widgets.tree, False)
    assert layout.step_back()
    assert host.focused is widgets.stories
    assert not layout.step_back()


async def test_moving_in_the_list_shows_the_story_in_the_same_breath(bench: Bench) -> None:
    await bench.list_stories()
    widgets, layout, current = bench.parts.widgets, bench.parts.layout, bench.parts.current
    layout.move(1)
    assert widgets.stories.cursor == 0, "nothing has the focus"
    bench.host.focused = widgets.stories
    for move, by, row in ((layout.move, 1, 1), (layout.go_to_edge, 1, 2), (layout.page, -1, 1)):
        move(by)
        assert (widgets.stories.cursor, current.id) == (row, widgets.stories.ids[row])


async def test_into_a_story_goes_only_who_has_one(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    gone_to: list[object] = []
    monkeypatch.setattr(bench.parts.widgets.panes, "go_to", gone_to.append)
    assert not bench.parts.layout.enter_story()
    await bench.list_stories()
    bench.parts.listed.switch_events()
    await bench.host.settle()
    bench.parts.current.go_to_row(1)
    for story in map(bench.id_of, COMET):
        bench.parts.current.show(story)
        assert bench.parts.layout.enter_story()
        assert bench.parts.current.id == bench.parts.widgets.stories.selected, "an event is read as its representative"
    assert gone_to == [bench.parts.widgets.story_pane] * 2
