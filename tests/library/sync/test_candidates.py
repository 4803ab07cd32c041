"""Where everything is near to everything, an article is compared with the nearest alone: the same ones by any way."""

from __future__ import annotations

import pickle
import random
import sqlite3
import tempfile
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from library.packed import bonds_told, check_lists, nearest_told
from library.sync.lives import HEADLINES, WORDS, Put, Remove, carry_out, key, when
from reader.base.errors import LibraryIndexError
from reader.coverage.likeness.candidates import ARCHIVE_BITS, ENOUGH, ENOUGH_IN_ARCHIVE, worth_comparing
from reader.coverage.likeness.evidence import NEAR_SECONDS
from reader.coverage.likeness.wording import headline_words
from reader.coverage.likeness.words import headline_key
from reader.library.index.headline_counts import HeadlineCounts
from reader.library.library import Library
from reader.library.sync import resolve
from reader.library.sync.bonds import binding, candidates, clues, comparing, nearest, window
from reader.library.sync.bonds.finder import Finder
from reader.library.sync.waiting import go_on_from

if TYPE_CHECKING:
    from conftest import WriteStory
    from library.conftest import OpenLibrary


_ARCHIVE_BITS = "reader.coverage.likeness.candidates.ARCHIVE_BITS"


def few_words(chance: random.Random, number: int) -> dict[str, object]:
    """A story of a few words, each of which many others have."""
    return {
        "url": key(f"n{number}"),
        "title": chance.choice(HEADLINES) if chance.random() < 0.4 else " ".join(chance.choices(WORDS, k=4)),
        "excerpt": " ".join(chance.choices(WORDS, k=8)),
        "published": when(chance.choice((0, 0, 1, 2, 30, 50, 100, 140))),
        "domain": f"{chance.choice('abcdef')}.example",
    }


def compared(library: Library) -> tuple[set[tuple[object, ...]], set[tuple[object, ...]]]:
    """All bonds, and what is nearest, in a form that does not depend on ids."""
    connection = library.index.connection
    check_lists(connection)
    return set(bonds_told(connection)), set(nearest_told(connection))


def compared_anew(root: Path) -> tuple[set[tuple[object, ...]], set[tuple[object, ...]]]:
    """The same of an index that is made in one go."""
    with tempfile.TemporaryDirectory() as cache, closing(Library(root, Path(cache), in_process=True)) as library:
        library.sync()
        return compared(library)


@pytest.fixture
def low_bounds(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """Bounds so low that few articles are too many; other ones for each seed."""
    for module in (candidates, nearest):
        monkeypatch.setattr(module, "MOST", 1 + seed % 5)
    for module in (window, nearest, clues):
        monkeypatch.setattr(module, "ANCHORS", 3 + seed % 7)
    monkeypatch.setattr(window, "_PLACES", 10 + seed % 9)
    monkeypatch.setattr(_ARCHIVE_BITS, 0)
    monkeypatch.setattr(clues, "CROWD", 9 + seed % 5)
    monkeypatch.setattr(nearest, "LEAST_IN_CROWD", 7 + seed % 9)


@pytest.mark.usefixtures("low_bounds")
@pytest.mark.parametrize(
    ("seed", "rounds"), [(1, 12), *(pytest.param(seed, 18, marks=pytest.mark.long) for seed in range(1, 12))]
)
def test_the_nearest_are_the_same_step_by_step(
    tmp_path: Path,
    write_story: WriteStory,
    open_library: OpenLibrary,
    monkeypatch: pytest.MonkeyPatch,
    *,
    seed: int,
    rounds: int,
) -> None:
    chance = random.Random(seed)
    root = tmp_path / "stories"
    root.mkdir()
    library = open_library(root)
    crowds = 0
    for number in range(rounds):
        if number == 10:
            monkeypatch.setattr(binding, "_MANY", 5)  # so that half of the articles are as good as all
        for _ in range(chance.choice((1, 1, 2, 3, 20))):
            file = chance.randrange(60)
            related = [few_words(chance, chance.randrange(60)) for _ in range(chance.choice((0, 0, 0, 1)))]
            put = Put(file, few_words(chance, file), related)
            carry_out([put if chance.random() < 0.7 else Remove(file)], root, write_story)
        library.sync()
        told = compared(library)
        crowds += len(told[1])
        assert told == compared_anew(root), number
    assert crowds


def test_a_day_that_becomes_crowded_is_compared_as_one_that_was(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_ARCHIVE_BITS, 0)
    monkeypatch.setattr(clues, "CROWD", 9)
    monkeypatch.setattr(nearest, "LEAST_IN_CROWD", 20)
    root, bonds = tmp_path / "stories", []
    put = [
        Put(number, {"url": key(f"n{number}"), "title": title, "published": when(hours), "excerpt": title}, ())
        for number, (title, hours) in enumerate([*_A_WORD_IN_COMMON, *_NOTHING_IN_COMMON])
    ]
    for changes in (put[:8], put[8:], [Remove(len(put) - 1)]):
        carry_out(changes, root, write_story)
        library = open_library(root)
        library.sync()
        told = compared(library)
        assert told == compared_anew(root)
        bonds.append(told[0])
    assert bonds[0] == bonds[2] > bonds[1]


_A_WORD_IN_COMMON = [
    (f"Ferry {one} {other}", hours) for hours, (one, other) in enumerate(zip(WORDS[1:9], WORDS[8:0:-1], strict=True))
]
_NOTHING_IN_COMMON = [("Parliament dissolves itself", 3)]


@pytest.mark.parametrize(("seed", "bits", "enough"), [(3, ARCHIVE_BITS, ENOUGH), (4, 0, ENOUGH_IN_ARCHIVE)])
def test_what_is_found_is_what_is_worth_comparing(
    tmp_path: Path,
    write_story: WriteStory,
    open_library: OpenLibrary,
    monkeypatch: pytest.MonkeyPatch,
    *,
    seed: int,
    bits: int,
    enough: float,
) -> None:
    """The rule that the weights are fitted by, and the way through the index, by clues and bounds, are one."""
    monkeypatch.setattr(_ARCHIVE_BITS, bits)
    chance, root = random.Random(seed), tmp_path / "stories"
    carry_out([Put(number, few_words(chance, number), ()) for number in range(nearest.MOST)], root, write_story)
    connection = open_library(root).index.connection
    counts = HeadlineCounts(connection)
    rarity = counts.rarity
    articles = connection.execute("SELECT id, title, published FROM articles").fetchall()
    worth = {
        (min(a, b), max(a, b))
        for (a, one, at), (b, other, then) in combinations(articles, 2)
        if abs(at - then) <= NEAR_SECONDS
        and (
            headline_key(one) == headline_key(other) != ""
            or worth_comparing(headline_words(one), headline_words(other), abs(at - then), rarity, enough)
        )
    }
    everything = candidates.Everything(0, counts.headlines, counts.caps)
    ready = [portion for rows in clues.by_time(connection, 0, 5) for portion in everything.come(rows)]
    found = set().union(*(portion.pairs for portion in (*ready, everything.rest())))
    assert found == worth
    assert 10 < len(worth) < len(articles) * (len(articles) - 1) // 2


class _InterruptedError(Exception):
    pass


@pytest.mark.usefixtures("low_bounds")
@pytest.mark.parametrize("seed", [2])
def test_what_was_looked_for_ahead_is_looked_for_again(
    tmp_path: Path, write_story: WriteStory, monkeypatch: pytest.MonkeyPatch, *, seed: int
) -> None:
    monkeypatch.setattr(binding, "MANY", 1)
    for module in (binding, candidates):
        monkeypatch.setattr(module, "CHUNK", 3)
    monkeypatch.setattr(resolve, "IN_ONE_GO", 1)
    chance, root = random.Random(seed), tmp_path / "stories"
    told = [few_words(chance, number) | {"published": when(7 * number)} for number in range(80)]
    carry_out([Put(number, one, ()) for number, one in enumerate(told)], root, write_story)

    def go_on_for_a_while(connection: sqlite3.Connection, day: int, articles: int) -> None:
        if connection.execute("SELECT 1 FROM bonds LIMIT 1").fetchone() and chance.random() < 0.3:
            raise _InterruptedError
        go_on_from(connection, day, articles)

    with closing(Library(root, tmp_path / "cache", in_process=True)) as library:
        with monkeypatch.context() as patch:
            patch.setattr(binding, "go_on_from", go_on_for_a_while)
            with pytest.raises(_InterruptedError):
                library.sync(workers=2)
        assert library.index.connection.execute(_AHEAD).fetchone()[0]
        library.sync()
        assert compared(library) == compared_anew(root)


_AHEAD = """SELECT count(*) FROM nearest JOIN compared ON article = id
            WHERE published >= (SELECT value FROM facts WHERE name = 'compared_until') * 86400"""
"""How many articles of days that have not been compared are known to have many others near them."""


def test_processes_find_the_same(tmp_path: Path, write_story: WriteStory, monkeypatch: pytest.MonkeyPatch) -> None:
    pools, finders = [], []

    def start(*told: Any) -> ProcessPoolExecutor:
        pools.append(ProcessPoolExecutor(*told))
        return pools[-1]

    def find(everything: candidates.Everything, *, apart: bool) -> Finder:
        finders.append(apart)
        return Finder(pickle.loads(pickle.dumps(everything)), apart=apart)  # as a process gets it that is no copy

    monkeypatch.setattr(binding, "MANY", 1)
    monkeypatch.setattr(binding, "CHUNK", 7)
    monkeypatch.setattr(comparing, "ProcessPoolExecutor", start)
    monkeypatch.setattr(binding, "Finder", find)
    chance = random.Random(3)
    carry_out([Put(number, few_words(chance, number), ()) for number in range(60)], tmp_path / "stories", write_story)
    told = []
    for workers in (0, 2):
        with closing(Library(tmp_path / "stories", tmp_path / f"cache{workers}", in_process=True)) as library:
            library.sync(workers=workers)
            told.append(compared(library))
            rarity = HeadlineCounts(library.index.connection).rarity
            assert pickle.loads(pickle.dumps(rarity))("ferry") == rarity("ferry"), (
                "as workers get it that are no copies"
            )
    assert told[0] == told[1]
    assert told[0][0]
    assert len(pools) == 1
    assert finders == [False, True]


def test_a_day_without_its_articles_is_told_as_damage(tmp_path: Path, write_story: WriteStory) -> None:
    chance = random.Random(4)
    carry_out([Put(number, few_words(chance, number), ()) for number in range(20)], tmp_path / "stories", write_story)
    with closing(Library(tmp_path / "stories", tmp_path / "cache", in_process=True)) as library:
        library.sync()
        library.index.connection.execute("UPDATE compared_days SET list = substr(list, 1, 4)")
        for number in range(4):
            carry_out([Put(number, few_words(chance, 90 + number), ())], tmp_path / "stories", write_story)
            carry_out([Put(30 + number, few_words(chance, number), ())], tmp_path / "stories", write_story)
        with pytest.raises(LibraryIndexError, match="damaged"):
            library.sync()
