"""The first page of a search says what the word index says, and is of the library as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.library.index import catalogue
from reader.library.index.index import Index
from reader.library.index.search import first_page
from reader.library.index.search.compilation import match
from reader.library.index.search.first_page import Conditions
from reader.library.library import Library
from reader.library.query.query import Sort, parse

if TYPE_CHECKING:
    from conftest import WriteStory
    from library.conftest import OpenLibrary

FOUND = [
    ("Été à Genève", "ete", True),
    ("Ete a Geneve", "été", True),
    ("Genève", "genev", True),
    ("Genève", "eneve", False),
    ("snake_case word", "case", True),
    ("snake_case word", "snake_case", True),
    ("snake case", "snake_ca", True),
    ("well-known", "known", True),
    ("well known", "well-kn", True),
    ("well known", '"known well"', False),
    ("don’t stop", "don't", True),
    ("don't stop", "don", True),
    ("dont stop", "don't", False),
    ("rock ’n’ roll", '"rock n roll"', True),
    ("alpha beta gamma", '"alpha beta"', True),
    ("alpha beta gamma", '"alpha bet"', True),
    ("alpha beta gamma", '"alph beta"', False),
    ("alpha gamma beta", '"alpha beta"', False),
    ("alphabet", "alpha", True),
    ("alphabet", "beta", False),
    ("中文新闻", "中文", True),
    ("中文新闻", "新闻", False),
    ("日本 ニュース", "ニュ", True),
    ("новости дня", "НОВОСТИ", True),
    ("ΑΘΗΝΑ", "αθηνα", True),
    ("3.5 percent", "3.5", True),
    ("35 percent", "3.5", False),
    ("COVID-19", "covid19", False),
    ("a.b.c", '"a b c"', True),
    ("C++ and c#", "c++", True),
    ("Ångström", "angstrom", True),
    ("naïve café", "naive cafe", True),
    ("(alpha)", "alpha", True),
    ("alpha", "alpha beta", False),
    ("alpha", '"alpha"', True),
    ("alpha", "beta,alpha", False),
    ("alpha", "title:beta,alpha", True),
    ("alpha", "provider:alpha", False),
    ("alpha", "beta OR alpha", True),
    ("alpha", "beta OR provider:alpha", False),
    ("alpha beta", "gamma OR (alpha title:beta)", True),
    ("alpha beta", "(alpha OR gamma) (delta OR gamma)", False),
]
"""Text, query, and whether the one answers the other."""

FOLDED = [
    ("한국", "하"),
    ("straße", "strasse"),
    ("strasse", "straße"),
    ("\ufb01ne", "fine"),
    ("½ cup", "1"),
    ("m²", "m2"),
    ("\uff21\uff22", "ab"),
    ("ガス", "カ"),
    ("йод", "и"),
    ("שָׁלוֹם", "שלום"),
    ("مُحَمَّد", "محمد"),
    ("\u2177", "viii"),
]
"""Text and query that other ways of folding letters take for the same, or for different, than the word index does."""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, write_story: WriteStory) -> Iterator[Index]:
    """A library with a story for each of the texts, which a first page is to be found in."""
    root = tmp_path_factory.mktemp("pages") / "news"
    for number, text in enumerate(sorted({*(text for text, _, _ in FOUND), *(text for text, _ in FOLDED)})):
        write_story(root, f"{number:02}.md", title=text, provider="Daily", published="2020-02-20")
    with Library(root, root.parent / "cache", in_process=True) as library, pytest.MonkeyPatch.context() as patch:
        library.sync()
        patch.setattr(first_page, "READ_AHEAD", library.index.counts().stories - 1)
        patch.setattr(first_page, "_CHUNK", 8)
        yield library.index


def both(index: Index, text: str) -> tuple[set[str], set[str]]:
    """The headlines that a query finds by first pages, the longest there is, and by the word index of all stories."""
    query, order = parse(text), index.order()[: first_page.READ_AHEAD]
    whole = [story for story in index.ids(query) if story in order]
    page = index.first_pages.answering(Conditions(match(query)), index.order(), len(whole))
    assert page is not None
    assert list(page) == whole[: len(page)]
    assert len(page) >= len(whole)
    assert index.first_pages.answering(Conditions(match(query)), index.order(), len(whole) + 1) is None

    def titles(ids: Sequence[int]) -> set[str]:
        return {row.title for row in index.rows(ids).values()}

    return titles(page), titles(index.ids(query))


@pytest.mark.parametrize(("text", "query", "answers"), FOUND)
def test_a_first_page_says_what_the_word_index_says(index: Index, text: str, query: str, answers: bool) -> None:
    page, whole = both(index, query)
    assert (text in whole) is answers
    assert page <= whole


@pytest.mark.parametrize(("text", "query"), FOLDED)
def test_a_first_page_folds_as_the_word_index_does(index: Index, text: str, query: str) -> None:
    page, whole = both(index, query)
    assert (text in page) <= (text in whole)


def write_many(root: Path, write_story: WriteStory, body: str = "") -> None:
    for number in range(30):
        write_story(root, f"{number:02}.md", title=f"Alpha {number}", body=body, published=f"2020-03-{31 - number:02}")


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Libraries of some stories are large ones."""
    monkeypatch.setattr(first_page, "READ_AHEAD", 20)
    monkeypatch.setattr(first_page, "_CHUNK", 8)
    monkeypatch.setattr(catalogue, "FEW", 5)


@pytest.mark.usefixtures("few")
def test_a_first_page_is_of_the_library_as_it_is(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    write_many(tmp_path, write_story)
    library = open_library(tmp_path)

    def titles(text: str) -> list[str]:
        page = library.index.catalogue.first_page(parse(text), Sort.NEWEST, frozenset(), 3)
        assert page is not None
        rows = library.index.rows(page)
        return [rows[story].title for story in page]

    before = titles("alpha")
    write_story(tmp_path, "01.md", title="Beta", published="2020-03-30")
    write_story(tmp_path, "31.md", title="Alpha, the newest", published="2020-04-01")
    library.sync()
    assert "Alpha 1" in before
    assert "Alpha 1" not in titles("alpha")
    assert "Alpha, the newest" in titles("alpha")


@pytest.mark.usefixtures("few")
def test_long_stories_are_left_to_the_whole_answer(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_many(tmp_path, write_story, "Gamma " * 20)
    index = open_library(tmp_path).index
    pages = {}
    for most in (1_000, first_page.MOST_CHARACTERS):
        monkeypatch.setattr(first_page, "MOST_CHARACTERS", most)
        pages[most] = index.catalogue.first_page(parse("gamma"), Sort.NEWEST, frozenset(), 3)
    assert pages[1_000] is None
    assert pages[first_page.MOST_CHARACTERS] is not None


@pytest.mark.usefixtures("few")
def test_a_letter_more_puts_nothing_in_again(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    write_many(tmp_path, write_story)
    index = open_library(tmp_path).index
    index.catalogue.first_page(parse("a"), Sort.NEWEST, frozenset(), 3)
    asked: list[str] = []
    index.connection.set_trace_callback(asked.append)
    assert index.catalogue.first_page(parse("al"), Sort.NEWEST, frozenset(), 3) is not None
    index.connection.set_trace_callback(None)
    assert any("MATCH" in statement for statement in asked)
    assert not any(statement.startswith("INSERT") for statement in asked)
