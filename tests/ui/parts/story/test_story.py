"""The story that is shown, without an app: what goes along with it, and going to another."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from reader.coverage.ways import Grouping
from reader.ui.parts.host import AtHand
from reader.ui.parts.story.current import REST
from ui.parts.conftest import COMET, OTHER, Bench


async def test_a_story_is_shown_at_once_and_looked_up_when_the_cursor_rests(bench: Bench) -> None:
    bench.parts.listed.list_anew()
    await bench.host.settle()
    current, story_pane = bench.parts.current, bench.parts.widgets.story_pane
    assert current.id == bench.id_of(OTHER)
    assert not current.is_looked_up
    for row in (1, 2):
        current.go_to_row(row)
    assert [timer.seconds for timer in bench.host.timers].count(REST) == 1
    await bench.host.go_off(REST)
    assert current.is_looked_up
    assert bench.parts.widgets.tree.coverage is not None
    assert len(bench.parts.widgets.tree.coverage.articles) == 1
    assert story_pane.border_title == "Story"


async def test_what_is_found_out_of_a_story_that_was_left_is_not_shown(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bench.list_stories()
    current, questions = bench.parts.current, bench.parts.questions
    go_on, ask = asyncio.Event(), questions.ask

    async def slowly(question: Any) -> Any:
        answer = await ask(question)
        await go_on.wait()
        return answer

    monkeypatch.setattr(questions, "ask", slowly)
    current.jump(bench.id_of(COMET[0]))
    (rest,) = [timer for timer in bench.host.timers if timer.seconds == REST]
    rest.act()
    await asyncio.sleep(0.05)
    current.jump(bench.id_of(OTHER))
    go_on.set()
    await bench.host.settle()
    tree = bench.parts.widgets.tree
    assert tree.coverage is not None
    assert tree.coverage.focus.key == OTHER
    assert not current.is_looked_up


@pytest.fixture
def gone_to(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The panes that the focus went to."""
    went: list[object] = []
    monkeypatch.setattr(bench.parts.widgets.panes, "go_to", went.append)
    monkeypatch.setattr(type(bench.parts.widgets.panes), "screen", bench.parts.widgets.panes)
    return went


async def test_an_article_that_is_chosen_before_the_coverage_is_there_is_jumped_to_once_it_is(
    bench: Bench, gone_to: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    await bench.list_stories()
    current, tree = bench.parts.current, bench.parts.widgets.tree
    current.jump(bench.id_of(COMET[0]))
    current.choose_article()
    assert current.id == bench.id_of(COMET[0])
    monkeypatch.setattr(tree, "_arrange", lambda *_: None)
    monkeypatch.setattr(
        type(tree), "selected", property(lambda tree: tree.coverage.articles[0] if tree.coverage.articles else None)
    )
    await bench.host.go_off(REST)
    assert current.id == bench.id_of(COMET[1])
    assert gone_to == [bench.parts.widgets.stories]


async def test_back_and_forward_through_the_stories_seen(bench: Bench) -> None:
    await bench.list_stories()
    current, stories = bench.parts.current, bench.parts.widgets.stories
    first, second = bench.id_of(COMET[0]), bench.id_of(COMET[1])
    for story in (first, second):
        current.jump(story)
    seen = []
    for step in (current.back, current.back, current.back, current.forward, current.forward, current.forward):
        step()
        seen.append((current.id, stories.selected))
    other = bench.id_of(OTHER)
    assert [story for story, _ in seen] == [first, other, other, first, second, second]
    assert all(story == selected for story, selected in seen)
    assert bench.host.toasts == ["No further story this way."] * 2


async def test_nobody_is_led_to_a_story_whose_file_is_gone(bench: Bench) -> None:
    await bench.list_stories()
    current = bench.parts.current
    first, second, other = bench.id_of(COMET[0]), bench.id_of(COMET[1]), bench.id_of(OTHER)
    for story in (first, second):
        current.jump(story)
    (bench.library.root / "0.md").unlink()
    bench.library.sync()
    seen = []
    for step in (current.back, current.back, current.forward, current.forward):
        step()
        seen.append(current.id)
    assert seen == [other, other, second, second]
    current.jump(first)
    assert current.id == second
    assert bench.host.toasts[-1] == "Not there any more: the file of that story is gone."


async def test_the_tree_keeps_the_focus_where_the_story_under_its_cursor_is_gone(
    bench: Bench, gone_to: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    await bench.list_stories()
    current, tree = bench.parts.current, bench.parts.widgets.tree
    monkeypatch.setattr(tree, "_arrange", lambda *_: None)
    monkeypatch.setattr(type(tree), "selected", property(lambda tree: tree.coverage and tree.coverage.articles[0]))
    current.jump(bench.id_of(COMET[0]))
    await bench.host.go_off(REST)
    (bench.library.root / "1.md").unlink()
    bench.library.sync()
    current.choose_article()
    assert current.id == bench.id_of(COMET[0])
    assert bench.host.toasts[-1] == "Not there any more: the file of that story is gone."
    assert gone_to == []


async def test_at_hand_is_the_row_of_the_list_or_the_article_of_the_tree(bench: Bench) -> None:
    parts = bench.parts
    assert parts.current.at_hand == AtHand()
    await bench.list_stories()
    parts.listed.switch_events()
    await bench.host.settle()
    parts.current.go_to_row(1)
    story = parts.current.id
    assert story is not None
    assert parts.current.at_hand == AtHand(story, None, [story])
    bench.host.focused = parts.widgets.stories
    assert sorted(parts.current.at_hand.row) == sorted(map(bench.id_of, COMET)), "all of the event"
    bench.host.focused = parts.widgets.tree
    assert parts.current.at_hand.article is None, "the tree shows the coverage of the story that was left"
    await bench.host.go_off(REST)
    parts.widgets.tree.move_to(1)
    article = parts.current.at_hand.article
    assert article is not None
    assert parts.current.at_hand == AtHand(article.story, article, [article.story])


async def test_grouping_goes_around_and_copies_are_folded_where_there_are_any(bench: Bench) -> None:
    await bench.list_stories()
    current, tree = bench.parts.current, bench.parts.widgets.tree
    current.group()
    assert current.grouping is tree.grouping is Grouping.TIME.next
    current.group(Grouping.QUALITY)
    assert current.grouping is tree.grouping is Grouping.QUALITY
    current.fold()
    assert bench.host.toasts == ["No wire copy in this coverage: every outlet has a text of its own."]


async def test_by_outlet_no_copies_are_folded_and_that_is_said(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    await bench.list_stories()
    current, tree = bench.parts.current, bench.parts.widgets.tree
    monkeypatch.setattr(type(tree), "copies", 2)
    for grouping, is_folded in ((Grouping.OUTLET, True), (Grouping.TIME, False)):
        current.group(grouping)
        current.fold()
        assert tree.is_folded is is_folded
    assert bench.host.toasts == ["By outlet each article has a line of its own; v groups in another way."]


async def test_a_file_that_is_gone_is_told_where_the_story_stands(bench: Bench) -> None:
    bench.parts.listed.list_anew()
    await bench.host.settle()
    (bench.library.root / "other.md").unlink()
    await bench.host.go_off(REST)
    assert bench.parts.current.is_looked_up
    assert bench.parts.widgets.story_pane._content.trouble
