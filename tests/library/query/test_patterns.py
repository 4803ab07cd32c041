"""Regular expressions that a query may hold."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.library.query.patterns import LONGEST_TEXT, PatternError, check, matches


@pytest.mark.parametrize(
    "pattern",
    [
        "storm", "st.*rm", "^the .+ of", "(storm|flood)s?", "(?:ab){3}", "a{2,3}", "[(a+)+]+", r"\(a+\)+", "a+?b",
        "(?i)x", "(?P<n>a)(?P=n)", r"(a)\1", "(?=a+)b", "(?<!a)b", "[]a]+", "[^]a]+", "a{}", "a{x}", "(?:ab)*",
        "(?#a+)b", "a++b", "(a|b)?", "(a+)?",
    ],
)  # fmt: skip
def test_usual_patterns_are_taken(pattern: str) -> None:
    check(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+", "(a*)*", "(a+)*b", "((a+))+", "(?:a+)+", "(?P<n>a+)+", "(a|aa)+", "(a?){25}", "(a{0,1}){25}",
        "(a{1,9}){9}", "(?:a|b){2,}", "(x(a+)y)+", "(a+)+?", "((?#)a+)+", "(?>a+)+", "(?i:a+)+", "(?x)(a+) +",
        "(?ix:(a+) +)", "([a)]+)+", r"(\)a+)+", "a?" * 30 + "a" * 30, ".*a.*b.*c.*d",
        "a{1,99}b{1,99}c{1,99}d{1,99}", "(?=(a+)+)b",
    ],
)  # fmt: skip
def test_patterns_that_may_take_forever_are_refused(pattern: str) -> None:
    with pytest.raises(PatternError, match=r"may take forever|may not use"):
        check(pattern)


@pytest.mark.parametrize(
    "pattern", ["(", "[", "*", "a{2}{3}", "(?P<n>", r"\1", "a{99999999999}", "(?<=a+)b", "\\", "(?z)"]
)
def test_what_is_no_regular_expression_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError, match="is not a regular expression"):
        check(pattern)


def test_what_may_change_its_meaning_in_a_later_python_is_taken_in_silence() -> None:
    check("[[a]")


def test_any_of_the_texts_may_match_whatever_the_case() -> None:
    assert matches("^st.rm", "no", "STORM")
    assert matches("ÉT", "été")
    assert not matches("^st.rm", "a storm", None)
    assert not matches("x")


def test_only_the_beginning_of_a_long_text_is_looked_at() -> None:
    assert matches("a$", "a" * LONGEST_TEXT + "b")
    assert not matches("b", "a" * LONGEST_TEXT + "b")


SLOW = st.text("ab+*?(){},2|.[]\\^$9", max_size=16)


@given(SLOW)
def test_what_is_taken_is_quick(pattern: str) -> None:
    try:
        check(pattern)
    except PatternError:
        return
    begun = time.process_time()
    matches(pattern, "a" * 60 + "c", "ab" * 30 + "c")
    assert time.process_time() - begun < 2
