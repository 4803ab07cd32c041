"""Taking up where the person was."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.base.paths import sample_folder, state_file
from reader.cli.screen import keep_place, kept_state
from reader.coverage.ways import Grouping
from reader.library.index.listing import Listing
from reader.library.library import Library
from reader.library.query.query import Sort
from reader.settings.config import Config
from reader.settings.place import Place
from reader.ui.app import ReaderApp
from reader.ui.parts.listed.place import grouping_at, listing_at
from support import DEFAULT_CONFIG, press, settle

if TYPE_CHECKING:
    from conftest import WriteStory

CLOCK = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
WIDE = (120, 20)


@pytest.fixture
def news(tmp_path: Path, write_story: WriteStory) -> Path:
    for number in range(1, 29):
        url, day = f"https://x.example/{number}", f"2024-01-{number:02}T10:00:00Z"
        write_story(tmp_path / "n", f"{number}.md", published=day, url=url, topics=["Sea" if number % 2 else "Sky"])
    return tmp_path / "n"


async def test_what_was_left_is_taken_up(news: Path, tmp_path: Path) -> None:
    with Library(news, tmp_path / "cache", in_process=True) as library:
        library.sync()
        app = ReaderApp(library, DEFAULT_CONFIG, lambda: CLOCK, zone=UTC)
        async with app.run_test(size=WIDE) as pilot:
            await press(pilot, "1", "E", "backslash", "v", "slash", *"sea", "enter", "g", "j", "j")
        place = app.place()
        assert place == Place("sea", ("Sea",), "oldest", True, "https://x.example/5", grouping="outlet")
        app = ReaderApp(library, DEFAULT_CONFIG, lambda: CLOCK, zone=UTC, place=place)
        async with app.run_test(size=WIDE) as pilot:
            screen = await settle(pilot)
            assert screen.listing == Listing("sea", frozenset({"Sea"}), Sort.OLDEST, by_event=True)
            assert screen.stories.cursor == 2
            assert screen.story == screen.stories.selected
            assert screen.coverage_tree.grouping is Grouping.OUTLET
        assert app.place() == place


@pytest.mark.long
async def test_how_many_lines_a_story_takes_is_kept_once_it_was_chosen(news: Path, tmp_path: Path) -> None:
    with Library(news, tmp_path / "cache", in_process=True) as library:
        library.sync()
        config = Config(mark_read="never", density="two")
        place, heights = None, []
        for keys in ((), ("M", "M"), ()):
            app = ReaderApp(library, config, lambda: CLOCK, zone=UTC, place=place)
            async with app.run_test(size=WIDE) as pilot:
                screen = await press(pilot, *keys)
                heights.append(screen.stories.item_height)
            place = app.place()
        assert heights == [3, 1, 1]
        assert place is not None
        assert place._replace(story="") == Place(density="one")
        odd = ReaderApp(library, config, lambda: CLOCK, zone=UTC, place=Place(density="a hundred"))
        async with odd.run_test(size=WIDE) as pilot:
            assert (await settle(pilot)).stories.item_height == 3


async def test_a_story_far_down_is_found_again(news: Path, tmp_path: Path) -> None:
    with Library(news, tmp_path / "cache", in_process=True) as library:
        library.sync()
        place = Place(story="https://x.example/1")
        app = ReaderApp(library, DEFAULT_CONFIG, lambda: CLOCK, zone=UTC, place=place)
        async with app.run_test(size=WIDE) as pilot:
            screen = await settle(pilot)
            assert screen.stories.cursor == 27
            assert screen.story == screen.stories.selected
            assert str(screen.story_pane.border_title) == "Story"


async def test_a_story_that_is_gone_is_not_missed(news: Path, tmp_path: Path) -> None:
    with Library(news, tmp_path / "cache", in_process=True) as library:
        library.sync()
        place = Place(query="is:", story="https://x.example/gone", grouping="odd", sort="odd")
        app = ReaderApp(library, DEFAULT_CONFIG, lambda: CLOCK, zone=UTC, place=place)
        async with app.run_test(size=WIDE) as pilot:
            screen = await settle(pilot)
            assert screen.story == screen.stories.selected == screen.stories.ids[0]


async def test_a_theme_that_was_chosen_and_is_gone_gives_way_to_that_of_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ReaderApp, "NOTIFICATION_TIMEOUT", 600.0)
    with Library(sample_folder(), tmp_path / "cache", is_sample=True, in_process=True) as library:
        config = Config(mark_read="never", theme="reader-light")
        app = ReaderApp(library, config, lambda: CLOCK, zone=UTC, theme="paper")
        async with app.run_test(size=WIDE) as pilot:
            await settle(pilot)
            assert app.theme == "reader-light"
            assert [one.message for one in app._notifications] == ["There is no theme 'paper'"]
        app = ReaderApp(library, config, lambda: CLOCK, zone=UTC, theme="nord")
        assert app.theme == "nord"


def test_what_makes_no_sense_is_as_usual() -> None:
    assert listing_at(Place(query="is:gone /(/", sort="odd")) == Listing()
    assert grouping_at(Place(grouping="odd")) is Grouping.TIME


def test_a_place_is_kept_and_an_unwritable_one_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert kept_state() is None
    keep_place("/news", Place(query="sea"), "")
    keep_place("/other", None, "nord", instead_of="reader-dark")
    keep_place("/other", None, "", instead_of="reader-light")
    state = kept_state()
    assert state is not None
    assert (state.place("/news").query, state.theme) == ("sea", "nord")
    assert (state.theme_over("reader-dark"), state.theme_over("reader-light")) == ("nord", "")
    state_file().unlink()
    state_file().mkdir()
    keep_place("/news", Place(query="sea"), "")
    assert "where you were is not kept" in capsys.readouterr().err
