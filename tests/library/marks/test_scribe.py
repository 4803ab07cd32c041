"""The process that writes very many marks: it does all of an assignment or nothing, and is told it over a wire."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from array import array
from collections.abc import Iterator
from contextlib import closing, nullcontext, suppress
from pathlib import Path
from shutil import copy
from typing import TYPE_CHECKING

import pytest

from library.marks_support import noon
from reader.base.errors import IndexReplacedError, LibraryIndexError, MarksError, MarksStoppedError, MarksUnwrittenError
from reader.library.index.lists.story_set import StorySet
from reader.library.index.storage.schema import FileIdentity
from reader.library.library import Library
from reader.library.marks.changes import Wanted
from reader.library.marks.many import child
from reader.library.marks.many.assignments import Act, Assignment, Further, change_line, change_of, trouble_line
from reader.library.marks.many.scribe import Scribe
from reader.library.marks.marks import Change, MarkKind, Marks
from reader.library.marks.undone import Undone

if TYPE_CHECKING:
    from conftest import WriteStory

KEYS = {f"https://x.example/{number}" for number in range(12)}


BEHIND = Further(Change(MarkKind.TAG, (), ("owl",)), {Wanted("owl", "1"): sorted(KEYS)}, by_itself=True)


@pytest.fixture
def library(tmp_path: Path, write_story: WriteStory) -> Iterator[Library]:
    for key in KEYS:
        write_story(tmp_path / "news", f"{key[-2:].strip('/')}.md", title=f"Story {key}", url=key)
    with Library(tmp_path / "news", tmp_path / "cache", in_process=True) as library:
        library.sync()
        yield library


def scribe_of(assignment: Assignment, library: Library, file: Path) -> Scribe:
    return Scribe(assignment, file, library.index_path, file.with_name("undone"))


def test_killed_at_any_moment_it_has_done_all_or_nothing(library: Library, file: Path) -> None:
    chance = random.Random(7)
    assignment = Assignment(Act.SET, stories=StorySet(library.index.ids()), index=library.index_file)
    with Marks(file, noon) as marks:
        marks.set(["https://y.example/"], MarkKind.STARRED, True)
        for _ in range(3):
            scribe = scribe_of(assignment, library, file)
            scribe.begin()
            time.sleep(chance.uniform(0.05, 0.4))
            was_killed = scribe.stop()
            assert marks.keys(MarkKind.READ) in (frozenset(), KEYS)
            assert was_killed or marks.keys(MarkKind.READ)
            with suppress(MarksStoppedError) if was_killed else nullcontext():  # it may have answered before
                scribe.answer()
        assert marks.note == ""
        again = scribe_of(assignment, library, file)
        again.begin()
        change = again.answer()
        assert marks.keys(MarkKind.READ) == KEYS
        assert change is None or change.count in (0, len(KEYS))
        undone = marks.undo()
        assert undone is not None
        assert set(undone.keys) == KEYS
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_story_that_is_gone_is_passed_over(library: Library, file: Path) -> None:
    scribe = scribe_of(
        Assignment(Act.SET, stories=StorySet([*library.index.ids(), 4_000]), index=library.index_file), library, file
    )
    scribe.begin()
    assert scribe.answer() == Change(MarkKind.READ, (), (), True, more=len(KEYS))


@pytest.mark.parametrize("is_heard", [True, False])
def test_where_nobody_listens_any_more_trouble_is_waited_out(
    library: Library, file: Path, is_heard: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Marks(file, noon) as marks:
        marks.set(["https://y.example/"], MarkKind.STARRED, True)
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("CREATE TRIGGER no BEFORE INSERT ON marks BEGIN SELECT RAISE(ABORT, 'the disk is full'); END")
    monkeypatch.setattr(child, "is_heard", lambda: is_heard)
    monkeypatch.setattr("time.sleep", lambda _: connection.execute("DROP TRIGGER no"))
    told = child.main(
        file,
        library.index_path,
        file,
        Assignment(Act.SET, stories=StorySet(library.index.ids()), index=library.index_file),
    )
    connection.close()
    if is_heard:
        with pytest.raises(MarksUnwrittenError, match="the disk is full"):
            change_of(told)
    else:
        assert change_of(told) == Change(MarkKind.READ, (), (), True, more=len(KEYS))


def test_a_program_that_has_ended_does_not_listen() -> None:
    script = "import sys; from reader.library.marks.many.child import is_heard"
    script += "; sys.stdin.read(); sys.stderr.write(str(is_heard()))"
    for is_open in (True, False):
        pipe = subprocess.PIPE
        with subprocess.Popen([sys.executable, "-c", script], stdin=pipe, stdout=pipe, stderr=pipe, text=True) as asked:
            assert asked.stdin is not None
            assert asked.stdout is not None
            assert asked.stderr is not None
            if not is_open:
                asked.stdout.close()
            asked.stdin.close()
            assert asked.stderr.read() == str(is_open)


def test_an_index_that_cannot_be_read_is_told_as_such(library: Library, file: Path) -> None:
    library.close()  # with that its log is in the file
    library.index_path.write_bytes(b"no index" * 1_000)
    scribe = scribe_of(Assignment(Act.SET, stories=StorySet([1]), index=library.index_file), library, file)
    scribe.begin()
    with pytest.raises(LibraryIndexError):
        scribe.answer()
    assert not file.exists()


@pytest.mark.parametrize("is_other", [True, False])
def test_an_index_that_is_gone_or_another_is_not_asked(library: Library, file: Path, is_other: bool) -> None:
    assignment = Assignment(Act.SET, stories=StorySet(library.index.ids()), index=library.index_file)
    left = library.index_path.with_name("left")
    library.index_path.rename(left)  # it stays, so that no other file gets its inode
    if is_other:
        copy(left, library.index_path)
    with pytest.raises(IndexReplacedError):
        change_of(child.main(file, library.index_path, file.with_name("undone"), assignment))
    assert library.index_path.exists() == is_other, "none is made"
    assert not file.exists()


def test_what_is_behind_an_order_is_done_whether_that_can_be_done_or_not(library: Library, file: Path) -> None:
    seen = Further(Change(MarkKind.SEEN, (), value=noon()), {Wanted("", "7"): sorted(KEYS)})
    for index in (None, library.index_file):
        assignment = Assignment(Act.SET, stories=StorySet(library.index.ids()), index=index, further=(BEHIND, seen))
        child.main(file, library.index_path, file.with_name("undone"), Assignment.unpacked(assignment.packed()))
        with Marks(file, noon) as marks:
            assert marks.keys(MarkKind.READ) == (KEYS if index else set())
            assert marks.keys(MarkKind.TAG, "owl") == marks.keys(MarkKind.SEEN) == KEYS
            change = marks.undo()
            assert (change.kind if change else None) == (MarkKind.READ if index else None), "the tag is by itself"


def test_the_stories_are_looked_up_once(library: Library, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assignment = Assignment(Act.SET, stories=StorySet(library.index.ids()), index=library.index_file)
    with Marks(file, noon) as marks:
        marks.set(["https://y.example/"], MarkKind.STARRED, True)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TRIGGER no BEFORE INSERT ON marks BEGIN SELECT RAISE(ABORT, 'full'); END")

    def wait(_: float) -> None:
        library.index_path.unlink()
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("DROP TRIGGER no")

    monkeypatch.setattr(child, "is_heard", lambda: False)
    monkeypatch.setattr("time.sleep", wait)
    told = change_of(child.main(file, library.index_path, file, assignment))
    assert told is not None
    assert told.count == len(KEYS)


@pytest.mark.parametrize(
    "assignment",
    [
        Assignment(Act.SET, MarkKind.LATER, False, StorySet([1, 2, 70_000]), FileIdentity(1, 2)),
        Assignment(Act.UNDO, change=7),
        Assignment(Act.REDO, further=(BEHIND,)),
    ],
)
def test_an_order_comes_as_it_was_given(assignment: Assignment) -> None:
    assert Assignment.unpacked(assignment.packed()) == assignment


@pytest.mark.parametrize(
    "error", [MarksError("a"), MarksUnwrittenError("b"), LibraryIndexError("c"), IndexReplacedError("d")]
)
def test_a_trouble_comes_as_what_it_is(error: Exception) -> None:
    with pytest.raises(type(error), match=str(error)) as raised:
        change_of(trouble_line(error))  # type: ignore[arg-type]
    assert type(raised.value) is type(error)


def test_an_assignment_of_a_million_stories_is_small() -> None:
    assignment = Assignment(Act.SET, stories=StorySet(range(1_000_000)))
    assert len(assignment.packed()) < 130_000
    assert Assignment.unpacked(assignment.packed()) == assignment


def test_an_assignment_in_another_form_marks_nothing() -> None:
    packed = Assignment(Act.SET, stories=StorySet([1, 2, 3])).packed()
    head, _, _ = packed.partition(b"\n")
    with pytest.raises(MarksError, match="not clear"):
        Assignment.unpacked(head + b"\n" + array("I", [1, 2, 3]).tobytes())
    with pytest.raises(MarksError, match="not clear"):
        Assignment.unpacked(packed.replace(b'"stories": 3, ', b""))


def test_what_was_done_comes_without_its_keys() -> None:
    change = Change(MarkKind.TAG, ("a", "b"), ("owl",))
    assert change_of(change_line(change)) == Change(MarkKind.TAG, (), ("owl",), None, more=2)
    assert change_of(change_line(None)) is None


def test_what_was_taken_back_can_be_kept_in_a_file(marks: Marks, file: Path) -> None:
    keys = sorted(KEYS)
    marks.set_tags(keys, add=["owl", "zoo"])
    marks.set_tags(keys[:5], add=["cat"], remove=["zoo"])
    marks.undo()
    (undone,) = marks.undone
    undone.to_file(file.with_name("undone"))
    assert Undone.from_file(file.with_name("undone")) == undone
    assert file.with_name("undone").stat().st_mode & 0o77 == 0


def test_a_change_that_is_taken_back_twice_takes_no_other_with_it(library: Library, file: Path) -> None:
    with Marks(file, noon) as marks:
        marks.set(KEYS, MarkKind.READ, True)
        last = marks.last_change
        assert last is not None
        assignment = Assignment(Act.UNDO, change=last.changed_ms)
        for has_more in (True, False):
            told = change_of(child.main(file, library.index_path, file.with_name("undone"), assignment))
            assert (told is not None) == has_more
            marks.set(["https://y.example/"], MarkKind.STARRED, True)
        assert marks.keys(MarkKind.STARRED) == {"https://y.example/"}
        assert not marks.keys(MarkKind.READ)
