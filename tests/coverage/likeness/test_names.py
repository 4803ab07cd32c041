from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.coverage.likeness.names import is_title_case, names_in, spans_of, telling_names
from reader.coverage.likeness.words import words_of


def names(title: str, excerpt: str = "") -> set[str]:
    return set(names_in(words_of(title), title, excerpt.split()))


@pytest.mark.parametrize(
    ("title", "excerpt", "expected"),
    [
        pytest.param("A ferry strikes bridge near Gozo this morning", "", {"gozo"}, id="a capital where none is due"),
        pytest.param("Ferry strikes bridge near island this morning", "", set(), id="the first word has one anyway"),
        pytest.param("Ferry Strikes Harbour Bridge", "", set(), id="every word has one"),
        pytest.param("Ferry Strikes Harbour Bridge", "A boat hit Harbour Bridge.", {"harbour", "bridge"}, id="excerpt"),
        pytest.param("Ferry Strikes Harbour Bridge", "It sank. Ferry lines rest.", set(), id="a sentence's beginning"),
        pytest.param("iPhone Sales Fall At McDonald", "", {"iphone", "mcdonald"}, id="capitals inside a word"),
        pytest.param("a ferry struck near Évora late yesterday", "", {"evora"}, id="accents"),
        pytest.param("паром врезался в мост в Калининграде вчера", "", {"калининграде"}, id="Cyrillic"),
        pytest.param("微软宣布新的人工智能平台", "微软", set(), id="no capitals"),
        pytest.param("", "Ferry near Gozo.", set(), id="no headline"),
    ],
)
def test_names_are_words_of_the_headline_with_a_capital_where_none_is_due(
    title: str, excerpt: str, expected: set[str]
) -> None:
    assert names(title, excerpt) == expected


def test_names_rare_words_and_numbers_tell_a_headline_from_its_like() -> None:
    words = words_of("Harbour crane 737 quillwort opens the4th bridge")
    assert telling_names(words, frozenset({"harbour"})) == {"harbour", "737", "quillwort", "the4th"}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Ferry Strikes Harbour Bridge in the Fog", True),
        ("Ferry strikes harbour bridge in the fog", False),
        ("Ferry Strikes a Harbour Bridge with Much Noise", True),
        ("FERRY", True),
        ("", True),
    ],
)
def test_a_headline_may_give_a_capital_to_every_word(title: str, expected: bool) -> None:
    assert is_title_case(title.split()) is expected


def test_spans_are_written_as_in_the_texts_each_once_and_in_order() -> None:
    title = "The ferry struck Harbour Bridge while people slept"
    assert spans_of(title, "After that the Bank of England paid Harbour Bridge") == [
        "Harbour Bridge",
        "Bank of England",
    ]
    assert spans_of("Ferry Strikes Bridge", "a boat of Ann de Groot") == ["Ann de Groot"]


def test_a_span_begins_where_a_name_does() -> None:
    text = "At Oxford Circus the iPhone of a O’Neill was stolen. In The Hague, A Bank of England note."
    assert spans_of("", text) == ["Oxford Circus", "O’Neill", "Hague", "Bank of England"]


@given(st.text(), st.text())
def test_any_text_has_names_among_its_words(title: str, excerpt: str) -> None:
    words = words_of(title)
    assert names_in(words, title, excerpt.split()) <= set(words)
    assert all(span in title or span in excerpt for span in spans_of(title, excerpt))


def test_of_a_text_of_nothing_but_names_some_are_looked_at() -> None:
    assert len(spans_of("", ", ".join(f"Quillwort{number}" for number in range(5_000)))) == 200
