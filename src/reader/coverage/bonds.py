"""When two articles report the same event: near in time, and alike in words.

The measure is the cosine of the angle between the articles' words and pairs of words, each weighted by how often it
stands there (in the headline twice) and how rare it is (Salton & Buckley, "Term-weighting approaches in automatic text
retrieval", 1988). Rarity goes in powers of two: the level of a word is how often the number of articles can be halved
until the word would stand in all of them. So one more article hardly ever changes a level, and the bonds of others stay
as they are.

Two articles of one outlet have no bond: what an outlet announces by the dozen on one day is a series, not an event.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from math import sqrt

NEAR_SECONDS = 4 * 86_400
"""Seconds that two articles on one event lie apart at most."""

ALIKE = 0.22
"""The cosine from which two linked articles are on one event. At 0.2 a few strangers come in, at 0.25 some are lost."""

COPIED = 0.85
"""The cosine from which two articles are one text, where half of it is enough for their headlines to agree."""

_IN_HEADLINE = 2


class Kind(IntEnum):
    """What a bond rests on."""

    WORDS = 0
    SAME_TEXT = 1
    SAME_HEADLINE = 2


@dataclass(frozen=True, slots=True)
class Wording:
    """What an article says, as the telling words of its headline and its excerpt (`words.words_of`), in order."""

    title: tuple[str, ...]
    excerpt: tuple[str, ...]

    @property
    def words(self) -> set[str]:
        """All of its words."""
        return {*self.title, *self.excerpt}


def level(articles: int, of_articles: int) -> int:
    """How rare a word is.

    Args:
        articles: how many articles have it.
        of_articles: how many there are.

    Returns:
        A whole number from 1 on: one more for each halving.
    """
    return max(1, of_articles.bit_length() - articles.bit_length())


class Weighing:
    """Compares wordings.

    Args:
        level_of: tells the level of a word.
    """

    def __init__(self, level_of: Callable[[str], int]) -> None:
        self._level_of = level_of
        self._vectors: dict[Wording, tuple[dict[str, int], int]] = {}

    def alike(self, one: Wording, other: Wording) -> float:
        """How alike two wordings are, from 0 to 1."""
        (a, square_a), (b, square_b) = self._vector(one), self._vector(other)
        shared = sum(a[term] * b[term] for term in a.keys() & b.keys())
        # All are whole numbers up to here, so the result does not depend on the order of either.
        return shared / sqrt(square_a * square_b) if shared else 0.0

    def _vector(self, wording: Wording) -> tuple[dict[str, int], int]:
        """The weights of words and of pairs of neighbouring words, and the square of the vector's length."""
        known = self._vectors.get(wording)
        if known is None:
            vector: dict[str, int] = {}
            for words, times in ((wording.title, _IN_HEADLINE), (wording.excerpt, 1)):
                before, rarity_before = "", 0
                for word in words:
                    rarity = self._level_of(word)
                    vector[word] = vector.get(word, 0) + times * rarity
                    if before:
                        pair = f"{before} {word}"  # as rare as the rarer of the two
                        vector[pair] = vector.get(pair, 0) + times * max(rarity_before, rarity)
                    before, rarity_before = word, rarity
            known = self._vectors[wording] = (vector, sum(weight * weight for weight in vector.values()))
        return known


def shared_words(one: Wording, other: Wording) -> int:
    """How many telling words two articles have in common."""
    return len(one.words & other.words)


def kind_of(alike: float, one: Sequence[str], other: Sequence[str]) -> Kind | None:
    """What the bond of two linked articles of different outlets rests on; None where there is none.

    Args:
        alike: how alike they are.
        one: the words of the one's headline.
        other: of the other's.
    """
    if alike >= COPIED and 2 * len({*one} & {*other}) >= len({*one} | {*other}):
        return Kind.SAME_TEXT
    return Kind.WORDS if alike >= ALIKE else None
