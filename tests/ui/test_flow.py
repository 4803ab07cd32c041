"""The main screen, driven by keys on the sample library."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.widgets import Label

from reader.base.paths import sample_folder
from reader.coverage.ways import Grouping
from reader.library.index.listing import Shown
from reader.library.index.store import index_path
from reader.library.query.query import Sort
from reader.library.sync.progress import Progress
from reader.settings.config import Config
from reader.ui.dialogs.help import HelpDialog
from reader.ui.dialogs.links import LinksDialog
from reader.ui.dialogs.pages import ProblemsDialog
from reader.ui.dialogs.topic_picker import TopicPicker
from reader.ui.main_screen import MainScreen
from reader.ui.widgets.bars import HeaderBar, KeyBar
from reader.ui.widgets.panes import Panes
from reader.ui.widgets.query_bar import QueryBar
from support import MakeApp, press, settle, toasts

WIDE = (120, 40)


def titles(screen: MainScreen) -> list[str]:
    rows = screen.library.index.rows(screen.stories.ids)
    return [rows[story].title for story in screen.stories.ids]


async def test_starts_with_the_newest_story_and_its_coverage(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        assert len(screen.stories.ids) == 40
        assert screen.stories.selected == screen.story == screen.stories.ids[0]
        assert screen.focused is screen.stories
        coverage = screen.coverage_tree.coverage
        assert coverage is not None
        assert coverage.focus.story == screen.story
        assert screen.view.lines[0].strip().startswith(titles(screen)[0][:20])


async def test_the_header_says_that_it_is_the_sample_and_how_to_open_a_folder(make_app: MakeApp) -> None:
    for width in (120, 90, 44):
        app = make_app()
        async with app.run_test(size=(width, 24)) as pilot:
            screen = await settle(pilot)
            line = screen.query_one(HeaderBar).render_line(0).text
            assert "sample" in line
            assert "reader FOLDER" in line


async def test_moving_shows_each_story(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        ids = screen.stories.ids
        for key, place in (("j", 1), ("down", 2), ("k", 1), ("G", 39), ("g", 0), ("end", 39), ("home", 0)):
            await press(pilot, key)
            assert screen.story == ids[place], key
        await press(pilot, "pagedown")
        assert screen.stories.cursor == screen.stories.size.height // 2
        await press(pilot, "ctrl+u")
        assert 0 < screen.stories.cursor < screen.stories.size.height // 2


async def test_number_keys_switch_topics_and_zero_switches_them_off(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        first, second = screen.answer.topics[:2]
        await press(pilot, "1")
        assert len(screen.stories.ids) == first.stories
        await press(pilot, "2")
        assert screen.listing.topics == {first.name, second.name}
        assert max(first.stories, second.stories) <= len(screen.stories.ids) <= first.stories + second.stories
        await press(pilot, "1")
        assert len(screen.stories.ids) == second.stories
        await press(pilot, "0")
        assert len(screen.stories.ids) == 40


async def test_what_is_asked_for_begins_at_its_top_and_leaving_it_goes_back(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, *["j"] * 12)
        story = screen.story
        for keys, back in (
            (["slash", *"police", "enter"], ["escape"]),
            (["1"], ["0"]),
            (["1"], ["1"]),
            (["backslash"], ["backslash"] * (len(Sort) - 1)),
        ):
            await press(pilot, *keys)
            assert screen.stories.cursor == 0, keys
            assert screen.stories.selected == screen.story, keys
            await press(pilot, "j", "j", *back)
            assert screen.stories.selected == screen.story == story, keys
        await pilot.resize_terminal(60, 20)
        await settle(pilot)
        assert screen.stories.selected == screen.story == story


async def test_who_narrows_the_list_stays_on_the_story_that_was_read(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, *["j"] * 12, "enter", "escape")
        story = screen.story
        text = screen.library.index.text(story or 0)
        assert text is not None
        number = [topic.name for topic in screen.answer.topics].index(text.topics[0]) + 1
        await press(pilot, str(number))
        assert screen.stories.selected == screen.story == story
        await press(pilot, "slash", *text.title.split()[0].lower(), "enter")
        assert screen.stories.selected == screen.story == story
        await press(pilot, "backslash")
        assert screen.stories.cursor == 0, "another order narrows nothing"


async def test_what_is_taken_away_goes_on_with_the_next_below(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "slash", *"after:2020-03-01", "enter", "R", "G", "escape", "escape")
        ids = list(screen.stories.ids)
        assert screen.stories.cursor == 0
        marked = [story for story in ids if story in screen.parts.shown_marks.known.read]
        assert ids[: len(marked)] == marked
        await press(pilot, *["j"] * 5, "a")
        assert screen.listing.shown is Shown.UNREAD
        assert screen.stories.selected == screen.story == ids[len(marked)]
        await press(pilot, "a", "a")
        assert screen.stories.selected == screen.story == ids[5], "back to where the cursor was"


async def test_sorting_goes_round(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        seen = [screen.listing.sort]
        for _ in Sort:
            await press(pilot, "backslash")
            seen.append(screen.listing.sort)
        assert set(seen) == set(Sort)
        assert seen[0] == seen[-1] == Sort.NEWEST


async def test_searching_filters_as_it_is_typed(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "slash")
        await press(pilot, *"face")
        some = len(screen.stories.ids)
        await press(pilot, *"book")
        assert 1 <= len(screen.stories.ids) <= some
        assert all("facebook" in title.lower() for title in titles(screen)[:1])
        await press(pilot, "enter")
        assert screen.focused is screen.stories
        await press(pilot, "escape")
        assert len(screen.stories.ids) == 40
        assert not screen.query_one(QueryBar).display


async def test_letters_typed_in_the_search_are_no_keys(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "slash", *"qtz1?")
        assert screen.query_one(QueryBar).text == "qtz1?"
        assert app.is_running


async def test_what_only_the_coverage_says_is_offered_and_listed_by_enter(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "slash", *"fudzilla")
        assert not screen.stories.ids
        assert "the coverage of" in screen.stories.empty_text
        await press(pilot, "enter")
        assert screen.query_one(QueryBar).text == "coverage:fudzilla"
        assert screen.stories.ids


async def test_enter_before_the_answer_takes_the_offer_all_the_same(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("slash", *"fudzilla", "enter")
        screen = await settle(pilot)
        await settle(pilot)
        assert screen.query_one(QueryBar).text == "coverage:fudzilla"


async def test_a_search_without_any_answer_says_the_way_out(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "1", "slash", *"xyzzyx", "enter")
        assert "xyzzyx" in screen.stories.empty_text
        assert "Esc" in screen.stories.empty_text
        assert "0 " in screen.stories.empty_text
        assert screen.story is None
        await press(pilot, "o", "y", "u", "c", "v", "right_square_bracket", "d", "J")
        await press(pilot, "escape", "escape", "escape")
        assert len(screen.stories.ids) == 40


async def test_a_wrong_query_is_underlined_and_keeps_the_list(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        await press(pilot, "slash", *"facebook")
        listed = list(screen.stories.ids)
        assert 0 < len(listed) < 40
        await press(pilot, *" age:6")
        bar = screen.query_one(QueryBar)
        assert "such as age:<6h" in str(bar.query_one("#query-error", Label).render())
        assert list(screen.stories.ids) == listed
        await press(pilot, *["backspace"] * 6)
        assert not str(bar.query_one("#query-error", Label).render())
        assert list(screen.stories.ids) == listed
        await press(pilot, "escape")
        assert len(screen.stories.ids) == 40


async def test_choosing_topics_by_typing(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("t")
        await pilot.pause()
        assert isinstance(app.screen, TopicPicker)
        await pilot.press(*"priv", "enter")
        screen = await settle(pilot)
        assert screen.listing.topics == {"Privacy"}
        await pilot.press("t", "tab", "down", "down", "tab", "escape")
        screen = await settle(pilot)
        assert len(screen.listing.topics) > 1


async def test_panes_by_tab_and_letters(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        panes = [screen.stories, screen.view, screen.coverage_tree]
        for key, place in (("tab", 1), ("l", 2), ("tab", 0), ("shift+tab", 2), ("h", 1), ("c", 2), ("escape", 0)):
            await press(pilot, key)
            assert screen.focused is panes[place], key


async def test_a_narrow_terminal_shows_one_pane_at_a_time(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(40, 12)) as pilot:
        screen = await settle(pilot)
        panes = [screen.stories, screen.view, screen.coverage_tree]
        for key, place in (("tab", 1), ("tab", 2), ("tab", 0), ("enter", 1), ("escape", 0), ("c", 2)):
            await press(pilot, key)
            shown = [pane.size.height > 0 and pane.region.area > 0 for pane in panes]
            assert shown == [number == place for number in range(3)], key


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


async def test_jumping_out_of_the_list_keeps_the_list(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "slash", *"welivesecurity", "enter")
        listed = screen.stories.ids
        await press(pilot, "c", "enter")
        assert screen.story not in listed
        assert screen.stories.ids == listed
        assert "not in this list" in str(screen.view.border_title)
        assert "▌" not in "".join(screen.stories.render_line(y).text for y in range(2)), "no row stands for it"
        await press(pilot, "backspace")
        assert "▌" in screen.stories.render_line(0).text
        assert screen.story == listed[0]
        assert "not in this list" not in str(screen.view.border_title)


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


async def test_zen_and_back(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "z")
        assert screen.view.region.width == 120
        assert not screen.stories.region.area
        await press(pilot, "tab")
        assert screen.query_one(Panes).is_zen
        await press(pilot, "z")
        assert screen.stories.region.area
        assert screen.focused is screen.stories


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
        below = screen.view.scroll_offset.y
        assert below > 0
        await press(pilot, "space", "K", "K")
        assert screen.view.scroll_offset.y < below + 5
        assert screen.focused is screen.stories


def drawn(screen: MainScreen) -> str:
    return "\n".join(strip.text for strip in screen.app.screen._compositor.render_strips())


@pytest.mark.parametrize("size", [(120, 24), (80, 24), (40, 12)])
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
        assert not any("All of the front matter" in line for line in screen.view.lines)
        await press(pilot, "escape", *["j"] * 4)
        assert screen.view.scroll_offset.y == 0
        await press(pilot, "I")
        assert any("images are" in line for line in drawn(screen).splitlines()) or any(
            "no image" in toast for toast in toasts(screen)
        )


async def test_details_show_what_else_the_file_says(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(120, 60)) as pilot:
        screen = await press(pilot, "slash", *"oxford circus", "enter")
        assert not any("front matter" in line for line in screen.view.lines)
        await press(pilot, "d")
        page = "\n".join(screen.view.lines)
        for word in ("All of the front matter", "category", "heat", "sealed body", "encrypted"):
            assert word in page


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


async def test_help_palette_and_problems_open_and_close(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        for key, dialog in (("question_mark", HelpDialog), ("f1", HelpDialog), ("exclamation_mark", ProblemsDialog)):
            await pilot.press(key)
            await pilot.pause()
            assert isinstance(app.screen, dialog)
            await pilot.press("escape")
            await pilot.pause()
        for key in ("colon", "ctrl+p"):
            await pilot.press(key)
            await pilot.pause(0.2)
            assert isinstance(app.screen, CommandPalette)
            await pilot.press("escape")
            await pilot.pause()


async def test_the_palette_sorts(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("colon")
        await pilot.pause(0.2)
        await pilot.press(*"most covered")
        await pilot.pause(0.5)
        await pilot.press("enter")
        await pilot.pause(0.2)
        screen = await settle(pilot)
        assert screen.listing.sort is Sort.COVERED


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


async def test_light_and_dark(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert app.theme == "reader-dark"
        await press(pilot, "L")
        assert app.theme == "reader-light"
        await press(pilot, "L")
        assert app.theme == "reader-dark"


async def test_every_theme_can_be_worn(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        for theme in app.available_themes:
            app.theme = theme
            await pilot.pause()
        assert app.is_running


async def test_mouse_clicks_select_and_open_topics(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        await pilot.click("#stories", offset=(6, 6))
        await settle(pilot)
        assert screen.stories.cursor == 2
        await pilot.click("#topics", offset=(9, 0))
        await settle(pilot)
        assert screen.listing.topics == {screen.answer.topics[0].name}
        await pilot.click("#coverage", offset=(20, 3))
        await settle(pilot)
        assert screen.focused is screen.coverage_tree


async def test_clicking_the_link_opens_it(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        text = screen.library.index.text(screen.story or 0)
        assert text is not None
        row = next(number for number, line in enumerate(screen.view.lines) if line.strip().startswith("crn.com"))
        await pilot.click("#story", offset=(6, row + 1))
        await settle(pilot)
        assert app.clipboard == text.url


async def test_a_changed_folder_is_read_again_and_the_selection_stays(make_app: MakeApp, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(3):
        _write(folder / f"{number}.md", f"Headline number {number}", f"2024-05-0{number + 1}")
    app = make_app(folder)
    async with app.run_test(size=WIDE) as pilot:
        screen = await press(pilot, "j")
        assert titles(screen)[screen.stories.cursor] == "Headline number 1"
        _write(folder / "later.md", "The very latest", "2024-06-01")
        (folder / "0.md").unlink()
        screen = await press(pilot, "ctrl+r")
        screen = await settle(pilot)
        assert titles(screen) == ["The very latest", "Headline number 2", "Headline number 1"]
        assert titles(screen)[screen.stories.cursor] == "Headline number 1"


async def test_an_empty_folder_says_what_a_story_is(make_app: MakeApp, tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    app = make_app(folder)
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        assert "front matter" in screen.stories.empty_text
        await press(pilot, "enter", "j", "G", "o", "c", "backspace")
        assert app.is_running


async def test_files_that_cannot_be_read_are_told_in_the_header(make_app: MakeApp, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    _write(folder / "good.md", "All is well", "2024-05-01")
    (folder / "bad.md").write_text("---\ntitle: [\n---\n")
    app = make_app(folder)
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        assert "! 1 not read" in screen.query_one(HeaderBar).render_line(0).text
        await pilot.press("exclamation_mark")
        await pilot.pause()
        assert isinstance(app.screen, ProblemsDialog)
        assert "bad.md:" in app.screen.page().plain


async def test_a_damaged_index_is_built_again_and_the_header_says_so(make_app: MakeApp, tmp_path: Path) -> None:
    make_app()
    index = index_path(tmp_path / "cache", sample_folder())
    index.write_bytes(b"no database " * 1_000)
    for tail in ("-wal", "-shm"):
        index.with_name(index.name + tail).unlink(missing_ok=True)
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        assert "the index was damaged" in screen.query_one(HeaderBar).content.hint
        assert len(screen.stories.ids) == 40


async def test_reading_is_told_with_the_time_it_still_takes(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        screen.parts.folder.state.is_syncing = True
        for seconds, progress in (
            (0.0, Progress(10, 100, 1_000_000, 9_000_000)),
            (4.0, Progress(50, 100, 5_000_000, 9_000_000)),
        ):
            monkeypatch.setattr("reader.ui.parts.index.folder.time.monotonic", lambda now=seconds: now)
            screen.parts.folder.follow(progress)
        monkeypatch.undo()
        assert screen.parts.folder.state.activity == "reading 50 of 100 files · 5.0 of 9.0 MB · 4 s left"
        screen.parts.folder.state.is_syncing = False
        assert not screen.parts.folder.state.activity


async def test_a_folder_that_vanishes_is_told_and_the_list_stays(make_app: MakeApp, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    _write(folder / "one.md", "Still here", "2024-05-01")
    app = make_app(folder)
    async with app.run_test(size=WIDE) as pilot:
        screen = await settle(pilot)
        folder.rename(tmp_path / "away")
        await press(pilot, "ctrl+r")
        screen = await settle(pilot)
        assert titles(screen) == ["Still here"]
        assert any("no such folder" in toast for toast in toasts(screen))


async def test_hostile_text_stays_text(make_app: MakeApp, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    hostile = "[bold red]Big[/] $x [@click=app.quit]go[/] \\x1b]0;owned\\x07 \\x9b31m \\u202egnp.exe"
    for number in range(2):
        (folder / f"{number}.md").write_text(
            f'---\ntitle: "{hostile} {number}"\nexcerpt: "{hostile}"\ndate: 2024-01-0{number + 1}\n'
            f'tags: ["{hostile}"]\nurl: "https://a.example/{number}"\n'
            f'odd: "{hostile}"\nprovider: {{name: "{hostile}"}}\n'
            f'related: [{{title: "{hostile}", url: "https://b.example/x", provider: {{name: "{hostile}"}}}}]\n'
            f"---\n{hostile}\n"
        )
    app = make_app(folder)
    async with app.run_test(size=(200, 60)) as pilot:
        screen = await settle(pilot)
        await press(pilot, "d", "1", "c", "v", "v", "escape")
        await pilot.press("t")
        await pilot.pause(0.1)
        await pilot.press("escape", "u")
        await pilot.pause(0.2)
        await pilot.press("escape", "y", "Y", "slash", *"big", "enter")
        screen = await settle(pilot)
        page = "\n".join(screen.view.lines)
        assert "[bold red]Big[/]" in page
        everything = page + app.export_screenshot() + app.clipboard
        assert not any(sign in everything for sign in "\x1b\x07\x9b\u202e")
        assert app.is_running


def _write(path: Path, title: str, day: str) -> None:
    path.write_text(f"---\ntitle: {title}\ndate: {day}\nurl: https://example.org/{path.stem}\n---\n")
