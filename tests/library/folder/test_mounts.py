"""A folder of the library that is a disk of its own, and goes away: nothing in it is taken for removed."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.library.folder.mounts import AWAY, EMPTY, Mount, known_mounts, missing, mounts_in
from reader.library.folder.scan import Folder, scan
from reader.library.library import Library

if TYPE_CHECKING:
    from conftest import WriteStory
    from library.conftest import OpenLibrary


@pytest.fixture
def news(tmp_path: Path, write_story: WriteStory) -> Path:
    """A story, and two in a folder within."""
    folder = tmp_path / "news"
    for name in ("a.md", "disk/b.md", "disk/in/c.md"):
        write_story(folder, name)
    return folder


def was_disk(library: Library, path: bytes, device: int = -1, *, is_link: bool = False) -> None:
    """Let the index believe that a folder was another disk the last time."""
    values = (path, device, is_link)
    library.index.connection.execute("INSERT OR REPLACE INTO mounts VALUES (?, ?, ?)", values)


def told(library: Library) -> list[tuple[str, str]]:
    return [(problem.path, problem.reason) for problem in library.index.problems()]


@pytest.mark.parametrize("leaves", ["nothing", "the folder", "the folders"])
def test_stories_of_a_disk_that_is_away_stay_and_it_is_told(news: Path, open_library: OpenLibrary, leaves: str) -> None:
    library = open_library(news)
    was_disk(library, b"disk")
    was_disk(library, b"disk/in")
    shutil.move(news / "disk", news.parent / "away")
    if leaves != "nothing":
        (news / "disk" / ("in" if leaves == "the folders" else "")).mkdir(parents=True)
    for _ in range(2):
        library.sync()
        assert library.index.counts().stories == 3
        assert told(library) == [("disk", AWAY if leaves == "nothing" else EMPTY)]
        assert [mount.path for mount in known_mounts(library.index.connection)] == [b"disk", b"disk/in"]
    shutil.rmtree(news / "disk", ignore_errors=True)
    shutil.move(news.parent / "away", news / "disk")
    (news / "disk" / "b.md").unlink()
    library.sync()
    assert library.index.counts().stories == 2, "what is found is taken as it is"
    assert told(library) == []
    assert known_mounts(library.index.connection) == []


def test_a_folder_that_is_emptied_where_it_lay_and_a_link_that_is_taken_away_are_gone(
    news: Path, open_library: OpenLibrary
) -> None:
    library = open_library(news)
    was_disk(library, b"disk", news.stat().st_dev)
    was_disk(library, b"disk/in", is_link=True)
    (news / "disk" / "b.md").unlink()
    shutil.rmtree(news / "disk" / "in")
    library.sync()
    assert library.index.counts().stories == 1
    assert told(library) == []


def test_a_link_that_leads_nowhere_for_now_is_a_disk_that_is_away(news: Path, open_library: OpenLibrary) -> None:
    library = open_library(news)
    was_disk(library, b"disk", is_link=True)
    shutil.move(news / "disk", news.parent / "away")
    (news / "disk").symlink_to(news / "nowhere")
    library.sync()
    assert library.index.counts().stories == 3
    assert told(library) == [("disk", AWAY)]


def test_a_link_that_is_not_to_be_followed_any_more_hides_nothing(news: Path, open_library: OpenLibrary) -> None:
    library = open_library(news)
    was_disk(library, b"disk", is_link=True)
    shutil.move(news / "disk", news.parent / "away")
    (news / "disk").symlink_to(news.parent / "away")
    library.sync()
    assert library.index.counts().stories == 1
    assert known_mounts(library.index.connection) == []


def test_disks_are_those_folders_with_files_that_lie_on_another_than_the_one_they_are_in(news: Path) -> None:
    (news / "empty").mkdir()
    folders = list(scan(news))
    assert mounts_in(news, folders) == []
    for folder in folders:
        folder.device = {b"disk/in": 7, b"empty": 8}.get(folder.path, 1 << 63)
    assert mounts_in(news, folders) == [Mount(b"disk/in", 7, False)]
    assert missing(news, [Mount(b"disk/in", 9, False)], folders) == [], "another disk, with files"
    alone = [Folder(b"")]
    assert mounts_in(news, alone) == []
    assert missing(news, [], alone) == []
