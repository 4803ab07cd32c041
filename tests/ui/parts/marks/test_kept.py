"""Marks that cannot be kept at once, without an app; and a story that counts as read by itself."""

from __future__ import annotations

import pytest

from reader.library.marks.marks import MarkKind, Marks
from reader.settings.config import Config
from reader.ui.parts.marks.kept import KEEP_AGAIN
from reader.ui.widgets.story.story_pane import StoryPane
from ui.conftest import CLOCK
from ui.parts.conftest import OTHER, Bench, MakeBench


async def test_a_mark_that_cannot_be_kept_is_not_shown_and_is_kept_later(bench: Bench) -> None:
    await bench.list_stories()
    parts, host = bench.parts, bench.host
    bench.marks.parent.write_text("in the way")
    parts.marks.star(parts.current.at_hand)
    await host.settle()
    assert host.toasts[-1].startswith("Not kept yet, and tried again: ")
    assert not parts.shown_marks.known.starred
    assert "! 1 mark not kept yet" in alarms(bench)
    await host.go_off(KEEP_AGAIN)
    assert len(host.toasts) == 1, "the same trouble is told once"
    bench.marks.parent.unlink()
    await host.go_off(KEEP_AGAIN)
    assert host.toasts[-1] == "1 mark is kept now."
    assert parts.shown_marks.known.starred == {parts.current.id}
    assert alarms(bench) == ()
    assert KEEP_AGAIN not in [timer.seconds for timer in host.timers]
    with Marks(bench.marks, lambda: CLOCK) as marks:
        assert marks.keys(MarkKind.STARRED) == {OTHER}


async def test_the_next_mark_takes_with_it_what_was_pending(bench: Bench) -> None:
    await bench.list_stories()
    parts, host = bench.parts, bench.host
    bench.marks.parent.write_text("in the way")
    parts.marks.star(parts.current.at_hand)
    await host.settle()
    bench.marks.parent.unlink()
    parts.marks.toggle_read(parts.current.at_hand)
    await host.settle()
    shown = parts.shown_marks.known
    assert shown.starred == shown.read == {parts.current.id}
    assert KEEP_AGAIN not in [timer.seconds for timer in host.timers]


async def test_undo_forgets_what_is_pending(bench: Bench) -> None:
    await bench.list_stories()
    bench.marks.parent.write_text("in the way")
    bench.parts.marks.star(bench.parts.current.at_hand)
    await bench.host.settle()
    bench.parts.marks.undo()
    await bench.host.settle()
    assert bench.host.toasts[-1] == "The mark that was not kept yet is forgotten."
    assert bench.parts.questions.thread.pending == 0
    assert alarms(bench) == ()


def alarms(bench: Bench) -> tuple[str, ...]:
    """What the header says is wrong, when the bars are shown as they were told to."""
    assert bench.host.told_bars
    bench.parts.bars.show()
    return bench.parts.widgets.header.content.alarms


class Sight:
    """Whether the story pane can be seen."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.is_clear = True
        monkeypatch.setattr(StoryPane, "is_in_sight", property(lambda _: self.is_clear))


@pytest.fixture
def sight(monkeypatch: pytest.MonkeyPatch) -> Sight:
    return Sight(monkeypatch)


async def test_a_story_counts_as_read_once_it_has_stayed_in_sight(make_bench: MakeBench, sight: Sight) -> None:
    bench = make_bench(Config(mark_read_seconds=3.5))
    await bench.list_stories()
    parts, host = bench.parts, bench.host
    sight.is_clear = False
    assert 3.5 not in [timer.seconds for timer in host.timers], "nobody has moved to it"
    parts.read.opened(parts.current.at_hand)
    await host.go_off(3.5)
    assert parts.read.waits_to_be_seen
    assert not parts.shown_marks.known.read
    parts.read.look_again()
    sight.is_clear = True
    await host.go_off(3.5)
    assert parts.shown_marks.known.read == {parts.current.id}
    assert not parts.read.waits_to_be_seen


async def test_going_on_or_marking_by_key_lets_a_story_count_as_read_no_more(
    make_bench: MakeBench, sight: Sight
) -> None:
    bench = make_bench(Config(mark_read_seconds=3.5))
    await bench.list_stories()
    parts, host = bench.parts, bench.host
    parts.current.go_to_row(1)
    assert [timer.seconds for timer in host.timers].count(3.5) == 1
    parts.marks.toggle_read(parts.current.at_hand)
    assert 3.5 not in [timer.seconds for timer in host.timers]
    await host.settle()
    assert parts.shown_marks.known.read == {parts.widgets.stories.ids[1]}


async def test_what_is_opened_counts_as_read_where_that_is_wished_for(make_bench: MakeBench) -> None:
    for when, count in (("never", 0), ("on_open", 1)):
        bench = make_bench(Config(mark_read=when))
        await bench.list_stories()
        bench.parts.read.opened(bench.parts.current.at_hand)
        await bench.host.settle()
        assert len(bench.parts.shown_marks.known.read) == count
