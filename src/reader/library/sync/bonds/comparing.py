"""Comparing pairs of articles as a whole: in this process, or in workers while it looks for more pairs."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from typing import NamedTuple

from reader.coverage.likeness.evidence import NEAR_SECONDS, Comparable, Weighing, with_form
from reader.coverage.likeness.odds import ALIKE, kept, log_odds
from reader.coverage.likeness.rarity import Rarity
from reader.coverage.likeness.wording import wording_of
from reader.coverage.reasons import Basis, basis_of
from reader.library.index.events.bonds import BondRow
from reader.library.sync.bonds.candidates import Pair
from reader.library.sync.reading import prepare_worker, way_to_start

MANY = 10_000
"""Articles to be compared for which starting worker processes pays."""


class Texts(NamedTuple):
    """What is compared of an article: see the tables `articles` and `compared`."""

    article: int
    title: str
    excerpt: str
    published: int
    outlet: str
    headline: int


class Material(NamedTuple):
    """Pairs to be compared, and the articles that are in them."""

    pairs: Sequence[Pair]
    articles: Sequence[Texts]


class Comparer:
    """Compares pairs.

    Args:
        rarity: how rare words are in the library.
        workers: how many processes compare; 0 for this one.
    """

    def __init__(self, rarity: Rarity, workers: int = 0) -> None:
        self._rarity = rarity
        self._workers = workers
        self._pool = (
            ProcessPoolExecutor(workers, way_to_start(), _start_worker, (rarity, os.getpid())) if workers else None
        )

    def close(self) -> None:
        """End the workers."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def bonds(self, materials: Iterable[Material]) -> Iterator[list[BondRow]]:
        """The bonds of each material, in order; a few materials are asked for ahead."""
        if self._pool is None:
            for material in materials:
                yield compare(material, self._rarity)
            return
        ahead: deque[Future[list[tuple[int, ...]]]] = deque()
        for material in materials:
            ahead.append(self._pool.submit(_compare, material))
            if len(ahead) > self._workers:  # each has work, and one waits: a material takes ten megabytes
                yield list(map(BondRow._make, ahead.popleft().result()))
        while ahead:
            yield list(map(BondRow._make, ahead.popleft().result()))


def compare(material: Material, rarity: Rarity) -> list[BondRow]:
    """The bonds of a material: its pairs that are alike, or have one text, or one headline."""
    weighing = Weighing(rarity)
    told = {
        one.article: weighing.article(Comparable(wording_of(one.title, one.excerpt), one.published, one.outlet))
        for one in material.articles
    }
    headlines = {one.article: one.headline for one in material.articles}
    bonds = []
    for a, b in material.pairs:
        one, other = told[a], told[b]
        if abs(one.published - other.published) > NEAR_SECONDS:
            continue
        evidence = weighing.without_form(one, other)
        odds = log_odds(evidence)
        is_one_headline = headlines[a] != 0 and headlines[a] == headlines[b]
        if odds < ALIKE and not is_one_headline:
            continue
        whole = with_form(evidence, one, other)
        if whole is not evidence:
            evidence, odds = whole, log_odds(whole)
        basis = basis_of(evidence, is_one_headline=is_one_headline)
        if odds >= ALIKE or basis is not Basis.WORDS:
            bonds.append(BondRow(a, b, kept(odds), basis))
    return bonds


# Workers.


_rarity: Rarity


def _start_worker(rarity: Rarity, parent: int) -> None:
    global _rarity  # noqa: PLW0603 — a worker process compares for one library
    prepare_worker(parent)
    _rarity = rarity


def _compare(material: Material) -> list[tuple[int, ...]]:
    """The bonds of a material as plain tuples: named ones take ten times as long from one process to another."""
    return list(map(tuple, compare(material, _rarity)))
