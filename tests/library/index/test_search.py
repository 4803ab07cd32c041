"""Finding stories by words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from examples import examples
from reader.base.errors import QueryError
from reader.library.index.index import Index
from reader.library.library import Library
from reader.library.query.query import parse
from reader.library.query.tree import WORDS, Field

if TYPE_CHECKING:
    from conftest import WriteStory


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, write_story: WriteStory) -> Iterator[Index]:
    """A library of a few stories in which every word has its place."""
    root = tmp_path_factory.mktemp("search") / "news"
    write_story(
        root, "volcano.md", title="Volcano wakes near Reykjavík", excerpt="Ash over the harbour.", topics=["Earth"]
    )
    write_story(root, "résumé.md", title="The Résumé is dead", provider="Zürcher Blatt", topics=["Work Life", "Data"])
    write_story(root, "cpp.md", title="C++ and C#: AND, OR, NOT or NEAR?", body="Bodies are searched, too.")
    write_story(root, "dash.md", title="State-of-the-art 3.5% growth", topics=["Data Centres", "Money, Markets"])
    write_story(root, "quote.md", title='He said "never again" to us', provider="Daily Volcano")
    write_story(
        root,
        "namer.md",
        title="Local notes",
        url="https://namer.example/1",
        related=[
            {"title": "Pelican rescued", "url": "https://web.example/1", "provider": "Coastal Web"},
            {"title": "As the namer calls it", "excerpt": "Flamingo.", "url": "https://named.example/1"},
        ],
    )
    write_story(root, "named.md", title="Heron rescued", url="https://named.example/1", provider="Heronry")
    library = Library(root, root.parent / "cache", in_process=True)
    library.sync()
    yield library.index
    library.close()


def found(index: Index, text: str) -> set[str]:
    return {(index.path(story) or b"").decode().partition(".")[0] for story in index.ids(parse(text))}


@pytest.mark.parametrize(
    ("text", "stories"),
    [
        ("volcano", {"volcano", "quote"}),
        ("volc", {"volcano", "quote"}),
        ("v", {"volcano", "quote"}),
        ("olcano", set()),
        ("VOLCANO", {"volcano", "quote"}),
        ("volcano harbour", {"volcano"}),
        ("harbour volcano", {"volcano"}),
        ("volcano pelican", set()),
        ('"near reykjavik"', {"volcano"}),
        ('"near reyk"', {"volcano"}),
        ('"reykjavik near"', set()),
        ("reykjavik", {"volcano"}),
        ("REYKJAVÍK", {"volcano"}),
        ("resume", {"résumé"}),
        ("résumé", {"résumé"}),
        ("zurcher", {"résumé"}),
        ("earth", {"volcano"}),
        ("searched", {"cpp"}),
        ("c++", {"cpp", "dash"}),
        ("state-of-the-art", {"dash"}),
        ("state-of-the", {"dash"}),
        ("3.5%", {"dash"}),
        ('"never again"', {"quote"}),
        ("never,again", {"quote"}),
        ("flamingo", set()),
        ("pelican", set()),
        ("title:volcano", {"volcano"}),
        ("provider:volcano", {"quote"}),
        ("provider:volcano,zürcher", {"quote", "résumé"}),
        ('provider:"daily volcano",zurch', {"quote", "résumé"}),
        ("title:volcano,heron", {"volcano", "named"}),
        ("title:volcano title:heron", set()),
        ("topic:data", {"résumé", "dash"}),
        ('topic:"data centres"', {"dash"}),
        ('topic:"work life"', {"résumé"}),
        ('topic:"money, markets"', {"dash"}),
        ("topic:earth,work", {"volcano", "résumé"}),
        ("topic:life", set()),
        ("topic:%", set()),
        ("coverage:pelican", {"namer"}),
        ("coverage:flamingo", {"namer"}),
        ("coverage:coastal", {"namer"}),
        ("coverage:heron", {"namer"}),
        ("coverage:heronry", {"namer"}),
        ("coverage:local", {"named"}),
        ('coverage:"local notes",pelican', {"named", "namer"}),
        ("coverage:volcano", set()),
        ("coverage:pelican local", {"namer"}),
        ('"nothing:here"', set()),
    ],
)
def test_texts_find_their_stories(index: Index, text: str, stories: set[str]) -> None:
    assert found(index, text) == stories
    assert index.count(parse(text)) == len(stories)


@pytest.mark.parametrize("text", ["", "  ", "-", "...", '"', '"!?"', "( )", "*", "title:*", "coverage:-", "topic:"])
def test_signs_alone_ask_for_nothing_yet(index: Index, text: str) -> None:
    assert len(found(index, text)) == 7


@pytest.mark.parametrize(
    ("text", "stories"),
    [
        ("AND", {"cpp"}),
        ('"OR" "NOT" NEAR', {"cpp"}),
        ("OR", {"cpp"}),
        ("NOT", {"cpp", "namer"}),
        ("near", {"volcano", "cpp"}),
        ("NEAR(volcano reykjavik)", set()),
        ('NEAR("volcano" "reykjavik", 5)', set()),
        ("volcano*", {"volcano", "quote"}),
        ("*volcano", {"volcano", "quote"}),
        ("^volcano", {"volcano", "quote"}),
        ("(volcano", {"volcano", "quote"}),
        ("-volcano", {"résumé", "cpp", "dash", "namer", "named"}),
        ("+volcano", {"volcano", "quote"}),
        ("volcano + wakes", {"volcano"}),
        ("{title}:volcano", set()),
        ("title : heron", set()),
        ("volcano'; DROP TABLE stories; --", set()),
        ('"vol""cano"', set()),
        ("title:volcano*", {"volcano"}),
        ("story_words", set()),
        ('"rank:x"', set()),
    ],
)
def test_the_syntax_of_the_word_index_is_only_text(index: Index, text: str, stories: set[str]) -> None:
    assert found(index, text) == stories


SIGNS = [
    "AND",
    "OR",
    "NOT",
    "NEAR",
    "NEAR(",
    "*",
    "^",
    ":",
    "(",
    ")",
    "-",
    "+",
    '"',
    "'",
    ",",
    "{",
    "}",
    "\\",
    "\0",
    "%",
    "_",
]
FIELDS = [f"{field}:" for field in Field if field in WORDS or field in (Field.TOPIC, Field.URL, Field.TAG)]
texts = st.one_of(
    st.text(), st.lists(st.one_of(st.sampled_from([*SIGNS, *FIELDS, " ", "vol"]), st.text(max_size=4))).map("".join)
)


@examples(120, HealthCheck.too_slow)
@given(texts)
def test_any_text_is_a_query(index: Index, text: str) -> None:
    try:
        query = parse(text)
    except QueryError:
        return
    assert len(index.ids(query)) == index.count(query) <= 7
    assert all(topic.stories <= 7 for topic in index.topics(query))
    assert index.count(query.in_coverage) <= 7


@given(st.text(min_size=1, max_size=5))
def test_a_text_with_the_field_of_topics_is_a_query(index: Index, text: str) -> None:
    assert index.count(parse(f'topic:"{text}"')) <= 7


def test_an_underscore_is_a_sign_like_others(index: Index) -> None:
    assert len(found(index, "_")) == 7


def test_accents_may_be_characters_of_their_own(index: Index) -> None:
    assert found(index, "re\u0301sume\u0301") == {"résumé"}


def test_topics_are_found_without_regard_to_case_and_accents(tmp_path: Path, write_story: WriteStory) -> None:
    write_story(tmp_path, "a.md", topics=["Énergie"])
    library = Library(tmp_path, tmp_path / ".cache", in_process=True)
    library.sync()
    try:
        assert [found(library.index, f"topic:{text}") for text in ("Énergie", "énergie", "energie")] == [{"a"}] * 3
    finally:
        library.close()


def test_a_very_long_text_is_a_query(index: Index) -> None:
    assert found(index, "volcano " * 1200) == {"volcano", "quote"}


def test_very_many_values_are_a_query(index: Index) -> None:
    assert found(index, "topic:" + "earth," * 1200) == {"volcano"}


@pytest.mark.parametrize("text", ["topic:\udcff"])
def test_a_byte_that_is_not_utf8_finds_nothing(index: Index, text: str) -> None:
    assert found(index, text) == set()


def test_words_by_which_any_file_names_an_article_find_all_stories_linked_to_it(
    tmp_path: Path, write_story: WriteStory
) -> None:
    write_story(tmp_path, "a.md", related=[{"title": "Short", "url": "https://web.example/1"}])
    write_story(
        tmp_path,
        "b.md",
        related=[{"title": "Walrus swims", "excerpt": "What is shown.", "url": "https://web.example/1"}],
    )
    library = Library(tmp_path, tmp_path / ".cache", in_process=True)
    library.sync()
    try:
        shown = [library.index.coverage(story) for story in library.index.ids()]
        assert [[article.title for article in one.articles] for one in shown if one] == [["Walrus swims"]] * 2
        assert found(library.index, "coverage:walrus") == {"a", "b"}
    finally:
        library.close()
