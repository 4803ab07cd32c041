"""Views without an app: taken, left, named, counted."""

from __future__ import annotations

import pytest
from textual.geometry import Size

from reader.library.index.listing import Listing, Shown
from reader.library.query.query import Sort
from reader.settings.config import Config, View
from reader.ui.dialogs.listing.views import ViewsDialog
from reader.ui.parts.host import AtHand
from ui.parts.conftest import Bench, MakeBench

COMETS = View("Comets", "harbour", "oldest")
WRONG = View("Wrong", "is:gone")


@pytest.fixture
def bench(make_bench: MakeBench) -> Bench:
    """Parts with two views of the configuration."""
    return make_bench(Config(mark_read="never", views=(COMETS, WRONG)))


async def test_a_view_is_listed_named_and_left_again(bench: Bench) -> None:
    await bench.list_stories()
    views, stories = bench.parts.views, bench.parts.widgets.stories
    views.show_name()
    assert stories.border_title is None, "nobody has asked for views"
    await views.switch(COMETS)
    await bench.host.settle()
    views.show_name()
    assert bench.parts.listed.listing == Listing("harbour", sort=Sort.OLDEST)
    assert bench.parts.widgets.query_bar.text == "harbour"
    assert str(stories.border_title) == "Stories · Comets"
    await views.switch(COMETS)
    await bench.host.settle()
    views.show_name()
    assert bench.parts.listed.listing == Listing()
    assert str(stories.border_title) == "Stories"


@pytest.mark.parametrize(
    ("size", "told"), [((40, 12), "Stories · unread · 2 of 3 · oldest first"), ((120, 40), "None")]
)
async def test_without_a_bar_the_title_tells_what_is_listed(bench: Bench, size: tuple[int, int], told: str) -> None:
    bench.host.size = Size(*size)
    await bench.list_stories()
    views, stories = bench.parts.views, bench.parts.widgets.stories
    bench.parts.marks.toggle_read(bench.parts.current.at_hand)
    await bench.host.settle()
    bench.parts.listed.listing = Listing(sort=Sort.OLDEST, shown=Shown.UNREAD)
    await bench.list_stories()
    views.show_name()
    assert str(stories.border_title) == told


async def test_a_view_that_cannot_be_listed_is_told_and_the_list_stays(bench: Bench) -> None:
    await bench.parts.views.take(WRONG)
    assert bench.host.toasts[-1].startswith("“Wrong” cannot be listed: ")
    assert bench.parts.listed.listing == Listing()
    assert await bench.parts.views.count(WRONG) is None


async def test_views_are_counted_with_the_marks_as_they_are(bench: Bench) -> None:
    await bench.list_stories()
    views, parts = bench.parts.views, bench.parts
    assert await views.count(COMETS) == 2
    unread, new = View("Unread", "is:unread"), View("New", "is:new")
    assert (await views.count(unread), await views.count(new)) == (3, 0)
    parts.marks.toggle_read(AtHand(None, None, list(parts.widgets.stories.ids[:1])))
    await bench.host.settle()
    assert (await views.count(unread), await views.count(View("u", "is:unread harbour"))) == (2, 2)
    bench.host.is_standing = False
    assert await views.count(COMETS) is None


async def test_a_view_is_chosen(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    gone_to: list[object] = []
    monkeypatch.setattr(bench.parts.widgets.panes, "go_to", gone_to.append)
    for view, listing in ((None, Listing()), (COMETS, Listing("harbour", sort=Sort.OLDEST))):
        bench.host.answers[ViewsDialog] = view
        bench.parts.views.choose()
        await bench.host.settle()
        assert bench.parts.listed.listing == listing
    assert gone_to == [bench.parts.widgets.stories]


async def test_trouble_with_the_file_of_views_is_told_once(bench: Bench) -> None:
    file = bench.marks.with_name("views.json")
    file.parent.mkdir()
    file.write_text("{")
    for _ in range(2):
        await bench.parts.views.look()
    assert len(bench.host.toasts) == 1
    assert "saved views cannot be read" in bench.host.toasts[0]


async def test_nothing_is_like_no_story(bench: Bench) -> None:
    bench.parts.views.choose_like(AtHand())
    await bench.host.settle()
    assert bench.host.toasts == ["No story is selected."]
