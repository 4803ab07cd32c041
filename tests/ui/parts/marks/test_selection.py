"""Selecting rows, so that one key marks all of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from examples import thinned, thinned_rows
from reader.ui.dialogs.listing.save_view import SaveViewDialog
from reader.ui.dialogs.story.tags import TagsDialog
from reader.ui.main_screen import MainScreen
from reader.ui.parts.views.listing import view_of
from support import MakeApp, press, settle, text_of, toasts
from ui.parts.conftest import COMET, OTHER, Bench
from ui.parts.marks.comets import NEWEST, line, names, shown, signs, stars

if TYPE_CHECKING:
    from conftest import WriteStory

WIDE = (120, 40)
COMET_TITLE = "Comet Atlas strikes harbour again"


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


async def test_it_is_told_how_many_stories_have_other_marks_than_before(bench: Bench) -> None:
    await bench.list_stories()
    parts, host = bench.parts, bench.host
    host.focused = parts.widgets.stories
    parts.current.go_to_row(1)
    for start, rows, words in (((1, 1), (0, 2), "2 stories"), ((0, 1), (0, 2), COMET_TITLE)):
        for some in (start, rows):
            await select(bench, some)
            parts.marks.star(parts.current.at_hand)
            await host.settle()
            parts.selection.leave()
        assert host.toasts[-1] == f"starred: {words}"
        parts.marks.undo()
        await host.settle()
        assert host.toasts[-1] == f"no longer starred: {words}"
        parts.marks.undo()
        await host.settle()


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
    host.focused = parts.widgets.story_pane
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


async def test_a_list_that_is_named_meanwhile_shows_its_name_once_nothing_is_selected(bench: Bench) -> None:
    await bench.list_stories()
    await select(bench, (0, 1))
    parts, host = bench.parts, bench.host
    stories = parts.widgets.stories
    host.answers[SaveViewDialog] = parts.views.views.save(view_of(parts.listed.listing, "Mine"))
    parts.views.save()
    await host.settle()
    parts.views.show_name()
    assert str(stories.border_title) == "2 stories selected · Esc leaves"
    parts.selection.leave()
    assert str(stories.border_title) == "Stories · Mine"


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


@pytest.mark.parametrize("size", thinned([(40, 12), (60, 20), (120, 40)], every=3))
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


def told(screen: MainScreen) -> str:
    """What is said of the selection below the list."""
    return str(screen.stories.border_subtitle).partition(" selected")[0]


def bars(screen: MainScreen) -> str:
    """What stands before each row, the cursor's as if it stood elsewhere."""
    return "".join(line(screen, row, 0)[0] for row in range(screen.stories.count))


def starred(screen: MainScreen) -> set[str]:
    """The files of the stories with a star."""
    return {(screen.library.index.path(story) or b"").decode() for story in screen.parts.shown_marks.known.starred}


async def test_a_story_stays_selected_alone_when_its_event_is_closed_over_it(make_app: MakeApp, news: Path) -> None:
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "E", "j", "right", "j", "V", "left")
        chosen = "comet-2.md"
        assert (told(screen), bars(screen)) == ("1 story", " ┃ ")
        await press(pilot, "s", "r")
        assert starred(screen) == {chosen}
        assert toasts(screen)[-1] == "read: Comet Atlas strikes harbour again again"
        await press(pilot, "right")
        assert (told(screen), bars(screen)) == ("1 story", "  ┃  ")
        await press(pilot, "j", "j")
        assert (told(screen), bars(screen)) == ("2 stories", "  ┃┃ "), "it goes on from the cursor"


async def test_rows_stay_selected_when_an_event_among_them_is_opened_and_closed(make_app: MakeApp, news: Path) -> None:
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "E", "G", "V", "k")
        assert (told(screen), bars(screen)) == ("2 rows", " ┃┃")
        await press(pilot, "right")
        assert (told(screen), bars(screen)) == ("4 rows", " ┃┃┃┃")
        await press(pilot, "k")
        assert (told(screen), bars(screen)) == ("5 rows", "┃┃┃┃┃"), "it is still from the beginning to the cursor"
        await press(pilot, "j", "left", "s")
        assert starred(screen) == {"comet-1.md", "comet-2.md", "comet-3.md", "middle.md"}
        await press(pilot, "escape", "V", "right", "s")
        assert (told(screen), bars(screen)) == ("3 stories", " ┃┃┃ ")
        assert starred(screen) == {"middle.md"}


@pytest.mark.parametrize(
    ("gone", "left"),
    thinned_rows([(0, "┃┃  "), (1, "┃┃  "), (2, "┃┃  ")], every=3),
    ids=["its first", "one within", "the cursor's"],
)
async def test_what_vanishes_is_selected_no_more_and_what_comes_is_not(
    make_app: MakeApp, news: Path, write_story: WriteStory, gone: int, left: str
) -> None:
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "V", "j", "j")
        (news / NEWEST[gone]).unlink()
        screen = await press(pilot, "ctrl+r")
        await settle(pilot)
        assert (told(screen), bars(screen)) == ("2 stories", left)
        write_story(news, "between.md", title="Between", published="2024-05-10T23:00:00Z", url="https://x.example/b")
        screen = await press(pilot, "ctrl+r")
        await settle(pilot)
        assert told(screen) == "2 stories"
        await press(pilot, "s")
        assert starred(screen) == set(NEWEST[:3]) - {NEWEST[gone]}
        assert toasts(screen)[-1] == "starred: 2 stories"


async def test_nothing_is_selected_where_all_of_it_has_vanished(make_app: MakeApp, news: Path) -> None:
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "V")
        (news / NEWEST[0]).unlink()
        screen = await press(pilot, "ctrl+r")
        await settle(pilot)
        assert (told(screen), bars(screen)) == ("", "    ")


async def test_a_selection_is_of_the_list_where_another_story_is_shown(make_app: MakeApp, news: Path) -> None:
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "slash", *"story", "enter")
        other = screen.library.index.story_at(b"comet-2.md")
        assert other is not None
        screen.parts.current.jump(other)
        await press(pilot, "V", "s")
        assert (told(screen), starred(screen)) == ("1 story", {"last.md"})
        assert shown(screen) == "last.md"
        screen.parts.current.jump(other)
        await press(pilot, "j", "s")
        assert starred(screen) == {"last.md", "middle.md"}, "one was not starred yet"


@pytest.mark.long
async def test_in_another_pane_what_is_selected_waits(make_app: MakeApp, news: Path) -> None:
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "V", "j")
        for keys, back in ((("enter",), "escape"), (("z",), "z")):
            await press(pilot, *keys)
            assert told(screen) == ""
            assert not screen.stories.display or bars(screen) == "     "
            await press(pilot, "s")
            assert starred(screen) == {NEWEST[1]}
            await press(pilot, "s", back)
            assert (told(screen), bars(screen)) == ("2 stories", "┃┃   ")
        await press(pilot, "s")
        assert starred(screen) == set(NEWEST[:2])


async def test_how_many_are_selected_is_told_in_the_frame_or_in_its_place_after_a_change_of_size(
    make_app: MakeApp, news: Path
) -> None:
    app = make_app(news)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "V", "j")
        for size in ((40, 12), (60, 20), (40, 12), WIDE):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            assert text_of(screen).count("2 stories selected") == 1
        assert "Stories" in str(screen.stories.border_title)
        await press(pilot, "escape")
        assert "stories selected" not in text_of(screen)
