"""A folder of five stories, and a file of marks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.library.marks.marks import Marks
from ui.parts.marks.comets import CLOCK, write_comet

if TYPE_CHECKING:
    from conftest import WriteStory


@pytest.fixture
def news(tmp_path: Path, write_story: WriteStory) -> Path:
    """Newest first: `NEWEST`; the three of the comet are one event, of which a web article is part as well."""
    folder = tmp_path / "news"
    write_comet(folder, write_story, (1, 2, 3))
    for name, day in (("middle.md", "2024-05-10T22:30:00Z"), ("last.md", "2024-06-20T08:00:00Z")):
        write_story(folder, name, title=f"Story {name}", published=day, url=f"https://x.example/{name}")
    return folder


@pytest.fixture
def marks(tmp_path: Path) -> Iterator[Marks]:
    with Marks(tmp_path / "data" / "marks.sqlite3", lambda: CLOCK) as kept:
        yield kept
