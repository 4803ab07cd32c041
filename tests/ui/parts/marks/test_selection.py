"""Selecting rows, so that one key marks all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.ui.dialogs.story.tags import TagsDialog
from support import MakeApp, press, text_of, toasts
from ui.parts.conftest import COMET, OTHER, Bench
from ui.parts.marks.comets import NEWEST, names, signs, stars

WIDE = (120, 40)


async def select(bench: Bench, rows: tuple[int, int]) -> None:
    """Select the rows from one to another."""
    bench.host.focused = bench.parts.widgets.stories
    bench.parts.current.go_to_row(rows[0])
    bench.parts.selection.switch()
    bench.parts.current.go_to_row(rows[1])


@pytest.mark.parametrize("rows", [(0, 1), (1, 0)])
async def test_a_key_marks_all_that_is_selected_and_undo_takes_all_of_it_back(
    bench: Bench, rows: tuple[int, int]
) -> None:
    await bench.list_stories()
    await select(bench, rows)
    parts, host = bench.parts, bench.host
    meant = {bench.id_of(key) for key in (OTHER, COMET[1])}
    for mark, kind, words in (
        (parts.marks.toggle_read, "read", "read: 2 stories"),
        (parts.marks.star, "starred", "starred: 2 stories"),
        (parts.marks.later, "later", "to be read later: 2 stories"),
    ):
        mark(parts.current.at_hand)
        await host.settle()
        assert getattr(parts.shown_marks.known, kind) == meant
        assert host.toasts[-1] == words
        parts.marks.undo()
        await host.settle()
        assert not getattr(parts.shown_marks.known, kind)


async def test_tags_of_all_that_is_selected_are_those_they_have_in_common(bench: Bench) -> None:
    await bench.list_stories()
    parts, host = bench.parts, bench.host
    host.answers[TagsDialog] = ("mine",)
    parts.notes.write_tags(parts.current.at_hand)
    await host.settle()
    await select(bench, (0, 1))
    host.answers[TagsDialog] = ("ours",)
    parts.notes.write_tags(parts.current.at_hand)
    await host.settle()
    assert host.toasts[-1] == "tagged ours: 2 stories"
    known = parts.shown_marks.known.tagged
    assert {name: len(stories) for name, stories in known.items()} == {"mine": 1, "ours": 2}


async def test_it_ends_with_escape_and_with_another_list_and_not_with_the_same_one(bench: Bench) -> None:
    await bench.list_stories()
    await select(bench, (0, 1))
    parts, host = bench.parts, bench.host
    stories = parts.widgets.stories
    assert str(stories.border_title) == "2 stories selected · Esc leaves", "nothing is styled here: there is no frame"
    parts.listed.list_anew()
    await host.settle()
    assert len(stories.selection) == 2
    host.focused = parts.widgets.view
    assert not parts.selection.leave(), "in another pane Esc is for that"
    host.focused = stories
    assert parts.selection.leave()
    assert not stories.selection
    parts.selection.switch()
    assert len(stories.selection) == 1
    parts.listed.sort()
    await host.settle()
    assert not stories.selection
    assert "selected" not in str(stories.border_title)


async def test_rows_are_selected_by_keys_and_drawn_so(make_app: MakeApp, news: Path) -> None:
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "j", "V", "j", "j")
        bars = [screen.stories.render_item(row, 40, at_cursor=row == 3)[0].text[0] for row in range(5)]
        assert bars == [" ", "┃", "┃", "▌", " "]
        await press(pilot, "r", "s")
        assert (signs(screen), stars(screen)) == ("●○○○●", " ★★★ ")
        assert toasts(screen)[-2:] == ["read: 3 stories", "starred: 3 stories"]
        await press(pilot, "U", "escape", "r")
        assert (signs(screen), stars(screen)) == ("●○○●●", "     ")
        assert names(screen) == NEWEST
        await press(pilot, "E", "g", "V", "j", "r")
        assert signs(screen) == "○○○", "a closed event is marked as a whole"


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (120, 40)])
async def test_how_many_are_selected_is_seen_at_every_size(
    make_app: MakeApp, news: Path, size: tuple[int, int]
) -> None:
    app = make_app(news)
    async with app.run_test(size=size) as pilot:
        screen = await press(pilot, "V", "j")
        assert "2 stories selected · Esc leaves" in text_of(screen)
        screen = await press(pilot, "escape")
        assert "stories selected" not in text_of(screen)
        assert "Stories" in text_of(screen)
