"""The parts of the main screen on a host that is no screen."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from textual.scroll_view import ScrollView

from fake_host import FakeHost
from reader.library.index.storage.store import index_path
from reader.library.library import Library
from reader.library.marks.many.scribe import Scribe
from reader.library.marks.marks import MarkKind, Marks
from reader.settings.config import Config
from reader.ui.parts.assembly import Foundation, Parts
from reader.ui.parts.story.current import REST
from reader.ui.widgets.query.query_bar import QueryBar
from ui.conftest import CLOCK

if TYPE_CHECKING:
    from conftest import WriteStory

COMET = [f"https://comet{number}.example/a" for number in (1, 2)]
"""The keys of the two stories of one event."""

OTHER = "https://other.example/a"


@dataclass
class Bench:
    """The parts, all there, and what they stand on."""

    host: FakeHost
    parts: Parts
    library: Library
    marks: Path

    def id_of(self, key: str) -> int:
        """The story of a key."""
        story = self.library.index.story_named(key)
        assert story is not None
        return story

    async def list_stories(self) -> None:
        """List all stories, and rest on the first."""
        self.parts.listed.list_anew()
        await self.host.settle()
        await self.host.go_off(REST)


class MakeBench:
    """Makes benches on one library of three stories; the newest is on no event."""

    def __init__(self, library: Library, marks: Path) -> None:
        self._foundation = Foundation(
            library=library,
            folder_name="~/news",
            config=Config(mark_read="never"),
            now=lambda: CLOCK,
            zone=UTC,
            marks=marks,
            views=marks.with_name("views.json"),
        )
        self.made: list[Bench] = []

    def __call__(self, config: Config | None = None, **start: Any) -> Bench:
        """Make one, with other settings or another start."""
        begin = (
            self._foundation._replace(**start) if config is None else self._foundation._replace(config=config, **start)
        )
        host = FakeHost()
        assert begin.marks is not None
        self.made.append(Bench(host, Parts(host, begin), begin.library, begin.marks))
        return self.made[-1]


@dataclass
class ReadStories:
    """A folder of stories with its index; tests get links to its files, which would be read again as copies.

    Args:
        folder: the stories.
        cache: the folder of the index.
    """

    folder: Path
    cache: Path

    def __post_init__(self) -> None:
        self._changed = self._times()

    def _times(self) -> dict[str, int]:
        return {file.name: file.stat().st_mtime_ns for file in self.folder.iterdir()}

    def hand_out(self, folder: Path, cache: Path) -> None:
        """Put links to the stories into a folder of a test, and a copy of their index beside it."""
        assert self._times() == self._changed, "a test wrote into a file: it is to remove it, and to write another"
        folder.mkdir()
        for file in self.folder.iterdir():
            (folder / file.name).hardlink_to(file)
        index = index_path(cache, folder)
        index.parent.mkdir(parents=True, mode=0o700)
        shutil.copy(index_path(self.cache, self.folder), index)


@pytest.fixture(scope="session")
def read_stories(tmp_path_factory: pytest.TempPathFactory, write_story: WriteStory) -> ReadStories:
    """The stories of a bench, read once for all of them."""
    place = tmp_path_factory.mktemp("bench")
    folder, cache = place / "news", place / "cache"
    comet = [
        {
            "title": f"Comet Atlas strikes harbour {'again ' * number}",
            "excerpt": f"Comet Atlas strikes harbour, say {number} witnesses.",
            "published": f"2024-05-10T1{number}:00:00Z",
            "url": url,
            "provider": f"Comet Post {number}",
            "domain": f"comet{number}.example",
        }
        for number, url in enumerate(COMET, start=1)
    ]
    for number, article in enumerate(comet):
        others = [one for one in comet if one is not article]
        write_story(folder, f"{number}.md", **article, topics=["Sky"], related=others)  # type: ignore[arg-type]
    web = {"title": "Zebra parade elsewhere", "url": "https://web.example/a", "published": "2024-01-01T10:00:00Z"}
    when = "2024-06-20T08:00:00Z"
    write_story(folder, "other.md", title="Other", published=when, url=OTHER, topics=["Sea"], related=[web])
    with Library(folder, cache, in_process=True) as library:
        library.sync()
    return ReadStories(folder, cache)


@pytest.fixture
def make_bench(tmp_path: Path, read_stories: ReadStories, monkeypatch: pytest.MonkeyPatch) -> Iterator[MakeBench]:
    """Parts without an app: nothing is drawn, so nothing is scrolled, and the search line is no more than its text."""

    async def get_ready(_: QueryBar) -> None:
        pass

    monkeypatch.setattr(ScrollView, "scroll_to", lambda *_, **__: None)
    monkeypatch.setattr(QueryBar, "get_ready", get_ready)
    monkeypatch.setattr(QueryBar, "text", "")
    read_stories.hand_out(tmp_path / "news", tmp_path / "cache")
    with Library(tmp_path / "news", tmp_path / "cache", in_process=True) as library:
        library.sync()
        make = MakeBench(library, tmp_path / "data" / "marks.sqlite3")
        yield make
        for bench in make.made:
            bench.parts.close()


@pytest.fixture
def bench(make_bench: MakeBench) -> Bench:
    """The parts as a first start has them."""
    return make_bench()


HALT = ("sh", "-c", 'kill -STOP $$; exec "$@"', "sh")
"""Runs a command once it is told to go on."""


@pytest.fixture
def halted(monkeypatch: pytest.MonkeyPatch) -> list[Scribe]:
    """The scribes, of which the first does not get on."""
    begun_ones: list[Scribe] = []
    begin = Scribe.begin

    def begun(scribe: Scribe, *, is_left: bool = False) -> None:
        with monkeypatch.context() as once:
            if not begun_ones:
                once.setattr(scribe, "_command", [*HALT, *scribe._command])
            begin(scribe, is_left=is_left)
        if not begun_ones:
            os.waitpid(scribe.pid, os.WUNTRACED)
        begun_ones.append(scribe)

    monkeypatch.setattr(Scribe, "begin", begun)
    return begun_ones


async def one_at_work(halted: list[Scribe]) -> None:
    while not halted:
        await asyncio.sleep(0.001)


def read_of(bench: Bench) -> frozenset[str]:
    with Marks(bench.marks, lambda: CLOCK) as marks:
        return marks.keys(MarkKind.READ)
