"""Opening and copying what is at hand, without an app; and the way along an event."""

from __future__ import annotations

from reader.ui.dialogs.story.links import LinksDialog
from reader.ui.messages import CopyRequested, OpenRequested
from reader.ui.parts.host import AtHand
from ui.parts.conftest import COMET, OTHER, Bench


async def test_the_link_of_the_story_is_opened_and_that_of_the_article_in_the_tree(bench: Bench) -> None:
    parts, host = bench.parts, bench.host
    parts.links.open(AtHand())
    await bench.list_stories()
    parts.links.open(parts.current.at_hand)
    host.focused = parts.widgets.tree
    tree = parts.widgets.tree
    for row in range(tree.count):
        tree.move_to(row)
        if tree.selected is not None and tree.selected.url != OTHER:
            break
    parts.links.open(parts.current.at_hand)
    assert host.posted == [OpenRequested(""), OpenRequested(OTHER), OpenRequested("https://web.example/a")]


async def test_a_link_that_was_chosen_has_been_seen(bench: Bench) -> None:
    await bench.list_stories()
    parts, host = bench.parts, bench.host
    for url in (None, OTHER):
        host.answers[LinksDialog] = url
        parts.links.choose(parts.current.at_hand)
        parts.links.choose(AtHand())
        await host.settle()
    assert host.posted == [OpenRequested(OTHER, is_seen=True)]


async def test_copying_takes_the_link_alone_or_the_title_as_well(bench: Bench) -> None:
    parts, host = bench.parts, bench.host
    parts.links.copy(AtHand())
    assert host.toasts == ["There is no link to copy."]
    await bench.list_stories()
    parts.links.copy(parts.current.at_hand)
    parts.links.copy_markdown(parts.current.at_hand)
    assert host.posted == [CopyRequested(OTHER, "Link"), CopyRequested(f"[Other]({OTHER})", "Title and link")]


async def test_along_an_event_and_to_its_ends(bench: Bench) -> None:
    await bench.list_stories()
    parts, host = bench.parts, bench.host
    parts.events.step(1)
    await host.settle()
    parts.current.jump(bench.id_of(COMET[0]))
    seen = []
    for by in (1, 1, -1, -1):
        parts.events.step(by)
        await host.settle()
        seen.append(parts.current.id)
    first, second = map(bench.id_of, COMET)
    assert seen == [second, second, first, first]
    assert host.toasts == [
        "No other story of this library is on this event.",
        "This is the latest of 2 stories on this event.",
        "This is the earliest of 2 stories on this event.",
    ]


async def test_who_hands_on_nothing_is_told(bench: Bench) -> None:
    handing_on = bench.parts.handing_on
    for act in (handing_on.pipe, handing_on.save, handing_on.edit, handing_on.share):
        act(AtHand())
    await bench.host.settle()
    assert bench.host.toasts[:3] == ["No story is selected."] * 3
    assert bench.host.toasts[3].startswith("There is no share target yet")
    assert bench.host.toasts[3] in bench.host.warned, "it has no room in one line"
