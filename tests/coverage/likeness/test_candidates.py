from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coverage.likeness.pairs import Pair, in_large, in_small
from coverage.likeness.rewrites import REWRITES
from reader.coverage.likeness.candidates import (
    ARCHIVE_BITS,
    CLUE,
    Threshold,
    clues_of,
    hours_say,
    words_say,
    worth_comparing,
)
from reader.coverage.likeness.evidence import NEAR_SECONDS
from reader.coverage.likeness.rarity import RAREST, in_english
from reader.coverage.likeness.wording import headline_words

HOUR = 3_600
HEADLINES = st.lists(
    st.sampled_from(["ferry", "bridge", "harbour", "quillwort", "123", "open", "город", "微软", "strike"]), max_size=8
)


def is_worth(one: str, other: str, hours: float = 1) -> bool:
    return worth_comparing(headline_words(one), headline_words(other), int(hours * HOUR), in_english)


def test_clues_are_the_rarer_words_each_once_and_in_order() -> None:
    words = headline_words("The ferry, the new ferry: 7 people at harbour 123")
    assert sorted(clues_of(words)) == ["123", "ferry", "harbour"]
    assert all(in_english(clue) >= CLUE for clue in clues_of(words))


LIBRARIES = pytest.mark.parametrize("headlines", [0, 1 << ARCHIVE_BITS])


@LIBRARIES
@pytest.mark.parametrize("known", REWRITES.values(), ids=REWRITES)
def test_a_report_and_its_rewrite_are_compared(known: Pair, headlines: int) -> None:
    one, other = (headline_words(article.title) for article in known)
    seconds, enough = int(known.other.hours * HOUR), Threshold.in_library(headlines).enough
    assert worth_comparing(one, other, seconds, in_large(known), enough)
    assert worth_comparing(one, other, seconds, in_small(known), enough)


def test_headlines_of_different_reports_are_hardly_ever_compared() -> None:
    headlines = [known.one.title for known in REWRITES.values()]
    pairs = list(combinations(headlines, 2))
    assert sum(is_worth(one, other) for one, other in pairs) <= len(pairs) / 50


def test_without_a_clue_in_common_there_is_nothing_to_compare() -> None:
    assert not is_worth("Ferry strikes bridge", "Opera sells curtain")
    assert not is_worth("", "Ferry strikes bridge")
    assert not is_worth("", "")
    assert not is_worth("The 7 of 2020", "The 7 of 2020"), "days and years are everybody's"


@given(HEADLINES, HEADLINES, st.integers(0, NEAR_SECONDS))
def test_comparing_is_mutual_and_time_speaks_against_it(one: list[str], other: list[str], seconds: int) -> None:
    found = worth_comparing(one, other, seconds, in_english)
    assert found == worth_comparing(other, one, seconds, in_english)
    assert not found or worth_comparing(one, other, seconds // 2, in_english)


@given(st.floats(0, 2), st.floats(0, 2), st.integers(0, RAREST))
def test_more_in_common_says_more_and_what_is_not_matched_says_less(share: float, more: float, unmatched: int) -> None:
    assert words_say(share, unmatched) <= words_say(share + more, unmatched)
    assert words_say(share, unmatched + 1) < words_say(share, unmatched)


@given(st.integers(0, NEAR_SECONDS))
def test_hours_never_speak_for_an_event(seconds: int) -> None:
    assert hours_say(0) == 0 <= hours_say(seconds) <= hours_say(seconds + 1)


@LIBRARIES
@given(share=st.floats(0, 2), unmatched=st.integers(0, RAREST))
def test_what_shares_less_than_the_least_never_says_enough(headlines: int, share: float, unmatched: int) -> None:
    enough, shares = Threshold.in_library(headlines)
    assert share >= shares[unmatched] - 1e-9 or words_say(share, unmatched) < enough
    assert share < shares[unmatched] + 1e-9 or words_say(share, unmatched) >= enough


def test_the_headlines_of_an_archive_say_more() -> None:
    assert Threshold.in_library(1 << ARCHIVE_BITS).enough > Threshold.in_library(1 << ARCHIVE_BITS - 2).enough
