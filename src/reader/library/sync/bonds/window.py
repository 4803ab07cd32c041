"""The articles of the last few days, and which clues each shares with those before it.

What `nearest.shared_clues` does for one article by the index, this does for all articles in order of time, thousands
at once: articles lie in blocks, and the levels of shared clues are summed up for a whole block by a `Tally`. Only those
that share enough to be near are looked at one by one.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from reader.library.sync.bonds.clues import ANCHORS, DAY_SECONDS
from reader.library.sync.bonds.nearest import NEAR_DAYS, Headline, Shared
from reader.library.sync.bonds.tally import Tally

_PLACES = 4_096
"""Articles in a block. Adding to the sums of thousands takes about as long as adding to one."""


class _Block:
    """Some articles in order of time, and which of them have which clues. Sets of places are as in `tally`.

    Attributes:
        headlines: the articles; an article's index here is its place.
        having: by clue, the places of the articles that have it.
        beside: by clue, the places of those that have it and are not its anchors.
        modest: the places of those that are modest; see `Headline.is_modest`.
    """

    __slots__ = ("beside", "having", "headlines", "modest")

    def __init__(self) -> None:
        self.headlines: list[Headline] = []
        self.having: defaultdict[int, int] = defaultdict(int)
        self.beside: defaultdict[int, int] = defaultdict(int)
        self.modest = 0

    def add(self, one: Headline) -> int:
        """Add an article after the others; gives the set of its place alone."""
        bit = 1 << len(self.headlines)
        self.headlines.append(one)
        having = self.having
        for _, clue in one.clues:
            having[clue] |= bit
        if one.is_modest:
            self.modest |= bit
        return bit


class _Part(NamedTuple):
    """The articles of a day that are in a block.

    Attributes:
        day: the day, in days since 1970.
        block: the block.
        places: the set of their places in it.
    """

    day: int
    block: _Block
    places: int


class _Span(NamedTuple):
    """The articles in a block that are near to a day.

    Attributes:
        block: the block.
        lately: the places of those of the day itself and of the day before.
        longer_ago: the places of those of other days.
    """

    block: _Block
    lately: int
    longer_ago: int


class Window:
    """The articles of the last day that was added, and of the `NEAR_DAYS` before it."""

    def __init__(self) -> None:
        self._parts: deque[_Part] = deque()
        self._block = _Block()

    def meetings(self, day: int, headlines: Sequence[Headline]) -> Iterator[tuple[Headline, Shared]]:
        """Add a day; gives each of its articles with what it shares with those before it, of this day and others.

        Args:
            day: the day, in days since 1970; later than those that were added before.
            headlines: its articles in order of time.
        """
        while self._parts and self._parts[0].day < day - NEAR_DAYS:
            self._parts.popleft()
        places = self._add(day, headlines)
        spans = self._spans(day)
        for one, (block, bit) in zip(headlines, places, strict=True):
            yield one, _shared(one, block, bit, spans)

    def _add(self, day: int, headlines: Sequence[Headline]) -> list[tuple[_Block, int]]:
        places: list[tuple[_Block, int]] = []
        for one in headlines:
            if len(self._block.headlines) == _PLACES:
                self._block = _Block()
            block = self._block
            bit = block.add(one)
            places.append((block, bit))
            if not self._parts or self._parts[-1].block is not block or self._parts[-1].day != day:
                self._parts.append(_Part(day, block, 0))
            part = self._parts[-1]
            self._parts[-1] = part._replace(places=part.places | bit)
        if len(headlines) > ANCHORS:
            self._put_beside(headlines, places)
        return places

    def _put_beside(self, headlines: Sequence[Headline], places: Sequence[tuple[_Block, int]]) -> None:
        """Note which articles of a day are not anchors of a clue that more than `ANCHORS` of them have."""
        counts = Counter(chain.from_iterable([one.numbers for one in headlines]))
        counts.update([one.whole for one in headlines if one.whole is not None])
        many = {clue for clue, count in counts.items() if count > ANCHORS}
        if not many:
            return
        having: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for number, one in enumerate(headlines):
            for _, clue in one.clues:
                if clue in many:
                    having[clue].append((one.lot, one.article, number))
        for clue, drawn in having.items():
            for _, _, number in sorted(drawn)[ANCHORS:]:
                block, bit = places[number]
                block.beside[clue] |= bit

    def _spans(self, day: int) -> list[_Span]:
        """The articles near to a day, block by block, the earliest first."""
        spans: list[_Span] = []
        for part in self._parts:
            if not spans or spans[-1].block is not part.block:
                spans.append(_Span(part.block, 0, 0))
            _, lately, longer_ago = spans[-1]
            if part.day >= day - 1:
                spans[-1] = _Span(part.block, lately | part.places, longer_ago)
            else:
                spans[-1] = _Span(part.block, lately, longer_ago | part.places)
        return spans


class _Least(NamedTuple):
    """The least sums of levels of shared clues by which others may be near to an article.

    Attributes:
        of_modest: for others that are modest.
        lately: for all others of its day and of the day before.
        longer_ago: for all others of other days.
    """

    of_modest: int
    lately: int
    longer_ago: int


def _shared(one: Headline, own: _Block, bit: int, spans: Sequence[_Span]) -> Shared:
    """What an article shares with those before it that may be near.

    Args:
        one: the article.
        own: the block that it is in.
        bit: the set of its place there.
        spans: the articles near to its day, the earliest first.
    """
    beside = {clue: level for level, clue in one.clues if own.beside.get(clue, 0) & bit} if own.beside else {}
    least = _least(one, max(beside.values(), default=0))
    met: list[tuple[Headline, int]] = []
    for block, of_days, longer_ago in spans:
        lately = of_days & (bit - 1) if block is own else of_days
        if lately or longer_ago:
            tally = _tally(one, beside, block, lately | longer_ago)
            found = tally.at_least(least.lately) & lately | tally.at_least(least.of_modest) & block.modest
            if longer_ago:
                found |= tally.at_least(least.longer_ago) & longer_ago
            headlines = block.headlines
            met += [(headlines[place], levels) for place, levels in tally.of(found)]
        if block is own:
            break
    return Shared(met, not beside)


def _least(one: Headline, passed_over: int) -> _Least:
    """The least that others must share with an article to be near.

    Args:
        one: the article.
        passed_over: the level of the rarest clue by which the article meets only anchors; 0 where there is none. If
            it may be the rarest word, nothing is known of how much others share, and all that share anything count.
    """
    least = max(one.least_levels, 1)
    if passed_over >= one.level:
        return _Least(least, least, least)
    return _Least(least, max(least, one.shares_least(0)), max(least, one.shares_least(DAY_SECONDS)))


def _tally(one: Headline, beside: Collection[int], block: _Block, places: int) -> Tally:
    """The sums of levels of the clues that an article shares with the articles at some places of a block."""
    tally, having = Tally(), block.having
    for level, clue in one.clues:
        found = having.get(clue, 0) & places
        if found and clue in beside:
            found &= ~block.beside.get(clue, 0)
        if found:
            tally.add(found, level)
    return tally
