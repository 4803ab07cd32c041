"""A library of other tools' files: what is passed over and told, what is remembered, and which folders are news."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.library.index.rows import FormatCount, Problem
from reader.library.library import Library
from reader.stories.limits import Limits

FILES = {
    "_config.yml": "title: Site\n",
    "_posts/2020-01-02-a.md": "---\ntitle: A\n---\n",
    "_posts/2020-01-03-b.md": "---\ntitle: B\n---\n",
    "_drafts/c.md": "---\ntitle: C\n---\n",
    "clip.md": "---\nsource: https://a.test/b\npublished: 2020-01-01\n---\n",
    "own.md": "---\ntitle: Own\npublishedDateTime: 2020-01-01T00:00:00Z\n---\n",
    "broken.md": "+++\na\n+++\n",
    "README.md": "# No story\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    news = tmp_path / "news"
    for name, text in FILES.items():
        (news / name).parent.mkdir(parents=True, exist_ok=True)
        (news / name).write_text(text)
    return news


def opened(folder: Path, *news_folders: str) -> Library:
    limits = Limits(news_folders=news_folders)
    return Library(folder, folder.parent / "cache", in_process=True, limits=limits)


def titles(library: Library) -> list[str]:
    index = library.index
    return sorted(row.title for row in index.rows(list(index.ids())).values())


def test_what_is_passed_over_is_told_and_is_no_error(folder: Path) -> None:
    with opened(folder) as library:
        library.sync()
        assert titles(library) == ["A", "B", "Own", "clip"]
        problems = {
            problem.path: problem for problem in library.index.problems() if problem.unread or problem.passed_over
        }
        assert problems == {
            "_config.yml": Problem(
                "_config.yml", 0, "the configuration or the data of a site", False, passed_over=True
            ),
            "_drafts/c.md": Problem("_drafts/c.md", 0, "a draft", False, passed_over=True),
            "broken.md": Problem("broken.md", 2, "not TOML: Expected '=' after a key in a key/value pair", unread=True),
        }
        assert [problem.path for problem in library.index.problems(unread_only=True)] == ["broken.md"]
        assert library.index.counts().unread == 1
        assert library.index.other_files() == 1
        assert library.index.formats() == [FormatCount("Jekyll", 2), FormatCount("Obsidian Web Clipper", 1)]


def test_no_file_is_read_again(folder: Path) -> None:
    with opened(folder) as library:
        assert library.sync().read == len(FILES)
        assert library.sync().read == 0
        (folder / "_drafts" / "c.md").rename(folder / "_posts" / "2020-01-04-c.md")
        assert library.sync().read == 1
        assert "C" in titles(library)
        (folder / "clip.md").write_text("# No clipping any more\n")
        library.sync()
        assert library.index.formats() == [FormatCount("Jekyll", 3)]


def test_folders_that_are_news_are_read_alone(folder: Path) -> None:
    for name in ("feeds/a/f.md", "saved/a/s.md", "_posts/in/2020-01-05-d.md"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"---\ntitle: {Path(name).stem}\n---\n")
    every = ["2020-01-05-d", "A", "B", "Own", "clip", "f", "s"]
    with opened(folder) as library:
        library.sync()
        assert titles(library) == every
    with opened(folder, "_posts", "_posts/in") as library:
        library.sync(glance=True)
        assert titles(library) == ["2020-01-05-d", "A", "B", "f", "s"]
    with opened(folder, "none", "_posts/in") as library:
        library.sync()
        assert titles(library) == ["2020-01-05-d", "f", "s"]
    with opened(folder, "none") as library:
        library.sync()
        assert titles(library) == every


def test_a_glance_sees_a_folder_that_is_new_among_those_that_are_news(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.library.folder.memory.LARGE", 1)
    monkeypatch.setattr("reader.library.folder.memory.CLOCK_NS", 0)
    with opened(folder, "_posts") as library:
        library.sync()
        assert titles(library) == ["A", "B"]
        (folder / "feeds").mkdir()
        (folder / "feeds" / "f.md").write_text("---\ntitle: F\n---\n")
        library.sync(glance=True)
        assert titles(library) == ["A", "B", "F"]


def test_a_folder_that_is_news_and_leaves_the_library_is_told(folder: Path) -> None:
    (folder.parent / "else").mkdir()
    (folder.parent / "else" / "a.md").write_text("---\ntitle: Else\n---\n")
    (folder / "out").symlink_to(folder.parent / "else")
    with opened(folder, "out", "_posts") as library:
        library.sync()
        assert titles(library) == ["A", "B"]
        assert "out" in {problem.path for problem in library.index.problems(unread_only=True)}


def test_the_child_reads_the_same_folders(folder: Path) -> None:
    limits = Limits(news_folders=("_posts",))
    with Library(folder, folder.parent / "cache", limits=limits) as library:
        library.sync()
        assert titles(library) == ["A", "B"]


def test_a_page_that_expires_is_listed_until_then(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "e.md").write_text("+++\ntitle = 'E'\nexpiryDate = 2200-01-01\n+++\n")
    with opened(folder) as library:
        library.sync()
        assert library.sync().read == 0
        assert "E" in titles(library)
        later = int(datetime(2200, 1, 2, tzinfo=UTC).timestamp())
        monkeypatch.setattr(time, "time_ns", lambda: later * 10**9)
        monkeypatch.setattr(time, "time", lambda: float(later))
        assert library.sync().read == 1
        assert "E" not in titles(library)
        assert library.sync().read == 0


def test_a_library_that_is_named_from_where_one_is_is_read_alike(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    with Library(Path(), folder.parent / "cache", in_process=True) as library:
        library.sync()
        assert library.index.formats() == [FormatCount("Jekyll", 2), FormatCount("Obsidian Web Clipper", 1)]
    (folder / "in" / "_posts").mkdir(parents=True)
    (folder / "in" / "_posts" / "2020-01-06-g.md").write_text("---\ntitle: G\n---\n")
    monkeypatch.chdir(folder / "in")
    with Library(Path(), folder.parent / "cache", in_process=True) as library:
        library.sync()
        (story,) = library.index.ids()
        assert library.read(story).topics == ("in",)
        assert [count.name for count in library.index.topics()] == ["in"]
