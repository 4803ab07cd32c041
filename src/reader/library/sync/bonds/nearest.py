"""How near two articles are by their headlines alone, and which are the nearest to one.

The rule of `coverage.likeness.candidates` says which pairs are worth comparing. Where all headlines of a library are
made of a few words, that is each with each. So an article is compared only with the `MOST` that are nearest to it, and
with those to which it is one of the nearest. How near two are depends on these two alone, so it does not matter in
which order articles came. Of equally near ones those with the lowest lots are taken: they are the same ones for all,
so that what is one event holds together by them.

On a crowded day of an archive an article has a word in common with hundreds of others by chance. There, a single word
in common that many headlines have does not make two articles near (`LEAST_IN_CROWD`).

`ranked` is the innermost loop of a sync: it runs for each two articles that share a clue.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Sized
from dataclasses import dataclass, field
from math import ceil
from typing import NamedTuple, TypeAlias

from reader.coverage.likeness.candidates import ENOUGH, HOUR, Threshold, hours_say, share_for, words_say
from reader.coverage.likeness.evidence import NEAR_SECONDS
from reader.coverage.likeness.memory import MOST as MOST_WORDS
from reader.coverage.likeness.rarity import RAREST
from reader.library.sync.bonds.clues import ANCHORS, DAY_SECONDS, LOT_BITS, Compared, is_crowd

MOST = 32
"""Articles that one is compared with, besides those to which it is one of the nearest."""

LEAST_IN_CROWD = 6
"""The least sum of levels of shared clues for two articles to be near, if either is of a crowded day: more than any
single word has that is in one of some fifty headlines."""

NEAR_DAYS = NEAR_SECONDS // DAY_SECONDS
"""Articles of days further apart than this are never compared."""

_WHOLE_HEADLINE = 1_000
"""The level of a whole headline as a clue: articles that share it are nearer than all others."""

_NEAREST = 100_000.0
"""How near articles are that have the same headline; others are as near as `words_say` minus `hours_say`."""

_STEPS = 1_000
"""How near two are is kept in steps of a thousandth, so that machines whose last digits differ find the same ones."""

LEAST = round(ENOUGH * _STEPS)
"""The least that `nearness` is for any article that is near, in whatever library."""

_HOURS_SAY = [hours_say(hours * HOUR) for hours in range(NEAR_SECONDS // HOUR + 1)]
"""`hours_say` by whole hours, rounded down: a lower bound that needs no logarithm."""

_FEW_LEVELS = 1 / 28
"""One divided by the sum of levels below which a headline has few: a word in common is a large share of them."""

_MARGIN = 1e-9
"""How wrong the last digits of a sum may be."""

_LOT_BITS = LOT_BITS + 1
"""Binary digits of the sum of two lots."""

_GREATEST_LOTS = (1 << _LOT_BITS) - 1

Ranked: TypeAlias = tuple[int, int]
"""How near an article is, and its id; the nearest is the greatest. The first number has `nearness` in its high bits,
and below that the sum of the two articles' lots, subtracted from the greatest: so lower lots win."""

Index: TypeAlias = Mapping[int, Mapping[int, Sequence[int]]]
"""The articles that have a clue, by clue and by day, those of each day by lot."""


@dataclass(slots=True, eq=False)
class Headline:
    """A headline with its clues, and what has been found near to it so far.

    Attributes:
        article: the article's id.
        published: its time, in seconds since 1970.
        lot: its lot; see `clues`.
        words: the level in the library and the number of each word that is a clue, the rarest first.
        numbers: the numbers alone.
        whole: the number of the headline as a whole; None where it is too short.
        inverse: one divided by the sum of the levels.
        top: the number of the rarest word; 0 where there is none.
        level: the level of the rarest word; 0 where there is none.
        threshold: what the library asks of two headlines.
        least: how near another must be, before rounding, to be one of the nearest: it rises as more are found.
        least_share: the share of clues below which none can be so near.
        least_levels: the least sum of levels of shared clues for another to be near; see `least_on`.
        near: the nearest of those met so far, and some more.
        kept: the ids of the nearest, once all have been met; None until then.
    """

    article: int
    published: int
    lot: int
    words: tuple[tuple[int, int], ...]
    numbers: tuple[int, ...]
    whole: int | None
    inverse: float
    top: int
    level: int
    threshold: Threshold
    least: float
    least_share: float
    least_levels: int = 0
    near: list[Ranked] = field(default_factory=list)
    kept: frozenset[int] | None = None

    @property
    def day(self) -> int:
        """Its day in UTC, in days since 1970."""
        return self.published // DAY_SECONDS

    @property
    def clues(self) -> Sequence[tuple[int, int]]:
        """The levels and numbers of all clues, with that of the whole headline."""
        return self.words if self.whole is None else (*self.words, (_WHOLE_HEADLINE, self.whole))

    @property
    def is_modest(self) -> bool:
        """Whether others may be near that share little with it, as it has few clues, or none of the rarest words."""
        return self.level < RAREST or self.inverse > _FEW_LEVELS

    def shares_least(self, seconds: int) -> int:
        """A lower bound: the sum of levels of shared clues that an article must have to be near, if it is not modest.

        It assumes that neither's rarest word is shared. That can only be wrong where the sum reaches the level of the
        rarest word, so the bound is never more than that.

        Args:
            seconds: the least time between the two.
        """
        share = share_for(self.threshold.enough + hours_say(seconds), self.level)
        return min(self.level, ceil(share / (self.inverse + _FEW_LEVELS) - _MARGIN))

    def meet(self, one: Ranked) -> None:
        """Note that another article is near; now and then only the nearest are kept, and the bounds raised."""
        self.near.append(one)
        if len(self.near) > 2 * MOST:
            self.near = nearest(self.near)
            self.least = (nearness(self.near[-1]) - 1) / _STEPS
            self.least_share = share_for(self.least)


class Headlines:
    """Makes `Headline` of rows of the index.

    Args:
        cap_of: the greatest level that a word may have in the library, by the word's number.
        counted: how many headlines the library has.
    """

    def __init__(self, cap_of: Callable[[int], int], counted: int) -> None:
        self._levels = _Levels(cap_of)
        self._threshold = Threshold.in_library(counted)

    def headline(self, article: int, one: Compared) -> Headline:
        """The headline of an article."""
        english = zip(one.levels, one.numbers, strict=True)
        words = tuple(sorted(map(self._levels.__getitem__, english), reverse=True))
        level, top = words[0] if words else (0, 0)
        return Headline(
            article,
            one.published,
            one.lot,
            words,
            tuple([number for _, number in words]),
            one.whole,
            1 / max(sum([level for level, _ in words]), 1),
            top,
            level,
            self._threshold,
            self._threshold.enough,
            self._threshold.shares[0],
        )


class _Levels(dict[tuple[int, int], tuple[int, int]]):
    """The level in the library and the number of a word, by its level in English and its number.

    It is a cache: many headlines share one tuple.
    """

    def __init__(self, cap_of: Callable[[int], int]) -> None:
        super().__init__()
        self._cap_of = cap_of

    def __missing__(self, word: tuple[int, int]) -> tuple[int, int]:
        if len(self) >= MOST_WORDS:
            self.clear()
        level, number = word
        known = self[word] = (min(level, self._cap_of(number)), number)
        return known


def least_on(day: Sized, headlines: int) -> int:
    """The least sum of levels of shared clues for others to be near to an article.

    Args:
        day: the articles of its day.
        headlines: how many headlines the library has.
    """
    return LEAST_IN_CROWD if is_crowd(len(day), headlines) else 0


def nearest(found: Iterable[Ranked]) -> list[Ranked]:
    """The `MOST` nearest ones, the nearest first."""
    return sorted(found, reverse=True)[:MOST]


def nearness(one: Ranked) -> int:
    """How near an article is, without the lots: in thousandths."""
    return one[0] >> _LOT_BITS


class Shared(NamedTuple):
    """What an article shares with others that may be near to it.

    Attributes:
        levels: each other article, with the sum of the levels of the clues that both have.
        is_all: whether that sum has all clues that both have. It lacks some where the article is no anchor of a clue,
            and so only meets the anchors of that.
    """

    levels: Collection[tuple[Headline, int]]
    is_all: bool


def shared_clues(one: Headline, index: Index, first: int, last: int) -> tuple[Mapping[int, int], bool]:
    """Add up the levels of the clues that an article shares with each other article.

    Args:
        one: the article.
        index: the articles that have its clues, itself among them.
        first: the first day of articles to look at.
        last: the last day.

    Returns:
        The sums by article, and whether no clue was passed over: see `Shared`.
    """
    levels: defaultdict[int, int] = defaultdict(int)
    is_all = True
    for level, clue in one.clues:
        days = index[clue]
        own = days[one.day]
        is_anchor = len(own) <= ANCHORS or one.article in own[:ANCHORS]
        is_all = is_all and is_anchor
        for day, others in days.items():
            if first <= day <= last:
                for other in others if is_anchor else others[:ANCHORS]:
                    levels[other] += level
    levels.pop(one.article, None)  # where it is no anchor of any clue, it has not met itself
    return levels, is_all


def ranked(one: Headline, shared: Shared) -> Iterator[tuple[Headline, int]]:
    """Choose the articles that are near to one: worth comparing, and maybe among the nearest of either.

    The tests by which most articles fail come first, and what takes long comes last.

    Args:
        one: the article.
        shared: what it shares with others.

    Yields:
        Each of them, and how near it is: the first number of a `Ranked`.
    """
    published, inverse, numbers, top, level = one.published, one.inverse, one.numbers, one.top, one.level
    lot, least_levels, is_all = one.lot, one.least_levels, shared.is_all
    enough, shares = one.threshold
    for other, levels in shared.levels:
        share = levels * (inverse + other.inverse)
        unmatched = level if level < other.level else other.level
        is_unmatched = is_all and levels < unmatched  # the usual case: neither's rarest word can be shared
        if is_unmatched and share < shares[unmatched]:
            continue
        if (
            levels < least_levels
            or levels < other.least_levels
            or (share < one.least_share and share < other.least_share and levels < _WHOLE_HEADLINE)
        ):
            continue
        if not is_unmatched and (other.top in numbers or top in other.numbers):
            unmatched = _unmatched(one, other)
        if share < shares[unmatched]:
            continue
        seconds = abs(published - other.published)
        if seconds > NEAR_SECONDS:
            continue
        near = _NEAREST
        if levels < _WHOLE_HEADLINE:
            words = words_say(share, unmatched)
            if words - _HOURS_SAY[seconds // HOUR] < enough:
                continue
            near = words - hours_say(seconds)
        if near < one.least and near < other.least:
            continue
        yield other, round(near * _STEPS) << _LOT_BITS | (_GREATEST_LOTS - lot - other.lot)


def _unmatched(one: Headline, other: Headline) -> int:
    """The level of the rarest word that the other headline lacks; of both the lesser, 0 where either lacks none."""
    here = _rarest_beside(one.words, other.numbers)
    return here and min(here, _rarest_beside(other.words, one.numbers))


def _rarest_beside(words: Iterable[tuple[int, int]], numbers: Sequence[int]) -> int:
    """The level of the first of some words, the rarest first, whose number is not among others; 0 where none is."""
    for level, number in words:
        if number not in numbers:
            return level
    return 0
