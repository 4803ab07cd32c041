"""Articles of one form that report different things are not taken for one event, whatever a library knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import combinations, product
from pathlib import Path

import pytest

from coverage.likeness.pairs import Article, Pair, in_large, in_small, is_one_event, odds
from examples import thinned
from reader.coverage.groups import Bond, gather
from reader.coverage.likeness.evidence import Weighing
from reader.coverage.likeness.odds import log_odds
from reader.coverage.likeness.rarity import Rarity
from reader.coverage.likeness.wording import headline_words

HOURS = (0, 3, 24)


def twins_in(file: str) -> list[Pair]:
    """The pairs of a file: each a headline and, behind a bar, its excerpt."""
    text = (Path(__file__).parent / file).read_text(encoding="utf-8")
    blocks = [block.split("\n") for block in text.strip().split("\n\n")][1:]
    return [Pair(*map(_article, block)) for block in blocks]


def _article(line: str) -> Article:
    title, _, excerpt = line.partition(" | ")
    return Article(title, excerpt)


TWINS = [*twins_in("twins.txt"), *twins_in("twins_told.txt")]


def test_there_are_enough_of_them() -> None:
    assert len(TWINS) >= 100
    assert len(set(TWINS)) == len(TWINS)


@pytest.mark.parametrize("rarity_in", [in_large, in_small])
@pytest.mark.parametrize("twins", thinned(TWINS, every=6), ids=lambda twins: twins.one.title[:30])
def test_twins_are_apart(twins: Pair, rarity_in: Callable[[Pair], Rarity]) -> None:
    for hours, outlet, has_excerpts in product(HOURS, ("one.example", "other.example"), (True, False)):
        one, other = (each if has_excerpts else each._replace(excerpt="") for each in twins)
        pair = Pair(one, other._replace(hours=hours, outlet=outlet))
        assert not is_one_event(pair, rarity_in), (odds(pair, rarity_in), pair)


@pytest.mark.parametrize("some", [TWINS[::2], pytest.param(TWINS, marks=pytest.mark.long)], ids=["half", "all"])
def test_none_are_on_one_event_when_all_come_on_one_day(some: Sequence[Pair]) -> None:
    articles = [
        article._replace(hours=number / 6, outlet=f"{number % 7}.example")
        for number, article in enumerate(article for twins in some for article in twins)
    ]
    counts = Counter(word for article in articles for word in set(headline_words(article.title)))
    weighing = Weighing(Rarity(counts.__getitem__, len(articles)))
    told = [article.told for article in articles]
    bonds = [
        Bond(a, b, found, False)
        for a, b in combinations(range(len(told)), 2)
        if (found := log_odds(weighing.evidence(told[a], told[b]))) >= -2.5
    ]
    events = gather(bonds, {n: one.published for n, one in enumerate(told)}, {n: f"{n:04}" for n in range(len(told))})
    twins = {frozenset((2 * n, 2 * n + 1)) for n in range(len(some))}
    together = [pair for event in events for pair in map(frozenset, combinations(event, 2)) if pair in twins]
    assert [[articles[one].title for one in pair] for pair in together] == []
    assert len(events) <= 4, "hardly any other two are taken for one event either"
