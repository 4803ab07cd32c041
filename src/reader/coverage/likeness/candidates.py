"""Which articles are worth comparing: those whose headlines alone let it seem possible that they report one event.

What leads from one to the other are the telling words that both headlines have, their clues.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import log1p
from typing import NamedTuple

from reader.coverage.likeness.rarity import RAREST, bits_of, in_english

CLUE = 4
"""The level from which a word of a headline leads to others that have it."""

ENOUGH, ENOUGH_IN_ARCHIVE = -2.5, -1.0
"""What the headlines alone are to say at least for two articles to be compared as a whole; more in an archive, where an
article has so much in common with many others by chance."""

ARCHIVE_BITS = 14
"""The binary digits of the number of headlines from which a library is an archive: its counts tell what is usual on any
day, and not what one day is about."""

_SHARED, _APART, _UNMATCHED = 7.0, 0.82, 0.49
"""What the two shares of clues in common weigh, the logarithm of the hours apart, each level of what is not matched.

Fitted, as `weights` are, to tell pairs with even odds from those that merely share a word."""

HOUR = 3_600
"""Seconds."""


def clues_of(words: Iterable[str]) -> set[str]:
    """Those of a headline's words that lead to others; none of a headline with one telling word alone."""
    telling = set(words)
    return set(filter(leads, telling)) if len(telling) > 1 else set()


def leads(word: str) -> bool:
    """Whether a word of a headline leads to others that have it, where it is not its only one."""
    return in_english(word) >= CLUE


def is_archive(headlines: int) -> bool:
    """Whether a library is an archive, by how many headlines it has."""
    return bits_of(headlines) >= ARCHIVE_BITS


def words_say(share: float, unmatched: int) -> float:
    """What the words of two headlines say for their articles being on one event.

    With what `hours_say` against it taken from it, it seems possible from `Threshold.enough` on.

    Args:
        share: the part of the one's clues that both have, each counted by its level, and the part of the other's.
        unmatched: the level of the rarest clue of the one that the other has not, or of the other's that the one has
            not, whichever is less rare.
    """
    return _SHARED * share - _UNMATCHED * unmatched


def share_for(words: float, unmatched: int = 0) -> float:
    """The share of clues with which the words of two headlines say so much; see `words_say`."""
    return (words + _UNMATCHED * unmatched) / _SHARED


class Threshold(NamedTuple):
    """What two headlines are to say and to share at least for their articles to be compared.

    Attributes:
        enough: what they say; see `words_say`.
        shares: the share of clues without which they never say so much, by the level of what is not matched.
    """

    enough: float
    shares: tuple[float, ...]

    @classmethod
    def of(cls, enough: float) -> Threshold:
        """That of headlines that are to say so much."""
        return cls(enough, tuple([share_for(enough, unmatched) for unmatched in range(RAREST + 1)]))

    @classmethod
    def in_library(cls, headlines: int) -> Threshold:
        """That of a library, by how many headlines it has."""
        return _IN_ARCHIVE if is_archive(headlines) else _USUAL


_USUAL, _IN_ARCHIVE = Threshold.of(ENOUGH), Threshold.of(ENOUGH_IN_ARCHIVE)


def hours_say(seconds: int) -> float:
    """What it says against two articles being on one event that they are so far apart."""
    return _APART * log1p(seconds / HOUR)


def worth_comparing(
    one: Iterable[str], other: Iterable[str], seconds: int, rarity: Callable[[str], int], enough: float = ENOUGH
) -> bool:
    """Whether the words of two headlines say enough for the articles to be compared."""
    a, b = clues_of(one), clues_of(other)
    if not a & b:
        return False
    shared, of_one, of_other = (sum(map(rarity, words)) for words in (a & b, a, b))
    unmatched = min(max(map(rarity, left), default=0) for left in (a - b, b - a))
    return words_say(shared * (1 / of_one + 1 / of_other), unmatched) - hours_say(seconds) >= enough
