"""The folder is watched: one word for each burst of changes, and none for what is no concern of the library."""

from __future__ import annotations

import queue
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from reader.base.errors import LibraryError
from reader.library.folder.watch import CAN_WATCH_APART, watch

pytestmark = pytest.mark.versions

linux_only = pytest.mark.skipif(not CAN_WATCH_APART, reason="watched by the system itself")

SOON = 5.0
PATIENCE = 60.0
NEVER = 0.7


class Watched:
    """A folder under watch in a thread."""

    def __init__(self, root: Path, *, apart: bool = False) -> None:
        self.root = root
        self.apart = apart
        self.stop, self.doubt = threading.Event(), threading.Event()
        self._told: queue.Queue[None] = queue.Queue()
        self.thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        for _ in watch(self.root, self.stop, self.doubt, apart=self.apart):
            self._told.put(None)

    def is_told(self, within: float) -> bool:
        """Whether a change is told within so many seconds."""
        with suppress(queue.Empty):
            self._told.get(timeout=within)
            return True
        return False

    def count(self, quiet: float) -> int:
        """How many changes are told until it is quiet for so many seconds."""
        number = 0
        while self.is_told(quiet):
            number += 1
        return number

    def begin(self) -> None:
        """Start, and wait until changes are seen."""
        self.thread.start()
        assert self.is_told(PATIENCE), "the watch does not begin"


@pytest.fixture(params=[False, pytest.param(True, marks=linux_only)], ids=["here", "apart"])
def watched(request: pytest.FixtureRequest) -> Iterator[Callable[[Path], Watched]]:
    """Watch a folder, until the end of the test."""
    begun: list[Watched] = []

    def begin(root: Path) -> Watched:
        begun.append(Watched(root, apart=request.param))
        begun[-1].begin()
        return begun[-1]

    yield begin
    for one in begun:
        one.stop.set()
    for one in begun:
        one.thread.join(SOON)


def test_added_changed_and_removed(tmp_path: Path, watched: Callable[[Path], Watched]) -> None:
    here = watched(tmp_path)
    file = tmp_path / "in" / "a.md"
    file.parent.mkdir()
    file.write_text("a", encoding="utf-8")
    assert here.is_told(SOON)
    here.count(NEVER)
    file.write_text("b", encoding="utf-8")
    assert here.is_told(SOON)
    here.count(NEVER)
    file.rename(tmp_path / "b.md")
    assert here.is_told(SOON)
    here.count(NEVER)
    (tmp_path / "b.md").unlink()
    assert here.is_told(SOON)


def test_nothing_is_told_while_nothing_changes(tmp_path: Path, watched: Callable[[Path], Watched]) -> None:
    assert not watched(tmp_path).is_told(NEVER)


def test_a_single_file_is_watched_as_well(tmp_path: Path, watched: Callable[[Path], Watched]) -> None:
    file = tmp_path / "a.md"
    file.write_text("a", encoding="utf-8")
    here = watched(file)
    file.write_text("b", encoding="utf-8")
    assert here.is_told(SOON)


@pytest.mark.long
def test_a_burst_is_told_at_most_three_times(tmp_path: Path, watched: Callable[[Path], Watched]) -> None:
    here = watched(tmp_path)
    for number in range(300):
        (tmp_path / f"{number}.md").write_text("a", encoding="utf-8")
    assert here.is_told(SOON)
    assert here.count(NEVER) <= 2


@pytest.mark.long
def test_what_is_hidden_or_skipped_is_no_change(tmp_path: Path, watched: Callable[[Path], Watched]) -> None:
    folders = [
        tmp_path / name for name in (".git", "node_modules", "in/.hidden", "in/node_modules/deep", "__pycache__")
    ]
    for folder in folders:
        folder.mkdir(parents=True)
    here = watched(tmp_path)
    for folder in folders:
        (folder / "a.md").write_text("a", encoding="utf-8")
        shutil.copy(folder / "a.md", folder / "b.md")
        (folder / "a.md").unlink()
    (tmp_path / ".a.md.swp").write_text("a", encoding="utf-8")
    assert not here.is_told(NEVER)
    (tmp_path / "a.md").write_text("a", encoding="utf-8")
    assert here.is_told(SOON)


def test_a_library_below_a_hidden_folder_is_watched(tmp_path: Path, watched: Callable[[Path], Watched]) -> None:
    root = tmp_path / ".local" / "node_modules" / "stories"
    root.mkdir(parents=True)
    here = watched(root)
    (root / "a.md").write_text("a", encoding="utf-8")
    assert here.is_told(SOON)


def test_a_watch_that_is_doubted_begins_anew(tmp_path: Path, watched: Callable[[Path], Watched]) -> None:
    here = watched(tmp_path)
    here.doubt.set()
    assert here.is_told(SOON)
    here.count(NEVER)
    (tmp_path / "a.md").write_text("a", encoding="utf-8")
    assert here.is_told(SOON)


def test_stop_ends_the_watching_at_once(tmp_path: Path, watched: Callable[[Path], Watched]) -> None:
    here = watched(tmp_path)
    started = time.monotonic()
    here.stop.set()
    here.thread.join(2)
    assert not here.thread.is_alive()
    assert time.monotonic() - started < 2


@linux_only
@pytest.mark.parametrize(
    ("says", "told"), [("", "what watched it has ended"), ("echo changed; echo '! no room for watches'", "no room for")]
)
def test_a_child_that_cannot_watch_says_why(
    says: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = tmp_path / "child"
    child.write_text(f"#!/bin/sh\n{says}\n", encoding="utf-8")
    child.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(child))
    with pytest.raises(LibraryError, match=told):
        list(watch(tmp_path, threading.Event(), apart=True))
