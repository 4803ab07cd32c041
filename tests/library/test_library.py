"""A library as the screen and the command line use it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.base.errors import LibraryError, ReaderError, StoryNotFoundError
from reader.base.paths import sample_folder
from reader.library.index.index import Index
from reader.library.library import Library
from reader.library.sync.progress import Progress
from reader.stories.errors import StoryError

if TYPE_CHECKING:
    from conftest import WriteStory
    from library.conftest import Locked, OpenLibrary


@pytest.fixture
def news(tmp_path: Path, write_story: WriteStory) -> Path:
    """Two stories in a folder, one of them deeper."""
    write_story(tmp_path / "news", "a.md", title="Top", url="https://www.top.example/a")
    write_story(tmp_path / "news", "in/b.md", title="Deep", url="https://deep.example/b?id=1")
    return tmp_path / "news"


def title(library: Library, name: str) -> str:
    return library.read(library.find(name)).title


def test_a_story_is_found_by_its_absolute_path(news: Path, open_library: OpenLibrary) -> None:
    library = open_library(news)
    assert title(library, str(news / "a.md")) == "Top"
    assert title(library, str(news / "in" / ".." / "in" / "b.md")) == "Deep"


def test_a_story_is_found_by_its_path_from_here_and_from_the_library(
    news: Path, open_library: OpenLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = open_library(news)
    assert title(library, "in/b.md") == "Deep"
    monkeypatch.chdir(news / "in")
    assert title(library, "b.md") == "Deep"
    assert title(library, "../a.md") == "Top"
    assert title(library, "a.md") == "Top"


def test_a_story_is_found_where_the_library_was_opened_by_a_relative_path_or_link(
    news: Path, open_library: OpenLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    (news.parent / "link").symlink_to("news")
    monkeypatch.chdir(news.parent)
    assert title(open_library(Path("news")), "news/a.md") == "Top"
    assert title(open_library(Path("link")), "link/in/b.md") == "Deep"
    assert title(open_library(Path("link")), str(news / "in/b.md")) == "Deep"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.top.example/a", "Top"),
        ("http://top.example/a/", "Top"),
        ("https://top.example/a/amp/", "Top"),
        ("https://top-example.cdn.ampproject.org/c/s/www.top.example/a?utm_source=x", "Top"),
        ("https://deep.example/b?id=1#part", "Deep"),
    ],
)
def test_a_story_is_found_by_its_address(news: Path, open_library: OpenLibrary, url: str, expected: str) -> None:
    assert title(open_library(news), url) == expected


@pytest.mark.parametrize(
    "name",
    [
        "c.md",
        "/",
        "",
        ".",
        "..",
        "in",
        "https://deep.example/b",
        "https://gone.example/",
        "a.md/",
        "~",
        "x" * 5000,
        "é\n",
    ],
)
def test_an_unknown_name_is_an_error_that_tells_it(news: Path, open_library: OpenLibrary, name: str) -> None:
    library = open_library(news)
    if name == "a.md/":
        assert title(library, name) == "Top"
        return
    with pytest.raises(StoryNotFoundError, match="no story"):
        library.find(name)


def test_a_linked_file_is_found_by_its_name(news: Path, open_library: OpenLibrary) -> None:
    (news / "linked").mkdir()
    (news / "linked/c.dat").write_bytes((news / "a.md").read_bytes())
    (news / "linked/c.md").symlink_to("c.dat")
    assert title(open_library(news), "linked/c.md") == "Top"


@pytest.mark.parametrize("name", ["https://\udcff.example/", "a\0.md"])
def test_a_name_that_no_file_can_have_is_an_unknown_name(news: Path, open_library: OpenLibrary, name: str) -> None:
    with pytest.raises(StoryNotFoundError):
        open_library(news).find(name)


def test_the_file_that_is_the_library_is_found_by_its_name(
    news: Path, open_library: OpenLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = open_library(news / "a.md")
    assert title(library, str(news / "a.md")) == "Top"
    monkeypatch.chdir(news)
    assert title(library, "a.md") == "Top"
    with pytest.raises(StoryNotFoundError):
        library.find("in/b.md")


def test_a_story_that_is_gone_cannot_be_read(news: Path, open_library: OpenLibrary) -> None:
    library = open_library(news)
    story = library.find("a.md")
    (news / "a.md").write_text("no front matter any more", encoding="utf-8")
    with pytest.raises(StoryNotFoundError):
        library.read(story)
    (news / "a.md").unlink()
    with pytest.raises(StoryError):
        library.read(story)
    library.sync()
    with pytest.raises(StoryNotFoundError, match="gone"):
        library.read(story)


def test_a_file_that_became_a_pipe_is_an_error_and_no_wait(news: Path, open_library: OpenLibrary) -> None:
    library = open_library(news)
    story = library.find("a.md")
    (news / "a.md").unlink()
    os.mkfifo(news / "a.md")
    with pytest.raises(StoryError, match="not a regular file"):
        library.read(story)


def test_another_process_makes_the_same_index_and_tells_its_progress(
    news: Path, write_story: WriteStory, open_library: OpenLibrary, content: Callable[[Index], object]
) -> None:
    for number in range(250):
        related = [{"title": "Other", "url": f"https://web.example/{number % 9}"}]
        write_story(news, f"many/{number}.md", topics=["red"], related=related)
    (news / "broken.md").write_text("---\nnever closed", encoding="utf-8")
    told: list[Progress] = []
    library = Library(news, news.parent / "cache", in_process=False)
    report = library.sync(told.append)
    assert (report.files, report.read, report.changed) == (253, 253, True)
    assert told[-1].files == told[-1].of_files
    assert told[-1].bytes == told[-1].of_bytes
    assert content(library.index) == content(open_library(news).index)
    again = library.sync()
    assert (again.read, again.changed) == (0, False)
    library.close()


def test_another_process_reads_names_that_are_not_utf8(tmp_path: Path, write_story: WriteStory) -> None:
    root = tmp_path / os.fsdecode(b"caf\xe9 \n-x")
    try:
        write_story(root, os.fsdecode(b"\xff.md"))
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    library = Library(root, tmp_path / "cache", in_process=False)
    assert library.sync().read == 1
    library.close()


def test_what_another_process_cannot_do_is_a_library_error(news: Path) -> None:
    library = Library(news, news.parent / "cache", in_process=False)
    news.rename(news.parent / "unmounted")
    with pytest.raises(LibraryError, match="no such folder"):
        library.sync()
    library.close()


def test_an_index_that_another_process_cannot_open_is_a_library_error(news: Path) -> None:
    library = Library(news, news.parent / "cache", in_process=False)
    library.index_path.parent.rename(news.parent / "elsewhere")
    with pytest.raises(LibraryError, match="the index was taken away"):
        library.sync()
    library.close()


def test_a_caller_that_fails_meanwhile_ends_the_other_process(news: Path) -> None:
    library = Library(news, news.parent / "cache", in_process=False)

    def fail(_: Progress) -> None:
        raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        library.sync(fail)
    assert library.sync().files == 2
    library.close()


@pytest.mark.parametrize("module", ["json.py", "yaml.py", "sqlite3.py"])
def test_files_of_the_folder_one_stands_in_are_never_run(
    news: Path, monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    (news / module).write_text("open('run', 'w').close()\nraise SystemExit\n", encoding="utf-8")
    monkeypatch.chdir(news)
    library = Library(Path(), news.parent / "cache", in_process=False)
    try:
        assert library.sync().files == 2
        assert not (news / "run").exists()
    finally:
        library.close()


def test_a_missing_folder_is_a_library_error(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no such folder"):
        Library(tmp_path / "missing", tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_a_link_into_nowhere_or_around_is_a_library_error(tmp_path: Path) -> None:
    (tmp_path / "nowhere").symlink_to("missing")
    (tmp_path / "around").symlink_to("around")
    for name in ("nowhere", "around"):
        with pytest.raises(LibraryError):
            Library(tmp_path / name, tmp_path / "cache")


@pytest.mark.parametrize("mode", [0, 0o444, 0o111])
def test_an_unreadable_folder_is_a_library_error_or_empty(
    open_place: Path, write_story: WriteStory, locked: Locked, mode: int
) -> None:
    write_story(open_place, "news/a.md")
    with locked(open_place / "news", mode):
        try:
            library = Library(open_place / "news", open_place / "cache", in_process=True)
        except LibraryError as error:
            assert "Permission denied" in str(error)  # noqa: PT017 — either outcome is right
        else:
            library.sync()
            assert library.index.counts().unread == 1
            library.close()


def test_a_folder_behind_an_unreadable_one_is_a_library_error(
    open_place: Path, write_story: WriteStory, locked: Locked
) -> None:
    write_story(open_place, "closed/news/a.md")
    with locked(open_place / "closed"), pytest.raises(LibraryError, match="Permission denied"):
        Library(open_place / "closed/news", open_place / "cache")


def test_a_pipe_or_a_device_is_a_library_error(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    for root in (tmp_path / "pipe.md", Path(os.devnull)):
        with pytest.raises(LibraryError, match="not a folder"):
            Library(root, tmp_path / "cache")


def test_no_reading_begins_once_the_program_ends(news: Path, tmp_path: Path) -> None:
    with Library(news, tmp_path / "cache") as library:
        library.cancel_sync()
        with pytest.raises(LibraryError, match="the program ends"):
            library.sync()
        assert library.index.counts().stories == 0


def test_every_error_is_one_of_the_programs() -> None:
    assert issubclass(LibraryError, ReaderError)
    assert issubclass(StoryNotFoundError, ReaderError)


def test_the_sample_is_a_library_without_a_flaw(tmp_path: Path, open_library: OpenLibrary) -> None:
    index = open_library(sample_folder()).index
    assert index.counts().stories == len(list(sample_folder().glob("*.md"))) > 10
    assert index.problems() == []
    assert max(row.outlets for row in index.rows(index.ids()).values()) > 2


def test_the_five_first_real_stories_are_read(shared: Path, open_library: OpenLibrary) -> None:
    index = open_library(shared / "seeds").index
    assert (index.counts().stories, index.counts().unread) == (5, 0)
    assert all(row.coverage for row in index.rows(index.ids()).values())


def test_a_folder_is_opened_without_listing_all_that_is_in_it(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def listed(_: object) -> list[str]:
        raise AssertionError("a million names take a second")

    monkeypatch.setattr(os, "listdir", listed)
    Library(news, news.parent / "cache").close()
