"""Articles of one form that report different things are not taken for one event, whatever a library knows."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from reader.coverage.evidence import Told, Weighing
from reader.coverage.groups import Bond, gather
from reader.coverage.likeness import log_odds
from reader.coverage.rarity import Rarity
from reader.coverage.wording import wording_of

HOUR = 3_600


def pairs() -> list[tuple[str, str]]:
    text = (Path(__file__).parent / "twins.txt").read_text(encoding="utf-8")
    blocks = [block.split("\n") for block in text.strip().split("\n\n")][1:]
    return [(one, other) for one, other in blocks]


PAIRS = pairs()


def odds_of(one: str, other: str, *, outlet: str, rarity: Rarity, hours: int = 3) -> float:
    a = Told(wording_of(one, ""), 0, "wire.example")
    b = Told(wording_of(other, ""), hours * HOUR, outlet)
    return log_odds(Weighing(rarity).evidence(a, b))


def library_of(titles: list[str]) -> Rarity:
    counts = Counter(word for title in titles for word in {*wording_of(title, "").title})
    return Rarity(counts.__getitem__, len(titles))


def test_there_are_enough_of_them() -> None:
    assert len(PAIRS) >= 40
    assert len(set(PAIRS)) == len(PAIRS)


@pytest.mark.parametrize("outlet", ["wire.example", "post.example"])
@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0][:30])
def test_twins_are_apart_among_many_stories(pair: tuple[str, str], outlet: str) -> None:
    assert odds_of(*pair, outlet=outlet, rarity=library_of([title for both in PAIRS for title in both])) < 0


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair[0][:30])
def test_twins_of_one_outlet_are_apart_in_a_library_of_their_own(pair: tuple[str, str]) -> None:
    assert odds_of(*pair, outlet="wire.example", rarity=library_of([*pair])) < 0


def test_none_are_on_one_event_when_all_come_on_one_day() -> None:
    titles = [title for both in PAIRS for title in both]
    rarity = library_of(titles)
    weighing = Weighing(rarity)
    told = [Told(wording_of(title, ""), number * 600, f"{number % 7}.example") for number, title in enumerate(titles)]
    bonds = [
        Bond(a, b, odds, False)
        for a, b in combinations(range(len(told)), 2)
        if (odds := log_odds(weighing.evidence(told[a], told[b]))) >= -2.5
    ]
    events = gather(bonds, {n: one.published for n, one in enumerate(told)}, {n: f"{n:04}" for n in range(len(told))})
    assert [[titles[one] for one in event] for event in events] == []
