"""Regular expressions that a query may hold."""

from __future__ import annotations

import random
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples, thinned
from hostile.worst import PATTERNS, SECONDS
from reader.library.query.patterns import PatternError, check, matches
from reader.stories.limits import MATCHED_CHARACTERS


@pytest.mark.parametrize(
    "pattern",
    [
        "storm", "st.*rm", "^the .+ of", "(storm|flood)s?", "(?:ab){3}", "a{2,3}", "[(a+)+]+", r"\(a+\)+", "a+?b",
        "(?i)x", "(?P<n>a)", "[]a]+", "[^]a]+", "a{}", "a{x}", "(?:ab)*", "(a|b)?", "(a+)?", r"\\1", r"\[\W\]", "[[a]",
    ],
)  # fmt: skip
def test_usual_patterns_are_taken(pattern: str) -> None:
    check(pattern)


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("(", "missing )"), ("[", "missing ]"), ("*", "no argument"), ("a{2}{3}", "bad repetition"),
        ("(?P<n>", "is not a regular expression"), ("a{1001}", "repetition size"),
        ("\\", "trailing"), ("(?z)", "is not a regular expression"), ("a++", "bad repetition"),
        (r"(a)\1", "refers back"), ("(?P<n>a)(?P=n)", "refers back"), ("(?=a)b", "looks ahead"), ("(?!a)b", "looks"),
        ("(?<=a)b", "behind"), ("(?<!a)b", "behind"), (r"[a\W]", "in brackets"), (r"\bété", "none of a to z"),
        (r"(\pL{1,100}.){9}q", "repeats too much"), ("(?x)a b", "is not a regular expression"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused(pattern: str, reason: str) -> None:
    with pytest.raises(PatternError) as refused:
        check(pattern)
    assert reason in str(refused.value)


def test_what_is_wrong_stays_off_the_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(PatternError):
        check("(" * 20)
    assert capfd.readouterr() == ("", "")


def test_without_its_package_a_pattern_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "re2", None)
    with pytest.raises(PatternError, match="needs the package google-re2"):
        check("never asked before")


def test_any_of_the_texts_may_match_whatever_the_case() -> None:
    assert matches("^st.rm", "no", "STORM")
    assert matches("ÉT", "été")
    assert not matches("^st.rm", "a storm", None)
    assert not matches("x")


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"^\w+$", "été"), (r"^[\w-]+$", "après-midi"), (r"^\d\d$", "٣٤"), (r"a\sb", "a\u00a0b"), (r"^\W$", "…"),
        (r"^\S+$", "ü"), (r"m\Z", "storm"), ("caf\\u00e9", "Café"), ("\\U0001F525", "🔥"), (r"\bmet\b", "The Met, now"),
        (r"^[^\d]$", "x"), (r"a[\]\w]", "a]"),
    ],
)  # fmt: skip
def test_classes_know_every_alphabet(pattern: str, text: str) -> None:
    check(pattern)
    assert matches(pattern, text)


def test_only_the_beginning_of_a_long_text_is_looked_at() -> None:
    assert matches("a$", "a" * MATCHED_CHARACTERS + "b")
    assert not matches("b", "a" * MATCHED_CHARACTERS + "b")


WORDS = "the state of storm estimates with great tests and more east trees set"
TEXTS = [
    " ".join(random.Random(1).choices(WORDS.split(), k=MATCHED_CHARACTERS)),
    "a" * MATCHED_CHARACTERS,
    "é" * MATCHED_CHARACTERS,
    "ab" * MATCHED_CHARACTERS,
]


@pytest.mark.parametrize("pattern", thinned(PATTERNS, every=2))
def test_no_pattern_runs_away(pattern: str) -> None:
    begun = time.process_time()
    try:
        check(pattern)
        for text in TEXTS:
            matches(pattern, text)
    except PatternError:
        pass
    assert time.process_time() - begun < SECONDS


@given(st.text("ab+*?(){},2|.[]\\^$9", max_size=16))
def test_what_is_taken_is_quick(pattern: str) -> None:
    begun = time.process_time()
    try:
        check(pattern)
    except PatternError:
        return
    matches(pattern, "a" * 60 + "c", "ab" * 30 + "c")
    assert time.process_time() - begun < SECONDS


@given(st.text(max_size=30), st.text(max_size=30))
@examples(40)
def test_whatever_is_typed_is_answered_or_refused(pattern: str, text: str) -> None:
    try:
        check(pattern)
    except PatternError:
        return
    matches(pattern, text)
