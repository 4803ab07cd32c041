"""Two articles, and what the model makes of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from reader.coverage.groups import Bond, gather
from reader.coverage.likeness.candidates import worth_comparing
from reader.coverage.likeness.evidence import Comparable, Evidence, Weighing
from reader.coverage.likeness.odds import log_odds
from reader.coverage.likeness.rarity import Rarity
from reader.coverage.likeness.wording import headline_words, wording_of
from reader.coverage.likeness.words import headline_key
from reader.coverage.reasons import Basis, basis_of


class Article(NamedTuple):
    """An article of a test.

    Attributes:
        title: its headline.
        excerpt: its excerpt.
        hours: how long after the first of the test.
        outlet: what tells its outlet from others.
    """

    title: str
    excerpt: str = ""
    hours: float = 0
    outlet: str = "one.example"

    @property
    def told(self) -> Comparable:
        return Comparable(wording_of(self.title, self.excerpt), int(self.hours * 3_600), self.outlet)


class Pair(NamedTuple):
    """Two articles.

    Attributes:
        one: the one.
        other: the other.
    """

    one: Article
    other: Article


def pair(one: tuple[str, str], other: tuple[str, str], *, hours: float = 3, outlet: str = "other.example") -> Pair:
    """Two articles, each of a headline and an excerpt: hours apart, and of two outlets unless told otherwise."""
    return Pair(Article(*one), Article(*other, hours, outlet))


def in_large(_: Pair) -> Rarity:
    """Words are as rare in a large library as in English: none stands in many of its headlines."""
    return Rarity(lambda _: 0, 100_000)


def in_small(known: Pair) -> Rarity:
    """How rare words are where the two are the whole library."""
    counts = Counter(word for article in known for word in set(headline_words(article.title)))
    return Rarity(counts.__getitem__, len(known))


def evidence(known: Pair, rarity_in: Callable[[Pair], Rarity] = in_large) -> Evidence:
    """The evidence of a pair in a library."""
    return Weighing(rarity_in(known)).evidence(known.one.told, known.other.told)


def basis(known: Pair) -> Basis:
    """What the nearness of a pair rests on."""
    key = headline_key(known.one.title)
    return basis_of(evidence(known), is_one_headline=key != "" and key == headline_key(known.other.title))


def odds(known: Pair, rarity_in: Callable[[Pair], Rarity] = in_large) -> float:
    """The log-odds of a pair in a library."""
    return log_odds(evidence(known, rarity_in))


def is_one_event(known: Pair, rarity_in: Callable[[Pair], Rarity] = in_large) -> bool:
    """Whether a pair that nobody linked is compared in a library, and then is on one event."""
    told = [article.told for article in known]
    is_copy = basis(known) is not Basis.WORDS
    seconds = abs(told[0].published - told[1].published)
    is_met = worth_comparing(told[0].wording.title, told[1].wording.title, seconds, rarity_in(known))
    bond = Bond(1, 2, odds(known, rarity_in), is_copy)
    times = {number: one.published for number, one in enumerate(told, 1)}
    return (is_met or is_copy) and gather([bond], times, {1: "a", 2: "b"}) != []
