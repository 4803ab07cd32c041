"""The evidence for and against two articles reporting the same event: 17 numbers, which `weights` weighs.

The pairs are those that `candidates` takes for worth comparing; there are very many. So what needs only one article is
worked out once for it (`Article`), and words are summed up without a line of Python for each where that is possible.
"""

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
"""Articles further apart than this, in seconds, are not compared: they can be on one event only through others."""

_MOST_NUMBERS = 3
"""Numbers in common that count."""

_MOST_STRANGE = 50
"""The greatest sum of levels of strange names that counts. A headline about one matter does not reach it; one about
several does."""

_LEAST_LETTERS = 4
"""Letters that a word needs to be looked for inside another."""

_TOO_SHORT = 5.0
"""The value of `Evidence.thin` for a headline too short to tell anything."""

_NO_DETAIL = 6
"""A word of this level or less is not a detail; any other counts by how much its level is above this."""

_MOST_DETAILS = 12
"""The greatest sum of details that counts."""

_USUAL = 4
"""A word of this level or less tells no more than what the library is about."""

_SPECIFIC = 4
"""The sum of details, and of levels above `_USUAL`, from which two articles have more than a subject in common."""

_REPEATED, _ABOUT = 0.7, 0.34
"""Excerpts with a cosine of `_REPEATED` or more are the same text. If that says less than `_ABOUT` of both headlines,
it is the outlet's and not the article's (*follow our coverage*), and tells nothing. A report's excerpt says a third of
its headline or more."""


class Evidence(NamedTuple):
    """The evidence of a pair: numbers from 0 to 1 unless it says otherwise. Words count by their levels throughout.

    Excerpts that are the same text and tell of neither article (see `_ABOUT`) count as if there were none.

    Attributes:
        headline: which part of a headline the other article says, in its headline or excerpt; the mean of both.
        rarest: the level of the rarest word that both headlines have; 1 for the greatest level.
        excerpt: how alike the excerpts are (cosine), less where names clash; how alike the headlines are where an
            article has no excerpt.
        numbers: how many numbers both articles have, 1 for three and more.
        clash: the level of the rarest name in a headline that the other article lacks; of both headlines the lesser.
        lead: for each headline that begins with a rare word that the other article lacks, a half.
        outlet: 1 if both are of one outlet; an outlet that is unknown is no other's.
        apart: the logarithm of the hours between them; 1 at some 54 hours, and more beyond.
        later: `apart` for two articles of one outlet, else 0: an outlet goes on to its next story.
        twin: how alike the headlines are (cosine), times the level of the rarest word that the other article lacks, of
            both headlines the lesser. It is high for one form that is filled in twice.
        series: `twin` for two articles of one outlet, else 0.
        filled: how sure it is that the headlines are one form filled in twice (*wins Ohio*, *wins Iowa*): see `forms`.
        strange: the sum of the levels of a headline's names that the other article lacks; of both headlines the
            greater.
        details: how many rare words both articles have anywhere: people, places, what is seldom written of.
        generic: 1 if they have no more in common than a subject, less for each detail; 0 in a library too small to
            tell.
        thin: how little there is to go by: 5 if a headline is too short to tell anything, less the more the excerpts
            are alike; else 1 if an article has no excerpt and the headlines share a single word or none.
        bare: 1 if an article has no excerpt.
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


class Comparable(NamedTuple):
    """What is compared of an article.

    Attributes:
        wording: its words.
        published: its time, in seconds since 1970.
        outlet: what identifies its outlet; empty where unknown.
    """

    wording: Wording
    published: int
    outlet: str


class Article:
    """An article that is compared with many others: what all the comparisons need is worked out once.

    Args:
        comparable: the article.
        level_of: gives the level of a word in the library.
    """

    __slots__ = ("_form", "_numbers", "outlet", "published", "ranked", "wording")

    def __init__(self, comparable: Comparable, level_of: Callable[[str], int]) -> None:
        self.wording, self.published, self.outlet = comparable
        self.ranked = ranked(comparable.wording, level_of)
        self._form: Form | None = None
        self._numbers: frozenset[str] | None = None

    @property
    def form(self) -> Form:
        """Its headline as a form that may be filled in; made when first asked for, as few pairs need it."""
        form = self._form
        if form is None:
            form = self._form = self.wording.form
        return form

    @property
    def numbers(self) -> frozenset[str]:
        """The numbers that it has (see `Wording`); looked for when first asked for."""
        numbers = self._numbers
        if numbers is None:
            numbers = self._numbers = self.wording.numbers
        return numbers


class Weighing:
    """Gathers the evidence of pairs of a library's articles.

    Args:
        rarity: how rare words are in the library.
    """

    def __init__(self, rarity: Rarity) -> None:
        self._is_large = rarity.is_large
        self._level_of = rarity.level_of

    def article(self, comparable: Comparable) -> Article:
        """Prepare an article for being compared."""
        return Article(comparable, self._level_of)

    def evidence(self, one: Comparable, other: Comparable) -> Evidence:
        """The whole evidence of two articles; the same in either order."""
        articles = self.article(one), self.article(other)
        return with_form(self.without_form(*articles), *articles)

    def without_form(self, one: Article, other: Article) -> Evidence:
        """The evidence of two articles but for `filled`, which takes long to find and is 0 here.

        As `filled` only speaks against an event, a pair that fails by this need not be looked at any further.
        `with_form` gives the rest.
        """
        x, y = one.ranked, other.ranked
        here, there = x.words, y.words
        shared, of_one, of_other, in_excerpts, details = _in_common(x, y)
        cosine = in_excerpts / sqrt(x.excerpt_square * y.excerpt_square) if in_excerpts else 0.0
        is_about = cosine < _REPEATED or x.about >= _ABOUT or y.about >= _ABOUT
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
        excerpt = cosine * (1 - clash) if has_both else likeness
        is_one_outlet = one.outlet == other.outlet != ""
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
                0.0,  # `filled`
                strange / _MOST_STRANGE,
                details / _MOST_DETAILS,
                _generic(shared, details) if self._is_large else 0.0,
                thin,
                0.0 if has_both else 1.0,
            )
        )


_NONE: list[int] = []

_evidence: Callable[[tuple[float, ...]], Evidence] = partial(tuple.__new__, Evidence)
"""Makes evidence of its numbers in their order. Calling `Evidence` takes as long as all of the work before."""


def with_form(evidence: Evidence, one: Article, other: Article) -> Evidence:
    """Complete the evidence of two articles with `filled`; gives the very same object where that is 0."""
    filled = filled_in(one.form, other.form)
    return evidence._replace(filled=filled) if filled else evidence


class _Common(NamedTuple):
    """What the words come to that two articles have in common, in headline or excerpt.

    Attributes:
        title: the levels of the words that both headlines have; for a headline of a single word, its level in English.
        of_one: the sum of the levels of the words of the one's headline that the other article has.
        of_other: the same for the other's headline.
        excerpt: the sum of the products of both levels of each word that both excerpts have.
        details: the sum, over all words in common, of how much the lesser of both levels is above `_NO_DETAIL`.
    """

    title: list[int]
    of_one: int
    of_other: int
    excerpt: int
    details: int


def _in_common(one: Ranked, other: Ranked) -> _Common:
    """What two articles have in common. All sums are of whole numbers, so that they do not depend on the words' order.

    Most words in common are in the excerpts alone: these are summed up without a line of Python for each.
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
"""The low bits of a sum of `_in_excerpts`, which hold the details: more bits than those of any two excerpts need."""

_in_excerpts = Memory(lambda word: in_english(word) ** 2 << _DETAIL_BITS | max(in_english(word) - _NO_DETAIL, 0))
"""What a word counts that both excerpts have and no headline: for `_Common.excerpt` in the high bits, for `details` in
the low ones, so that one sum is both."""


def _missing(one: Ranked, other: Ranked, words: frozenset[str]) -> int:
    """The level of the rarest word of one's headline that the other article lacks; 0 where it lacks none.

    A word is not lacking where the other headline has it as two, or as a part of one: `datacenter`, `data center`.

    Args:
        one: the article whose headline it is.
        other: the other article.
        words: the words of the other article.
    """
    for level, word in one.title:
        if word not in words and (len(word) < _LEAST_LETTERS or word not in other.letters):
            return level
    return 0


def _generic(shared: Sequence[int], details: int) -> float:
    """The value of `Evidence.generic`, by the levels of the words that both headlines have, and by the details."""
    if details >= _SPECIFIC:
        return 0.0
    specific = details + sum([level - _USUAL for level in shared if level > _USUAL])
    return max(0.0, 1 - specific / _SPECIFIC)
