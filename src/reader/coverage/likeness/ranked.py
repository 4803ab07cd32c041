"""The words of an article with their levels, and the sums that every comparison of it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

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

_NO_DETAIL = 6
"""The level up to which a word is no detail."""


class Ranked(NamedTuple):
    """The words of an article.

    Attributes:
        title: the levels and words of its headline, the rarest first.
        title_words: the words alone.
        title_sum: the sum of the levels, and a little more.
        title_square: the sum of their squares, and a little more.
        excerpt: the level of each word of its excerpt: in English, but in the library where its own headline has the
            word as well. So what the library is about weighs little in excerpts too, and still no words but those of
            headlines need to be counted.
        excerpt_square: the sum of their squares, and a little more.
        about: how much of its headline its excerpt says.
        details: by how much each word of headline or excerpt is rarer than most, where it is.
        names: the levels and words of the headline that tell it from others worded alike, the rarest first.
        letters: the words of its headline without what stands between them.
        lead: the first of them, where that says whom it is about; else empty.
    """

    title: list[tuple[int, str]]
    title_words: frozenset[str]
    title_sum: int
    title_square: int
    excerpt: Mapping[str, int]
    excerpt_square: int
    about: float
    details: Mapping[str, int]
    names: list[tuple[int, str]]
    letters: str
    lead: str


def ranked(wording: Wording, rarity: Callable[[str], int]) -> Ranked:
    """Rank the words of an article.

    Args:
        wording: what it says.
        rarity: gives the level of a word in the library.
    """
    title_words = frozenset(wording.title)
    if len(title_words) == 1:
        rarity = in_english  # a word alone is not counted: `clues_of`
    title = with_levels(title_words, rarity)
    excerpt = {word: in_english(word) for word in wording.excerpt}
    own = {word: level for level, word in title}
    said = {word: level for word, level in own.items() if word in excerpt}
    excerpt.update(said)
    total = sum(own.values())
    details = {word: level - _NO_DETAIL for word, level in (excerpt | own).items() if level > _NO_DETAIL}
    lead = wording.title[0] if wording.title else ""
    return Ranked(
        title=title,
        title_words=title_words,
        title_sum=total + _UNSAID,
        title_square=sum([level * level for level, _ in title]) + _UNSAID_SQUARE,
        excerpt=excerpt,
        excerpt_square=sum([level * level for level in excerpt.values()]) + _UNSAID_EXCERPT,
        about=sum(said.values()) / total if total else 0.0,
        details=details,
        names=with_levels(wording.names, rarity),
        letters="".join(wording.title),
        lead=lead if lead and rarity(lead) >= _LEADING else "",
    )


def with_levels(words: Iterable[str], rarity: Callable[[str], int]) -> list[tuple[int, str]]:
    """Words with their levels, the rarest first."""
    return sorted([(rarity(word), word) for word in words], reverse=True)
