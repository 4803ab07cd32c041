"""Which articles are worth comparing: those whose headlines have telling words in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from reader.coverage.rarity import in_english

CLUE = 4
"""The level from which a word of a headline leads to others that have it."""

ENOUGH = 0.12
"""How much of two headlines is to be the same (the mean of both shares, by rarity) for them to be compared."""


def clues_of(words: Iterable[str]) -> list[str]:
    """Those of a headline's words that lead to others."""
    return sorted({word for word in words if in_english(word) >= CLUE})


def worth_comparing(one: Iterable[str], other: Iterable[str], rarity: Callable[[str], int]) -> bool:
    """Whether the words of two headlines have enough in common to be compared."""
    a, b = set(one), set(other)
    return is_enough(sum(map(rarity, clues_of(a & b))), sum(map(rarity, a)), sum(map(rarity, b)))


def is_enough(shared: int, of_one: int, of_other: int) -> bool:
    """Whether the clues that two headlines share are enough for them to be compared.

    Args:
        shared: the sum of their levels.
        of_one: the sum of the levels of all words of the one's headline.
        of_other: of the other's.
    """
    return shared > 0 and shared * (of_one + of_other) >= 2 * ENOUGH * of_one * of_other
