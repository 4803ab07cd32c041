"""A sync that is killed at any moment loses nothing: the next one completes the index."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path

import pytest

import copies
from examples import thinned
from reader.base.errors import LibraryError
from reader.library.index.index import Index
from reader.library.index.storage import schema
from reader.library.library import Library
from reader.library.sync import reading
from reader.library.sync.bonds import binding, comparing, finder
from reader.library.sync.sync import sync

FILES = 450
LONGEST = 60.0

Content = Callable[[Index], dict[str, object]]


def make_story(number: int, chance: random.Random, generation: int) -> str:
    """A small story that names some others, and some articles that are on the web only."""
    lines = [
        f"title: Alpha {number} {generation}",
        f"excerpt: About {chance.choice(['a', 'b', 'c'])}.",
        f"publishedDateTime: 2020-01-{1 + number % 28:02}T10:00:00Z",
        f"webUrl: https://site{number % 7}.example/{number}",
        f"topics: [{chance.choice(['red', 'blue', 'green'])}]",
        f"quality: {chance.randrange(100)}",
        "related:",
    ]
    for _ in range(chance.randrange(1, 6)):
        other = chance.randrange(FILES + 60)
        lines.append(
            f"  - title: Beta {other}\n    webUrl: https://site{other % 7}.example/{other}\n    quality: {other}"
        )
    if chance.random() < 0.3:
        lines.append('secured: "QUJD"')
    return "---\n" + "\n".join(lines) + f"\n---\nA body of {number}.\n"


def write_library(root: Path, chance: random.Random, generation: int, numbers: range) -> None:
    for number in numbers:
        (root / f"{number:04}.md").write_text(make_story(number, chance, generation), encoding="utf-8")


def child(index: Path, root: Path) -> copies.Popen[bytes]:
    command = [sys.executable, "-P", "-m", "reader.library.sync.child", str(index), str(root)]
    return copies.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def told(index: Path, root: Path) -> bytes:
    """Let a child read the folder to the end; gives its last line."""
    with child(index, root) as process:
        output, _ = process.communicate(timeout=LONGEST)
    assert process.returncode == 0
    return output.splitlines()[-1]


def content_of(index: Path, content: Content) -> dict[str, object]:
    with closing(schema.connect(index)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        for table in ("story_words", "story_beginnings", "entry_words"):
            connection.execute(f"INSERT INTO {table}({table}) VALUES ('integrity-check')")
        return content(Index(connection))


def content_made_anew(place: Path, root: Path, content: Content) -> dict[str, object]:
    index = place / "anew.db"
    with closing(schema.connect(index)) as connection:
        sync(connection, root)
    return content_of(index, content)


@pytest.mark.timeout(110)
@pytest.mark.parametrize(
    ("seed", "kills", "files"),
    [(0, 2, FILES // 5), *(pytest.param(seed, 6, FILES, marks=pytest.mark.long) for seed in range(3))],
)
def test_killed_again_and_again(tmp_path: Path, content: Content, *, seed: int, kills: int, files: int) -> None:
    chance = random.Random(seed)
    root, index = tmp_path / "stories", tmp_path / "index.db"
    root.mkdir()
    write_library(root, chance, 0, range(files))
    for kill in range(kills):
        with child(index, root) as process:
            if kill % 2:  # in the midst of the work, however slow the start is
                assert process.stdout is not None
                process.stdout.readline()
            time.sleep(chance.uniform(0, 0.4))
            process.send_signal(signal.SIGKILL)
            process.communicate(timeout=LONGEST)  # what it says ends when no worker of it is left
        # The folder goes on changing meanwhile.
        write_library(root, chance, kill + 1, range(kill, files, 40))
        (root / f"{chance.randrange(files):04}.md").unlink(missing_ok=True)
    assert b'"report"' in told(index, root)
    assert content_of(index, content) == content_made_anew(tmp_path, root, content)
    again = told(index, root)
    assert b'"report"' in again
    assert content_of(index, content)["counts"]


@pytest.mark.parametrize("work", thinned(["_compare", "_find", "_read_heads"], every=3))
def test_a_worker_that_ends_is_told_and_what_it_did_is_done_again(
    tmp_path: Path, content: Content, monkeypatch: pytest.MonkeyPatch, work: str
) -> None:
    root, chance = tmp_path / "stories", random.Random(1)
    root.mkdir()
    write_library(root, chance, 0, range(FILES // 5))
    monkeypatch.setattr(reading, "MANY", 10)
    where = {"_read_heads": reading, "_find": finder, "_compare": comparing}[work]
    for module in (reading, comparing, finder):
        monkeypatch.setattr(module, "way_to_start", lambda: get_context("fork"))  # workers are copies of what is here
    monkeypatch.setattr(binding, "MANY", 10)
    with closing(Library(root, tmp_path / "cache", in_process=True)) as library:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(where, work, end)
            with pytest.raises(LibraryError, match="was ended"):
                library.sync(workers=1)
        library.sync(workers=1)
        assert content(library.index) == content_made_anew(tmp_path, root, content)


def end(*_: object) -> None:
    os._exit(1)
