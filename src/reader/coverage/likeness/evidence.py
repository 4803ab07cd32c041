"""What speaks for and against two articles reporting the same event: the numbers that `weights` weighs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import log1p, sqrt
from typing import NamedTuple

from reader.coverage.likeness.forms import Form, filled_in
from reader.coverage.likeness.rarity import RAREST, in_english
from reader.coverage.likeness.wording import Wording
from reader.coverage.likeness.words import LEAST_WORDS

NEAR_SECONDS = 4 * 86_400
"""Seconds that two articles lie apart at most for their words to be compared."""

_MOST_NUMBERS = 3
_MOST_STRANGE = 30
"""Levels of strange names that are counted."""

_UNSAID = 8
"""Levels that every headline is longer by: of two short ones a single word in common is not half of what is told."""

_UNSAID_SQUARE = 48
"""The same where levels are squared."""

_UNSAID_EXCERPT = 40
"""The same in an excerpt: that both tell *what you need to know* is next to nothing."""

_LEAST_LETTERS = 4
"""Letters of a word from which it may be part of another."""

_TOO_SHORT = 5.0

_LEADING = 7
"""The level from which the first word of a headline says whom it is about."""


class Evidence(NamedTuple):
    """The evidence of a pair, each from 0 to 1 unless it says otherwise.

    Attributes:
        headline: how much of each headline the other article says anywhere, words weighed by rarity; the mean of both.
        rarest: how rare the rarest word is that both headlines have.
        excerpt: how alike the excerpts are (cosine, words weighed by rarity in English); the headlines where one has
            none.
        numbers: how many numbers both have, of three.
        clash: how rare a name each headline has that the other article has nowhere; of both the less rare.
        lead: how many of the two headlines begin with a rare word that the other article has nowhere, of two.
        outlet: whether both are of one outlet.
        apart: the logarithm of the hours they lie apart; 1 at some 54 hours.
        later: `apart` for two articles of one outlet, else 0: it tells its next story, not this one again.
        twin: how alike the headlines are that have rare words which the other article has nowhere: one form, filled in
            twice.
        series: the same for two headlines of one outlet, else 0.
        filled: how sure it is that the headlines are one form that is filled in twice: *wins Ohio*, *wins Iowa*.
        strange: how much of the one headline's names the other article has nowhere; of both the more.
        thin: where there is no excerpt to tell more, 1 if the headlines have a single word in common, and 3 if one of
            them is too short to tell anything.
        bare: whether one has no excerpt.
    """

    headline: float
    rarest: float
    excerpt: float
    numbers: float
    clash: float
    lead: float
    outlet: float
    apart: float
    later: float
    twin: float
    series: float
    filled: float
    strange: float
    thin: float
    bare: float


class Told(NamedTuple):
    """An article as it is compared.

    Attributes:
        wording: what it says.
        published: when, in seconds since 1970.
        outlet: what tells its outlet from others; empty where unknown.
    """

    wording: Wording
    published: int
    outlet: str


class _Ranked(NamedTuple):
    """The words of an article with their levels, the rarest first, and sums that every pair needs."""

    title: list[tuple[int, str]]
    title_words: frozenset[str]
    title_sum: int
    title_square: int
    excerpt: dict[str, int]
    excerpt_square: int
    names: list[tuple[int, str]]
    letters: str
    lead: str


class Weighing:
    """Gathers the evidence of pairs.

    Args:
        rarity: gives the level of a word.
    """

    def __init__(self, rarity: Callable[[str], int]) -> None:
        self._rarity = rarity
        self._ranked: dict[int, tuple[Wording, _Ranked]] = {}
        self._forms: dict[int, tuple[Wording, Form]] = {}

    def evidence(self, one: Told, other: Told) -> Evidence:
        """The evidence of two articles, the same in either order."""
        return self.with_form(self.without_form(one, other), one, other)

    def with_form(self, evidence: Evidence, one: Told, other: Told) -> Evidence:
        """The evidence of two articles with the look at their headlines' form, which takes long."""
        filled = filled_in(self._form(one.wording), self._form(other.wording))
        return evidence._replace(filled=filled) if filled else evidence

    def without_form(self, one: Told, other: Told) -> Evidence:
        """The evidence of two articles without that: it speaks more for an event than the whole."""
        a, b = one.wording, other.wording
        x, y = self._rank(a), self._rank(b)
        here, there = a.words, b.words
        has_both = bool(a.excerpt and b.excerpt)
        shared = _in_common(x, y)
        likeness = _cosine(sum([level * level for level in shared]), x.title_square, y.title_square)
        strange_a = [level for level, word in x.names if word not in there]
        strange_b = [level for level, word in y.names if word not in here]
        twin = likeness * min(_missing(x, y, there), _missing(y, x, here)) / RAREST if likeness else 0.0
        is_one_outlet = one.outlet == other.outlet
        apart = log1p(abs(one.published - other.published) / 3_600) / 4
        clash = min(strange_a[0], strange_b[0]) / RAREST if strange_a and strange_b else 0.0
        excerpt = _excerpts(x, y) * (1 - clash) if has_both else likeness
        is_short = min(len(x.title), len(y.title)) < LEAST_WORDS
        return Evidence(
            headline=(_share(x, there) + _share(y, here)) / 2,
            rarest=shared[0] / RAREST if shared else 0.0,
            excerpt=excerpt,
            numbers=min(len(a.numbers & b.numbers), _MOST_NUMBERS) / _MOST_NUMBERS,
            clash=clash,
            lead=((x.lead != "" and x.lead not in there) + (y.lead != "" and y.lead not in here)) / 2,
            outlet=float(is_one_outlet),
            apart=apart,
            later=apart * is_one_outlet,
            twin=twin,
            series=twin * is_one_outlet,
            filled=0.0,
            strange=min(max(sum(strange_a), sum(strange_b)), _MOST_STRANGE) / _MOST_STRANGE,
            thin=_TOO_SHORT * (1 - excerpt * has_both) if is_short else float(not has_both and len(shared) <= 1),
            bare=float(not has_both),
        )

    def _form(self, wording: Wording) -> Form:
        known = self._forms.get(id(wording))
        if known is None:
            known = self._forms[id(wording)] = (wording, wording.form)
        return known[1]

    def _rank(self, wording: Wording) -> _Ranked:
        known = self._ranked.get(id(wording))
        if known is None:
            title_words = frozenset(wording.title)
            rarity = self._rarity if len(title_words) > 1 else in_english  # a word alone is not counted: `clues_of`
            title = _with_levels(title_words, rarity)
            excerpt = {word: in_english(word) ** 2 for word in wording.excerpt}
            lead = wording.title[0] if wording.title else ""
            ranked = _Ranked(
                title,
                title_words,
                sum([level for level, _ in title]) + _UNSAID,
                sum([level * level for level, _ in title]) + _UNSAID_SQUARE,
                excerpt,
                sum(excerpt.values()) + _UNSAID_EXCERPT,
                _with_levels(wording.names, rarity),
                "".join(wording.title),
                lead if lead and rarity(lead) >= _LEADING else "",
            )
            known = self._ranked[id(wording)] = (wording, ranked)  # which keeps its id from another's use
        return known[1]


def _with_levels(words: Iterable[str], rarity: Callable[[str], int]) -> list[tuple[int, str]]:
    return sorted([(rarity(word), word) for word in words], reverse=True)


def _in_common(one: _Ranked, other: _Ranked) -> list[int]:
    """The levels of the words that two headlines have in common, the rarest first; of one word alone, its own level."""
    if len(other.title) == 1:
        one, other = other, one
    return [level for level, word in one.title if word in other.title_words]


def _share(one: _Ranked, words: frozenset[str]) -> float:
    """How much of a headline is among words."""
    return sum([level for level, word in one.title if word in words]) / one.title_sum


def _missing(one: _Ranked, other: _Ranked, words: frozenset[str]) -> int:
    """The level of the rarest word of a headline that the other article has nowhere; 0 where it has all.

    What is written as one word here and as two there is no difference: `data center`, `plain-text`.
    """
    for level, word in one.title:
        if word not in words and (len(word) < _LEAST_LETTERS or word not in other.letters):
            return level
    return 0


def _excerpts(one: _Ranked, other: _Ranked) -> float:
    """The cosine of two excerpts; of whole numbers up to the end, so that the order of words is nothing to it."""
    squares = one.excerpt
    return _cosine(
        sum([squares[word] for word in squares.keys() & other.excerpt.keys()]), one.excerpt_square, other.excerpt_square
    )


def _cosine(shared: int, square: int, other_square: int) -> float:
    return shared / sqrt(square * other_square) if shared else 0.0
