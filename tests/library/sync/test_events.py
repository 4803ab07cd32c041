"""What the index makes of stories that report one event, and how it keeps up with changes."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from reader.base.errors import LibraryIndexError
from reader.coverage import units
from reader.coverage.groups import LONGEST_SECONDS
from reader.coverage.model import CoverageArticle
from reader.library.index.index import Index
from reader.library.index.storage import schema
from reader.library.library import Library
from reader.library.sync import bonds, clues, resolve
from reader.library.sync.events import renew_events
from reader.library.sync.progress import Progress

if TYPE_CHECKING:
    from conftest import WriteStory
    from library.conftest import OpenLibrary

Content: TypeAlias = Callable[[Index], dict[str, object]]

START = datetime(2021, 3, 1, 8, tzinfo=UTC)
EXCERPT = "The ferry struck a pillar of the harbour bridge in thick fog; forty passengers were brought ashore."

# Forty stories about other things, so that the words of those that are compared are rare, as they are in any library.
OTHERS = [
    "cabbage harvest rots", "opera singer retires", "chess prodigy wins", "mayor opens library",
    "bakery burns down", "museum buys meteorite", "teachers demand raise", "river trout return",
    "stadium roof leaks", "poet laureate dies", "airport gains runway", "choir loses tenor",
    "farmer breeds alpaca", "school bans phones", "prison adds garden", "cinema shows classics",
    "lake turns green", "tailor wins award", "circus leaves town", "brewery doubles output",
    "pharmacy cuts prices", "sculptor carves giraffe", "orchard yields plums", "hospital names surgeon",
    "judge quits bench", "swimmer crosses channel", "banker writes novel", "tunnel floods twice",
    "beekeeper finds queen", "rocket misses orbit", "clockmaker repairs dial", "dancer breaks ankle",
    "festival sells out", "carpenter restores altar", "zoo adopts panther", "baker invents pretzel",
    "quarry uncovers fossil", "skipper rescues seal", "printer recalls atlas", "violin fetches fortune",
]  # fmt: skip


def when(hours: float) -> str:
    return (START + timedelta(hours=hours)).isoformat()


def key(name: str) -> str:
    return f"https://{name}.example/1"


class Folder:
    """Writes stories of one event at a time into a folder of other stories, and tells what became of them."""

    def __init__(self, root: Path, write: WriteStory) -> None:
        self._root = root
        self._write = write
        for number, title in enumerate(OTHERS):
            self.put(f"other{number}", title, hours=200 * (number // 4), to=[f"other{number - 4}"])

    def put(
        self,
        name: str,
        title: str,
        *,
        hours: float | str = 0,
        excerpt: str = "",
        outlet: str | None = None,
        to: Sequence[str] = (),
    ) -> None:
        """A story: its file, its address and, unless told otherwise, its outlet go by its name."""
        self._write(
            self._root,
            f"{name}.md",
            title=title,
            excerpt=excerpt,
            published=hours if isinstance(hours, str) else when(hours),
            url=key(name),
            provider=(outlet or name).title(),
            domain=f"{outlet or name}.example",
            related=[{"title": other, "url": key(other)} for other in to if other != name],
        )

    def remove(self, name: str) -> None:
        (self._root / f"{name}.md").unlink()


@pytest.fixture
def folder(tmp_path: Path, write_story: WriteStory) -> Folder:
    return Folder(tmp_path, write_story)


def article(library: Library, name: str) -> CoverageArticle:
    story = library.index.story_named(key(name))
    assert story is not None
    coverage = library.index.coverage(story)
    assert coverage is not None
    return coverage.focus


def event(library: Library, name: str) -> list[str]:
    """The names of the articles on a story's event, by time; its own alone where there is no other."""
    story = library.index.story_named(key(name))
    assert story is not None
    coverage = library.index.coverage(story)
    assert coverage is not None
    return [one.key.removeprefix("https://").removesuffix(".example/1") for one in coverage.event]


def told(library: Library, name: str) -> tuple[int, int, int, int]:
    """Articles, stories, outlets and independent outlets of a story's event."""
    return library.index.connection.execute(  # type: ignore[no-any-return]
        """SELECT e.articles, e.stories, e.outlets, e.independent FROM events e
           WHERE e.id = (SELECT event FROM articles WHERE key = ?)""",
        (key(name),),
    ).fetchone()


def events(library: Library) -> int:
    return int(library.index.connection.execute("SELECT count(*) FROM events").fetchone()[0])


def test_linked_and_alike_is_one_event(tmp_path: Path, folder: Folder, open_library: OpenLibrary) -> None:
    folder.put("ann", "Ferry strikes harbour bridge in fog", excerpt=EXCERPT, to=["bob"])
    folder.put("bob", "Harbour bridge hit by ferry", hours=3, excerpt="Passengers of the ferry are safe ashore.")
    library = open_library(tmp_path)
    assert event(library, "ann") == event(library, "bob") == ["ann", "bob"]
    assert told(library, "ann") == (2, 2, 2, 2)
    assert str(article(library, "bob").reason) == "3 hours from Ann, both say ferry and harbour · linked"
    assert str(article(library, "ann").reason) == "3 hours from Bob, both say ferry and harbour · linked"
    assert article(library, "ann").copy is None


@pytest.mark.parametrize(
    ("title", "hours", "outlet", "to"),
    [
        pytest.param("Opera house sells its curtain", 3, "bob", ["ann"], id="linked and not alike"),
        pytest.param("Harbour bridge hit by ferry", 97, "bob", ["ann"], id="too late"),
        pytest.param("Harbour bridge hit by ferry", -97, "bob", ["ann"], id="too early"),
        pytest.param("Harbour bridge hit by ferry", "", "bob", ["ann"], id="without a date"),
        pytest.param("Harbour bridge hit by ferry", "2021-03-06", "bob", ["ann"], id="a date alone too late"),
        pytest.param("Harbour bridge is sold to investors", 30, "ann", ["ann"], id="a series of one outlet"),
        pytest.param("Harbour bridge hit by ferry", 3, "ann", ["ann"], id="of the same outlet"),
        pytest.param("Ferry strikes harbour bridge in fog", 97, "bob", [], id="same headline too late"),
        pytest.param("Ferry strikes harbour bridge in fog", "", "bob", [], id="same headline without a date"),
    ],
)
def test_no_event(
    tmp_path: Path,
    folder: Folder,
    open_library: OpenLibrary,
    *,
    title: str,
    hours: float | str,
    outlet: str,
    to: list[str],
) -> None:
    folder.put("ann", "Ferry strikes harbour bridge in fog", excerpt=EXCERPT)
    folder.put("bob", title, hours=hours, outlet=outlet, to=to)
    library = open_library(tmp_path)
    assert event(library, "ann") == ["ann"]
    assert event(library, "bob") == ["bob"]
    assert (article(library, "bob").event, article(library, "bob").copy, article(library, "bob").reason) == (None,) * 3
    assert events(library) == 0


@pytest.mark.parametrize(
    ("title", "outlet"), [("Harbour bridge hit by ferry", "bob"), ("Ferry strikes harbour bridge in fog", "ann")]
)
def test_an_event_is_found_without_links_and_within_one_outlet(
    tmp_path: Path, folder: Folder, open_library: OpenLibrary, *, title: str, outlet: str
) -> None:
    folder.put("ann", "Ferry strikes harbour bridge in fog", excerpt=EXCERPT)
    folder.put("bob", title, hours=3, outlet=outlet)
    assert event(open_library(tmp_path), "ann") == ["ann", "bob"]


@pytest.mark.parametrize("hours", [96, -96, 0, "2021-03-01", "2021-03-05"])
@pytest.mark.parametrize(
    ("title", "to"), [("Harbour bridge hit by ferry", ["ann"]), ("Ferry strikes harbour bridge in fog", [])]
)
def test_near_is_up_to_four_days(
    tmp_path: Path, folder: Folder, open_library: OpenLibrary, *, title: str, hours: float | str, to: list[str]
) -> None:
    folder.put("ann", "Ferry strikes harbour bridge in fog", excerpt=EXCERPT)
    folder.put("bob", title, hours=hours, to=to)
    assert set(event(open_library(tmp_path), "ann")) == {"ann", "bob"}


def test_alike_is_one_event_without_links(tmp_path: Path, folder: Folder, open_library: OpenLibrary) -> None:
    folder.put("ann", "Ferry strikes harbour bridge in fog", excerpt=EXCERPT)
    folder.put("bob", "Harbour bridge hit by ferry", hours=3, excerpt="Passengers of the ferry are safe ashore.")
    library = open_library(tmp_path)
    assert event(library, "ann") == event(library, "bob") == ["ann", "bob"]
    assert str(article(library, "bob").reason) == "3 hours from Ann, both say ferry and harbour"


def test_two_articles_of_one_outlet_are_on_one_event(tmp_path: Path, folder: Folder, open_library: OpenLibrary) -> None:
    folder.put("ann", "Ferry strikes harbour bridge in fog", excerpt=EXCERPT)
    folder.put("video", "Watch: ferry strikes harbour bridge in fog", hours=1, outlet="ann", excerpt=EXCERPT)
    library = open_library(tmp_path)
    assert event(library, "ann") == ["ann", "video"]
    assert told(library, "ann") == (2, 2, 1, 1), "one outlet, and no wire copy"


def test_a_series_of_one_outlet_is_no_event(tmp_path: Path, folder: Folder, open_library: OpenLibrary) -> None:
    services = ["Container Vault", "Batch Lens", "Queue Mirror", "Blob Forge", "Face Relay", "Map Anchor"]
    names = [f"notice{number}" for number in range(len(services))]
    for name, service in zip(names, services, strict=True):
        folder.put(name, f"{service} will be retired on 29 February 2024", outlet="cloud", to=names)
    library = open_library(tmp_path)
    assert [event(library, name) for name in names] == [[name] for name in names]
    folder.put("paper", "Cloud retires Batch Lens on 29 February 2024", hours=5, to=["notice1"])
    library.sync()
    assert event(library, "paper") == ["notice1", "paper"]


def test_one_headline_in_several_outlets_is_wire_copy_of_one_event(
    tmp_path: Path, folder: Folder, open_library: OpenLibrary
) -> None:
    folder.put("cat", "Ferry strikes harbour bridge in fog | Cat News", hours=2)
    folder.put("bob", "FERRY STRIKES HARBOUR BRIDGE, IN FÓG", hours="2021-03-01")
    folder.put("ann", "Ferry strikes harbour bridge in fog", hours=1)
    folder.put("eve", "Ferry hits harbour bridge", hours=4, excerpt=EXCERPT, to=["ann"])
    library = open_library(tmp_path)
    assert event(library, "eve") == ["bob", "ann", "cat", "eve"]
    assert told(library, "eve") == (4, 4, 4, 2), "those of one text count once"
    copies = {article(library, name).copy for name in ("ann", "bob", "cat")}
    assert len(copies) == 1
    assert copies != {None}
    assert article(library, "eve").copy is None
    assert str(article(library, "cat").reason) == "same headline as Ann"


def test_one_text_under_headlines_that_differ_a_little_is_wire_copy(
    tmp_path: Path, folder: Folder, open_library: OpenLibrary
) -> None:
    folder.put("ann", "Ferry strikes harbour bridge in fog", excerpt=EXCERPT, to=["bob"])
    folder.put("bob", "Ferry strikes the harbour bridge in thick fog", hours=1, excerpt=EXCERPT)
    library = open_library(tmp_path)
    assert str(article(library, "bob").reason) == "same text as Ann · linked"
    assert article(library, "bob").copy == article(library, "ann").copy is not None
    assert told(library, "bob") == (2, 2, 2, 1)


def test_an_article_on_the_web_only_is_on_the_event_as_well(
    tmp_path: Path, write_story: WriteStory, folder: Folder, open_library: OpenLibrary
) -> None:
    entry = {"title": "Harbour bridge hit by ferry", "published": when(2), "url": key("web"), "domain": "web.example"}
    write_story(
        tmp_path, "ann.md", title="Ferry strikes harbour bridge", published=when(0), url=key("ann"), related=[entry]
    )
    library = open_library(tmp_path)
    assert event(library, "ann") == ["ann", "web"]
    assert told(library, "ann") == (2, 1, 2, 2)
    assert str(article(library, "ann").reason) == "2 hours from web.example, both say ferry and harbour · linked"


def test_events_follow_every_change(tmp_path: Path, folder: Folder, open_library: OpenLibrary) -> None:
    folder.put("ann", "Ferry strikes harbour bridge in fog", excerpt=EXCERPT)
    library = open_library(tmp_path)
    assert event(library, "ann") == ["ann"]

    folder.put("bob", "Harbour bridge hit by ferry", hours=3, to=["ann"])
    library.sync()
    assert event(library, "ann") == ["ann", "bob"]

    folder.put("cat", "Ferry strikes harbour bridge in fog", hours=-1)
    library.sync()
    assert event(library, "bob") == ["cat", "ann", "bob"], "the earliest may come last"

    folder.put("ann", "Opera house sells its curtain", excerpt="")
    library.sync()
    assert [event(library, name) for name in ("ann", "bob", "cat")] == [["ann"], ["cat", "bob"], ["cat", "bob"]]

    folder.put("ann", "Ferry strikes harbour bridge in fog", excerpt=EXCERPT)
    library.sync()
    assert event(library, "cat") == ["cat", "ann", "bob"]

    folder.remove("cat")
    library.sync()
    assert event(library, "ann") == ["ann", "bob"]
    assert article(library, "ann").copy is None

    folder.remove("bob")
    folder.remove("ann")
    library.sync()
    assert events(library) == 0


def test_an_event_that_went_as_a_whole_makes_room_for_the_next(
    tmp_path: Path, folder: Folder, open_library: OpenLibrary
) -> None:
    library = open_library(tmp_path)
    for title in ("Ferry strikes harbour bridge in fog", "Volcano wakes after a long sleep", "Comet seen at noon"):
        for name in ("ann", "bob"):
            folder.put(f"{name}{title[:5]}".strip().lower(), title)
        library.sync()
        assert events(library) == 1
        for name in ("ann", "bob"):
            folder.remove(f"{name}{title[:5]}".strip().lower())
        library.sync()
        assert events(library) == 0


@pytest.mark.parametrize("each", [False, pytest.param(True, marks=pytest.mark.long)])
def test_a_headline_of_a_hundred_outlets_is_one_event(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary, content: Content, *, each: bool
) -> None:
    def put(number: int, day: int) -> None:
        name = f"site{number:03}"
        write_story(
            tmp_path, f"{name}.md", title="Ferry strikes harbour bridge in fog", published=f"2021-03-{day:02}",
            url=key(name), domain=f"{name}.example",
        )  # fmt: skip

    def moved() -> None:
        (tmp_path / "site050.md").rename(tmp_path / "site200.md")

    for number in range(56):
        put(number, 1 + number % 4)
    library = open_library(tmp_path)
    changes = (
        partial(put, 101, 2),
        partial(put, 102, 9),
        partial(put, 3, 2),
        (tmp_path / "site020.md").unlink,
        moved,
    )
    for change in changes:
        change()
        library.sync()
        if each or change is moved:
            assert content_anew(tmp_path, content) == content(library.index)
    sizes = library.index.connection.execute("SELECT articles, ended - began FROM events").fetchall()
    assert sum(articles for articles, _ in sizes) == 56
    assert all(lasted <= LONGEST_SECONDS for _, lasted in sizes)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Паром врезался в мост", "Паром врезался в мост в тумане"),
        ("दिल्ली में नया पुल खुला", "दिल्ली में खुला नया पुल"),
        ("微软宣布新的人工智能平台", "微软推出新的人工智能平台"),
        ("ferry\u19b1bridge ferry harbour", "harbour ferry bridge ferry\u19b1bridge"),
        ("\U0001d400\U0001d40c\U0001d403 cuts harbour fees", "AMD harbour fees are cut"),
        ("0u6665 harbour ferry", "ferry harbour 0u6665"),
    ],
)
def test_words_of_any_script_are_compared_and_keep_up(
    tmp_path: Path, folder: Folder, open_library: OpenLibrary, content: Content, *, one: str, other: str
) -> None:
    folder.put("ann", one, to=["bob"])
    folder.put("bob", other, hours=1)
    library = open_library(tmp_path)
    assert event(library, "ann") == ["ann", "bob"]
    for number in range(9):  # the level of its first word moves
        folder.put(f"more{number}", one.split(maxsplit=1)[0], hours=500 * (number + 1), to=["ann"])
        library.sync()
    assert content_anew(tmp_path, content) == content(library.index)


# The same files give the same events, in whatever steps they came.

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
_changes: st.SearchStrategy[Change] = (
    _puts | _puts | _puts | st.builds(Remove, _files) | st.builds(Move, _files, _files)
)


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
    assert not execute("SELECT 1 FROM bonds WHERE a >= b").fetchall()
    assert not execute("SELECT 1 FROM articles WHERE event IS NOT NULL AND unit IS NULL").fetchall()
    assert execute("SELECT total(headlines) FROM headline_counts").fetchone() == (
        execute("SELECT count(*) FROM clues").fetchone()
    )
    assert not execute("SELECT 1 FROM clues WHERE article NOT IN (SELECT article FROM compared)").fetchall()
    numbers = execute("SELECT outlets, linked, alike, article FROM stories").fetchall()
    assert [row[:3] for row in numbers] == [counted(library, row[3]) for row in numbers]


def counted(library: Library, number: int) -> tuple[int, int, int]:
    """Outlets, linked and alike of a story, as its coverage tells them."""
    story = library.index.connection.execute("SELECT id FROM stories WHERE article = ?", (number,)).fetchone()[0]
    coverage = library.index.coverage(story)
    assert coverage is not None
    return coverage.outlets, len(coverage.linked), len(coverage.alike)


@given(st.lists(st.lists(_changes, min_size=1, max_size=25), min_size=2, max_size=5))
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


@pytest.mark.parametrize(
    ("seed", "days"), [(0, 75), *(pytest.param(seed, 200, marks=pytest.mark.long) for seed in range(3))]
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
    """Bounds so low that any library has crowds: of articles with a word, and of articles bound to each other."""
    for module in (bonds, clues):
        monkeypatch.setattr(module, "ANCHORS", 2)
    monkeypatch.setattr(units, "MOST", 4)


@pytest.mark.usefixtures("crowds")
@pytest.mark.parametrize("seed", [11, *(pytest.param(seed, marks=pytest.mark.long) for seed in (12, 13))])
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


class _InterruptedError(Exception):
    pass


@pytest.mark.parametrize("every", [4, pytest.param(1, marks=pytest.mark.long)])
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
        if at % 4 == 3:
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
            renew_events(*of)  # type: ignore[arg-type]
            raise _InterruptedError

        patch.setattr("reader.library.sync.resolve.renew_events", renew_and_stop)
        yield lambda _: None
