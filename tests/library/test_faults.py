"""An index that is locked, taken away or on a full disk, and marks that wait to be kept."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.base.errors import (
    IndexBusyError,
    IndexReplacedError,
    IndexUnwritableError,
    LibraryIndexError,
    MarksUnwrittenError,
)
from reader.library.index.catalogue import Catalogue
from reader.library.index.storage import journal, replacement, schema
from reader.library.index.storage.damage import index_error
from reader.library.index.storage.journal import file_system, is_on_network
from reader.library.index.storage.store import is_in_memory
from reader.library.marks.marks import MarkKind, Marks
from reader.library.query.query import Query, Sort, parse
from reader.outside.crash_report import report
from reader.ui.parts.index.pending import MOST_LINES, Pending, Wish

if TYPE_CHECKING:
    from conftest import WriteStory
    from library.conftest import OpenLibrary

NOON = datetime(2024, 2, 20, 12, tzinfo=UTC)
MOUNTS = r"""/dev/sda1 / ext4 rw 0 0
server:/home /home nfs4 rw 0 0
me@host: /home/me/far\040away fuse.sshfs rw 0 0
/dev/sdb /home/me/disk ext4 rw 0 0
tmpfs /home/me/disk tmpfs rw 0 0
odd line
"""


@pytest.fixture
def news(tmp_path: Path, write_story: WriteStory) -> Path:
    """A folder of three stories."""
    folder = tmp_path / "news"
    for name in ("a", "b", "c"):
        write_story(folder, f"{name}.md", title=f"Story {name}", published="2024-01-01", topics=["All"])
    return folder


def test_an_index_that_another_program_holds_is_left_as_it_is(
    news: Path, open_library: OpenLibrary, write_story: WriteStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = open_library(news)
    write_story(news, "d.md")
    monkeypatch.setattr(schema, "PATIENCE", 0.05)
    with closing(sqlite3.connect(library.index_path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for heal in (False, True):
            with pytest.raises(IndexBusyError):
                library.sync(heal=heal)
        assert library.index.counts().stories == 3
        other.execute("ROLLBACK")
    library.sync()
    assert library.index.counts().stories == 4
    assert not list(library.index_path.parent.glob("*.damaged"))


def test_an_index_whose_folder_was_emptied_is_begun_anew(news: Path, open_library: OpenLibrary) -> None:
    library = open_library(news)
    shutil.rmtree(library.index_path.parent.parent)
    with pytest.raises(IndexReplacedError):
        library.sync()
    library.reopen()
    library.sync()
    assert library.index.counts().stories == 3


def test_an_index_that_another_copy_replaced_is_taken_not_set_aside(
    news: Path, open_library: OpenLibrary, tmp_path: Path
) -> None:
    one, other = (open_library(news, cache=tmp_path / "both") for _ in range(2))
    one.rebuild()
    one.sync()
    with pytest.raises(IndexReplacedError):
        other.sync()
    other.rebuild()
    assert other.index.counts().stories == 3
    one.sync()


def test_an_index_that_another_copy_is_replacing_is_opened_as_it_is(
    news: Path, open_library: OpenLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = open_library(news)
    monkeypatch.setattr(replacement, "_PATIENCE", 0.0)
    with replacement.replacing(library.index_path):
        library.rebuild()
    assert library.index.counts().stories == 3
    assert library.note == ""


def test_an_index_that_cannot_be_written_goes_on_in_memory_once(news: Path, open_library: OpenLibrary) -> None:
    library = open_library(news)
    trouble = IndexUnwritableError("the disk is full")
    library.leave_disk(trouble)
    assert library.index.counts().stories == 3
    assert is_in_memory(library.index_path)
    assert "kept in memory only: the disk is full" in library.note
    assert library.index_path.stat().st_mode & 0o077 == 0
    library.sync()
    with pytest.raises(IndexUnwritableError):
        library.leave_disk(trouble)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_BUSY_SNAPSHOT, IndexBusyError),
        (sqlite3.SQLITE_FULL, IndexUnwritableError),
        (sqlite3.SQLITE_IOERR_WRITE, IndexUnwritableError),
        (sqlite3.SQLITE_IOERR_SHORT_READ, LibraryIndexError),
        (sqlite3.SQLITE_READONLY_DBMOVED, LibraryIndexError),
        (sqlite3.SQLITE_CORRUPT, LibraryIndexError),
        (None, LibraryIndexError),
    ],
)
def test_what_sqlite_says_is_told_apart(code: int | None, kind: type[Exception]) -> None:
    error = sqlite3.OperationalError("so")
    if code is not None:
        error.sqlite_errorcode = code
    assert type(index_error(error)) is kind


def test_stories_that_come_in_between_two_questions_are_left_for_the_next(
    news: Path, open_library: OpenLibrary, write_story: WriteStory
) -> None:
    library = open_library(news)
    catalogue = Catalogue(library.index)
    before = list(catalogue.ids(Query(), Sort.NEWEST, frozenset()))
    catalogue.topics(parse("story"))
    for number in range(20):
        write_story(news, f"new-{number}.md", title="Story", published="2025-01-01", topics=["All"])
    library.sync()
    for sort in Sort:
        for query in (Query(), parse("story")):
            for topics in (frozenset[str](), frozenset({"All"})):
                assert set(catalogue.ids(query, sort, topics)) <= set(before)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/etc/x", "ext4"),
        ("/home/you/x", "nfs4"),
        ("/homely", "ext4"),
        ("/home/me/far away/index/a.sqlite3", "fuse.sshfs"),
        ("/home/me/disk", "tmpfs"),
    ],
)
def test_the_file_system_of_a_path_is_read_off_the_mounts(path: str, kind: str) -> None:
    assert file_system(path, MOUNTS) == kind


def test_on_a_network_disk_there_is_no_log_and_all_works(
    news: Path, open_library: OpenLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write_story: WriteStory
) -> None:
    table = tmp_path / "mounts"
    table.write_text(f"server:/x {tmp_path.parent.parent!s} nfs rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(journal, "MOUNTS", table)
    assert is_on_network(tmp_path / "not there yet")
    library = open_library(news, cache=tmp_path / "cache")
    other = open_library(news, cache=tmp_path / "cache")
    write_story(news, "d.md")
    other.sync()
    assert library.index.counts().stories == 4
    with Marks(tmp_path / "marks.sqlite3", lambda: NOON) as one, Marks(tmp_path / "marks.sqlite3", lambda: NOON) as two:
        one.set(["https://a.example"], MarkKind.STARRED, True)
        version = two.version
        one.set(["https://b.example"], MarkKind.STARRED, True)
        assert two.version != version
        assert len(two.keys(MarkKind.STARRED)) == 2
        two.undo()
        assert len(one.keys(MarkKind.STARRED)) == 1
    assert not list(tmp_path.rglob("*-wal"))


def test_marks_that_cannot_be_written_wait_in_order(news: Path, open_library: OpenLibrary, tmp_path: Path) -> None:
    library, file, pending = open_library(news), tmp_path / "marks.sqlite3", Pending()
    ids = list(library.index.ids())

    def wish(number: int, value: bool) -> Wish:
        keys = tuple(library.index.keys([ids[number]]).values())
        name = ("starred", keys, value)
        return Wish(name, "starred", [ids[number]], lambda marks: marks.set(keys, MarkKind.STARRED, value))

    with Marks(file, lambda: NOON, patience=0.02) as marks, closing(sqlite3.connect(file)) as other:
        marks.set(["https://other.example"], MarkKind.READ, True)
        other.isolation_level = None
        other.execute("BEGIN IMMEDIATE")
        for number in (0, 1, 1, 2):
            with pytest.raises(MarksUnwrittenError):
                pending.grant(wish(number, value=True), marks, library.index)
        assert len(pending) == 3
        assert pending.lines() == [f"starred: Story {name}" for name in "abc"]
        assert pending.drop_last()
        other.execute("ROLLBACK")
        pending.grant(wish(1, value=True), marks, library.index)
        assert len(pending) == 0
        assert not pending.drop_last()
        assert len(marks.keys(MarkKind.STARRED)) == 2
        assert "another program" in pending.reason


def test_what_is_lost_is_told_in_bounds(news: Path, open_library: OpenLibrary, tmp_path: Path) -> None:
    library, pending = open_library(news), Pending()
    ids = list(library.index.ids())

    def fail(_: Marks) -> None:
        raise MarksUnwrittenError("full")

    with Marks(tmp_path / "marks.sqlite3", lambda: NOON) as marks:
        for number in range(MOST_LINES + 5):
            with pytest.raises(MarksUnwrittenError):
                pending.grant(Wish(number, "read", ids * 2, fail), marks, library.index)  # type: ignore[arg-type]
    assert len(pending.lines()) == MOST_LINES + 1
    assert pending.lines()[-1] == "and 5 more"
    assert pending.lines()[0].endswith(" and 3 more")


def test_a_report_holds_no_words_of_a_story_unless_asked() -> None:
    try:
        try:
            raise KeyError("a headline")
        except KeyError as error:
            raise ValueError("an excerpt \x1b[31m") from error
    except ValueError as error:
        plain = "\n".join(report(error, NOON, {"TERM": "x\x1bterm"}, doing="reading"))
        asked = "\n".join(report(error, NOON, {"READER_CRASH_DETAILS": "1"}, doing="reading"))
    assert "headline" not in plain
    assert "excerpt" not in plain
    assert plain.index("KeyError") < plain.index("ValueError")
    assert "a headline" in asked
    assert "\x1b" not in plain + asked
    assert sys.prefix not in plain
