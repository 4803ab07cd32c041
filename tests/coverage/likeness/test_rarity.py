from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.coverage.likeness.rarity import (
    COMMONEST,
    RAREST,
    TABLE_ENDS,
    Rarity,
    bits_of,
    cap,
    in_english,
    least_counted,
    level_of_zipf,
)


@pytest.mark.parametrize(("zipf", "level"), [(9.0, 1), (7.5, 1), (7.0, 1), (6.5, 2), (5.0, 5), (2.0, 11), (-3.0, 11)])
def test_a_level_is_half_a_unit_of_the_zipf_scale(zipf: float, level: int) -> None:
    assert level_of_zipf(zipf) == level


def test_words_are_as_rare_as_in_english() -> None:
    assert in_english("bridge") < in_english("ferry") < in_english("azure") <= TABLE_ENDS < in_english("quillwort")
    assert in_english("quillwort") == RAREST


@pytest.mark.parametrize(
    ("word", "level"),
    [
        ("7", 1),
        ("42", 1),
        ("1999", 1),
        ("2020", 1),
        ("may", 1),
        ("123", 6),
        ("2100", 6),
        ("微软", 6),
        ("паром", 11),
        ("नया", 11),
    ],
)
def test_numbers_and_words_of_other_scripts_have_levels(word: str, level: int) -> None:
    assert in_english(word) == level


@given(st.text())
def test_every_word_has_a_level(word: str) -> None:
    assert COMMONEST <= in_english(word) <= RAREST


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6))
def test_what_more_headlines_have_is_never_rarer(one: int, other: int, headlines: int) -> None:
    few, many = sorted((min(one, headlines), min(other, headlines)))
    assert cap(many, bits_of(headlines)) <= cap(few, bits_of(headlines)) <= RAREST


@given(st.integers(1, 10**6), st.integers(0, 10**6))
def test_fewer_than_are_counted_are_as_good_as_none(count: int, headlines: int) -> None:
    bits = bits_of(headlines)
    assert (cap(count, bits) == RAREST) == (count < least_counted(bits))
    assert cap(0, bits) == RAREST


def test_what_is_everywhere_in_a_library_is_not_rare_there() -> None:
    rarity = Rarity(Counter({"azure": 900, "quillwort": 4, "bridge": 1}).__getitem__, 1_000)
    assert rarity("azure") == 2 < in_english("azure")
    assert rarity("quillwort") == RAREST
    assert rarity("bridge") == in_english("bridge"), "and what is common in English is not rare where it stands once"


def test_a_word_is_counted_once() -> None:
    asked: list[str] = []

    def count_of(word: str) -> int:
        asked.append(word)
        return 0

    rarity = Rarity(count_of, 1_000)
    assert rarity("ferry") == rarity("ferry")
    assert asked == ["ferry"]
