"""Of many articles that share something with one, those are left out that share too little: and none besides."""

from __future__ import annotations

from collections import defaultdict
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from reader.coverage.likeness.candidates import CLUE
from reader.coverage.likeness.rarity import RAREST
from reader.library.sync.bonds import nearest
from reader.library.sync.bonds.clues import CROWD, DAY_SECONDS, LARGE_BITS, Compared
from reader.library.sync.bonds.nearest import (
    LEAST_IN_CROWD,
    NEAR_DAYS,
    Headline,
    Headlines,
    Modest,
    least_on,
    ranked,
    shared_clues,
)

WORDS = {number: CLUE + number % (RAREST + 1 - CLUE) for number in range(1, 60)}
"""Words by their numbers, of all levels."""

LAST_DAY = 10

TITLES = st.sets(st.sampled_from(sorted(WORDS)), max_size=8)
CROWDS = st.lists(st.tuples(TITLES, st.integers(0, NEAR_DAYS * DAY_SECONDS)), min_size=30, max_size=90)


def headline(article: int, words: set[int], ago: int) -> Headline:
    numbers = sorted(words)
    packed = b"".join(number.to_bytes(4, "little") for number in numbers) + bytes(WORDS[number] for number in numbers)
    published = LAST_DAY * DAY_SECONDS + DAY_SECONDS - 1 - ago
    return Headlines(lambda _: RAREST).headline(article, Compared(published, article * 7 % 101, 0, packed))


@given(TITLES, CROWDS, st.sampled_from((0, LEAST_IN_CROWD, RAREST)))
def test_what_is_left_out_is_not_near(words: set[int], crowd: list[tuple[set[int], int]], least_levels: int) -> None:
    one = headline(0, words, 0)
    one.least_levels = least_levels
    known = {0: one} | {article: headline(article, *told) for article, told in enumerate(crowd, 1)}
    index: defaultdict[int, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for other in sorted(known.values(), key=lambda other: (other.lot, other.article)):
        for _, clue in other.clues:
            index[clue][other.day].append(other.article)
    modest = [other for other in known.values() if other.is_modest]
    lately = {other.article for other in modest if other.day >= LAST_DAY - 1}
    days = LAST_DAY - NEAR_DAYS, LAST_DAY
    every = shared_clues(one, index, *days)
    with patch.object(nearest, "_FEW", 0):
        some = shared_clues(one, index, *days, Modest(lately, {other.article for other in modest} - lately))
    assert sorted(ranked(one, some, known)) == sorted(ranked(one, every, known))
    assert set(some.levels) <= set(every.levels)
    assert all(levels >= least_levels for _, levels in every.levels)


def test_a_common_word_alone_leads_nowhere_on_crowded_days_of_a_large_library() -> None:
    common = {number for number, level in WORDS.items() if level == CLUE}
    titles = [set(sorted(common)[:1]), set(sorted(common)[:2]), set(sorted(common)[:2])]
    headlines = 1 << LARGE_BITS
    found = {}
    for day, library in ((CROWD - 1, headlines), (CROWD, headlines), (CROWD, headlines // 8)):
        known = {article: headline(article, title, article) for article, title in enumerate(titles)}
        for one in known.values():
            one.least_levels = least_on(range(day), library)
        index = {clue: {LAST_DAY: [each for each in known if clue in known[each].numbers]} for clue in WORDS}
        shared = shared_clues(known[2], index, LAST_DAY, LAST_DAY)
        found[day, library] = {article for _, article in ranked(known[2], shared, known)}
    assert found == {(CROWD - 1, headlines): {0, 1}, (CROWD, headlines): {1}, (CROWD, headlines // 8): {0, 1}}


def test_who_shares_a_common_word_alone_is_left_out_unless_modest() -> None:
    common = next(number for number, level in WORDS.items() if level == CLUE + 1)
    rare = [number for number, level in WORDS.items() if level == RAREST]
    titles = [{common, *rare[:3]}, {common, *rare[1:4]}, {common, *rare[3:6]}, {common, rare[3]}]
    known = [headline(article, title, 0) for article, title in enumerate(titles)]
    index = {clue: {LAST_DAY: [one.article for one in known if clue in one.numbers]} for clue in WORDS}
    modest = Modest({one.article for one in known if one.is_modest}, set())
    with patch.object(nearest, "_FEW", 0):
        found = shared_clues(known[0], index, LAST_DAY - NEAR_DAYS, LAST_DAY, modest)
    assert {other for other, _ in found.levels} == {1, 3}
