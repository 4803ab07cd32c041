"""The index file: where it lies, and what happens when it is missing, damaged, foreign or cannot be written."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from examples import thinned
from reader.library.index.storage.store import index_path, open_index
from reader.library.library import Library

if TYPE_CHECKING:
    from conftest import WriteStory
    from library.conftest import Locked

pytestmark = pytest.mark.versions


@pytest.fixture
def news(tmp_path: Path, write_story: WriteStory) -> Path:
    """A library with some stories, large enough that its index has many pages."""
    for number in range(40):
        write_story(tmp_path / "news", f"{number}.md", excerpt=f"Word{number} " * 60)
    return tmp_path / "news"


@pytest.fixture
def index_file(news: Path, tmp_path: Path) -> Path:
    """The index file of that library, up to date and closed."""
    library = Library(news, tmp_path / "cache", in_process=True)
    library.sync()
    library.close()
    return library.index_path


def works(news: Path, cache: Path) -> str:
    """Use the library once, look that it has all stories, and give its note."""
    library = Library(news, cache, in_process=True)
    with closing(library):
        library.sync(heal=True)
        assert library.index.counts().stories == len(library.index.ids()) == 40
        return library.note


def set_aside(index_file: Path) -> list[Path]:
    """Files beside the index that are neither SQLite's own nor its lock."""
    own = {index_file.name, *(f"{index_file.name}{tail}" for tail in ("-wal", "-shm", ".lock"))}
    return [file for file in index_file.parent.iterdir() if file.name not in own]


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_every_folder_has_an_index_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    (tmp_path / "link").symlink_to("a")
    one = index_path(tmp_path, tmp_path / "a")
    assert one != index_path(tmp_path, tmp_path / "b")
    assert one == index_path(tmp_path, tmp_path / "link") == index_path(tmp_path, tmp_path / "b" / ".." / "a")
    assert one.is_relative_to(tmp_path)


def test_the_index_is_private(news: Path, index_file: Path, tmp_path: Path) -> None:
    assert mode(index_file) == 0o600
    assert mode(index_file.parent) == 0o700


def test_the_files_beside_an_open_index_are_private(tmp_path: Path) -> None:
    with closing(open_index(tmp_path / "index" / "a.sqlite3").connection):
        assert {mode(file) for file in (tmp_path / "index").iterdir()} == {0o600}


def test_an_index_is_used_again(news: Path, index_file: Path, tmp_path: Path) -> None:
    with closing(Library(news, tmp_path / "cache", in_process=True)) as library:
        assert library.note == ""
        assert library.index.counts().stories == 40
        assert library.sync().read == 0


def test_a_deleted_index_is_made_again(news: Path, index_file: Path, tmp_path: Path) -> None:
    index_file.unlink()
    assert works(news, tmp_path / "cache") == ""


def test_a_file_of_random_bytes_is_set_aside(news: Path, index_file: Path, tmp_path: Path) -> None:
    garbage = random.Random(1).randbytes(20_000)
    index_file.write_bytes(garbage)
    assert "damaged" in works(news, tmp_path / "cache")
    assert [file.read_bytes() for file in set_aside(index_file)] == [garbage]
    assert works(news, tmp_path / "cache") == ""


@pytest.mark.parametrize("size", thinned([50, 99, 512, 4096, 3 * 4096, -4096], every=2))
def test_a_truncated_index_is_built_again(news: Path, index_file: Path, tmp_path: Path, size: int) -> None:
    index_file.write_bytes(index_file.read_bytes()[:size])
    assert "damaged" in works(news, tmp_path / "cache")
    assert works(news, tmp_path / "cache") == ""


def test_an_empty_file_is_an_empty_index(news: Path, index_file: Path, tmp_path: Path) -> None:
    index_file.write_bytes(b"")
    assert works(news, tmp_path / "cache") == ""
    assert set_aside(index_file) == []


def test_an_index_with_nothing_left_but_its_head_is_built_again(news: Path, index_file: Path, tmp_path: Path) -> None:
    data = index_file.read_bytes()
    index_file.write_bytes(data[:4096] + random.Random(1).randbytes(len(data) - 4096))
    assert "damaged" in works(news, tmp_path / "cache")


@pytest.mark.parametrize("every", [16, pytest.param(1, marks=pytest.mark.long)])
def test_an_index_with_one_damaged_page_is_built_again(
    news: Path, index_file: Path, tmp_path: Path, every: int
) -> None:
    good = index_file.read_bytes()
    for page in range(4096, len(good), every * 4096):
        index_file.write_bytes(good[:page] + random.Random(page).randbytes(4096) + good[page + 4096 :])
        for tail in ("-wal", "-shm"):
            index_file.with_name(index_file.name + tail).unlink(missing_ok=True)
        for file in news.iterdir():
            os.utime(file, (page, page))
        works(news, tmp_path / "cache")


def test_the_database_of_another_program_is_set_aside_whole(news: Path, index_file: Path, tmp_path: Path) -> None:
    index_file.unlink()
    with closing(sqlite3.connect(index_file)) as foreign:
        foreign.execute("CREATE TABLE recipes (name TEXT)")
        foreign.execute("INSERT INTO recipes VALUES ('soup')")
        foreign.commit()
    works(news, tmp_path / "cache")
    (kept,) = set_aside(index_file)
    with closing(sqlite3.connect(kept)) as foreign:
        assert foreign.execute("SELECT name FROM recipes").fetchall() == [("soup",)]


def test_the_database_of_another_program_with_a_stamp_is_set_aside(
    news: Path, index_file: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(index_file)) as foreign:
        foreign.execute("PRAGMA application_id = 77")
    works(news, tmp_path / "cache")
    assert len(set_aside(index_file)) == 1


@pytest.mark.parametrize("version", [0, 9999])
def test_an_index_of_another_version_is_built_again_without_a_word(
    news: Path, index_file: Path, tmp_path: Path, version: int
) -> None:
    with closing(sqlite3.connect(index_file)) as other:
        other.execute("DELETE FROM files")
        other.execute(f"PRAGMA user_version = {version}")
        other.commit()
    assert works(news, tmp_path / "cache") == ""


def test_a_file_in_the_place_of_the_cache_leaves_a_library_that_works(news: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("not a folder", encoding="utf-8")
    assert "in memory only" in works(news, tmp_path / "cache")
    assert (tmp_path / "cache").read_text(encoding="utf-8") == "not a folder"


def test_a_folder_in_the_place_of_the_index_leaves_a_library_that_works(
    news: Path, index_file: Path, tmp_path: Path
) -> None:
    index_file.unlink()
    (index_file / "inner").mkdir(parents=True)
    assert "in memory only" in works(news, tmp_path / "cache")
    assert (index_file / "inner").is_dir()


def test_a_cache_that_cannot_be_written_leaves_a_library_that_works(
    open_place: Path, write_story: WriteStory, locked: Locked
) -> None:
    write_story(open_place, "news/a.md")
    (open_place / "cache").mkdir()
    with locked(open_place / "cache", 0o555):
        library = Library(open_place / "news", open_place / "cache", in_process=True)
        try:
            assert str(open_place / "cache") in library.note
            assert not library.index_path.is_relative_to(open_place)
            assert mode(library.index_path) == 0o600
            assert mode(library.index_path.parent) == 0o700
            library.sync()
            assert library.index.counts().stories == 1
            with closing(library.another_index()) as other:
                assert len(other.ids()) == 1
        finally:
            library.close()
    assert list((open_place / "cache").iterdir()) == []


def test_an_index_for_the_session_goes_with_its_process(news: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("not a folder", encoding="utf-8")
    program = (
        "import sys; from pathlib import Path; from reader.library.library import Library; "
        "library = Library(Path(sys.argv[1]), Path(sys.argv[2])); library.sync(); "
        "print(library.index.counts().stories, library.index_path)"
    )
    command = [sys.executable, "-c", program, str(news), str(tmp_path / "cache")]
    stories, place = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert stories == "40"
    assert not Path(place).parent.exists()
