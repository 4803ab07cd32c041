"""Files and folders that come and go out of reach."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.base.errors import LibraryError
from reader.library.library import Library

if TYPE_CHECKING:
    from conftest import WriteStory
    from library.conftest import Locked, OpenLibrary


@pytest.fixture
def news(open_place: Path, write_story: WriteStory) -> Path:
    """A folder with two stories in folders of their own, and a cache that every user may write beside it."""
    write_story(open_place, "home/news/a/1.md", title="First")
    write_story(open_place, "home/news/b/2.md", title="Second")
    return open_place / "home/news"


@pytest.fixture
def library(open_place: Path, news: Path, open_library: OpenLibrary) -> Library:
    """The library of that folder, read once."""
    opened = open_library(news, cache=open_place / "cache")
    for made in (open_place / "cache").rglob("*"):
        made.chmod(0o777)
    return opened


def titles(library: Library) -> dict[str, int]:
    return {row.title: story for story, row in library.index.rows(library.index.ids()).items()}


def told(library: Library) -> list[tuple[str, str, bool]]:
    return [(problem.path, problem.reason, problem.unread) for problem in library.index.problems()]


def test_an_unreadable_folder_does_not_hide_that_another_lost_a_file(
    news: Path, library: Library, locked: Locked
) -> None:
    (news / "b/2.md").unlink()
    with locked(news / "a"):
        library.sync()
    assert set(titles(library)) == {"First"}
    assert told(library) == [("a", "Permission denied", True)]


def test_folders_whose_names_begin_alike_are_told_apart(
    news: Path, library: Library, write_story: WriteStory, locked: Locked
) -> None:
    write_story(news, "ab/3.md", title="Third")
    library.sync()
    (news / "ab/3.md").unlink()
    with locked(news / "a"):
        library.sync()
    assert set(titles(library)) == {"First", "Second"}


def test_an_unreadable_root_keeps_everything(news: Path, library: Library, locked: Locked) -> None:
    before = titles(library)
    with locked(news):
        library.sync()
    assert titles(library) == before
    assert told(library) == [(".", "Permission denied", True)]


def test_an_unreadable_folder_is_told_once_however_often_it_is_met(
    news: Path, library: Library, locked: Locked
) -> None:
    with locked(news / "a"):
        library.sync()
        assert library.sync().changed is False
    assert len(told(library)) == 1


def test_an_unreadable_folder_that_goes_takes_its_problem_with_it(news: Path, library: Library, locked: Locked) -> None:
    with locked(news / "a"):
        library.sync()
    (news / "a/1.md").unlink()
    (news / "a").rmdir()
    library.sync()
    assert told(library) == []
    assert set(titles(library)) == {"Second"}


def test_an_unreadable_new_file_is_a_problem(
    news: Path, library: Library, write_story: WriteStory, locked: Locked
) -> None:
    file = write_story(news, "c.md", title="Third")
    with locked(file):
        library.sync()
    assert told(library) == [("c.md", "Permission denied", True)]
    assert set(titles(library)) == {"First", "Second"}


def test_a_file_that_may_be_read_again_is_read(
    news: Path, library: Library, write_story: WriteStory, locked: Locked
) -> None:
    file = write_story(news, "c.md", title="Third")
    with locked(file):
        library.sync()
    library.sync()
    assert told(library) == []
    assert set(titles(library)) == {"First", "Second", "Third"}


def test_a_folder_that_may_only_be_listed_keeps_what_it_held(news: Path, library: Library, locked: Locked) -> None:
    before = titles(library)
    with locked(news / "a", 0o444):
        library.sync()
    assert titles(library) == before
    assert told(library) == [("a/1.md", "Permission denied", True)]


def test_a_folder_that_may_be_entered_again_holds_its_stories(news: Path, library: Library, locked: Locked) -> None:
    with locked(news / "a", 0o444):
        library.sync()
    library.sync()
    assert told(library) == []
    assert set(titles(library)) == {"First", "Second"}


def test_a_root_behind_an_unreadable_folder_is_a_library_error(
    open_place: Path, library: Library, locked: Locked
) -> None:
    with locked(open_place / "home"), pytest.raises(LibraryError):
        library.sync()


def test_an_interrupted_sync_is_taken_up_by_the_next(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    for number in range(300):
        related = [{"title": "Other", "url": f"https://example.org/{(number + 1) % 300}"}]
        write_story(
            tmp_path, f"{number:03}.md", url=f"https://example.org/{number}", related=related, body="long " * 1_000
        )

    class StoppedError(Exception):
        pass

    def stop(_: object) -> None:
        raise StoppedError

    library = Library(tmp_path, tmp_path / ".cache", in_process=True)
    with pytest.raises(StoppedError):
        library.sync(stop)
    assert 0 < library.index.counts().stories < 300
    report = library.sync()
    assert report.read == 300, "heads count as long as the rest of the file has not been read"
    assert library.sync().read == 0
    assert library.index.counts().stories == 300
    assert {row.coverage for row in library.index.rows(library.index.ids()).values()} == {2}
    library.close()
