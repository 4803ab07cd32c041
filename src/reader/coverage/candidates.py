"""Which articles are worth comparing: those whose headlines alone let it seem possible that they report one event.

What leads from one to the other are the telling words that both headlines have, their clues.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import log1p

from reader.coverage.rarity import RAREST, in_english
from reader.coverage.weights import BEFORE_ANY, WEIGHTS

CLUE = 4
"""The level from which a word of a headline leads to others that have it."""

ENOUGH = -1.75
"""What the headlines alone are to say at least, in log-odds, for two articles to be compared as a whole."""

_HEADLINE = WEIGHTS.headline / 2
_RAREST = WEIGHTS.rarest / RAREST
_APART = WEIGHTS.apart / 4
_HOUR = 3_600


def clues_of(words: Iterable[str]) -> list[str]:
    """Those of a headline's words that lead to others."""
    return sorted({word for word in words if in_english(word) >= CLUE})


def is_enough(shared: int, rarest: int, of_one: int, of_other: int, seconds: int) -> bool:
    """Whether two headlines have enough in common.

    Args:
        shared: the sum of the levels of the clues that both have.
        rarest: the greatest of these levels.
        of_one: the sum of the levels of all clues of the one.
        of_other: of the other.
        seconds: how far apart the articles are.
    """
    said = _HEADLINE * shared * (of_one + of_other) / (of_one * of_other) + _RAREST * rarest
    return BEFORE_ANY + said + _APART * log1p(seconds / _HOUR) >= ENOUGH


def worth_comparing(one: Iterable[str], other: Iterable[str], seconds: int, rarity: Callable[[str], int]) -> bool:
    """Whether the words of two headlines have enough in common for the articles to be compared."""
    a, b = set(clues_of(one)), set(clues_of(other))
    shared = [rarity(word) for word in a & b]
    return bool(shared) and is_enough(sum(shared), max(shared), sum(map(rarity, a)), sum(map(rarity, b)), seconds)
