"""The articles that are nearest to each: whose headlines let it seem the most possible that they are on one event.

Where all of a library's headlines are made of a few words, each of them has something in common with all others. So an
article is compared with the `MOST` that are nearest to it, and with those to which it is one of the nearest. How near
two are depends on these two alone, so it does not matter in which order they came. Of equally near ones those are
taken whose lots are the lowest: as they are the same ones for all, what is one event holds together by them.

On a crowded day of an archive an article has some word in common with hundreds of others by chance: there, a
single one that many headlines have, of that day and of all others, makes none of them near.
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
"""What the levels of shared clues come to at least where one of two near articles is of a crowded day: more than any
single word has that stands in one of some fifty headlines."""

NEAR_DAYS = NEAR_SECONDS // DAY_SECONDS

_WHOLE_HEADLINE = 1_000
"""What counts as the level of a whole headline: articles that share it are nearer than all others."""

_NEAREST = 100_000.0
"""How near those are."""

_STEPS = 1_000
"""Steps of what headlines say that are told apart: two machines whose last digits differ find the same ones."""

LEAST = round(ENOUGH * _STEPS)
"""How near one is at least that is told to be near, in whatever library."""

_HOURS_SAY = [hours_say(hours * HOUR) for hours in range(NEAR_SECONDS // HOUR + 1)]
"""What so many hours say against two articles, and whatever is less than an hour more says as well, at least."""

_FEW_LEVELS = 1 / 28
"""One divided by the sum of levels below which a headline has few: of one word in common it is a large share."""

_MARGIN = 1e-9
"""By what a sum may be wrong in its last digits."""

_LOT_BITS = LOT_BITS + 1
"""Binary digits of the sum of two lots."""

_GREATEST_LOTS = (1 << _LOT_BITS) - 1

Ranked: TypeAlias = tuple[int, int]
"""How near an article is, then its id: the nearest is the greatest."""

Index: TypeAlias = Mapping[int, Mapping[int, Sequence[int]]]
"""The articles that have a clue, by clue and by day, those of each day by lot."""


@dataclass(slots=True, eq=False)
class Headline:
    """A headline as it is found, with its clues.

    Attributes:
        article: the article's id.
        published: in seconds since 1970.
        lot: see `Compared`.
        words: the levels and numbers of its words, the rarest first.
        numbers: the numbers alone.
        whole: the number of the headline as a whole; None where it is too short to tell.
        inverse: one divided by the sum of the levels.
        top: the number of the rarest word; 0 where there is none.
        level: its level.
        threshold: what its library asks of two headlines.
        least: what the headlines must say for another to be one of the nearest, as far as is known.
        least_share: the share of clues below which they never say so much.
        least_levels: what the levels of shared clues come to at least for another to be near to it; see `least_on`.
        near: the nearest of those looked at so far, and some more.
        kept: of all that were looked at the nearest; None until then.
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
        """Its day."""
        return self.published // DAY_SECONDS

    @property
    def clues(self) -> Sequence[tuple[int, int]]:
        """The levels and numbers of all clues."""
        return self.words if self.whole is None else (*self.words, (_WHOLE_HEADLINE, self.whole))

    @property
    def is_modest(self) -> bool:
        """Whether others may be near to it that share little with it: it has few words, or none of the rarest."""
        return self.level < RAREST or self.inverse > _FEW_LEVELS

    def shares_least(self, seconds: int) -> int:
        """The sum of levels of shared clues from which an article that is not modest may be near, so far apart.

        Where it is less than the level of the rarest word, neither of the two rarest words is shared.
        """
        share = share_for(self.threshold.enough + hours_say(seconds), self.level)
        return min(self.level, ceil(share / (self.inverse + _FEW_LEVELS) - _MARGIN))

    def meet(self, one: Ranked) -> None:
        """Take another into account."""
        self.near.append(one)
        if len(self.near) > 2 * MOST:
            self.near = nearest(self.near)
            self.least = (nearness(self.near[-1]) - 1) / _STEPS
            self.least_share = share_for(self.least)


class Headlines:
    """Reads headlines.

    Args:
        cap_of: the greatest level that a word may have in the library, by its number.
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
    """Words, by their levels in English and numbers, with their levels in the library: one tuple for many headlines."""

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
    """What the levels of shared clues come to at least for others to be near to an article.

    Args:
        day: the articles of its day.
        headlines: how many headlines the library has.
    """
    return LEAST_IN_CROWD if is_crowd(len(day), headlines) else 0


def nearest(found: Iterable[Ranked]) -> list[Ranked]:
    """The nearest ones, the nearest first."""
    return sorted(found, reverse=True)[:MOST]


def nearness(one: Ranked) -> int:
    """How near an article is, whatever the lots."""
    return one[0] >> _LOT_BITS


class Shared(NamedTuple):
    """What an article shares with others that may be near to it.

    Attributes:
        levels: each of them, and the sum of the levels of the clues.
        is_all: whether no clue was passed over: neither of the two is among the anchors that have it.
    """

    levels: Collection[tuple[Headline, int]]
    is_all: bool


def shared_clues(one: Headline, index: Index, first: int, last: int) -> tuple[Mapping[int, int], bool]:
    """The clues that an article shares with each other, from a first day to a last.

    Args:
        one: the article.
        index: the articles that have its clues.
        first: the day.
        last: the day.

    Returns:
        The sums of the levels, by article; and whether no clue was passed over: see `Shared`.
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
    levels.pop(one.article, None)  # it is not met where others of each day have lower lots
    return levels, is_all


def ranked(one: Headline, shared: Shared) -> Iterator[tuple[Headline, int]]:
    """Those among the articles with shared clues that have enough in common, and how near they are; see `Ranked`.

    What most of them fail by comes first, and what takes long last.
    """
    published, inverse, numbers, top, level = one.published, one.inverse, one.numbers, one.top, one.level
    lot, least_levels, is_all = one.lot, one.least_levels, shared.is_all
    enough, shares = one.threshold
    for other, levels in shared.levels:
        share = levels * (inverse + other.inverse)
        unmatched = level if level < other.level else other.level
        is_unmatched = is_all and levels < unmatched  # so it is as a rule: neither's rarest word is shared
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
    """The level of the rarest clue that each of two headlines has and the other has not; the lesser one."""
    here = _rarest_beside(one.words, other.numbers)
    return here and min(here, _rarest_beside(other.words, one.numbers))


def _rarest_beside(words: Iterable[tuple[int, int]], numbers: Sequence[int]) -> int:
    for level, number in words:
        if number not in numbers:
            return level
    return 0
