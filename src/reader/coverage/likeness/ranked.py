"""The words of an article with their levels, and the sums that every comparison of it needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import mul

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


@dataclass(slots=True, eq=False)
class Ranked:
    """The words of an article.

    Attributes:
        words: all of them.
        title: the levels and words of its headline, the rarest first.
        levels: the level of each of these words. Any other word of the article has the level that it has in English,
            those of its excerpt too: so what the library is about weighs little in excerpts as well, and still no
            words but those of headlines need to be counted.
        title_words: the same words.
        title_sum: the sum of the levels, and a little more.
        title_square: the sum of their squares, and a little more.
        excerpt: the words of its excerpt.
        added: those that its headline has not.
        excerpt_square: the sum of the squares of their levels, and a little more.
        about: how much of its headline its excerpt says.
        names: the levels and words of the headline that tell it from another worded alike, the rarest first.
        letters: the words of its headline without what stands between them.
        lead: the first of them, where that says whom it is about; else empty.
        digits: the digits of its numbers; see `Wording`.
    """

    words: frozenset[str]
    title: list[tuple[int, str]]
    levels: Mapping[str, int]
    title_words: frozenset[str]
    title_sum: int
    title_square: int
    excerpt: frozenset[str]
    added: frozenset[str]
    excerpt_square: int
    about: float
    names: list[tuple[int, str]]
    letters: str
    lead: str
    digits: frozenset[str]


def ranked(wording: Wording, rarity: Callable[[str], int]) -> Ranked:
    """Rank the words of an article.

    Args:
        wording: what it says.
        rarity: gives the level of a word in the library.
    """
    title_words = frozenset(wording.title)
    if len(title_words) == 1:
        rarity = in_english  # a word alone is not counted: `clues_of`
    levels = dict(zip(title_words, map(rarity, title_words), strict=True))
    title = sorted(zip(levels.values(), levels, strict=True), reverse=True)
    excerpt, said, squares = wording.excerpt, 0, _UNSAID_EXCERPT
    added = excerpt - title_words
    if len(added) < len(excerpt):
        for word in title_words & excerpt:
            said += levels[word]
            squares += levels[word] ** 2
    total = sum(levels.values())
    lead = wording.title[0] if wording.title else ""
    names = wording.names
    return Ranked(
        words=wording.words,
        title=title,
        levels=levels,
        title_words=title_words,
        title_sum=total + _UNSAID,
        title_square=sum(map(mul, levels.values(), levels.values())) + _UNSAID_SQUARE,
        excerpt=excerpt,
        added=added,
        excerpt_square=sum(map(_english_square.__getitem__, added)) + squares,
        about=said / total if total else 0.0,
        names=[one for one in title if one[1] in names] if names else [],
        letters="".join(wording.title),
        lead=lead if lead and levels[lead] >= _LEADING else "",
        digits=wording.digits,
    )


_english_square = Memory(lambda word: in_english(word) ** 2)
