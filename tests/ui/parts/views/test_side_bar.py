"""The side bar without an app: it counts when that may give other numbers, and not before."""

from __future__ import annotations

from typing import Any

import pytest

from reader.ui.parts.views.side_bar import COUNT_AFTER
from reader.ui.widgets.panes import Panes
from reader.ui.widgets.side_bar import SideBar
from ui.parts.conftest import Bench, MakeBench


@pytest.fixture
def bench(make_bench: MakeBench, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """Parts whose side bar stands nowhere, and remembers what it was to show."""

    async def put(_: Panes, pane: Any) -> None:
        pass

    monkeypatch.setattr(Panes, "show_left", put)
    monkeypatch.setattr(Panes, "take_left", put)
    monkeypatch.setattr(Panes, "leave_zen", lambda _: None)
    return make_bench()


async def test_the_side_bar_needs_room(bench: Bench) -> None:
    bench.host.size = bench.host.size.with_width(109)
    await bench.parts.side_bar.switch()
    assert not bench.parts.side_bar.is_open
    assert bench.host.toasts == ["The side bar needs 110 columns. f lists the views, t the topics."]


async def test_it_counts_once_nothing_has_changed_for_a_moment(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    await bench.list_stories()
    counts: dict[str, int | None] = {}
    monkeypatch.setattr(SideBar, "show", lambda _, views, known, *others: counts.update(known))
    parts, host = bench.parts, bench.host
    parts.side_bar.show()
    assert host.timers == [], "it is not open"
    await parts.side_bar.switch()
    for _ in range(3):
        parts.side_bar.show()
    assert [timer.seconds for timer in host.timers] == [COUNT_AFTER]
    await host.go_off(COUNT_AFTER)
    parts.side_bar.show()
    assert counts["Unread"] == 3
    assert counts["Starred"] == 0
    assert host.timers == [], "nothing has changed since"
    parts.marks.star(parts.current.at_hand)
    await host.settle()
    parts.side_bar.show()
    await host.go_off(COUNT_AFTER)
    parts.side_bar.show()
    assert counts["Starred"] == 1
    await parts.side_bar.switch()
    assert not parts.side_bar.is_open
