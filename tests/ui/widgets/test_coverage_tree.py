"""The coverage tree in an app of its own: folding, narrowing, titles, reasons."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from textual.app import App, ComposeResult
from textual.pilot import Pilot

from reader.coverage.model import Coverage, CoverageArticle, Relation
from reader.coverage.reasons import Basis, Reason
from reader.coverage.ways import Grouping
from reader.ui.look import themes
from reader.ui.widgets.coverage.coverage_tree import CoverageTree

NOW = datetime(2020, 3, 1, tzinfo=UTC)


def article(name: str, hour: int, *, event: int | None = 1, copy: int | None = None, day: int = 20) -> CoverageArticle:
    return CoverageArticle(
        key=f"https://{name.lower()}.example/1",
        title=f"{name} on the harbour",
        provider=name,
        outlet=f"{name.lower()}.example",
        published=datetime(2020, 2, day, hour, tzinfo=UTC),
        event=event,
        copy=copy,
        reason=Reason(Basis.WORDS, "Wire", timedelta(hours=3), ("Quay",)) if event else None,
        relation=Relation.EVENT if event else Relation.LINKED,
    )


STORY = Coverage(
    article("Herald", 12),
    (
        article("Wire", 8, copy=5),
        article("Post", 9, copy=5),
        article("Times", 10, copy=5),
        article("Gazette", 15),
        article("Almanac", 9, event=None, day=1),
    ),
)


class TreeApp(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.register_theme(themes.DARK)
        self.theme = themes.DARK.name

    def get_css_variables(self) -> dict[str, str]:
        return themes.complete(super().get_css_variables())

    def compose(self) -> ComposeResult:
        yield CoverageTree(lambda: NOW, UTC, {"go.escape": "f5"})


@asynccontextmanager
async def shown(coverage: Coverage, width: int = 90) -> AsyncIterator[tuple[CoverageTree, Pilot[None]]]:
    app = TreeApp()
    async with app.run_test(size=(width, 24)) as pilot:
        tree = app.query_one(CoverageTree)
        tree.show_coverage(coverage)
        tree.focus()
        await pilot.pause()
        yield tree, pilot


def text_of(tree: CoverageTree) -> list[str]:
    return [tree.render_line(y).text.rstrip() for y in range(tree.size.height) if tree.render_line(y).text.strip()]


async def test_copies_are_one_line_until_they_are_unfolded() -> None:
    async with shown(STORY) as (tree, _):
        told = text_of(tree)
        assert [line for line in told if "Wire copy ×3" in line]
        assert not [line for line in told if "Post on" in line]
        tree.toggle_fold()
        told = text_of(tree)
        assert [line for line in told if "Post on" in line]
        assert not [line for line in told if "×3" in line]


async def test_the_event_is_told_first_and_in_the_title() -> None:
    async with shown(STORY) as (tree, _):
        assert str(tree.border_title) == "Coverage · 5 outlets · 3 independent · 1 day · 1 linked · earliest known Wire"
        told = text_of(tree)
        assert "articles per hour" in told[0]
        assert "event, found by its words alone · 5 articles" in told[1]
        assert "linked · 1 article" in told[-3]
        assert "Almanac" in told[-1]


async def test_what_is_alike_is_told_last_and_as_found() -> None:
    near = replace(article("Mirror", 16, event=None), relation=Relation.ALIKE, reason=STORY.focus.reason)
    async with shown(replace(STORY, alike=(near,)), 110) as (tree, pilot):
        assert "· 1 linked · 1 alike" in str(tree.border_title)
        told = text_of(tree)
        assert "alike, found by their words · 1 story" in told[-3]
        assert "Mirror" in told[-1]
        await pilot.press("end")
        assert "alike: 3 hours from Wire, both name Quay" in str(tree.border_subtitle)
    async with shown(Coverage(STORY.focus, (), (near,))) as (tree, _):
        assert "Mirror" in text_of(tree)[-1]


async def test_a_story_on_no_event_claims_no_outlet() -> None:
    focus = replace(STORY.focus, event=None)
    async with shown(Coverage(focus, (STORY.articles[-1],))) as (tree, _):
        assert str(tree.border_title) == "Coverage · on no event with others · 1 linked"
        assert not [line for line in text_of(tree) if "earliest" in line]


async def test_a_copy_is_folded_into_the_row_of_its_original() -> None:
    async with shown(replace(STORY, focus=replace(STORY.focus, copy=5))) as (tree, _):
        row = next(line for line in text_of(tree) if "×4" in line)
        assert "08:00 earliest" in row
        assert "(this story is a copy of it)" in row


async def test_each_article_says_why_it_is_on_the_event() -> None:
    async with shown(STORY) as (tree, pilot):
        assert "3 hours from Wire, both name Quay" in str(tree.border_subtitle)
        await pilot.press("end")
        assert "on no event with this story" in str(tree.border_subtitle)


async def test_typing_narrows_and_escape_shows_all() -> None:
    async with shown(STORY) as (tree, pilot):
        everything = text_of(tree)
        tree.start_typing()
        await pilot.press("g", "a", "z")
        assert "/ gaz" in str(tree.border_title)
        assert tree.selected is not None
        assert tree.selected.provider == "Gazette"
        await pilot.press("backspace", "backspace", "backspace", "q")
        assert "Nothing in this coverage has “q”. Esc shows all of it." in " ".join(text_of(tree))
        await pilot.press("enter")
        assert "“q”. f5 shows all of it." in " ".join(text_of(tree))
        tree.start_typing()
        await pilot.press("escape")
        assert text_of(tree) == everything
        assert not tree.is_typing


async def test_enter_keeps_what_was_narrowed_and_another_story_ends_it() -> None:
    async with shown(STORY) as (tree, pilot):
        tree.start_typing()
        await pilot.press("g", "a", "z", "enter")
        assert tree.is_narrowed
        assert not tree.is_typing
        tree.show_coverage(Coverage(article("Other", 1), (article("Else", 2),)))
        assert not tree.is_narrowed


async def test_the_place_is_kept_where_nothing_is_found() -> None:
    async with shown(STORY) as (tree, pilot):
        tree.toggle_fold()
        await pilot.press("down", "down")
        place = tree.selected
        assert place is not None
        tree.start_typing()
        await pilot.press("q", "q")
        assert tree.selected is None
        await pilot.press("escape")
        assert tree.selected == place


async def test_an_article_that_is_gone_leaves_its_place_to_the_next() -> None:
    async with shown(STORY) as (tree, pilot):
        tree.toggle_fold()
        order = [row.article.provider for row in tree._rows if row.article]
        at = order.index("Times")
        await pilot.press("home", *["down"] * at)
        assert tree.selected is not None
        assert tree.selected.provider == "Times"
        left = tuple(one for one in STORY.articles if one.provider != "Times")
        tree.show_coverage(Coverage(STORY.focus, left))
        assert tree.selected.provider == order[at + 1]
        await pilot.press("end")
        last = tree.selected
        left = tuple(one for one in left if one != last)
        tree.show_coverage(Coverage(STORY.focus, left))
        assert tree.selected is not None
        assert tree.selected.provider == [name for name in order if name not in ("Times", last.provider)][-1]


async def test_a_tree_that_nothing_is_left_in_is_not_narrowed() -> None:
    async with shown(STORY) as (tree, pilot):
        tree.start_typing()
        await pilot.press("g", "a", "z")
        tree.show_coverage(Coverage(STORY.focus, ()), empty_text="Nothing is linked.")
        assert (tree.is_typing, tree.is_narrowed, str(tree.border_title)) == (False, False, "Coverage")


async def test_a_time_in_the_future_is_told_as_one() -> None:
    coverage = Coverage(article("Herald", 12), (article("Tomorrow", 1, day=29), article("Later", 1)))
    async with shown(coverage) as (tree, _):
        assert not [line for line in text_of(tree) if "future" in line]
    ahead = CoverageArticle("https://x.example", "From ahead", published=NOW + timedelta(days=1), event=1)
    async with shown(Coverage(article("Herald", 12), (ahead,))) as (tree, _):
        assert [line for line in text_of(tree) if "future" in line]


async def test_every_grouping_shows_every_article_at_every_width() -> None:
    for width in (20, 40, 60, 120):
        async with shown(STORY, width) as (tree, pilot):
            tree.toggle_fold()
            for _ in Grouping:
                tree.regroup(tree.grouping.next)
                await pilot.pause()
                assert sum(row.article is not None for row in tree._rows) == 6
                assert all(len(line) <= width for line in text_of(tree))
