"""What is listed, without an app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from textual.geometry import Size

from reader.library.index import catalogue
from reader.library.index.listing import Listing, Shown
from reader.library.index.search import first_page
from reader.library.query.query import Sort
from reader.ui.dialogs.listing.topic_picker import TopicPicker
from ui.parts.conftest import COMET, OTHER, Bench, MakeBench

if TYPE_CHECKING:
    from conftest import WriteStory


async def test_only_the_last_of_several_listings_is_shown(bench: Bench) -> None:
    listed = bench.parts.listed
    for text in ("nothing", "harbour", "other"):
        listed.list_stories(Listing(text))
    assert not listed.is_answered
    await bench.host.settle()
    assert listed.is_answered
    assert listed.answer.listing == Listing("other")
    assert list(bench.parts.widgets.stories.ids) == [bench.id_of(OTHER)]


async def test_topics_are_switched_by_number_before_the_bar_has_them(bench: Bench) -> None:
    listed = bench.parts.listed
    listed.switch_nth_topic(1)
    assert listed.listing.topics == {"Sky"}
    listed.switch_topic("Sea")
    listed.switch_nth_topic(9)
    assert listed.listing.topics == {"Sea", "Sky"}
    bench.host.answers[TopicPicker] = frozenset({"Sea"})
    listed.choose_topics()
    await bench.host.settle()
    assert list(bench.parts.widgets.stories.ids) == [bench.id_of(OTHER)]
    assert [(topic.name, topic.stories) for topic in listed.answer.topics] == [("Sky", 2), ("Sea", 1)]
    bench.host.answers[TopicPicker] = None
    listed.choose_topics()
    await bench.host.settle()
    assert listed.listing.topics == {"Sea"}


async def test_what_narrows_is_taken_back_one_after_the_other(make_bench: MakeBench) -> None:
    start = Listing("", frozenset({"Sky"}), Sort.OLDEST, shown=Shown.UNREAD)
    bench = make_bench(listing=start)
    listed, left = bench.parts.listed, []
    for _ in range(3):
        listed.widen()
        left.append(listed.listing)
    await bench.host.settle()
    assert left == [
        start._replace(topics=frozenset()),
        Listing(sort=Sort.OLDEST),
        Listing(sort=Sort.OLDEST),
    ]
    assert len(bench.parts.widgets.stories.ids) == 3


async def test_an_empty_list_offers_what_says_so_in_its_coverage(bench: Bench) -> None:
    listed, stories = bench.parts.listed, bench.parts.widgets.stories
    listed.list_stories(Listing("zebra"))
    await bench.host.settle()
    assert len(stories.ids) == 0
    assert "No story says “zebra”, but the coverage of 1 story does." in stories.empty_text
    listed.list_stories(Listing("zebra"), take_offer=True)
    await bench.host.settle()
    assert listed.listing == Listing("coverage:zebra")
    assert bench.parts.widgets.query_bar.text == "coverage:zebra"
    assert list(stories.ids) == [bench.id_of(OTHER)]


async def test_an_order_of_the_search_is_told_and_no_other_lies_beneath_it(bench: Bench) -> None:
    listed = bench.parts.listed
    listed.list_text("sort:-quality,date")
    for order in ("", Sort.OLDEST):
        listed.sort(order)
    assert listed.listing == Listing("sort:-quality,date")
    told = "The search says its order itself, sort:-quality,date: without that \\ does."
    assert bench.host.toasts == [told, told]
    listed.list_text("harbour")
    listed.sort(Sort.OLDEST)
    assert listed.listing == Listing("harbour", sort=Sort.OLDEST)
    await bench.host.settle()


async def test_orders_and_marks_go_around(bench: Bench) -> None:
    listed = bench.parts.listed
    for _ in Sort:
        listed.sort()
    for _ in Shown:
        listed.list_shown()
    assert listed.listing == Listing()
    listed.sort(Sort.OLDEST)
    assert listed.listing.sort is Sort.OLDEST
    await bench.host.settle()
    assert list(bench.parts.widgets.stories.ids) == [*map(bench.id_of, COMET), bench.id_of(OTHER)]


async def test_that_no_two_stories_are_on_one_event_is_told(bench: Bench) -> None:
    await bench.list_stories()
    listed, stories = bench.parts.listed, bench.parts.widgets.stories
    listed.switch_events()
    await bench.host.settle()
    assert len(stories.ids) == 2
    assert bench.host.toasts == []
    listed.switch_events()
    listed.list_stories(Listing("other"))
    await bench.host.settle()
    listed.switch_events()
    await bench.host.settle()
    assert bench.host.toasts == ["No two of these stories are on one event."]


async def test_a_screen_that_is_taken_down_shows_no_answer(bench: Bench) -> None:
    bench.parts.listed.list_anew()
    bench.host.is_standing = False
    bench.parts.listed.list_first_page()
    await bench.host.settle()
    assert bench.parts.listed.answer.version == -1
    assert len(bench.parts.widgets.stories.ids) == 0


async def test_a_story_that_was_jumped_to_is_left_with_its_file(bench: Bench) -> None:
    await bench.list_stories()
    current, stories = bench.parts.current, bench.parts.widgets.stories
    current.jump(bench.id_of(COMET[1]))
    (bench.library.root / "1.md").unlink()
    bench.library.sync()
    await bench.list_stories()
    assert current.id == stories.selected == bench.id_of(COMET[0]), "the next one below"


@pytest.mark.parametrize("at", [0, 1, 2, 9])
async def test_the_first_rows_stand_before_all_of_them_and_the_cursor_stays(
    at: int, make_bench: MakeBench, write_story: WriteStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = make_bench().library
    for number in range(30):
        when = f"2023-05-{31 - number:02}T10:00:00Z"
        write_story(library.root, f"more{number:02}.md", title=f"More {number}", published=when, topics=["Sea"])
    library.sync()
    bench = make_bench()
    monkeypatch.setattr(first_page, "READ_AHEAD", 30)
    monkeypatch.setattr(catalogue, "FEW", 0)
    listed, stories, shown = bench.parts.listed, bench.parts.widgets.stories, list[tuple[bool, int | None, int]]()
    bench.host.size = Size(80, 3)
    await bench.list_stories()
    stories.move_to(at)
    bench.parts.current.show(stories.selected)
    before, show = stories.selected, stories.show_stories

    def note(*told: Any, **named: Any) -> None:
        show(*told, **named)
        shown.append((named["is_whole"], stories.selected, len(stories.ids)))

    monkeypatch.setattr(stories, "show_stories", note)
    for pages, standing in (
        ([False, True], {before, *map(bench.id_of, COMET)} if at in (1, 2) else {before}),
        ([True], {before}),
    ):
        listed.switch_events()
        await bench.host.settle()
        assert {selected for _, selected, _ in shown} <= standing
        assert bench.parts.current.id == before
        assert [is_whole for is_whole, _, _ in shown] == pages
        shown.clear()
    assert len(stories.ids) == 33
    for act in (listed.sort, listed.list_all_topics, lambda: listed.switch_topic("Sea")):
        act()
    await bench.host.settle()
    assert [is_whole for is_whole, _, _ in shown] == [False, True]
    assert shown[0][1] == shown[1][1]
    assert shown[0][2] < shown[1][2] == 31
