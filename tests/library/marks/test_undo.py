"""What is taken back, and done again."""

from __future__ import annotations

import json
import sqlite3
import time
import zlib
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from library.marks_support import HOUR, START, A, B, noon, rows_of
from reader.library.marks import changes
from reader.library.marks import undone as of_undone
from reader.library.marks.changes import MOST_CHANGES
from reader.library.marks.marks import MarkKind, Marks


def test_changes_are_taken_back_one_by_one_over_a_restart(file: Path) -> None:
    states = []
    with Marks(file, noon) as marks:
        marks.set([A], MarkKind.READ, True)
        states.append(rows_of(file))
        marks.set([A, B], MarkKind.STARRED, True)
        states.append(rows_of(file))
        marks.set([A], MarkKind.READ, False)
    with Marks(file, noon) as marks:
        undone = marks.undo()
        assert undone is not None
        assert (undone.kind, undone.keys, undone.value) == (MarkKind.READ, (A,), False)
        assert rows_of(file) == states.pop()
        marks.undo()
        assert rows_of(file) == states.pop()
        marks.undo()
        assert rows_of(file) == []
        assert marks.undo() is None


@pytest.mark.parametrize("at_once", [1, 2, 5, 100])
def test_a_change_of_many_is_one_however_many_are_written_at_once(
    marks: Marks, file: Path, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "_AT_ONCE", at_once)
    keys = [f"https://a.example/{number}" for number in range(7)]
    marks.set(keys[2:4], MarkKind.READ, True)
    marks.set(keys[2:5], MarkKind.TAG, True, "zoo")
    states = [rows_of(file)]
    assert marks.set(reversed(keys), MarkKind.READ, True).keys == (*keys[:2], *keys[4:])
    states.append(rows_of(file))
    assert len({row[4] for row in states[1] if row[1:] == ("read", "", "1", row[4], row[5])}) == 2, "one time"
    marks.set_tags(keys, add=["owl"], remove=["zoo"])
    states.append(rows_of(file))
    for state in states[1::-1]:
        undone = marks.undo()
        assert undone is not None
        assert rows_of(file) == state
    assert [marks.redo(), marks.redo(), marks.redo()][2] is None
    assert [row[:4] for row in rows_of(file)] == [row[:4] for row in states[2]]
    marks.undo()
    marks.undo()
    assert [row[:4] for row in rows_of(file)] == [row[:4] for row in states[0]]


def test_only_so_many_changes_can_be_taken_back(marks: Marks) -> None:
    for number in range(MOST_CHANGES + 20):
        marks.set([f"https://a.example/{number}"], MarkKind.READ, True)
    undone = 0
    while marks.undo():
        undone += 1
    assert undone == MOST_CHANGES
    assert len(marks.keys(MarkKind.READ)) == 20


def test_what_was_handed_out_is_taken_back_with_a_new_time(marks: Marks, tmp_path: Path) -> None:
    marks.set([A], MarkKind.READ, True)
    with Marks(tmp_path / "other.sqlite3", noon) as other:
        other.import_(marks.export())
        marks.undo()
        assert marks.of([A]) == {}
        marks.import_(other.export())
        assert marks.of([A]) == {}, "the other machine does not bring it back"
        other.import_(marks.export())
        assert other.of([A]) == {}


def test_what_an_import_changed_since_is_not_taken_back(marks: Marks, tmp_path: Path) -> None:
    marks.set([A], MarkKind.READ, True)
    marks.set([A, B], MarkKind.NOTE, "mine")
    with Marks(tmp_path / "other.sqlite3", lambda: START + HOUR) as other:
        other.set([A], MarkKind.NOTE, "theirs")
        marks.import_(other.export())
    undone = marks.undo()
    assert undone is not None
    assert undone.keys == (B,)
    assert {key: mark.note for key, mark in marks.of([A, B]).items()} == {A: "theirs"}


def test_done_again_is_only_what_was_taken_back(marks: Marks, tmp_path: Path) -> None:
    marks.set([B], MarkKind.TAG, True, "owl")
    marks.set([B], MarkKind.TAG, True, "zoo")
    marks.set_tags([A, B], add=["owl"], remove=["zoo"])
    with Marks(tmp_path / "other.sqlite3", lambda: START + HOUR) as other:
        other.set([A], MarkKind.TAG, True, "owl")
        other.set([A], MarkKind.TAG, False, "owl")
        marks.import_(other.export())
    undone = marks.undo()
    assert undone is not None
    assert undone.keys == (B,)
    assert marks.of([A, B])[B].tags == ("owl", "zoo")
    marks.redo()
    assert {key: mark.tags for key, mark in marks.of([A, B]).items()} == {B: ("owl",)}
    assert {row["key"] for row in marks.export()["marks"]} == {A, B}


def test_ten_thousand_are_marked_and_taken_back_at_once(marks: Marks, file: Path) -> None:
    keys = [f"https://site{number % 90}.example/a-headline-of-some-words-{number}" for number in range(10_000)]
    marks.set(keys[::3], MarkKind.READ, True)
    before = rows_of(file)
    started = time.process_time()
    assert len(marks.set(keys, MarkKind.READ, True).keys) == 10_000 - len(keys[::3])
    undone = marks.undo()
    assert undone is not None
    assert len(undone.keys) == 10_000 - len(keys[::3])
    assert time.process_time() - started < 3, "far more than it takes"
    assert rows_of(file) == before


def test_a_change_that_version_1_of_the_file_remembered_is_taken_back(tmp_path: Path) -> None:
    file = tmp_path / "marks.sqlite3"
    with Marks(file, lambda: datetime(2024, 2, 20, tzinfo=UTC)) as marks:
        marks.set(["https://x.example/1", "https://x.example/2"], MarkKind.READ, True)
        with closing(sqlite3.connect(file)) as connection, connection:
            rows = [[f"https://x.example/{number}", "read", "", None, "1"] for number in (1, 2)]
            connection.execute("UPDATE changes SET rows = ?", (zlib.compress(json.dumps(rows).encode()),))
        change = marks.undo()
        assert change is not None
        assert set(change.keys) == {"https://x.example/1", "https://x.example/2"}
        assert not marks.keys(MarkKind.READ)


def test_only_what_was_decided_is_taken_back(marks: Marks) -> None:
    marks.set([A], MarkKind.STARRED, True)
    marks.set([B], MarkKind.READ, True, by_itself=True)
    change = marks.undo()
    assert change is not None
    assert (change.kind, change.keys) == (MarkKind.STARRED, (A,))
    assert marks.undo() is None
    assert marks.keys(MarkKind.READ) == {B}


def test_what_was_taken_back_is_done_again(marks: Marks) -> None:
    assert marks.redo() is None
    marks.set([A, B], MarkKind.READ, True)
    marks.set_tags([A], add=["sea"])
    marks.set_tags([A], add=["sky"], remove=["sea"])
    before = marks.of([A, B])
    for _ in range(3):
        marks.undo()
    assert marks.of([A, B]) == {}
    marks.set([B], MarkKind.SEEN, START)
    done = [marks.redo() for _ in range(4)]
    assert [change and (change.kind, len(change.keys)) for change in done] == [
        (MarkKind.READ, 2), (MarkKind.TAG, 1), (MarkKind.TAG, 1), None,
    ]  # fmt: skip
    marks.set([B], MarkKind.SEEN, None)
    assert marks.of([A, B]) == before
    assert marks.undo() is not None
    assert marks.of([A])[A].tags == ("sea",)
    marks.set([A], MarkKind.STARRED, True)
    assert marks.redo() is None, "something else was decided"


def test_no_more_is_kept_to_be_done_again_than_some_bytes(marks: Marks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of_undone, "MOST_BYTES", 1_000)
    groups = [[f"https://a.example/{group}/{hash((group, number))}" for number in range(20)] for group in range(12)]
    for keys in groups:
        marks.set(keys, MarkKind.STARRED, True)
    for _ in groups:
        marks.undo()
        assert marks.undone
        assert sum(one.size for one in marks.undone) <= 1_000
    again = 0
    while (change := marks.redo()) is not None:
        assert set(change.keys) == set(groups[again]), "what was taken back last is done again first"
        again += 1
    assert 1 < again < len(groups)


def test_one_change_can_always_be_done_again(marks: Marks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of_undone, "MOST_BYTES", 1)
    marks.set([A, B], MarkKind.STARRED, True)
    marks.undo()
    assert marks.redo() is not None
    assert marks.keys(MarkKind.STARRED) == {A, B}
