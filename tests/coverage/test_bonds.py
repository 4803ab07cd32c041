from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reader.coverage.bonds import ALIKE, COPIED, Kind, Weighing, Wording, kind_of, level, shared_words

from reader.coverage.words import words_of

LEVELS = {"ferry": 9, "bridge": 7, "harbour": 5, "fog": 3, "say": 1}
WORDS = st.lists(st.sampled_from(sorted(LEVELS)), max_size=8).map(tuple)
WORDINGS = st.builds(Wording, WORDS, WORDS)


def wording(title: str, excerpt: str = "") -> Wording:
    return Wording(tuple(words_of(title)), tuple(words_of(excerpt)))


def alike(one: Wording, other: Wording) -> float:
    return Weighing(lambda word: LEVELS.get(word, 4)).alike(one, other)


@pytest.mark.parametrize(
    ("articles", "of_articles", "expected"),
    [(1, 1, 1), (100, 100, 1), (64, 100, 1), (63, 100, 1), (32, 100, 1), (31, 100, 2), (1, 100, 6), (1, 1_000_000, 19)],
)
def test_the_level_of_a_word_is_how_often_the_articles_can_be_halved(
    articles: int, of_articles: int, expected: int
) -> None:
    assert level(articles, of_articles) == expected


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_levels_fall_as_words_spread_and_are_never_less_than_one(one: int, other: int) -> None:
    few, many = sorted((one, other))
    assert 1 <= level(many, 10**6) <= level(few, 10**6)
    assert 0 <= level(few, 10**6) - level(min(2 * few, 10**6), 10**6) <= 1, "twice as many is a level at most"


@given(WORDINGS, WORDINGS)
def test_alike_is_the_same_both_ways_and_from_0_to_1(one: Wording, other: Wording) -> None:
    assert 0 <= alike(one, other) <= 1
    assert alike(one, other) == alike(other, one)


@given(WORDINGS)
def test_an_article_is_quite_like_itself(one: Wording) -> None:
    assert alike(one, one) == (1 if one.words else 0)


def test_other_words_are_not_alike_and_nothing_is_like_nothing() -> None:
    assert alike(wording("Ferry bridge"), wording("Opera curtain")) == 0
    assert alike(wording(""), wording("")) == alike(wording(""), wording("Ferry")) == 0


def test_rare_words_weigh_more_headlines_more_and_pairs_in_order() -> None:
    one = wording("ferry fog")
    assert alike(one, wording("ferry opera")) > alike(one, wording("fog opera"))
    assert alike(one, wording("ferry", "opera")) > alike(one, wording("opera", "ferry"))
    assert alike(one, wording("ferry fog opera")) > alike(one, wording("fog ferry opera"))


def test_the_cosine_is_that_of_words_and_pairs() -> None:
    # Twice 9 for ferry, twice 7 for bridge, twice 9 for the pair; against 9 for ferry in an excerpt.
    one, other = Wording(("ferry", "bridge"), ()), Wording((), ("ferry",))
    assert alike(one, other) == pytest.approx(18 * 9 / ((18**2 + 14**2 + 18**2) ** 0.5 * 9))


def test_shared_words_count_once() -> None:
    assert shared_words(wording("Ferry strikes ferry", "Fog"), wording("Fog", "The ferry; the ferry")) == 2


SAME = ("ferry", "strike", "bridge", "fog")


@pytest.mark.parametrize(
    ("value", "one", "other", "kind"),
    [
        (1.0, SAME, SAME, Kind.SAME_TEXT),
        (COPIED, SAME, SAME[:2], Kind.SAME_TEXT),
        (COPIED, SAME, SAME[:1], Kind.WORDS),
        (COPIED, SAME, (*SAME[:2], "opera", "whale"), Kind.WORDS),
        (COPIED - 0.001, SAME, SAME, Kind.WORDS),
        (ALIKE, SAME, (), Kind.WORDS),
        (ALIKE - 0.001, SAME, SAME, None),
        (0.0, (), (), None),
        (1.0, (), (), Kind.SAME_TEXT),
    ],
)
def test_what_a_bond_rests_on(value: float, one: tuple[str, ...], other: tuple[str, ...], kind: Kind | None) -> None:
    assert kind_of(value, one, other) == kind == kind_of(value, other, one)


@given(st.floats(0, 1), st.floats(0, 1), WORDS, WORDS)
def test_what_is_more_alike_has_a_bond_no_weaker(
    one: float, other: float, title: tuple[str, ...], other_title: tuple[str, ...]
) -> None:
    less, more = (kind_of(value, title, other_title) for value in sorted((one, other)))
    assert less is None or (more is not None and more >= less)
