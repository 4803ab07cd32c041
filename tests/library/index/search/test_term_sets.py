"""The sets of stories of which the catalogue puts an answer together: kept, joined, and of one state of the index."""

from __future__ import annotations

import gc
import random
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from examples import thinned
from library.index.test_catalogue import write_library
from library.sql_answers import found_at_once, topics_of_stories
from reader.library.index.index import Index
from reader.library.index.search import term_sets
from reader.library.query.query import Query, Sort, parse
from reader.library.query.values import MarkSets

if TYPE_CHECKING:
    from conftest import WriteStory
    from library.conftest import OpenLibrary

NOW = datetime(2020, 2, 20, 12, tzinfo=UTC)
TERMS = [
    "al", "-al", "al OR title:b", "alpha be",
    "alpha", "-alpha", "title:beta", "provider:one", "topic:red", "-topic:red", "topic:red,bl", "after:2020-02-10",
    "date:2020-02-20", "date:..2020-02-10", "age:>1w", "quality:>=2", "-quality:1", "quality:50 outlets:>=1",
    "outlets:>=2", "has:related", "has:image,related", "has:body", "is:unread", "is:read", "is:starred,first",
    "has:note", "has:note,body", "tag:some", "url:/1", "-url:1", "/^a/", "covers:web", "is:first", "coverage:web",
    "(alpha OR is:read)", "-(topic:red quality:1)", "(has:body OR url:2)", "(quality:1 OR heat:5)", "-", "nothing",
]  # fmt: skip


@contextmanager
def statements(index: Index) -> Iterator[list[str]]:
    """What SQLite is asked meanwhile."""
    asked: list[str] = []
    index.connection.set_trace_callback(asked.append)
    yield asked
    index.connection.set_trace_callback(None)


def found(index: Index, query: Query) -> set[int]:
    return set(index.catalogue.ids(query, Sort.NEWEST, frozenset()))


@pytest.mark.parametrize("part", thinned([1, 1_000], every=2))
@pytest.mark.parametrize("kept", [0, 2, term_sets.MOST_KEPT])
def test_terms_together_are_what_sqlite_finds(
    *,
    kept: int,
    part: int,
    tmp_path: Path,
    write_story: WriteStory,
    open_library: OpenLibrary,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(term_sets, "MOST_KEPT", kept)
    monkeypatch.setattr(term_sets, "AT_ONCE", dict.fromkeys(term_sets.AT_ONCE, part))
    chance = random.Random(part + kept)
    write_library(tmp_path, chance, write_story)
    library = open_library(tmp_path)
    for number in chance.sample(range(60), k=10):  # so that ids have gaps
        (tmp_path / f"{number:03}.md").unlink()
    library.sync()
    index = library.index
    some = [frozenset(chance.sample(sorted(index.ids()), k=20)) for _ in range(4)]
    marks = MarkSets(some[0], some[1], noted=some[2], tagged={"some": some[3]})
    for _ in range(100):
        query = parse(" ".join(chance.sample(TERMS, k=chance.randrange(1, 6)))).bind(NOW, marks)
        expected = set(found_at_once(index, query))
        assert found(index, query) == expected, str(query)
        assert index.catalogue.count(query, frozenset({"Red"})) == len(
            found_at_once(index, query, topics=frozenset({"Red"}))
        )
        assert sum(topic.stories for topic in index.topics(query)) == sum(
            story in expected for _, story in topics_of_stories(index)
        )


def test_only_the_term_that_changed_is_asked(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    write_library(tmp_path, random.Random(1), write_story)
    index = open_library(tmp_path).index
    for text in ("quality:>=1", "alpha -beta topic:red covers:web is:first after:2019 quality:>=1"):
        found(index, parse(text))
    with statements(index) as asked:
        found(index, parse("alpha -beta topic:red covers:web is:first after:2019 quality:>=2"))
    told = "\n".join(asked)
    assert "quality" in told
    assert not any(table in told for table in ("story_words", "story_topics", "articles", "events", "links"))


def test_a_few_sets_are_kept(tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary) -> None:
    write_library(tmp_path, random.Random(1), write_story)
    index = open_library(tmp_path).index
    sets = term_sets.TermSets(index, index.ids(), max(index.ids()) + 1)
    for number in range(3 * term_sets.MOST_KEPT):
        sets.found(parse(f"topic:red quality:{number}"))
        with statements(index) as asked:
            sets.found(parse(f"quality:{number} topic:red"))
        assert asked == []
    with statements(index) as asked:
        sets.found(parse("topic:red quality:0"))
    assert len(asked) == 1


@pytest.mark.parametrize("text", ["is:read", "-is:unread", "is:starred,first", "has:note,body", "is:read quality:1 -a"])
def test_marks_of_before_are_let_go(
    text: str, tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    write_library(tmp_path, random.Random(1), write_story)
    index = open_library(tmp_path).index

    def ask(some: frozenset[int]) -> None:
        found(index, parse(text).bind(NOW, MarkSets(some, some, noted=some)))

    some = frozenset(range(50))
    known = weakref.ref(some)
    ask(some)
    ask(frozenset({1}))
    del some
    gc.collect()
    assert known() is None


@pytest.mark.parametrize(
    "text", ["-beta", "quality:50", "topic:red", "after:2019", "is:unread", "url:new", "has:body", "alpha -beta"]
)
def test_what_comes_in_later_comes_with_the_next_catalogue(
    text: str, tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    def write(name: str) -> None:
        url = f"https://new.example/{name}"
        write_story(
            tmp_path, name, title="Alpha", body="Text", topics=["Red"], quality=50, published="2020-01-01", url=url
        )

    write("a.md")
    library = open_library(tmp_path)
    index = library.index
    before = index.catalogue
    first = before.ids(Query(), Sort.NEWEST, frozenset())
    write("b.md")
    library.sync()
    assert before.ids(parse(text).bind(NOW), Sort.NEWEST, frozenset()) == first
    assert len(found(index, parse(text).bind(NOW))) == 2


def test_an_age_needs_a_time(tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary) -> None:
    write_story(tmp_path, "a.md", title="Alpha")
    with pytest.raises(ValueError, match="bind"):
        found(open_library(tmp_path).index, parse("alpha age:<6h"))
