"""Compares pairs of articles as a whole: in this process, or in workers while this one goes on finding pairs."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from typing import NamedTuple, TypeAlias

from reader.coverage.likeness.evidence import NEAR_SECONDS, Comparable, Weighing, with_form
from reader.coverage.likeness.odds import ALIKE, kept, log_odds
from reader.coverage.likeness.rarity import Rarity
from reader.coverage.likeness.wording import wording_of
from reader.coverage.reasons import Basis, basis_of
from reader.library.index.events.bonds import BondRow
from reader.library.sync.bonds.candidates import Pair
from reader.library.sync.reading import prepare_worker, way_to_start

MANY = 10_000
"""From so many articles to be compared it pays to start worker processes."""


Texts: TypeAlias = tuple[int, str, str, int, str, int]
"""What is needed of an article to compare it: its id, title, excerpt, time and outlet, and `headline` of `compared`.

It is a plain tuple: a named one takes twice as long to send from one process to another.
"""


class Material(NamedTuple):
    """Work for one call: pairs to be compared, and the texts of all articles in them."""

    pairs: Sequence[Pair]
    articles: Sequence[Texts]


class Comparer:
    """Compares pairs.

    Args:
        rarity: how rare words are in the library.
        workers: how many processes compare; 0 to do it in this one.
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
        """The bonds of each material, in order. A few more materials are taken before the first bonds are given.

        Raises:
            BrokenProcessPool: a worker was ended, as by a system short of memory.
        """
        if self._pool is None:
            for material in materials:
                yield compare(material, self._rarity)
            return
        ahead: deque[Future[list[tuple[int, ...]]]] = deque()
        for material in materials:
            ahead.append(self._pool.submit(_compare, material))
            if len(ahead) > self._workers:  # each worker has one, and one waits; more would take ten megabytes each
                yield list(map(BondRow._make, ahead.popleft().result()))
        while ahead:
            yield list(map(BondRow._make, ahead.popleft().result()))


def compare(material: Material, rarity: Rarity) -> list[BondRow]:
    """The bonds of a material: of its pairs that are alike, or are wire copy of each other.

    A pair that falls short of `ALIKE` without a look at the headlines' forms falls short with it, too: most do.
    """
    weighing = Weighing(rarity)
    articles = {
        article: weighing.article(Comparable(wording_of(title, excerpt), published, outlet))
        for article, title, excerpt, published, outlet, _ in material.articles
    }
    headlines = {article: headline for article, *_, headline in material.articles}
    bonds = []
    for a, b in material.pairs:
        one, other = articles[a], articles[b]
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
    """As `compare`, but with plain tuples: named ones take ten times as long to send from one process to another."""
    return list(map(tuple, compare(material, _rarity)))
