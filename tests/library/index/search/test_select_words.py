"""Which of the two word indexes is asked: both say the same, and each what it is quick at."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.library.index.index import Index
from reader.library.index.search import compilation, first_page
from reader.library.index.search.compilation import Sql, lacks_list, match, select_words
from reader.library.query.query import Sort, parse

if TYPE_CHECKING:
    from conftest import WriteStory
    from library.conftest import OpenLibrary

WORDS = ("Reykjavík", "volcano", "Ünter", "vol", "東京タワー", "Ёлка", "3g", "a𞤀b", "x\u0301y", "ﬁre", "4²", "the")


def indexes(text: str) -> list[str]:
    """The word indexes that are asked for a query, each with the expression."""
    return [
        f"{'beginnings' if 'story_beginnings' in asked.text else 'words'}: {asked.parameters[0]}"
        for asked in select_words(parse(text).parts)
    ]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("volcano", ['words: ("volcano" *)']),
        ("vol", ['beginnings: ("vol" *)']),
        ("volcano w", ['beginnings: ("volcano" *) AND ("w" *)']),
        ("(volcano OR w)", ['beginnings: (("volcano" *) OR ("w" *))']),
        ("title:vol", ['words: ({title} : ("vol" *))']),
        ('"volcano w"', ['words: ("volcano w" *)']),
        ('"volcano wakes" title:x w', ['words: ("volcano wakes" *) AND ({title} : ("x" *))', 'beginnings: ("w" *)']),
        ("東京タワー w", ['words: ("東京タワー" *)', 'beginnings: ("w" *)']),
        ("東京", ['beginnings: ("東京" *)']),
        ("+", []),
    ],
)
def test_a_word_that_has_but_begun_is_looked_for_where_beginnings_have_lists(text: str, asked: list[str]) -> None:
    assert indexes(text) == asked


@pytest.mark.parametrize("most", [0, 500])
def test_both_word_indexes_find_the_same(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    for number, word in enumerate(WORDS):
        write_story(
            tmp_path,
            f"{number}.md",
            title=f"{WORDS[number - 1]} {word}",
            excerpt=WORDS[number - 1],
            body=WORDS[number - 2],
        )
    index = open_library(tmp_path).index
    asked = {word[:length] for word in WORDS for length in range(1, len(word) + 1)}
    phrases = [f'"{one} {other}"' for one, other in pairwise(WORDS)]
    asked |= {f"{one} {other}" for one in (*WORDS, *phrases) for other in ("v", "th", "ё", "東")}
    several = 0
    monkeypatch.setattr(compilation, "_MOST_ASKED", most)
    for text in sorted(asked):
        query = parse(text)
        whole = index.selected(Sql("SELECT rowid AS id FROM story_words WHERE story_words MATCH ?", (match(query),)))
        assert set(index.catalogue.ids(query, Sort.NEWEST, frozenset())) == set(whole), text
        several += len(whole) > 0 and len(select_words(query.parts)) > 1
    assert several


def test_a_story_that_is_gone_is_found_by_no_beginning(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    for number in range(2):
        write_story(tmp_path, f"{number}.md", title=f"Volcano {number}")
    library = open_library(tmp_path)
    (tmp_path / "0.md").unlink()
    library.sync()
    assert found(library.index, "vo") == found(library.index, "volcano") == found(library.index, "1") != set()
    assert found(library.index, "0") == set()
    assert not library.index.connection.execute(
        "SELECT rowid FROM story_beginnings WHERE story_beginnings MATCH '\"0\" *'"
    ).fetchall()


def found(index: Index, text: str) -> set[int]:
    return set(index.catalogue.ids(parse(text), Sort.NEWEST, frozenset()))


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("title:a", True), ("provider:one,o", True), ("(x OR title:ab)", True), ("-title:a", True),
        ("title:abcd", False), ("a", False), ('title:"a b"', False), ("topic:a", False), ("coverage:a", False),
    ],
)  # fmt: skip
def test_a_beginning_in_a_column_has_no_list(text: str, *, lacks: bool) -> None:
    assert any(map(lacks_list, parse(text).parts)) == lacks


def test_the_first_page_of_a_beginning_in_a_column_does_not_wait_for_all(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_page, "READ_AHEAD", 8)
    for number in range(20):
        write_story(tmp_path, f"{number:02}.md", title=f"Alpha {number}", published=f"2020-01-{number + 1:02}")
    catalogue = open_library(tmp_path).index.catalogue
    page = catalogue.first_page(parse("title:al"), Sort.NEWEST, frozenset(), 4)
    assert page is not None
    whole = catalogue.ids(parse("title:al"), Sort.NEWEST, frozenset())
    assert len(whole) == 20
    assert page == whole[: len(page)]
    assert catalogue.first_page(parse("title:al"), Sort.NEWEST, frozenset(), 4) is None  # now that few are known
