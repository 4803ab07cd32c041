"""Lives of a library: changes of its files one after the other, and what holds for its events after each."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from hypothesis import strategies as st

from library.packed import check_lists
from reader.coverage.groups import LONGEST_SECONDS
from reader.library.index.index import Index
from reader.library.library import Library

if TYPE_CHECKING:
    from conftest import WriteStory

Content: TypeAlias = Callable[[Index], dict[str, object]]

START = datetime(2021, 3, 1, 8, tzinfo=UTC)


def when(hours: float) -> str:
    return (START + timedelta(hours=hours)).isoformat()


def key(name: str) -> str:
    return f"https://{name}.example/1"


HEADLINES = ("Ferry hits old bridge", "Glacier splits above town", "Volcano wakes after sleep")
WORDS = (
    "ferry",
    "bridge",
    "glacier",
    "town",
    "volcano",
    "comet",
    "opera",
    "strike",
    "whale",
    "ferries",
    "ferry's",
    "é́",
)
TIMES = (*map(when, (0, 1, 5, 30, 90, 97, 190, 260, 400)), "2021-03-01", "2021-03-03", "", "soon")
OUTLETS = ("a.example", "b.example", "c.example", "")
FILES, ADDRESSES = 24, 30


@dataclass(frozen=True)
class Put:
    """Write a story to a file."""

    file: int
    told: Mapping[str, object]
    related: Sequence[Mapping[str, object]]


@dataclass(frozen=True)
class Remove:
    """Remove a file."""

    file: int


@dataclass(frozen=True)
class Move:
    """Rename a file, perhaps over another."""

    file: int
    to: int


Change: TypeAlias = Put | Remove | Move

_titles = st.sampled_from(HEADLINES) | st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
_told = st.fixed_dictionaries(
    {
        "url": st.integers(0, ADDRESSES - 1).map(lambda number: key(f"n{number}")),
        "title": _titles,
        "excerpt": st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join),
        "published": st.sampled_from(TIMES),
        "domain": st.sampled_from(OUTLETS),
    }
)
_files = st.integers(0, FILES - 1)
_puts = st.builds(Put, _files, _told, st.lists(_told, max_size=5))
CHANGES: st.SearchStrategy[Change] = _puts | _puts | _puts | st.builds(Remove, _files) | st.builds(Move, _files, _files)


def carry_out(changes: Sequence[Change], root: Path, write: WriteStory) -> None:
    for change in changes:
        file = root / f"{change.file}.md"
        if isinstance(change, Put):
            write(root, file.name, related=change.related, **change.told)  # type: ignore[arg-type]
        elif isinstance(change, Remove):
            file.unlink(missing_ok=True)
        elif file.exists():
            file.rename(root / f"{change.to}.md")


def content_anew(root: Path, content: Content) -> dict[str, object]:
    """What an index built in one go from the files tells."""
    with tempfile.TemporaryDirectory() as cache, closing(Library(root, Path(cache), in_process=True)) as library:
        library.sync()
        check(library)
        return content(library.index)


def check(library: Library) -> None:
    """Look at what holds for the events of any library."""
    execute = library.index.connection.execute
    assert all(
        len(members := row[0].split()) == row[1] and str(row[2]) in members and row[3] <= LONGEST_SECONDS
        for row in execute(
            """SELECT group_concat(x.id, ' '), e.articles, e.id, e.ended - e.began
               FROM events e LEFT JOIN articles x ON x.event = e.id GROUP BY e.id"""
        )
    )
    assert not execute(
        "SELECT 1 FROM articles WHERE event IS NOT NULL AND event NOT IN (SELECT id FROM events)"
    ).fetchall()
    assert not execute("SELECT 1 FROM articles WHERE copy IS NOT NULL AND event IS NULL").fetchall()
    check_lists(library.index.connection)
    assert not execute("SELECT 1 FROM articles WHERE event IS NOT NULL AND unit IS NULL").fetchall()
    assert execute("SELECT total(headlines) FROM headline_counts").fetchone() == (
        execute("SELECT total(length(words) / 5) FROM compared").fetchone()
    )
    numbers = execute("SELECT outlets, linked, alike, article FROM stories").fetchall()
    assert [row[:3] for row in numbers] == [counted(library, row[3]) for row in numbers]


def counted(library: Library, number: int) -> tuple[int, int, int]:
    """Outlets, linked and alike of a story, as its coverage tells them."""
    story = library.index.connection.execute("SELECT id FROM stories WHERE article = ?", (number,)).fetchone()[0]
    coverage = library.index.coverage(story)
    assert coverage is not None
    return coverage.outlets, len(coverage.linked), len(coverage.alike)


def some_change(chance: random.Random, *, grows: bool) -> Change:
    """A change in a library that grows for a while and then shrinks; one story is often like one before."""
    kind = chance.random()
    file = chance.randrange(200)
    if kind > (0.8 if grows else 0.3):
        return Remove(file) if kind > 0.45 else Move(file, chance.randrange(200))
    return Put(file, some_told(chance), [some_told(chance) for _ in range(chance.randrange(5))])


def some_told(chance: random.Random) -> dict[str, object]:
    # Words from common to rare, so that counts lie on both sides of many powers of two.
    words = [f"word{min(int(chance.expovariate(0.08)), 60)}" for _ in range(chance.randrange(3, 12))]
    title = chance.choice(HEADLINES) if chance.random() < 0.2 else " ".join(words[: chance.randrange(2, 7)])
    return {
        "url": key(f"n{chance.randrange(260)}"),
        "title": title,
        "excerpt": " ".join(words),
        "published": when(chance.randrange(400)) if chance.random() < 0.9 else chance.choice(TIMES),
        "domain": f"{chance.choice('abcdefgh')}.example",
    }


def events(library: Library) -> int:
    return int(library.index.connection.execute("SELECT count(*) FROM events").fetchone()[0])
