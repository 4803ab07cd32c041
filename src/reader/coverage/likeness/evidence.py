"""What speaks for and against two articles reporting the same event: the numbers that `weights` weighs."""

from __future__ import annotations

from collections.abc import Sequence
from math import log1p, sqrt
from typing import NamedTuple

from reader.coverage.likeness.forms import Form, filled_in
from reader.coverage.likeness.ranked import Ranked, ranked
from reader.coverage.likeness.rarity import RAREST, Rarity, in_english
from reader.coverage.likeness.wording import Wording
from reader.coverage.likeness.words import LEAST_WORDS

NEAR_SECONDS = 4 * 86_400
"""Seconds that two articles lie apart at most for their words to be compared."""

_MOST_NUMBERS = 3
_MOST_STRANGE = 50
"""Levels of strange names that are counted: so many that a headline of several matters has more than any of one."""

_LEAST_LETTERS = 4
"""Letters of a word from which it may be part of another."""

_TOO_SHORT = 5.0

_NO_DETAIL = 6
"""The level up to which a word is no detail."""

_MOST_DETAILS = 12
"""Levels of details that are counted."""

_USUAL = 4
"""The level up to which a word tells no more than what a library is about."""

_SPECIFIC = 4
"""Levels above that, and of details, from which two articles have more than a subject in common."""

_REPEATED, _ABOUT = 0.7, 0.34
"""How alike excerpts are that are one text; how much of either headline it says at least if it tells of them.

An outlet may have one text under all its headlines (*follow our coverage*): of a report's headline, a third and more
stands in its excerpt."""


class Evidence(NamedTuple):
    """The evidence of a pair, each from 0 to 1 unless it says otherwise.

    Attributes:
        headline: how much of each headline the other article says anywhere, words weighed by rarity; the mean of both.
        rarest: how rare the rarest word is that both headlines have.
        excerpt: how alike the excerpts are (cosine, words weighed by rarity); the headlines where one has none, or
            both have a text that tells of neither.
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
        details: how many rare words they have in common anywhere: people, places, what is seldom written of.
        generic: how little more than a subject they have in common, where a library is large enough to tell.
        thin: where there is no excerpt to tell more, 1 if the headlines have a single word in common, and 3 if one of
            them is too short to tell anything.
        bare: whether one has no excerpt, or both have a text that tells of neither.
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
    details: float
    generic: float
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


class Weighing:
    """Gathers the evidence of pairs.

    Args:
        rarity: gives the level of a word.
    """

    def __init__(self, rarity: Rarity) -> None:
        self._rarity = rarity
        self._ranked: dict[int, tuple[Wording, Ranked]] = {}
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
        common = _in_common(a, x, b, y)
        told = _cosine(common.excerpt, x.excerpt_square, y.excerpt_square)
        is_about = told < _REPEATED or max(x.about, y.about) >= _ABOUT
        has_both = bool(a.excerpt and b.excerpt) and is_about
        details = min(common.details, _MOST_DETAILS) if is_about else 0
        numbers = min(len(a.numbers & b.numbers), _MOST_NUMBERS) if is_about else 0
        shared = common.title
        likeness = _cosine(sum([level * level for level in shared]), x.title_square, y.title_square)
        strange_a = [level for level, word in x.names if word not in there]
        strange_b = [level for level, word in y.names if word not in here]
        twin = likeness * min(_missing(x, y, there), _missing(y, x, here)) / RAREST if likeness else 0.0
        is_one_outlet = one.outlet == other.outlet
        apart = log1p(abs(one.published - other.published) / 3_600) / 4
        clash = min(strange_a[0], strange_b[0]) / RAREST if strange_a and strange_b else 0.0
        excerpt = told * (1 - clash) if has_both else likeness
        is_short = len(x.title) < LEAST_WORDS or len(y.title) < LEAST_WORDS
        return Evidence(
            headline=(common.of_one / x.title_sum + common.of_other / y.title_sum) / 2,
            rarest=max(shared) / RAREST if shared else 0.0,
            excerpt=excerpt,
            numbers=numbers / _MOST_NUMBERS,
            clash=clash,
            lead=((x.lead != "" and x.lead not in there) + (y.lead != "" and y.lead not in here)) / 2,
            outlet=float(is_one_outlet),
            apart=apart,
            later=apart * is_one_outlet,
            twin=twin,
            series=twin * is_one_outlet,
            filled=0.0,
            strange=min(max(sum(strange_a), sum(strange_b)), _MOST_STRANGE) / _MOST_STRANGE,
            details=details / _MOST_DETAILS,
            generic=_generic(shared, details) if self._rarity.is_large else 0.0,
            thin=_TOO_SHORT * (1 - excerpt * has_both) if is_short else float(not has_both and len(shared) <= 1),
            bare=float(not has_both),
        )

    def _form(self, wording: Wording) -> Form:
        known = self._forms.get(id(wording))
        if known is None:
            known = self._forms[id(wording)] = (wording, wording.form)
        return known[1]

    def _rank(self, wording: Wording) -> Ranked:
        known = self._ranked.get(id(wording))
        if known is None:
            ranking = ranked(wording, self._rarity.level_of)
            known = self._ranked[id(wording)] = (wording, ranking)  # which keeps its id from another's use
        return known[1]


class _Common(NamedTuple):
    """The words that two articles have in common anywhere.

    Attributes:
        title: the levels of those that both headlines have; of one word alone, its own level.
        of_one: the sum of the levels of those that the one's headline has.
        of_other: the same of the other's.
        excerpt: the sum of the products of the levels of those that both excerpts have.
        details: the levels above most of those that are rarer than most, in both.
    """

    title: list[int]
    of_one: int
    of_other: int
    excerpt: int
    details: int


def _in_common(a: Wording, one: Ranked, b: Wording, other: Ranked) -> _Common:
    """Whole numbers all of them, so that the order of words is nothing to it."""
    own, their = one.levels.get, other.levels.get
    is_other_single = len(other.title) == 1
    title: list[int] = []
    of_one = of_other = excerpt = details = 0
    for word in a.words & b.words:
        here, there = own(word), their(word)
        is_in_excerpts = True
        if here is None:
            level = in_english(word)
        else:
            level, of_one = here, of_one + here
            is_in_excerpts = word in a.excerpt
        if there is None:
            other_level = level if here is None else in_english(word)
        else:
            other_level, of_other = there, of_other + there
            is_in_excerpts = is_in_excerpts and word in b.excerpt
            if here is not None:
                title.append(there if is_other_single else here)
        if is_in_excerpts:
            excerpt += level * other_level
        least = level if level < other_level else other_level
        if least > _NO_DETAIL:
            details += least - _NO_DETAIL
    return _Common(title, of_one, of_other, excerpt, details)


def _missing(one: Ranked, other: Ranked, words: frozenset[str]) -> int:
    """The level of the rarest word of a headline that the other article has nowhere; 0 where it has all.

    What is written as one word here and as two there is no difference: `data center`, `plain-text`.
    """
    for level, word in one.title:
        if word not in words and (len(word) < _LEAST_LETTERS or word not in other.letters):
            return level
    return 0


def _generic(shared: Sequence[int], details: int) -> float:
    """How little more than a subject two articles have in common, by the levels of their headlines' and details."""
    if details >= _SPECIFIC:
        return 0.0
    specific = details + sum([level - _USUAL for level in shared if level > _USUAL])
    return max(0.0, 1 - specific / _SPECIFIC)


def _cosine(shared: int, square: int, other_square: int) -> float:
    return shared / sqrt(square * other_square) if shared else 0.0
