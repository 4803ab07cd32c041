"""The catalogue answers as SQLite does when it is asked all at once, and a first page is how the whole begins."""

from __future__ import annotations

import random
import weakref
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from examples import thinned
from library.sql_answers import found_at_once
from reader.library.index import catalogue
from reader.library.index.catalogue import Catalogue
from reader.library.index.listing import Listing, Shown
from reader.library.index.rows import TopicCount
from reader.library.index.search import first_page
from reader.library.index.search.compilation import is_words_only
from reader.library.query.query import Query, Sort, parse
from reader.library.query.values import MarkSets

if TYPE_CHECKING:
    from conftest import WriteStory
    from library.conftest import OpenLibrary

STORIES = 60
QUERIES = [
    "",
    "alpha",
    "al",
    "alpha beta",
    '"alpha beta"',
    "title:alpha",
    "provider:one,two",
    "provider:one alpha",
    "beta,gamma",
    "topic:red",
    "topic:red,bl alpha",
    "coverage:web",
    "coverage:web alpha",
    "nothing",
    "-",
    "title:-",
    "topic:none",
    "été",
    "alpha OR beta",
    "alpha (title:beta OR provider:two) OR gamma",
    "-alpha",
    "alpha -topic:red",
    "quality:>1 OR coverage:web",
    "sort:-title",
    "alpha sort:quality,-date",
    "(alpha OR topic:red) sort:provider",
]
TOPICS = [
    frozenset[str](),
    frozenset({"Red"}),
    frozenset({"Red", "Blue"}),
    frozenset({"None"}),
    frozenset({"None", "Été"}),
]


def write_library(root: Path, chance: random.Random, write_story: WriteStory) -> None:
    words = ["Alpha", "beta", "Gamma", "été", "delta"]
    for number in range(STORIES):
        write_story(
            root,
            f"{number:03}.md",
            title=" ".join(chance.choices(words, k=3)),
            excerpt=" ".join(chance.choices(words, k=chance.randrange(3))),
            body=" ".join(chance.choices(words, k=chance.randrange(3))),
            published=chance.choice(["", "2020-02-20", f"2020-02-{chance.randrange(1, 29):02}T10:00:00Z"]),
            url=f"https://one.example/{number}",
            provider=chance.choice(["", "One", "two", "Two", "Three alpha"]),
            topics=chance.sample(["Red", "Blue", "Été", "Black"], k=chance.randrange(4)),
            quality=chance.choice([None, 1, 2, 50]),
            related=[
                {"title": "On the web", "url": f"https://web{chance.randrange(4)}.example/{chance.randrange(30)}"}
                for _ in range(chance.randrange(3))
            ],
        )


@pytest.mark.parametrize("few", thinned([12, 0, catalogue.FEW], every=3))
@pytest.mark.parametrize("seed", thinned(range(2), every=2))
def test_the_catalogue_answers_as_one_statement_of_sqlite_does(
    *,
    seed: int,
    few: int,
    tmp_path: Path,
    write_story: WriteStory,
    open_library: OpenLibrary,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(catalogue, "FEW", few)
    chance = random.Random(seed)
    write_library(tmp_path, chance, write_story)
    library = open_library(tmp_path)
    for number in chance.sample(range(STORIES), k=10):  # so that ids have gaps
        (tmp_path / f"{number:03}.md").unlink()
    library.sync()
    index = library.index
    found = 0
    for query in map(parse, QUERIES):
        for topics in TOPICS:
            for sort in Sort:
                ids = found_at_once(index, query, sort, topics)
                assert index.ids(query, sort, topics) == ids, (query, topics, sort)
                assert index.ids(query, sort, topics, 7) == ids[:7], (query, topics, sort)
                found += len(ids)
    assert len(index.catalogue.ids(Query(), Sort.NEWEST, frozenset())) == STORIES - 10
    assert found


@pytest.mark.parametrize("seed", range(3))
def test_topics_are_counted(seed: int, tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary) -> None:
    write_library(tmp_path, random.Random(seed), write_story)
    index = open_library(tmp_path).index

    def count(query: Query) -> Counter[str]:
        texts = [index.text(story) for story in found_at_once(index, query)]
        return Counter(topic for text in texts if text is not None for topic in text.topics)

    everything = count(Query())
    order = sorted(everything, key=lambda name: (-everything[name], name))
    assert order
    for query in map(parse, QUERIES):
        counts = count(query)
        assert index.catalogue.topics(query) == [TopicCount(name, counts[name]) for name in order], query


@pytest.mark.parametrize("read_ahead", thinned([16, 40, STORIES - 1], every=3))
def test_the_first_page_is_how_the_whole_begins(
    read_ahead: int, tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_library(tmp_path, random.Random(read_ahead), write_story)
    monkeypatch.setattr(first_page, "READ_AHEAD", read_ahead)
    monkeypatch.setattr(first_page, "_CHUNK", 8)
    monkeypatch.setattr(catalogue, "FEW", 0)
    index = open_library(tmp_path).index
    pages = 0
    for query in map(parse, QUERIES):
        for topics in TOPICS:
            for sort in Sort:
                ids = found_at_once(index, query, sort, topics)
                for count in (1, 5, 20):
                    page = index.catalogue.first_page(query, sort, topics, count)
                    if page is not None:
                        assert len(page) >= count
                        assert page == ids[: len(page)], (query, topics, sort)
                        pages += 1
                if query and not is_words_only(query):
                    assert index.catalogue.first_page(query, sort, topics, 1) is None
    assert pages


def test_the_first_rows_of_events_are_how_the_whole_begins(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(1)
    write_library(tmp_path, chance, write_story)
    monkeypatch.setattr(first_page, "READ_AHEAD", STORIES - 1)
    monkeypatch.setattr(catalogue, "FEW", 0)
    index = open_library(tmp_path).index
    stories = sorted(index.ids())
    for group in range(12):  # events of two to four stories, which lie anywhere in the list
        for story in chance.sample(stories, k=chance.randrange(2, 5)):
            index.connection.execute("UPDATE known_articles SET event = ? WHERE story = ?", (group + 1, story))
    marks = MarkSets(read=frozenset(stories[::5]), tagged={"hidden": frozenset(stories[::9])})
    pages = folded = 0
    for text, shown in (("", Shown.ALL), ("", Shown.UNREAD), ("alpha", Shown.ALL), ("al", Shown.UNREAD)):
        for topics in (*TOPICS[:3], frozenset({"Été", "Blue"})):
            for sort in Sort:
                listing = Listing(text, topics, sort, by_event=True, shown=shown)
                whole, page = index.ask(listing, marks=marks), index.ask_first(listing, 6, marks=marks)
                if page is None:
                    continue
                assert page.events is not None
                assert whole.events is not None
                rows = page.events.rows
                assert len(rows) >= 6
                assert rows == whole.events.rows[: len(rows)], listing
                assert page.ids == whole.ids[: len(page.ids)], listing
                for row in rows:
                    assert page.events.stories(row) == whole.events.stories(row)
                    assert page.events.is_event(row) == whole.events.is_event(row)
                    folded += page.events.is_event(row)
                pages += 1
    assert pages > 10
    assert folded > 10


def test_no_first_page_where_all_can_be_asked(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    write_library(tmp_path, random.Random(1), write_story)
    assert Catalogue(open_library(tmp_path).index).first_page(parse("alpha"), Sort.NEWEST, frozenset(), 1) is None


def test_a_catalogue_is_of_its_time(tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary) -> None:
    write_story(tmp_path, "a.md", title="Alpha", topics=["Red"])
    library = open_library(tmp_path)
    before = library.index.catalogue
    first = before.ids(Query(), Sort.NEWEST, frozenset())
    assert library.index.catalogue is before
    write_story(tmp_path, "b.md", title="Alpha too", topics=["Red"])
    library.sync()
    assert before.ids(parse("alpha"), Sort.NEWEST, frozenset()) == first
    assert library.index.catalogue is not before
    assert len(library.index.catalogue.ids(parse("alpha"), Sort.NEWEST, frozenset())) == 2


def test_an_empty_library(tmp_path: Path, open_library: OpenLibrary) -> None:
    answers = open_library(tmp_path).index.catalogue
    assert not answers.ids(parse("alpha"), Sort.NEWEST, frozenset({"Red"}))
    assert answers.topics(parse("alpha")) == []
    assert answers.first_page(parse("alpha"), Sort.NEWEST, frozenset(), 1) is None


def test_places_are_kept_of_one_order_at_a_time(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    write_library(tmp_path, random.Random(1), write_story)
    answers = open_library(tmp_path).index.catalogue
    places = {}
    for sort in (Sort.NEWEST, Sort.QUALITY):
        stories = answers.ids(Query(), sort, frozenset())
        found = answers.places(stories)
        assert [found.get(story) for story in stories] == list(range(len(stories)))
        assert answers.places(stories) is found
        places[sort] = weakref.ref(found)
        del found
    assert places[Sort.NEWEST]() is None
    assert places[Sort.QUALITY]() is not None
