"""Two copies ask the same feeds again and again, and are killed at any moment: each entry is one whole file."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

import copies
from feed_files import item, rss
from reader.stories.files import read_story

from .conftest import FeedServer, Library

FEEDS, ENTRIES = 20, 12


def start(folder: Path) -> copies.Popen[bytes]:
    command = [sys.executable, "-m", "reader", "fetch", str(folder)]
    return copies.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)


@pytest.mark.parametrize("kills", [1, pytest.param(50, marks=[pytest.mark.long, pytest.mark.timeout(900)])])
def test_copies_that_are_killed_lose_nothing_and_write_nothing_twice(
    library: Library, server: FeedServer, kills: int
) -> None:
    """Feeds overlap: every third entry is in two of them. Each has more at each round."""
    choose = random.Random(7)

    def sent(feed: int, entries: int) -> bytes:
        shared = (feed + 1) % FEEDS
        own = [item(1_000 * feed + number, title=f"News {feed} {number}") for number in range(entries)]
        others = [item(1_000 * shared + number, title=f"News {shared} {number}") for number in range(0, entries, 3)]
        return rss(*own, *others, title=f"Feed {feed}")

    for feed in range(FEEDS):
        library.subscribe(server.serve(f"/{feed}", sent(feed, 1)))
    for round_ in range(kills):
        for feed in range(FEEDS):
            server.feeds[f"/{feed}"] = sent(feed, 1 + (ENTRIES - 1) * (round_ + 1) // kills)
        both = [start(library.folder), start(library.folder)]
        time.sleep(choose.uniform(0.3, 2.5) if kills > 2 else 0.6)
        for copy in both:
            os.killpg(copy.pid, signal.SIGKILL)
            copy.communicate()
    last = start(library.folder)
    _, told = last.communicate(timeout=100)
    assert last.returncode == 0, told.decode()
    files = [path for path in (library.folder / "feeds").rglob("*") if path.is_file() and not path.name.startswith(".")]
    stories = [read_story(file) for file in files]
    titles = Counter(story.title for story in stories if story is not None)
    assert titles == {f"News {feed} {number}": 1 for feed in range(FEEDS) for number in range(ENTRIES)}
    assert all(story is not None and story.flaws == () for story in stories)
