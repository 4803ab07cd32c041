"""What a sync makes of changes in the folder."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.base.errors import LibraryError
from reader.library.index.index import Index
from reader.library.index.rows import Problem
from reader.library.index.storage.store import open_index
from reader.library.library import Library
from reader.library.sync.progress import Progress
from reader.library.sync.sync import sync
from reader.stories.limits import Limits

if TYPE_CHECKING:
    from conftest import WriteStory
    from library.conftest import Locked, OpenLibrary


def titles(library: Library) -> dict[str, int]:
    """The stories by headline."""
    return {row.title: story for story, row in library.index.rows(library.index.ids()).items()}


def test_the_first_sync_reads_every_file(tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary) -> None:
    write_story(tmp_path, "a.md", title="Ferry runs aground")
    write_story(tmp_path, "b/c.txt", title="Ferry is afloat")
    library = open_library(tmp_path)
    assert set(titles(library)) == {"Ferry runs aground", "Ferry is afloat"}


def test_what_is_gone_has_no_topic_any_more(tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary) -> None:
    write_story(tmp_path, "a.md", topics=["AI", "AI ethics", "100 %"])
    write_story(tmp_path, "b.md", topics=["AI ethics", 'The "I"', "AI"])
    write_story(tmp_path, "c.md", topics=["I", "ethics"])
    library = open_library(tmp_path)
    (tmp_path / "a.md").unlink()
    write_story(tmp_path, "c.md", topics=["AI"])
    library.sync()
    told = library.index.connection.execute(
        """SELECT t.name, s.path FROM story_topics x LEFT JOIN topics t ON t.id = x.topic
           LEFT JOIN stories s ON s.id = x.story ORDER BY s.path, t.name"""
    ).fetchall()
    assert told == [("AI", b"b.md"), ("AI ethics", b"b.md"), ('The "I"', b"b.md"), ("AI", b"c.md")]


def test_a_story_that_goes_goes_from_each_of_its_topics(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    topics = ["Sea", 'A "quoted" one', "back\\nslash, and a comma", "]['", "Sea Wall"]
    for name in ("a", "b"):
        write_story(tmp_path / "news", f"{name}.md", url=f"https://{name}.example/1", topics=topics)
    with open_library(tmp_path / "news") as library:
        library.sync()
        for left in (2, 1, 0):
            assert [one.stories for one in library.index.topics()] == [left] * (len(topics) if left else 0)
            count = library.index.connection.execute("SELECT count(*) FROM story_topics").fetchone()
            assert count == (left * len(topics),)
            for file in sorted((tmp_path / "news").iterdir())[:1]:
                file.unlink()
            library.sync()


def test_the_report_and_progress_count_files_and_bytes(tmp_path: Path, write_story: WriteStory) -> None:
    size = sum(write_story(tmp_path / "news", f"{number:03}.md").stat().st_size for number in range(3))
    told: list[Progress] = []
    connection = open_index(tmp_path / "index.sqlite3").connection
    report = sync(connection, tmp_path / "news", told.append)
    assert (report.files, report.read, report.removed, report.bytes, report.changed) == (3, 3, 0, size, True)
    assert told[-1] == Progress(3, 3, size, size)
    assert report.seconds >= 0
    connection.close()


def test_progress_grows_and_ends_with_all_files(tmp_path: Path, write_story: WriteStory) -> None:
    for number in range(450):
        write_story(tmp_path / "news", f"{number}.md")
    told: list[Progress] = []
    connection = open_index(tmp_path / "index.sqlite3").connection
    sync(connection, tmp_path / "news", told.append)
    assert len(told) > 1
    assert told == sorted(told, key=lambda progress: (progress.files, progress.bytes))
    early, *others = told
    assert early.files == early.of_files < 450
    assert {(progress.of_files, progress.of_bytes) for progress in others} == {(450, told[-1].bytes)}
    connection.close()


def test_nothing_is_read_where_nothing_changed(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    write_story(tmp_path, "a.md")
    (tmp_path / "broken.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")
    (tmp_path / "readme.md").write_text("No front matter.\n", encoding="utf-8")
    library = open_library(tmp_path)
    report = library.sync()
    assert (report.files, report.read, report.removed, report.bytes, report.changed) == (3, 0, 0, 0, False)


def test_a_changed_file_is_read_again_under_its_id(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    write_story(tmp_path, "a.md", title="Harbour closed", topics=["Sea"])
    library = open_library(tmp_path)
    before = titles(library)["Harbour closed"]
    write_story(tmp_path, "a.md", title="Harbour open", topics=["Land"])
    report = library.sync()
    assert (report.read, report.changed) == (1, True)
    assert titles(library) == {"Harbour open": before}
    assert [topic.name for topic in library.index.topics()] == ["Land"]


def test_a_new_time_of_change_alone_is_enough(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    file = write_story(tmp_path, "a.md")
    library = open_library(tmp_path)
    os.utime(file, ns=(1, 1))
    assert library.sync().read == 1


def test_a_new_size_alone_is_enough(tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary) -> None:
    file = write_story(tmp_path, "a.md", title="Short")
    status = file.stat()
    library = open_library(tmp_path)
    file.write_text("---\ntitle: Longer than it was\n---\n", encoding="utf-8")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    library.sync()
    assert set(titles(library)) == {"Longer than it was"}


def test_a_deleted_file_is_gone(tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary) -> None:
    write_story(tmp_path, "a.md", topics=["Sea"])
    write_story(tmp_path, "b.md")
    library = open_library(tmp_path)
    (tmp_path / "a.md").unlink()
    report = library.sync()
    assert (report.files, report.read, report.removed, report.changed) == (1, 0, 1, True)
    assert set(titles(library)) == {"b.md"}
    assert library.index.topics() == []


def test_a_file_that_comes_as_another_goes_does_not_take_its_id(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    """Whoever still holds the id of the story that is gone must not take the other for it."""
    write_story(tmp_path, "a.md", title="Stays")
    gone = write_story(tmp_path, "b.md", title="Goes")
    library = open_library(tmp_path)
    before = titles(library)["Goes"]
    gone.unlink()
    write_story(tmp_path, "c.md", title="Comes")
    library.sync()
    assert before not in titles(library).values()
    assert set(titles(library)) == {"Stays", "Comes"}


@pytest.mark.parametrize("new_name", ["b.md", "0.txt", "deep/er/a.md"])
def test_a_renamed_file_keeps_its_id(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary, new_name: str
) -> None:
    file = write_story(tmp_path, "a.md", title="Bridge opens", url="https://example.org/bridge")
    library = open_library(tmp_path)
    before = titles(library)["Bridge opens"]
    (tmp_path / new_name).parent.mkdir(parents=True, exist_ok=True)
    file.rename(tmp_path / new_name)
    report = library.sync()
    assert (report.removed, report.changed) == (0, True)
    assert titles(library) == {"Bridge opens": before}
    assert library.index.path(before) == os.fsencode(new_name)
    assert library.index.story_at(b"a.md") is None


def test_a_renamed_folder_keeps_its_stories_ids(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    for number in range(5):
        write_story(tmp_path / "old", f"{number}.md")
    library = open_library(tmp_path)
    before = titles(library)
    (tmp_path / "old").rename(tmp_path / "new")
    library.sync()
    assert titles(library) == before
    assert library.index.path(before["3.md"]) == b"new/3.md"


def test_a_file_moved_over_another_leaves_one(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    write_story(tmp_path, "a.md", title="Stays")
    write_story(tmp_path, "b.md", title="Goes")
    library = open_library(tmp_path)
    (tmp_path / "a.md").replace(tmp_path / "b.md")
    library.sync()
    assert set(titles(library)) == {"Stays"}
    assert library.index.path(titles(library)["Stays"]) == b"b.md"


def test_files_that_change_names_with_each_other_are_told_apart(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    one = write_story(tmp_path, "a.md", title="One")
    other = write_story(tmp_path, "b.md", title="Two")
    library = open_library(tmp_path)
    one.rename(tmp_path / "c")
    other.rename(tmp_path / "a.md")
    (tmp_path / "c").rename(tmp_path / "b.md")
    library.sync()
    assert {title: library.index.path(story) for title, story in titles(library).items()} == {
        "One": b"b.md",
        "Two": b"a.md",
    }


def test_a_file_replaced_by_a_pipe_is_gone(tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary) -> None:
    file = write_story(tmp_path, "a.md")
    library = open_library(tmp_path)
    file.unlink()
    os.mkfifo(file)
    assert library.sync().removed == 1
    assert library.index.counts().stories == 0


def test_a_file_replaced_by_a_folder_is_gone(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    file = write_story(tmp_path, "a.md", title="File")
    library = open_library(tmp_path)
    file.unlink()
    write_story(file, "inner.md", title="Inner")
    library.sync()
    assert set(titles(library)) == {"Inner"}


def test_a_broken_file_is_a_problem_with_its_line_and_the_others_are_read(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    write_story(tmp_path, "a.md")
    (tmp_path / "b.md").write_text("---\ntitle: fine\nexcerpt: [open\n---\n", encoding="utf-8")
    write_story(tmp_path, "c.md")
    library = open_library(tmp_path)
    problem = library.index.problems()[0]
    assert (problem.path, problem.unread) == ("b.md", True)
    assert problem.line in (3, 4)
    assert problem.reason
    assert library.index.counts().unread == 1
    assert set(titles(library)) == {"a.md", "c.md"}


def test_a_mended_file_is_no_problem_any_more(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    (tmp_path / "a.md").write_text("---\nnever closed", encoding="utf-8")
    library = open_library(tmp_path)
    assert library.index.counts().unread == 1
    write_story(tmp_path, "a.md")
    library.sync()
    assert (library.index.problems(), library.index.counts().stories) == ([], 1)


def test_a_story_that_breaks_is_a_problem_and_no_story(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    write_story(tmp_path, "a.md")
    library = open_library(tmp_path)
    (tmp_path / "a.md").write_text("---\nnever closed", encoding="utf-8")
    library.sync()
    assert library.index.counts().stories == 0
    assert [problem.path for problem in library.index.problems()] == ["a.md"]
    (tmp_path / "a.md").unlink()
    library.sync()
    assert library.index.problems() == []


def test_problems_follow_a_renamed_file(tmp_path: Path, open_library: OpenLibrary) -> None:
    (tmp_path / "a.md").write_text("---\nnever closed", encoding="utf-8")
    library = open_library(tmp_path)
    (tmp_path / "a.md").rename(tmp_path / "b.md")
    library.sync()
    assert [problem.path for problem in library.index.problems()] == ["b.md"]


def test_flaws_are_problems_of_files_that_were_read(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    write_story(tmp_path, "a.md", title="Odd day", published="the day before yesterday")
    library = open_library(tmp_path)
    (problem,) = library.index.problems()
    assert (problem.path, problem.unread) == ("a.md", False)
    assert problem.line == 3
    assert "the day before yesterday" in problem.reason
    assert library.index.counts().unread == 0
    assert library.index.problems(unread_only=True) == []
    assert set(titles(library)) == {"Odd day"}


def test_a_file_without_front_matter_is_neither_story_nor_problem(tmp_path: Path, open_library: OpenLibrary) -> None:
    (tmp_path / "README.md").write_text("# About these stories\n", encoding="utf-8")
    library = open_library(tmp_path)
    assert (library.index.counts().stories, library.index.problems()) == (0, [])


def test_a_file_past_the_limit_is_a_problem(tmp_path: Path, write_story: WriteStory) -> None:
    write_story(tmp_path / "news", "a.md", body="x" * 3000)
    opened = open_index(tmp_path / "index.sqlite3")
    sync(opened.connection, tmp_path / "news", limits=Limits(file_bytes=1000))
    (problem,) = Index(opened.connection).problems()
    assert problem.path == "a.md"
    assert "limit" in problem.reason
    opened.connection.close()


def test_a_library_may_be_one_file(tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary) -> None:
    write_story(tmp_path, "b.md")
    library = open_library(write_story(tmp_path, "a.story", title="Alone"))
    story = titles(library)["Alone"]
    assert library.read(story).title == "Alone"
    write_story(tmp_path, "a.story", title="Alone and changed")
    library.sync()
    assert titles(library) == {"Alone and changed": story}


def test_a_missing_root_is_an_error_and_costs_nothing(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    write_story(tmp_path / "news", "a.md")
    library = open_library(tmp_path / "news")
    (tmp_path / "news").rename(tmp_path / "unmounted")
    with pytest.raises(LibraryError, match="no such folder"):
        library.sync()
    assert set(titles(library)) == {"a.md"}
    (tmp_path / "unmounted").rename(tmp_path / "news")
    assert library.sync().changed is False


def test_an_empty_folder_is_an_empty_library(tmp_path: Path, open_library: OpenLibrary) -> None:
    library = open_library(tmp_path)
    assert (list(library.index.ids()), library.index.topics(), library.index.problems()) == ([], [], [])
    assert library.sync().changed is False


def test_an_emptied_folder_becomes_an_empty_library(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    write_story(tmp_path / "in", "a.md", related=[{"title": "Elsewhere", "url": "https://example.org/1"}])
    library = open_library(tmp_path)
    shutil.rmtree(tmp_path / "in")
    library.sync()
    counts = library.index.counts()
    assert (counts.stories, counts.articles) == (0, 0)


def test_an_unreadable_folder_is_told_and_keeps_what_it_held(
    open_place: Path, write_story: WriteStory, open_library: OpenLibrary, locked: Locked
) -> None:
    write_story(open_place, "in/a.md")
    write_story(open_place, "in/deep/b.md")
    write_story(open_place, "inside.md")
    library = open_library(open_place, cache=open_place / ".cache")
    before = titles(library)
    for made in (open_place / ".cache").rglob("*"):
        made.chmod(0o777)
    with locked(open_place / "in"):
        report = library.sync()
    assert (report.removed, report.changed) == (0, True)
    assert titles(library) == before
    assert library.index.problems() == [Problem("in", 0, "Permission denied", unread=True)]
    library.sync()
    assert titles(library) == before
    assert library.index.problems() == []


def test_another_limit_of_size_has_the_files_read_again_for_which_it_matters(
    tmp_path: Path, write_story: WriteStory
) -> None:
    news, kilobyte = tmp_path / "news", 1_000
    for name, size in (("small.md", 1), ("middle.md", 10), ("large.md", 30)):
        write_story(news, name, title=name, body="x" * size * kilobyte)
    told: list[tuple[int, list[str], int]] = []
    for most, glance in ((20, False), (5, True), (40, False), (40, False)):
        limits = Limits(file_bytes=most * kilobyte)
        with Library(news, tmp_path / "cache", in_process=len(told) < 2, limits=limits) as library:
            report = library.sync(glance=glance)
            stories = library.index.rows(library.index.ids())
            told.append((report.read, sorted(row.title for row in stories.values()), len(library.index.problems())))
            if "large.md" in told[-1][1]:
                large = next(story for story, row in stories.items() if row.title == "large.md")
                assert len(library.read(large).body) == 30 * kilobyte
    assert told == [
        (3, ["middle.md", "small.md"], 1),
        (2, ["small.md"], 2),
        (2, ["large.md", "middle.md", "small.md"], 0),
        (0, ["large.md", "middle.md", "small.md"], 0),
    ]
