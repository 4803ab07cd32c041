"""Questions to the marks and the index, whoever asks them: a damaged index is built again, and nothing ends."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

import pytest

from examples import thinned
from reader.base.errors import LibraryIndexError, MarksError
from reader.library.marks.marks import MarkKind, Marks
from reader.library.query.completion import spot_at
from reader.ui.parts.index.thread import IndexThread
from reader.ui.parts.marks.news import News
from ui.conftest import CLOCK
from ui.parts.conftest import COMET, OTHER, Bench


async def list_new(bench: Bench) -> None:
    bench.parts.listed.list_text("is:new")


async def list_hidden(bench: Bench) -> None:
    bench.parts.shown_marks.now = None
    bench.parts.listed.list_anew()


async def complete_tags(bench: Bench) -> None:
    bench.host.is_standing = False
    spot = spot_at("tag:s", 5)
    assert spot is not None
    bench.parts.search.complete(spot)


def news_of(bench: Bench) -> News:
    return News(bench.host, bench.parts.questions, bench.parts.widgets.stories)


async def count_news(bench: Bench) -> None:
    coverage = await bench.parts.questions.coverage(bench.id_of(COMET[0]))
    assert coverage is not None
    assert await news_of(bench).of(coverage) == 0


async def show_news(bench: Bench) -> None:
    await news_of(bench).show()


async def show_own_words(bench: Bench) -> None:
    await bench.parts.shown_marks.follow_story(bench.id_of(OTHER))


async def write_tags(bench: Bench) -> None:
    bench.parts.notes.write_tags(bench.parts.current.at_hand)


async def write_note(bench: Bench) -> None:
    bench.parts.notes.write_note(bench.parts.current.at_hand)


BY_THEMSELVES = [list_new, list_hidden, complete_tags, count_news, show_news, show_own_words]
BY_KEYS = [write_tags, write_note]


@pytest.fixture
async def marked(bench: Bench) -> Bench:
    """The parts, on stories of which one is tagged."""
    with Marks(bench.marks, lambda: CLOCK) as marks:
        marks.set([OTHER], MarkKind.TAG, True, "sea")
        marks.set(COMET, MarkKind.KNOWN, datetime(2020, 2, 20, tzinfo=CLOCK.tzinfo))
    await bench.list_stories()
    bench.host.toasts.clear()
    return bench


@pytest.mark.parametrize("ask", thinned([*BY_THEMSELVES, *BY_KEYS], every=2))
async def test_an_index_found_damaged_when_marks_are_asked_for_is_built_again(
    marked: Bench, ask: Callable[[Bench], Awaitable[None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = IndexThread.ask_marks

    async def find_damage(*_: object) -> None:
        monkeypatch.setattr(IndexThread, "ask_marks", asked)
        raise LibraryIndexError("database disk image is malformed")

    monkeypatch.setattr(IndexThread, "ask_marks", find_damage)
    await ask(marked)
    await marked.host.settle()
    assert IndexThread.ask_marks is asked, "it was asked for"
    assert marked.host.toasts[0] == "the index was damaged; it is built again"
    assert await marked.parts.questions.ask(lambda index: index.counts().stories) == 3


@pytest.mark.parametrize("ask", thinned([*BY_THEMSELVES, *BY_KEYS], every=2))
async def test_marks_that_cannot_be_read_are_told_of_where_a_key_asks_for_them(
    marked: Bench, ask: Callable[[Bench], Awaitable[None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise MarksError("the marks cannot be read")

    monkeypatch.setattr(IndexThread, "ask_marks", fail)
    await ask(marked)
    await marked.host.settle()
    assert marked.host.toasts == (["the marks cannot be read"] if ask in BY_KEYS else [])
