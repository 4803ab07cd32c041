"""Which pairs of articles are worth comparing: those that, by their headlines alone, may report the same event.

The rarer words of a headline are its clues: an article is only looked for among those that share a clue with it. From
the clues that two headlines share, those that they do not, and the time between them comes a number; the pair is
compared as a whole (`evidence`) where that reaches a threshold. `library.sync.bonds` applies this rule to the index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import log1p
from typing import NamedTuple

from reader.coverage.likeness.rarity import RAREST, bits_of, in_english

CLUE = 4
"""The level from which a word of a headline is a clue."""

ENOUGH, ENOUGH_IN_ARCHIVE = -2.5, -1.0
"""The threshold from which two articles are compared as a whole: usually, and in an archive, where it is higher because
an article has that much in common with many others by chance."""

ARCHIVE_BITS = 14
"""The value of `bits_of` from which a library is an archive (some 8,000 headlines): its counts of words tell what is
usual on any day, and not what one day is about."""

_SHARED, _APART, _UNMATCHED = 7.0, 0.82, 0.49
"""The weights of the share of clues in common, the logarithm of the hours apart, and each level of what is unmatched.

Fitted, as `weights` are, to tell pairs with even odds from those that merely share a word."""

HOUR = 3_600
"""Seconds of an hour."""


def clues_of(words: Iterable[str]) -> set[str]:
    """The clues among the telling words of a headline; none where it has only one such word."""
    telling = set(words)
    return set(filter(leads, telling)) if len(telling) > 1 else set()


def leads(word: str) -> bool:
    """Whether a word is a clue in a headline that has other telling words besides."""
    return in_english(word) >= CLUE


def is_archive(headlines: int) -> bool:
    """Whether a library is an archive, by how many headlines it has."""
    return bits_of(headlines) >= ARCHIVE_BITS


def words_say(share: float, unmatched: int) -> float:
    """How much the words of two headlines speak for their articles being on one event.

    The articles are worth comparing where this, minus `hours_say`, is `Threshold.enough` or more.

    Args:
        share: the sum of two shares, from 0 to 2: which part of the one headline's clues the other has as well, and
            which part of the other's the one has; clues count by their levels.
        unmatched: the level of the rarest clue that the other headline lacks; of both headlines the lesser, 0 where
            one lacks none.
    """
    return _SHARED * share - _UNMATCHED * unmatched


def share_for(words: float, unmatched: int = 0) -> float:
    """The inverse of `words_say`: the share of clues for which it gives `words`."""
    return (words + _UNMATCHED * unmatched) / _SHARED


class Threshold(NamedTuple):
    """What is asked of two headlines for their articles to be compared.

    Attributes:
        enough: the least that `words_say` minus `hours_say` may be.
        shares: the share of clues below which that cannot be reached at any distance in time, by the level of what is
            unmatched. It is there to turn most pairs down quickly.
    """

    enough: float
    shares: tuple[float, ...]

    @classmethod
    def of(cls, enough: float) -> Threshold:
        """The threshold with a given `enough`."""
        return cls(enough, tuple([share_for(enough, unmatched) for unmatched in range(RAREST + 1)]))

    @classmethod
    def in_library(cls, headlines: int) -> Threshold:
        """The threshold of a library with so many headlines."""
        return _IN_ARCHIVE if is_archive(headlines) else _USUAL


_USUAL, _IN_ARCHIVE = Threshold.of(ENOUGH), Threshold.of(ENOUGH_IN_ARCHIVE)


def hours_say(seconds: int) -> float:
    """How much the time between two articles, in seconds, speaks against their being on one event."""
    return _APART * log1p(seconds / HOUR)


def worth_comparing(
    one: Iterable[str], other: Iterable[str], seconds: int, rarity: Callable[[str], int], enough: float = ENOUGH
) -> bool:
    """Whether two articles are worth comparing: the rule as a whole, for one pair.

    Args:
        one: the telling words of the one headline.
        other: those of the other.
        seconds: the time between the articles.
        rarity: gives the level of a word in the library.
        enough: the threshold; see `Threshold`.
    """
    a, b = clues_of(one), clues_of(other)
    if not a & b:
        return False
    shared, of_one, of_other = (sum(map(rarity, words)) for words in (a & b, a, b))
    unmatched = min(max(map(rarity, left), default=0) for left in (a - b, b - a))
    return words_say(shared * (1 / of_one + 1 / of_other), unmatched) - hours_say(seconds) >= enough
