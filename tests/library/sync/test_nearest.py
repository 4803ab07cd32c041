"""Of many articles that share something with one, those are left out that share too little: and none besides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import thinned_rows
from reader.coverage.likeness.candidates import ARCHIVE_BITS, CLUE
from reader.coverage.likeness.rarity import RAREST
from reader.library.sync.bonds import nearest, window
from reader.library.sync.bonds.clues import CROWD, DAY_SECONDS, Compared
from reader.library.sync.bonds.nearest import (
    LEAST_IN_CROWD,
    NEAR_DAYS,
    Headline,
    Headlines,
    Shared,
    least_on,
    ranked,
    shared_clues,
)
from reader.library.sync.bonds.window import Window

WORDS = {number: CLUE + number % (RAREST + 1 - CLUE) for number in range(1, 60)}
"""Words by their numbers, of all levels."""

LAST_DAY = 10

TITLES = st.sets(st.sampled_from(sorted(WORDS)), max_size=8)


_ARCHIVE = 1 << ARCHIVE_BITS
"""Headlines of an archive."""


def headline(article: int, words: set[int], ago: int, counted: int = 0) -> Headline:
    numbers = sorted(words)
    packed = b"".join(number.to_bytes(4, "little") for number in numbers) + bytes(WORDS[number] for number in numbers)
    published = LAST_DAY * DAY_SECONDS + DAY_SECONDS - 1 - ago
    return Headlines(lambda _: RAREST, counted).headline(article, Compared(published, article * 7 % 101, 0, packed))


def met(headlines: Iterable[Headline]) -> dict[int, Shared]:
    """What each of some articles has in common with those before it, as it is found where all are looked at."""
    days = Window()
    found: dict[int, Shared] = {}
    for day, of_day in groupby(sorted(headlines, key=lambda one: (one.published, one.article)), lambda one: one.day):
        found |= {one.article: shared for one, shared in days.meetings(day, list(of_day))}
    return found


@pytest.mark.parametrize(("block", "anchors"), thinned_rows([(4_096, 32), (16, 5), (16, 2)], every=2))
@given(
    st.lists(st.tuples(TITLES, st.integers(0, (NEAR_DAYS + 3) * DAY_SECONDS)), min_size=20, max_size=90),
    st.sampled_from((0, LEAST_IN_CROWD, RAREST)),
    st.sampled_from((0, _ARCHIVE)),
)
def test_what_is_left_out_is_not_near(
    block: int, anchors: int, crowd: list[tuple[set[int], int]], least_levels: int, counted: int
) -> None:
    known = {article: headline(article, *told, counted) for article, told in enumerate(crowd)}
    index: defaultdict[int, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for one in sorted(known.values(), key=lambda one: (one.lot, one.article)):
        one.least_levels = least_levels
        for _, clue in one.clues:
            index[clue][one.day].append(one.article)
    with (
        patch.object(window, "_PLACES", block),
        patch.object(window, "ANCHORS", anchors),
        patch.object(nearest, "ANCHORS", anchors),
    ):
        found = met(known.values())
        for one in known.values():
            levels, is_all = shared_clues(one, index, one.day - NEAR_DAYS, one.day)
            before = {
                other: level
                for other, level in levels.items()
                if (known[other].published, other) < (one.published, one.article)
            }
            every = Shared([(known[other], level) for other, level in before.items()], is_all)
            assert found[one.article].is_all == is_all
            assert all(before[other.article] == level >= least_levels for other, level in found[one.article].levels)
            assert dict(ranked(one, found[one.article])) == dict(ranked(one, every))


def test_a_common_word_alone_leads_nowhere_on_crowded_days_of_an_archive() -> None:
    common = {number for number, level in WORDS.items() if level == CLUE}
    titles = [set(sorted(common)[:1]), set(sorted(common)[:2]), set(sorted(common)[:2])]
    headlines = _ARCHIVE
    found = {}
    for day, library in ((CROWD - 1, headlines), (CROWD, headlines), (CROWD, headlines // 8)):
        known = {article: headline(article, title, article) for article, title in enumerate(titles)}
        for one in known.values():
            one.least_levels = least_on(range(day), library)
        index = {clue: {LAST_DAY: [each for each in known if clue in known[each].numbers]} for clue in WORDS}
        levels, is_all = shared_clues(known[2], index, LAST_DAY, LAST_DAY)
        shared = Shared([(known[article], level) for article, level in levels.items()], is_all)
        found[day, library] = {other.article for other, _ in ranked(known[2], shared)}
    assert found == {(CROWD - 1, headlines): {0, 1}, (CROWD, headlines): {1}, (CROWD, headlines // 8): {0, 1}}


def test_who_shares_a_common_word_alone_is_left_out_unless_modest() -> None:
    common = next(number for number, level in WORDS.items() if level == CLUE + 1)
    rare = [number for number, level in WORDS.items() if level == RAREST]
    titles = [{common, *rare[1:4]}, {common, *rare[3:6]}, {common, rare[3]}, {common, *rare[:3]}]
    found = met([headline(article, title, 0) for article, title in enumerate(titles)])
    assert {other.article for other, _ in found[3].levels} == {0, 2}


def test_what_is_passed_over_may_be_the_rarest_word() -> None:
    common = next(number for number, level in WORDS.items() if level == CLUE)
    rare = [number for number, level in WORDS.items() if level == RAREST]
    anchor, other, one = {rare[0]}, {*rare[:3], common}, {rare[0], common}
    with patch.object(window, "ANCHORS", 1):
        found = met([headline(article, title, 3 - article) for article, title in enumerate((anchor, other, one))])
    assert {met.article: levels for met, levels in found[2].levels} == {0: RAREST, 1: CLUE}
