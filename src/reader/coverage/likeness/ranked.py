"""The words of an article with their levels, and the sums that every comparison with it needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import mul

from reader.coverage.likeness.memory import Memory
from reader.coverage.likeness.rarity import in_english
from reader.coverage.likeness.wording import Wording

_UNSAID = 8
"""Added to the sum of a headline's levels, so that one word in common of two short headlines is not half of them."""

_UNSAID_SQUARE = 48
"""The same for the sum of the squares."""

_UNSAID_EXCERPT = 40
"""The same for an excerpt's sum of squares: that both say *what you need to know* is next to nothing."""

_LEADING = 7
"""The level from which the first word of a headline says whom it is about."""


@dataclass(slots=True, eq=False)
class Ranked:
    """The telling words of an article, ranked by rarity.

    Attributes:
        words: all of them, of headline and excerpt.
        title: the level and the word for each word of the headline, the rarest first.
        levels: the level in the library of each word of the headline. A word that only the excerpt has counts by its
            level in English: so only the words of headlines need to be counted in a library.
        title_words: the words of the headline.
        title_sum: the sum of their levels, plus `_UNSAID`.
        title_square: the sum of the squares of their levels, plus `_UNSAID_SQUARE`.
        excerpt: the words of the excerpt.
        added: those of them that the headline does not have.
        excerpt_square: the sum of the squares of the excerpt's levels, plus `_UNSAID_EXCERPT`.
        about: which part of the headline the excerpt says, by levels, from 0 to 1.
        names: the level and the word for each word of the headline that tells it from another worded alike, the rarest
            first.
        letters: the words of the headline, written as one.
        lead: the first word of the headline where it is so rare that it says whom this is about; else empty.
        digits: the digits of the article's numbers; see `Wording`.
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
        rarity = in_english  # a headline of one word has no clues, so the library does not count it: `clues_of`
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
