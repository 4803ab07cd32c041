"""The words of an article with their levels, and the sums that every comparison of it needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from reader.coverage.likeness.memory import Memory
from reader.coverage.likeness.rarity import in_english
from reader.coverage.likeness.wording import Wording

_UNSAID = 8
"""Levels that every headline is longer by: of two short ones a single word in common is not half of what is told."""

_UNSAID_SQUARE = 48
"""The same where levels are squared."""

_UNSAID_EXCERPT = 40
"""The same in an excerpt: that both tell *what you need to know* is next to nothing."""

_LEADING = 7
"""The level from which the first word of a headline says whom it is about."""


class Ranked(NamedTuple):
    """The words of an article.

    Attributes:
        title: the levels and words of its headline, the rarest first.
        levels: the level of each of these words. Any other word of the article has the level that it has in English,
            those of its excerpt too: so what the library is about weighs little in excerpts as well, and still no
            words but those of headlines need to be counted.
        title_sum: the sum of the levels, and a little more.
        title_square: the sum of their squares, and a little more.
        excerpt_square: the same of the words of its excerpt.
        about: how much of its headline its excerpt says.
        names: the levels and words of the headline that tell it from others worded alike, the rarest first.
        letters: the words of its headline without what stands between them.
        lead: the first of them, where that says whom it is about; else empty.
    """

    title: list[tuple[int, str]]
    levels: Mapping[str, int]
    title_sum: int
    title_square: int
    excerpt_square: int
    about: float
    names: list[tuple[int, str]]
    letters: str
    lead: str


def ranked(wording: Wording, rarity: Callable[[str], int]) -> Ranked:
    """Rank the words of an article.

    Args:
        wording: what it says.
        rarity: gives the level of a word in the library.
    """
    title_words = set(wording.title)
    if len(title_words) == 1:
        rarity = in_english  # a word alone is not counted: `clues_of`
    title = sorted(zip(map(rarity, title_words), title_words, strict=True), reverse=True)
    levels = {word: level for level, word in title}
    excerpt, said, said_squares = wording.excerpt, 0, 0
    for level, word in title:
        if word in excerpt:
            said += level
            said_squares += level * level - _english_square[word]
    total = sum(levels.values())
    lead = wording.title[0] if wording.title else ""
    return Ranked(
        title=title,
        levels=levels,
        title_sum=total + _UNSAID,
        title_square=sum([level * level for level, _ in title]) + _UNSAID_SQUARE,
        excerpt_square=sum(map(_english_square.__getitem__, excerpt)) + said_squares + _UNSAID_EXCERPT,
        about=said / total if total else 0.0,
        names=[one for one in title if one[1] in wording.names],
        letters="".join(wording.title),
        lead=lead if lead and levels[lead] >= _LEADING else "",
    )


_english_square = Memory(lambda word: in_english(word) ** 2)
