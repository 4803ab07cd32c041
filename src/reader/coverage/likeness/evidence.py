"""What speaks for and against two articles reporting the same event: the numbers that `weights` weighs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from math import log1p, sqrt
from typing import NamedTuple

from reader.coverage.likeness.forms import Form, filled_in
from reader.coverage.likeness.memory import Memory
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


class Article:
    """An article that is compared with others: what they need of it is found out once.

    Args:
        told: the article.
        level_of: gives the level of a word in the library.
    """

    __slots__ = ("_form", "_numbers", "outlet", "published", "ranked", "wording")

    def __init__(self, told: Told, level_of: Callable[[str], int]) -> None:
        self.wording, self.published, self.outlet = told
        self.ranked = ranked(told.wording, level_of)
        self._form: Form | None = None
        self._numbers: frozenset[str] | None = None

    @property
    def form(self) -> Form:
        """Its headline as a form; see `Wording`."""
        form = self._form
        if form is None:
            form = self._form = self.wording.form
        return form

    @property
    def numbers(self) -> frozenset[str]:
        """The numbers that it tells; see `Wording`."""
        numbers = self._numbers
        if numbers is None:
            numbers = self._numbers = self.wording.numbers
        return numbers


class Weighing:
    """Gathers the evidence of pairs.

    Args:
        rarity: gives the level of a word.
    """

    def __init__(self, rarity: Rarity) -> None:
        self._is_large = rarity.is_large
        self._level_of = rarity.level_of

    def article(self, told: Told) -> Article:
        """An article that is compared with others."""
        return Article(told, self._level_of)

    def evidence(self, one: Told, other: Told) -> Evidence:
        """The evidence of two articles, the same in either order."""
        articles = self.article(one), self.article(other)
        return with_form(self.without_form(*articles), *articles)

    def without_form(self, one: Article, other: Article) -> Evidence:
        """The evidence of two articles without the look at their headlines' form, which takes long.

        It speaks more for an event than the whole, which `with_form` gives.
        """
        x, y = one.ranked, other.ranked
        here, there = x.words, y.words
        shared, of_one, of_other, in_excerpts, details = _in_common(x, y)
        told = in_excerpts / sqrt(x.excerpt_square * y.excerpt_square) if in_excerpts else 0.0
        is_about = told < _REPEATED or x.about >= _ABOUT or y.about >= _ABOUT
        has_both = is_about and bool(x.excerpt) and bool(y.excerpt)
        numbers = 0
        if not is_about:
            details = 0
        else:
            details = min(details, _MOST_DETAILS)
            if not x.digits.isdisjoint(y.digits):
                numbers = min(len(one.numbers & other.numbers), _MOST_NUMBERS)
        rarest, likeness, twin = 0, 0.0, 0.0
        if shared:
            rarest = max(shared)
            likeness = sum([level * level for level in shared]) / sqrt(x.title_square * y.title_square)
            missing = _missing(x, y, there)
            if missing:
                twin = likeness * min(missing, _missing(y, x, here)) / RAREST
        strange_a = [level for level, word in x.names if word not in there] if x.names else _NONE
        strange_b = [level for level, word in y.names if word not in here] if y.names else _NONE
        strange = min(max(sum(strange_a), sum(strange_b)), _MOST_STRANGE) if strange_a or strange_b else 0
        clash = min(strange_a[0], strange_b[0]) / RAREST if strange_a and strange_b else 0.0
        lead = (x.lead != "" and x.lead not in there) + (y.lead != "" and y.lead not in here)
        excerpt = told * (1 - clash) if has_both else likeness
        is_one_outlet = one.outlet == other.outlet
        apart = log1p(abs(one.published - other.published) / 3_600) / 4
        if len(x.title) < LEAST_WORDS or len(y.title) < LEAST_WORDS:
            thin = _TOO_SHORT * (1 - excerpt * has_both)
        else:
            thin = 0.0 if has_both or len(shared) > 1 else 1.0
        return _evidence(
            (
                (of_one / x.title_sum + of_other / y.title_sum) / 2,
                rarest / RAREST,
                excerpt,
                numbers / _MOST_NUMBERS,
                clash,
                lead / 2,
                1.0 if is_one_outlet else 0.0,
                apart,
                apart if is_one_outlet else 0.0,
                twin,
                twin if is_one_outlet else 0.0,
                0.0,  # of the form
                strange / _MOST_STRANGE,
                details / _MOST_DETAILS,
                _generic(shared, details) if self._is_large else 0.0,
                thin,
                0.0 if has_both else 1.0,
            )
        )


_NONE: list[int] = []

_evidence: Callable[[tuple[float, ...]], Evidence] = partial(tuple.__new__, Evidence)
"""Evidence of its numbers in their order: by names it would take as long as all that is looked at."""


def with_form(evidence: Evidence, one: Article, other: Article) -> Evidence:
    """The whole evidence of two articles; the same where their headlines are not of one form."""
    filled = filled_in(one.form, other.form)
    return evidence._replace(filled=filled) if filled else evidence


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


def _in_common(one: Ranked, other: Ranked) -> _Common:
    """Whole numbers all of them, so that the order of words is nothing to it.

    Most words in common are of excerpts alone: what these come to is found without a line of Python for each.
    """
    in_excerpts = sum(map(_in_excerpts.__getitem__, one.added & other.added))
    excerpt, details = in_excerpts >> _DETAIL_BITS, in_excerpts & _ALL_DETAILS
    title: list[int] = []
    of_one = of_other = 0
    for word in one.title_words & other.words:
        level = one.levels[word]
        of_one += level
        there = other.levels.get(word)
        if there is None:
            there = in_english(word)
            is_in_both = word in one.excerpt
        else:
            of_other += there
            title.append(there if len(other.title) == 1 else level)
            is_in_both = word in one.excerpt and word in other.excerpt
        if is_in_both:
            excerpt += level * there
        least = level if level < there else there
        if least > _NO_DETAIL:
            details += least - _NO_DETAIL
    for word in other.title_words & one.added:
        there, level = other.levels[word], in_english(word)
        of_other += there
        if word in other.excerpt:
            excerpt += level * there
        least = level if level < there else there
        if least > _NO_DETAIL:
            details += least - _NO_DETAIL
    return _Common(title, of_one, of_other, excerpt, details)


_DETAIL_BITS = 20
_ALL_DETAILS = (1 << _DETAIL_BITS) - 1
"""Binary digits of the sum of what words of excerpts tell as details, more than any two excerpts come to."""

_in_excerpts = Memory(lambda word: in_english(word) ** 2 << _DETAIL_BITS | max(in_english(word) - _NO_DETAIL, 0))
"""What a word that no headline has, but both excerpts, counts for them, and as a detail: two sums in one."""


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
