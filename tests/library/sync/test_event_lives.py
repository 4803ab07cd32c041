"""Events are kept up to date: in whatever steps the files came, they are as in one go."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from shutil import copytree, rmtree
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples, thinned
from reader.base.errors import LibraryIndexError
from reader.coverage import units
from reader.coverage.likeness import candidates as rule
from reader.library.index.headline_counts import headlines
from reader.library.index.storage import schema
from reader.library.library import Library
from reader.library.sync import events as renewing
from reader.library.sync import resolve
from reader.library.sync.bonds import binding, candidates, clues, nearest, window
from reader.library.sync.events import renew_events
from reader.library.sync.progress import Progress

if TYPE_CHECKING:
    from conftest import WriteStory
    from library.conftest import OpenLibrary

from library.sync.lives import CHANGES, Change, Content, carry_out, check, content_anew, events, some_change


@given(st.lists(st.lists(CHANGES, min_size=1, max_size=25), min_size=2, max_size=5))
@examples(25)
def test_step_by_step_is_as_in_one_go(write_story: WriteStory, content: Content, steps: list[list[Change]]) -> None:
    with tempfile.TemporaryDirectory() as place:
        root = Path(place, "stories")
        root.mkdir()
        with closing(Library(root, Path(place, "cache"), in_process=True)) as library:
            for changes in steps:
                carry_out(changes, root, write_story)
                library.sync()
                check(library)
            assert content(library.index) == content_anew(root, content)


@pytest.mark.parametrize(
    ("seed", "days"), [(0, 15), *(pytest.param(seed, 200, marks=pytest.mark.long) for seed in range(3))]
)
def test_a_long_life_is_as_one_go(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary, content: Content, *, seed: int, days: int
) -> None:
    chance = random.Random(seed)
    root = tmp_path / "stories"
    root.mkdir()
    library = open_library(root)
    counts, most = set(), 0
    for number in range(days):
        grows = number < days * 3 // 5
        changes = [some_change(chance, grows=grows) for _ in range(chance.choice((1, 1, 1, 2, 12)))]
        carry_out(changes, root, write_story)
        library.sync()
        counts.add(library.index.connection.execute("SELECT count(*) FROM compared").fetchone()[0].bit_length())
        most = max(most, events(library))
        if number % 25 == 24:
            check(library)
            assert content(library.index) == content_anew(root, content), number
    assert len(counts) >= 5, "the number of articles has passed powers of two"
    assert most >= days // 20, "there were events to be kept up to date"


@pytest.fixture
def crowds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds so low that any library has crowds: of articles with a word, near to each other, bound to each other."""
    for module in (window, nearest, clues):
        monkeypatch.setattr(module, "ANCHORS", 4)
    for module in (candidates, nearest):
        monkeypatch.setattr(module, "MOST", 2)
    monkeypatch.setattr(clues, "CROWD", 6)
    monkeypatch.setattr("reader.coverage.likeness.candidates.ARCHIVE_BITS", 0)
    monkeypatch.setattr(units, "MOST", 4)


@pytest.mark.usefixtures("crowds")
@pytest.mark.parametrize("seed", [pytest.param(seed, marks=pytest.mark.long) for seed in (11, 12, 13)])
def test_a_long_life_in_crowds_is_as_one_go(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary, content: Content, seed: int
) -> None:
    chance = random.Random(seed)
    root = tmp_path / "stories"
    root.mkdir()
    library = open_library(root)
    for number in range(60):
        changes = [some_change(chance, grows=number < 40) for _ in range(chance.choice((1, 1, 2, 12)))]
        carry_out(changes, root, write_story)
        library.sync()
        if number % 10 == 9:
            check(library)
            assert content(library.index) == content_anew(root, content), number
    sizes = library.index.connection.execute("SELECT count(*) FROM articles GROUP BY unit HAVING unit").fetchall()
    assert sizes


@pytest.fixture
def portions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds so low that all that waits is dealt with in many portions, each in a transaction of its own."""
    monkeypatch.setattr(resolve, "AT_ONCE", 5)
    monkeypatch.setattr(resolve, "IN_ONE_GO", 1)
    for module in (binding, candidates):
        monkeypatch.setattr(module, "CHUNK", 3)
    monkeypatch.setattr(binding, "_TOO_MANY", 30)
    monkeypatch.setattr(renewing, "AT_ONCE", 2)


@pytest.mark.long
@pytest.mark.parametrize("bounds", ["crowds", "portions"])
def test_a_library_that_becomes_an_archive_and_is_none_again_is_as_in_one_go(
    tmp_path: Path,
    write_story: WriteStory,
    open_library: OpenLibrary,
    content: Content,
    *,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    bounds: str,
) -> None:
    request.getfixturevalue(bounds)
    monkeypatch.setattr(rule, "ARCHIVE_BITS", 7)
    chance, root = random.Random(5), tmp_path / "stories"
    root.mkdir()
    carry_out([some_change(chance, grows=True) for _ in range(60)], root, write_story)
    library, taken = open_library(root), dict[Path, bytes]()
    library.sync()
    files = sorted(filter(Path.is_file, root.rglob("*")))
    was = [rule.is_archive(headlines(library.index.connection))]
    while len(was) < 5:  # by a file at a time, in both directions
        file = chance.choice([one for one in files if one.exists() == was[-1]])
        if was[-1]:
            taken[file] = file.read_bytes()
            file.unlink()
        else:
            file.write_bytes(taken.pop(file))
        library.sync()
        if rule.is_archive(headlines(library.index.connection)) != was[-1]:
            was.append(not was[-1])
            check(library)
            assert content(library.index) == content_anew(root, content), was
    assert was[0]


def big_library(root: Path, write: WriteStory, chance: random.Random) -> None:
    root.mkdir(exist_ok=True)
    carry_out([some_change(chance, grows=True) for _ in range(40)], root, write)


@pytest.mark.parametrize(
    ("seed", "days"), [(0, 1), *(pytest.param(seed, 3, marks=pytest.mark.long) for seed in range(12))]
)
def test_in_portions_is_as_in_one_go(
    tmp_path: Path,
    write_story: WriteStory,
    open_library: OpenLibrary,
    content: Content,
    request: pytest.FixtureRequest,
    *,
    seed: int,
    days: int,
) -> None:
    chance, root = random.Random(seed), tmp_path / "stories"
    big_library(root, write_story, chance)
    states: list[Path] = []
    for _ in range(days):
        carry_out([some_change(chance, grows=True) for _ in range(10)], root, write_story)
        states.append(root.parent / f"state{len(states)}")
        copytree(root, states[-1])
    anew = [content_anew(state, content) for state in states]
    request.getfixturevalue("portions")
    library = open_library(root)
    for state, expected in zip(states, anew, strict=True):
        rmtree(root)
        copytree(state, root)
        library.sync()
        check(library)
        assert content(library.index) == expected


@pytest.mark.usefixtures("portions")
def test_what_is_bound_over_portions_is_grouped_once(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "stories"
    big_library(root, write_story, random.Random(0))
    grouped: list[int] = []
    write = renewing._Writing.write

    def note(writing: renewing._Writing, units: Sequence[frozenset[int]]) -> None:
        grouped.extend(article for unit in units for article in unit)
        write(writing, units)

    monkeypatch.setattr(renewing._Writing, "write", note)
    library = open_library(root)
    library.sync()
    check(library)
    assert grouped
    assert len(set(grouped)) == len(grouped)


@pytest.mark.usefixtures("portions")
@pytest.mark.parametrize("seed", thinned(range(8), every=8))
def test_interrupted_between_portions_it_goes_on_where_it_was(
    tmp_path: Path,
    write_story: WriteStory,
    open_library: OpenLibrary,
    content: Content,
    monkeypatch: pytest.MonkeyPatch,
    *,
    seed: int,
) -> None:
    chance, root = random.Random(seed), tmp_path / "stories"
    root.mkdir()
    library = open_library(root)
    told: list[float] = []
    big_library(root, write_story, chance)

    def stop_sometimes(progress: Progress) -> None:
        if progress.of_steps:
            told.append(progress.steps / progress.of_steps)
            if chance.random() < 0.2:
                raise _InterruptedError

    ends = 0
    for number in range(20):
        try:
            library.sync(stop_sometimes)
        except _InterruptedError:
            ends += 1
        if number % 5 == 4:  # the folder goes on changing meanwhile
            carry_out([some_change(chance, grows=True)], root, write_story)
    library.sync()
    assert ends
    assert all(0 < share <= 1 for share in told)
    check(library)
    monkeypatch.undo()
    assert content(library.index) == content_anew(root, content)


class _InterruptedError(Exception):
    pass


@pytest.mark.parametrize("every", [8, pytest.param(1, marks=pytest.mark.long)])
def test_an_interrupted_sync_is_completed_by_the_next(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary, content: Content, every: int
) -> None:
    chance = random.Random(7)
    root = tmp_path / "stories"
    root.mkdir()
    library = open_library(root)
    for at, number in enumerate(range(0, 40, every)):
        carry_out([some_change(chance, grows=True) for _ in range(12)], root, write_story)
        for interrupted in interruptions(number):
            with pytest.raises((_InterruptedError, LibraryIndexError)):
                library.sync(interrupted)
        if at % 4 == 3 or number + every >= 40:
            library.sync()
            check(library)
            assert content(library.index) == content_anew(root, content), number


def interruptions(number: int) -> Iterator[Callable[[Progress], None]]:
    """Ends of a sync: after a batch of files; in the midst of the links; when all but the last word is written."""

    def stop(_: object) -> None:
        raise _InterruptedError

    if number % 3 == 0:
        yield stop
    with pytest.MonkeyPatch.context() as patch:
        if number % 3 == 1:
            patch.setattr(resolve, "_STATEMENTS", (*resolve._STATEMENTS[: number // 2], "SELECT interrupt()"))
            connect = schema.connect

            def connect_interrupted(path: Path) -> object:
                connection = connect(path)
                connection.create_function("interrupt", 0, stop)
                return connection

            patch.setattr(schema, "connect", connect_interrupted)

        def renew_and_stop(*of: object) -> None:
            while renew_events(*of):  # type: ignore[arg-type]
                pass
            raise _InterruptedError

        patch.setattr("reader.library.sync.resolve.renew_events", renew_and_stop)
        yield lambda _: None
