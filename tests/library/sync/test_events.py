"""What the index makes of stories that report one event, and how it keeps up with changes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from examples import thinned_rows
from reader.coverage.groups import LONGEST_SECONDS
from reader.coverage.model import CoverageArticle
from reader.library.library import Library

if TYPE_CHECKING:
    from conftest import WriteStory
    from library.conftest import OpenLibrary


from library.sync.lives import Content, content_anew, events, key, when

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


@pytest.mark.parametrize(
    ("outlets", "each"), [(24, False), *(pytest.param(56, each, marks=pytest.mark.long) for each in (False, True))]
)
def test_a_headline_of_a_hundred_outlets_is_one_event(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary, content: Content, *, outlets: int, each: bool
) -> None:
    def put(number: int, day: int) -> None:
        name = f"site{number:03}"
        write_story(
            tmp_path, f"{name}.md", title="Ferry strikes harbour bridge in fog", published=f"2021-03-{day:02}",
            url=key(name), domain=f"{name}.example",
        )  # fmt: skip

    def moved() -> None:
        (tmp_path / f"site{outlets - 6:03}.md").rename(tmp_path / "site200.md")

    for number in range(outlets):
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
    assert sum(articles for articles, _ in sizes) == outlets
    assert all(lasted <= LONGEST_SECONDS for _, lasted in sizes)


@pytest.mark.parametrize(
    ("one", "other"),
    thinned_rows([
        ("Паром врезался в мост", "Паром врезался в мост в тумане"),
        ("दिल्ली में नया पुल खुला", "दिल्ली में खुला नया पुल"),
        ("微软宣布新的人工智能平台", "微软推出新的人工智能平台"),
        ("ferry\u19b1bridge ferry harbour", "harbour ferry bridge ferry\u19b1bridge"),
        ("\U0001d400\U0001d40c\U0001d403 cuts harbour fees", "AMD harbour fees are cut"),
        ("0u6665 harbour ferry", "ferry harbour 0u6665"),
    ], every=3),
)  # fmt: skip
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
