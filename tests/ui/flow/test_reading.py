"""The story and its coverage on the main screen: jumps, details, links."""

from __future__ import annotations

import pytest

from examples import thinned
from reader.coverage.ways import Grouping
from reader.settings.config import Config
from reader.ui.dialogs.story.links import LinksDialog
from reader.ui.main_screen import MainScreen
from reader.ui.widgets.bars import KeyBar
from support import MakeApp, press, settle, toasts

WIDE = (120, 40)


def drawn(screen: MainScreen) -> str:
    return "\n".join(strip.text for strip in screen.app.screen._compositor.render_strips())


async def test_jump_and_back_and_forward(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        start = screen.story
        await press(pilot, "c", "enter")
        there = screen.story
        assert there != start
        assert screen.stories.selected == there
        await press(pilot, "backspace")
        assert screen.story == start
        await press(pilot, "alt+right")
        assert screen.story == there
        await press(pilot, "alt+left")
        assert screen.story == start


async def test_a_choice_that_comes_before_the_coverage_waits_for_it(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        first = screen.story
        await press(pilot, "j", "j", "c")
        meant = screen.coverage_tree.selected
        assert meant is not None
        start = screen.story
        screen.parts.current.jump(first or 0)
        await settle(pilot)
        screen.parts.current.jump(start or 0)
        assert screen.at_hand.article is None, "the tree still shows the coverage of the story that was left"
        screen.coverage_tree.focus()
        screen.set_focus(screen.coverage_tree)
        screen.action_choose()
        await settle(pilot)
        assert screen.story == meant.story


@pytest.mark.long
async def test_jumping_out_of_the_list_keeps_the_list(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "slash", *"welivesecurity", "enter")
        listed = screen.stories.ids
        await press(pilot, "c", "enter")
        assert screen.story not in listed
        assert screen.stories.ids == listed
        assert "not in this list" in str(screen.story_pane.border_title)
        assert "▌" not in "".join(screen.stories.render_line(y).text for y in range(2)), "no row stands for it"
        await press(pilot, "backspace")
        assert "▌" in screen.stories.render_line(0).text
        assert screen.story == listed[0]
        assert "not in this list" not in str(screen.story_pane.border_title)


async def test_the_footer_says_what_enter_does_in_the_tree(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "c")
        seen = set()
        for _ in range(8):
            article = screen.coverage_tree.selected
            assert article is not None
            does = "Open" if article.story is None else "Jump"
            seen.add(does)
            await pilot.pause()
            assert screen.query_one(KeyBar).render_line(0).text.startswith(f" Enter {does} ")
            await press(pilot, "j")
        assert seen == {"Open", "Jump"}


async def test_the_footer_offers_nothing_for_a_story_where_none_is_listed(make_app: MakeApp) -> None:
    app = make_app(query="zzzqq")
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        bar = screen.query_one(KeyBar)
        for pane, key in (("stories", " / "), ("story", " Esc "), ("coverage", " Esc ")):
            assert screen.focused is not None
            assert screen.focused.id == pane
            assert bar.render_line(0).text.startswith(key)
            assert not {"Read", "Jump", "Star"} & set(bar.render_line(0).text.split())
            await press(pilot, "tab")
        await press(pilot, "escape", "escape")
        assert bar.render_line(0).text.startswith(" Enter Read ")


async def test_the_footer_follows_what_is_typed_in_the_tree(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "c", "slash", "e")
        bar = screen.query_one(KeyBar)
        assert bar.render_line(0).text.startswith(" Enter Keep  Esc Show all ")
        await press(pilot, "enter")
        assert screen.coverage_tree.is_narrowed
        assert bar.render_line(0).text.split()[:4] in (
            ["Enter", "Jump", "Esc", "Back"],
            ["Enter", "Open", "Esc", "Back"],
        )


async def test_along_the_event(make_app: MakeApp) -> None:
    app = make_app(query="records")
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        stories = screen.library.index.event_stories(screen.story or 0)
        assert len(stories) == 4
        at = stories.index(screen.story or 0)
        assert at == len(stories) - 1
        await press(pilot, "left_square_bracket")
        assert screen.story == stories[at - 1]
        await press(pilot, "right_square_bracket", "right_square_bracket")
        assert screen.story == stories[at]
        assert any("latest of 4" in toast for toast in toasts(screen))


async def test_grouping_goes_round_and_the_cursor_stays_on_its_article(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "c", "j", "j")
        article = screen.coverage_tree.selected
        assert article is not None
        for grouping in (Grouping.OUTLET, Grouping.QUALITY, Grouping.EVENT, Grouping.TIME):
            await press(pilot, "v")
            assert screen.coverage_tree.grouping is grouping
            assert screen.coverage_tree.selected == article


async def test_a_storys_own_coverage_opens_under_it_without_circles(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "c")
        tree = screen.coverage_tree
        before = tree.count
        seen = {tree.coverage.focus.key} if tree.coverage else set()
        for _ in range(12):
            assert tree.selected is not None
            if tree.selected.key in seen:
                break
            seen.add(tree.selected.key)
            await press(pilot, "right", "j")
        assert tree.count > before
        await press(pilot, "left", "left", "left", "left", "g", "left")
        assert tree.count <= before + 20


@pytest.mark.long
async def test_scrolling_the_story_from_the_list(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await press(pilot, "slash", *"38 million", "enter", "G")
        await press(pilot, "g")
        texts = [screen.library.index.text(story) for story in screen.stories.ids]
        bodies = [text.id for text in texts if text is not None and text.body]
        screen.parts.current.jump(bodies[0])
        await settle(pilot)
        await press(pilot, "J")
        below = screen.story_pane.scroll_offset.y
        assert below > 0
        await press(pilot, "space", "K", "K")
        assert screen.story_pane.scroll_offset.y < below + 5
        assert screen.focused is screen.stories


@pytest.mark.parametrize("size", thinned([(40, 12), (120, 24), (80, 24)], every=3))
async def test_what_a_key_shows_in_the_story_is_scrolled_to(make_app: MakeApp, size: tuple[int, int]) -> None:
    app = make_app(config=Config(mark_read="never", images="never"))
    async with app.run_test(size=size) as pilot:
        screen = await press(pilot, "d")
        assert "All of the front matter" in drawn(screen)
        await press(pilot, "enter", "g")
        assert "All of the front matter" not in drawn(screen)
        await press(pilot, "d")
        assert "All of the front matter" in drawn(screen), "it is there, and out of sight"
        await press(pilot, "d")
        assert not any("All of the front matter" in line for line in screen.story_pane.lines)
        await press(pilot, "escape", *["j"] * 4)
        assert screen.story_pane.scroll_offset.y == 0
        await press(pilot, "I")
        assert any("images are" in line for line in drawn(screen).splitlines()) or any(
            "no image" in toast for toast in toasts(screen)
        )


async def test_details_show_what_else_the_file_says(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 60)) as pilot:
        screen = await press(pilot, "slash", *"oxford circus", "enter")
        assert not any("front matter" in line for line in screen.story_pane.lines)
        await press(pilot, "d")
        page = "\n".join(screen.story_pane.lines)
        for word in ("All of the front matter", "category", "heat", "sealed body", "encrypted"):
            assert word in page


async def test_the_details_of_an_article_are_those_of_its_story(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "c")
        article = screen.coverage_tree.selected
        assert article is not None
        assert article.story not in (None, screen.story)
        await press(pilot, "d")
        assert "This article is another story of your library" in toasts(screen)[-1]
        while screen.coverage_tree.selected is not None and screen.coverage_tree.selected.story is not None:
            await press(pilot, "j")
        await press(pilot, "d")
        assert "This article has no file" in toasts(screen)[-1]
        tree = screen.coverage_tree
        tree.move_to(next(at for at, row in enumerate(tree._rows) if row.article and row.article.story == screen.story))
        await press(pilot, "d")
        assert screen.focused is screen.story_pane
        assert "All of the front matter" in drawn(screen)


async def test_a_row_shows_a_mark_that_is_set_in_another_pane(make_app: MakeApp) -> None:
    """Other styles may have emptied the cache of rows, without all of them being drawn again."""
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "c", "h")
        assert screen.focused is screen.story_pane
        assert "★" not in drawn(screen)
        screen.stories.notify_style_update()
        await pilot.pause()
        await press(pilot, "s")
        assert "★" in drawn(screen)


async def test_links_dialog_offers_all_roles(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "slash", *"zdnet power apps", "enter")
        await pilot.press("u")
        await pilot.pause(0.2)
        assert isinstance(app.screen, LinksDialog)
        roles = {role for role, _ in app.screen._links}
        assert {"source", "AMP", "CDN AMP"} <= roles
        await pilot.press("escape")


async def test_copying_goes_to_the_clipboard(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        text = screen.library.index.text(screen.story or 0)
        assert text is not None
        await press(pilot, "y")
        assert app.clipboard == text.url
        await press(pilot, "Y")
        assert app.clipboard == f"[{text.title}]({text.url})"


async def test_where_nothing_can_open_a_link_it_is_copied_and_said(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        text = screen.library.index.text(screen.story or 0)
        assert text is not None
        await press(pilot, "o")
        assert app.clipboard == text.url
        assert any(text.url in toast for toast in toasts(screen))


async def test_clicking_the_link_opens_it(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        text = screen.library.index.text(screen.story or 0)
        assert text is not None
        row = next(number for number, line in enumerate(screen.story_pane.lines) if line.strip().startswith("crn.com"))
        await pilot.click("#story", offset=(6, row + 1))
        await settle(pilot)
        assert app.clipboard == text.url
