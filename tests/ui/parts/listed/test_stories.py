"""What is listed, without an app."""

from __future__ import annotations

from reader.library.index.listing import Listing, Shown
from reader.library.query.query import Sort
from reader.ui.dialogs.listing.topic_picker import TopicPicker
from ui.parts.conftest import COMET, OTHER, Bench, MakeBench


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
