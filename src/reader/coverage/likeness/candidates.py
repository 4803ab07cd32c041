"""Which articles are worth comparing: those whose headlines alone let it seem possible that they report one event.

What leads from one to the other are the telling words that both headlines have, their clues.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import log1p

from reader.coverage.likeness.rarity import RAREST, in_english

CLUE = 4
"""The level from which a word of a headline leads to others that have it."""

ENOUGH = -2.5
"""What the headlines alone are to say at least for two articles to be compared as a whole."""

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


def words_say(share: float, unmatched: int) -> float:
    """What the words of two headlines say for their articles being on one event.

    With what `hours_say` against it taken from it, it seems possible from `ENOUGH` on.

    Args:
        share: the part of the one's clues that both have, each counted by its level, and the part of the other's.
        unmatched: the level of the rarest clue of the one that the other has not, or of the other's that the one has
            not, whichever is less rare.
    """
    return _SHARED * share - _UNMATCHED * unmatched


def share_for(words: float, unmatched: int = 0) -> float:
    """The share of clues with which the words of two headlines say so much; see `words_say`."""
    return (words + _UNMATCHED * unmatched) / _SHARED


LEAST_SHARE = tuple(share_for(ENOUGH, unmatched) for unmatched in range(RAREST + 1))
"""The share of clues that two headlines have at least where they say enough, by the level of what is not matched."""


def hours_say(seconds: int) -> float:
    """What it says against two articles being on one event that they are so far apart."""
    return _APART * log1p(seconds / HOUR)


def worth_comparing(one: Iterable[str], other: Iterable[str], seconds: int, rarity: Callable[[str], int]) -> bool:
    """Whether the words of two headlines have enough in common for the articles to be compared."""
    a, b = clues_of(one), clues_of(other)
    if not a & b:
        return False
    shared, of_one, of_other = (sum(map(rarity, words)) for words in (a & b, a, b))
    unmatched = min(max(map(rarity, left), default=0) for left in (a - b, b - a))
    return words_say(shared * (1 / of_one + 1 / of_other), unmatched) - hours_say(seconds) >= ENOUGH
