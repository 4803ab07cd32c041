"""Several connections and processes at one index."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import copies
from reader.library.index.index import Index
from reader.library.index.storage import schema
from reader.library.index.storage.store import open_index
from reader.library.library import Library
from reader.library.query.query import parse
from reader.library.sync.progress import Progress
from reader.library.sync.sync import sync

if TYPE_CHECKING:
    from conftest import WriteStory
    from library.conftest import OpenLibrary

FILES = 450

SYNC = """
import sys
from pathlib import Path
from reader.library.library import Library
library = Library(Path(sys.argv[1]), Path(sys.argv[2]), in_process=True)
print("ready", flush=True)
sys.stdin.readline()
library.sync()
"""


@pytest.fixture
def news(tmp_path: Path, write_story: WriteStory) -> Path:
    """Files for more than two transactions, linked with each other."""
    for number in range(FILES):
        related = [
            {"title": "Next", "url": f"https://news.example/{(number + 1) % FILES}"},
            {"title": "Web", "url": f"https://web.example/{number % 5}"},
        ]
        write_story(tmp_path / "news", f"{number}.md", url=f"https://news.example/{number}", related=related)
    return tmp_path / "news"


def start(news: Path, cache: Path) -> copies.Popen[str]:
    """A process that has the library open, and syncs it when told to."""
    command = [sys.executable, "-c", SYNC, str(news), str(cache)]
    pipe = subprocess.PIPE
    return copies.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


@pytest.mark.long
def test_what_a_story_is_linked_to_is_of_one_state_while_another_writes(news: Path, open_library: OpenLibrary) -> None:
    library = open_library(news)
    story = library.index.story_at(b"0.md")
    assert story is not None
    before = library.index.coverage(story)
    asked: list[str] = []

    with closing(schema.connect(library.index_path)) as other:

        def look(statement: str) -> None:
            asked.append(statement)
            if sum("SELECT" in one for one in asked) == 2:
                other.execute("DELETE FROM known_stories")

        library.index.connection.set_trace_callback(look)
        assert library.index.coverage(story) == before
        library.index.connection.set_trace_callback(None)
        assert library.index.coverage(story) is None


def test_a_reader_sees_whole_steps_while_another_writes(news: Path, tmp_path: Path) -> None:
    library = Library(news, tmp_path / "cache", in_process=True)
    seen = []

    def look(_: Progress) -> None:
        index = library.index
        ids = index.ids()
        assert len(index.rows(ids)) == len(ids) == index.counts().stories == index.count(parse("md"))
        assert all(index.text(story) for story in ids[::50])
        seen.append(len(ids))

    library.sync(look)
    assert seen == sorted(seen)
    assert 0 < seen[0] < FILES
    assert seen[-1] == FILES
    assert {row.coverage for row in library.index.rows(library.index.ids()).values()} == {3}
    library.close()


@pytest.mark.long
def test_coverage_can_be_asked_for_while_another_writes(news: Path, tmp_path: Path) -> None:
    library = Library(news, tmp_path / "cache", in_process=True)

    def look(_: Progress) -> None:
        for story in library.index.ids()[:5]:
            coverage = library.index.coverage(story)
            assert coverage is not None
            assert coverage.focus.title != "None"

    try:
        library.sync(look)
    finally:
        library.close()


@pytest.mark.long
def test_a_thread_reads_without_error_while_another_process_writes(news: Path, tmp_path: Path) -> None:
    library = Library(news, tmp_path / "cache", in_process=False)
    stop = threading.Event()
    errors: list[BaseException] = []
    looks = 0

    def look() -> None:
        nonlocal looks
        try:
            with closing(library.another_index()) as index:
                while not stop.is_set():
                    ids = index.ids(parse("md"))
                    index.rows(ids[:50])
                    index.topics(parse("coverage:web"))
                    for story in ids[:5]:
                        index.event_stories(story)
                    looks += 1
                    stop.wait(0.01)
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        library.sync()
    finally:
        stop.set()
        thread.join()
    assert errors == []
    assert looks > 0
    assert len(library.index.ids()) == FILES
    library.close()


def test_two_syncs_after_each_other_by_two_connections_see_each_others_work(news: Path, tmp_path: Path) -> None:
    one, other = open_index(tmp_path / "index.sqlite3"), open_index(tmp_path / "index.sqlite3")
    with closing(one.connection), closing(other.connection):
        assert sync(one.connection, news).read == FILES
        assert sync(other.connection, news).changed is False
        (news / "7.md").unlink()
        assert sync(other.connection, news).removed == 1
        assert sync(one.connection, news).changed is False


@pytest.mark.long
def test_a_sync_within_another_ends_with_a_right_index(
    news: Path, tmp_path: Path, open_library: OpenLibrary, content: Callable[[Index], object]
) -> None:
    library = Library(news, tmp_path / "cache", in_process=True)
    started: list[Progress] = []

    def sync_as_well(progress: Progress) -> None:
        if not started:
            started.append(progress)
            library.sync()

    try:
        library.sync(sync_as_well)
        assert content(library.index) == content(open_library(news).index)
    finally:
        library.close()


@pytest.mark.long
def test_a_file_that_two_syncs_find_changed_is_right_in_the_end(
    news: Path, tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary, content: Callable[[Index], object]
) -> None:
    library = Library(news, tmp_path / "cache", in_process=True)
    library.sync()
    for number in range(0, FILES, 2):
        write_story(news, f"{number}.md", title=f"New {number}")
        (news / f"{number + 1}.md").rename(news / f"moved {number + 1}.md")
    started: list[Progress] = []

    def change_and_sync(progress: Progress) -> None:
        if not started:
            started.append(progress)
            for number in range(0, FILES, 3):
                (news / f"{number}.md").unlink(missing_ok=True)
            write_story(news, "new.md")
            library.sync()

    try:
        library.sync(change_and_sync)
        library.sync()
        assert content(library.index) == content(open_library(news).index)
    finally:
        library.close()


@pytest.mark.parametrize("asked", ["FROM folders", "max(id) FROM files", "FROM files WHERE number", "FROM seen_files"])
def test_what_another_process_reads_while_the_folder_is_compared_stays(
    asked: str, news: Path, tmp_path: Path, write_story: WriteStory
) -> None:
    """The other has begun before or after each of the questions by which files are found that are gone."""
    library = Library(news, tmp_path / "cache", in_process=True)
    library.sync()
    for number in range(9):
        (news / f"{number}.md").unlink()
    with closing(library), closing(schema.connect(library.index_path)) as connection:
        read_meanwhile: list[str] = []

        def read(statement: str) -> None:
            if asked in statement and not read_meanwhile:
                read_meanwhile.append(statement)
                write_story(news, "new.md")
                library.sync()

        connection.set_trace_callback(read)
        sync(connection, news)
        assert read_meanwhile
        assert library.index.story_at(b"new.md") is not None
        assert library.index.counts().stories == FILES - 9 + 1


@pytest.mark.parametrize("asked", ["FROM files WHERE number IN", "SELECT count(*) FROM files"])
def test_a_library_that_another_process_has_read_meanwhile_stays_as_it_is(
    asked: str, news: Path, tmp_path: Path
) -> None:
    library = Library(news, tmp_path / "cache", in_process=True)
    with closing(library), closing(schema.connect(library.index_path)) as connection:
        read_meanwhile: list[str] = []

        def read(statement: str) -> None:
            if asked in statement and not read_meanwhile:
                read_meanwhile.append(statement)
                library.sync()
                ids.extend(library.index.ids())

        ids: list[int] = []
        connection.set_trace_callback(read)
        sync(connection, news)
        assert library.index.counts().stories == FILES
        assert list(library.index.ids()) == ids


@pytest.mark.long
def test_two_processes_that_sync_at_once_end_with_a_right_index(
    news: Path, tmp_path: Path, open_library: OpenLibrary, content: Callable[[Index], object]
) -> None:
    processes = [start(news, tmp_path / "cache") for _ in range(2)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    results = [process.communicate() for process in processes]
    assert [error for _, error in results] == ["", ""]
    assert [process.returncode for process in processes] == [0, 0]
    kept = Library(news, tmp_path / "cache", in_process=True)
    with closing(kept):
        assert content(kept.index) == content(open_library(news).index)


def test_an_index_that_two_processes_make_at_once_is_made_once(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    processes = [start(tmp_path / "news", tmp_path / "cache") for _ in range(3)]
    results = [process.communicate("\n") for process in processes]
    assert [error for _, error in results] == ["", "", ""]
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert len(list((tmp_path / "cache" / "index").glob("*.damaged"))) == 0


def test_another_connection_costs_no_lock(news: Path) -> None:
    """A process that closes a database file by itself drops its locks, and another takes the log from under it."""
    index = news.parent / "index.db"
    with closing(schema.connect(index)) as first:
        sync(first, news)
        for number in range(4):
            with closing(schema.connect(index)):
                pass
            (news / f"more-{number}.md").write_text(f"---\ntitle: More {number}\n---\n", encoding="utf-8")
            command = [sys.executable, "-P", "-m", "reader.library.sync.child", str(index), str(news)]
            assert copies.run(command).returncode == 0
            told = first.execute("SELECT count(*) FROM stories WHERE title LIKE 'More %'").fetchone()[0]
            assert told == number + 1
