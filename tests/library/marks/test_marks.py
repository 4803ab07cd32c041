"""The marks: set, asked for, taken back, in a file of their own."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from library.marks_support import HOUR, START, A, B, C, errors_of_three, memory_disk, noon, rows_of
from library.noting import Noting
from reader.base.errors import MarksError
from reader.base.paths import data_folder, marks_file
from reader.library.marks import schema
from reader.library.marks.marks import MarkKind, Marks, MarkSet
from reader.library.marks.model import LABELLED, MOST_LABEL, MOST_NOTE


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_the_data_folder_is_the_one_that_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READER_DATA_DIR", "/named")
    assert marks_file() == Path("/named/marks.sqlite3")
    monkeypatch.delenv("READER_DATA_DIR")
    assert data_folder().name == "story-reader"


def test_without_a_file_there_are_no_marks_and_none_is_made(marks: Marks, file: Path) -> None:
    assert marks.of([A]) == {}
    assert marks.keys(MarkKind.READ) == frozenset()
    assert (marks.tags(), marks.watches()) == ({}, {})
    assert marks.undo() is None
    assert marks.export()["marks"] == []
    assert marks.new_since([A]) == marks.version == 0
    marks.check()
    assert marks.set([], MarkKind.READ, True).keys == ()
    assert not file.parent.exists()


def test_every_kind_of_mark_is_kept(marks: Marks, file: Path) -> None:
    marks.set([A, B], MarkKind.READ, True)
    marks.set([A], MarkKind.STARRED, True)
    marks.set([A], MarkKind.TAG, True, "zoo")
    marks.set([A, B], MarkKind.TAG, True, "Police")
    marks.set([A], MarkKind.NOTE, "Ask them.\nTwice.")
    marks.set([A, C], MarkKind.WATCHED, True, A)
    marks.set([A], MarkKind.SEEN, START - HOUR)
    marks.set([A], MarkKind.KNOWN, START)
    marks.close()
    assert marks.of([A, B, C, "https://other.example"]) == {
        A: MarkSet(True, True, ("Police", "zoo"), "Ask them.\nTwice.", frozenset({A}), START - HOUR, START),
        B: MarkSet(read=True, tags=("Police",)),
        C: MarkSet(watches=frozenset({A})),
    }
    assert marks.keys(MarkKind.READ) == {A, B}
    assert marks.keys(MarkKind.TAG, "zoo") == {A}
    assert marks.keys(MarkKind.TAG) == {A, B}
    assert list(marks.tags().items()) == [("Police", 2), ("zoo", 1)]
    assert marks.watches() == {A: frozenset({A, C})}
    assert marks.note == ""


def test_a_mark_that_is_taken_off_is_gone_but_its_row_stays(marks: Marks, file: Path) -> None:
    marks.set([A], MarkKind.NOTE, "x")
    marks.set([A], MarkKind.NOTE, "  ")
    assert marks.of([A]) == {}
    assert [row[3] for row in rows_of(file)] == [None]


def test_the_change_tells_only_what_is_other_than_before(marks: Marks, file: Path) -> None:
    marks.set([B], MarkKind.READ, True)
    before = rows_of(file)
    assert marks.set([A, B, A, C], MarkKind.READ, True).keys == (A, C)
    assert marks.set([A, B], MarkKind.READ, True).keys == ()
    assert marks.set(["https://new.example"], MarkKind.STARRED, False).keys == ()
    marks.undo()
    assert rows_of(file) == before


def test_tags_are_given_and_taken_as_one_change(marks: Marks) -> None:
    marks.set([A], MarkKind.TAG, True, "old")
    change = marks.set_tags([A, B], add=["new", " both "], remove=["old", "both"])
    assert set(change.keys) == {A, B}
    assert marks.tags() == {"both": 2, "new": 2}
    undone = marks.undo()
    assert undone is not None
    assert set(undone.labels) == {"old", "new", "both"}
    assert marks.tags() == {"old": 1}


def test_texts_are_made_safe(marks: Marks) -> None:
    marks.set([A], MarkKind.TAG, True, " red\x1b[31m\n tag ")
    marks.set([A], MarkKind.NOTE, "one\x1b[31m\r\ntwo\u202e")
    assert marks.of([A])[A].tags == ("red␛[31m tag",)
    assert marks.of([A])[A].note == "one␛[31m\ntwo"


@pytest.mark.parametrize("kind", [MarkKind.TAG, MarkKind.WATCHED])
@pytest.mark.parametrize("label", ["", " \u200b\n", "x" * 10_000])
def test_a_name_that_is_none_is_refused(marks: Marks, kind: MarkKind, label: str, file: Path) -> None:
    with pytest.raises(MarksError, match="name"):
        marks.set([A], kind, True, label)
    assert not file.exists()


@pytest.mark.parametrize("key", ["", "a\nb", "https://a.example/\x1b", "k" * 9_000])
def test_a_key_that_is_none_is_refused_with_all_others(marks: Marks, key: str) -> None:
    with pytest.raises(MarksError, match="key"):
        marks.set([A, key], MarkKind.READ, True)
    assert marks.of([A]) == {}


def test_what_is_too_long_or_of_another_kind_is_refused(marks: Marks) -> None:
    with pytest.raises(MarksError, match="at most 100,000"):
        marks.set([A], MarkKind.NOTE, "x" * (MOST_NOTE + 1))
    marks.set([A], MarkKind.NOTE, "x" * MOST_NOTE)
    marks.set([A], MarkKind.TAG, True, "x" * MOST_LABEL)
    with pytest.raises(MarksError, match="no name"):
        marks.set([A], MarkKind.READ, True, "tag")
    for kind, value in ((MarkKind.READ, "yes"), (MarkKind.NOTE, True), (MarkKind.SEEN, True), (MarkKind.TAG, START)):
        with pytest.raises(TypeError):
            marks.set([A], kind, value, "x" if kind in LABELLED else "")


def test_files_and_folder_are_private(marks: Marks, file: Path) -> None:
    marks.set([A], MarkKind.READ, True)
    assert mode(file.parent) == 0o700
    assert {mode(path) for path in file.parent.iterdir()} == {0o600}


def test_what_is_new_of_an_event_is_told(marks: Marks) -> None:
    assert marks.new_since([A, B]) == 0
    marks.set([A, B], MarkKind.KNOWN, START)
    assert marks.new_since([A, B]) == 0
    assert marks.new_since([A, B, C, "https://d.example"]) == 2
    marks.set([C], MarkKind.SEEN, START)
    assert marks.new_since([A, B, C, "https://d.example"]) == 1
    assert marks.new_since([C, "https://d.example"]) == 0, "an event that was never looked at"
    marks.set([A, B, C, "https://d.example"], MarkKind.KNOWN, START + timedelta(days=1))
    assert marks.new_since([A, B, C, "https://d.example"]) == 0
    assert marks.of([A])[A].known == START + timedelta(days=1)
    assert marks.undo() is None, "to look is no decision"


def test_a_clock_that_is_set_back_loses_nothing(file: Path) -> None:
    clock = [START]
    with Marks(file, lambda: clock[0]) as marks:
        marks.set([A], MarkKind.READ, True)
        clock[0] = datetime(1960, 1, 1, tzinfo=UTC)
        marks.set([A], MarkKind.READ, False)
        kept = marks.export()
        marks.set([A], MarkKind.READ, True)
        marks.import_(kept)
        assert marks.of([A]) == {A: MarkSet(read=True)}


def test_two_copies_of_the_program_see_each_others_changes(marks: Marks, file: Path) -> None:
    with Marks(file, noon) as other:
        versions = [(marks.version, other.version)]
        marks.set([A], MarkKind.READ, True)
        versions.append((marks.version, other.version))
        other.set([B], MarkKind.READ, True)
        versions.append((marks.version, other.version))
        assert versions == sorted(set(versions))
        assert len({mine for mine, _ in versions}) == len({theirs for _, theirs in versions}) == 3
        assert marks.version == marks.version
        assert marks.keys(MarkKind.READ) == other.keys(MarkKind.READ) == {A, B}
        other.undo()
        assert marks.keys(MarkKind.READ) == {A}


TWO = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from reader.library.marks.marks import MarkKind, Marks
marks = Marks(Path(sys.argv[1]), lambda: datetime(2024, 2, 20, tzinfo=UTC))
sys.stdin.readline()
for number in range(60):
    tag = f"{sys.argv[2]}{number}"
    marks.set([f"https://{tag}.example/", "https://shared.example"], MarkKind.TAG, True, tag)
    assert len(marks.keys(MarkKind.TAG, tag)) == 2
"""


def test_two_processes_write_at_once_from_the_first_moment(file: Path) -> None:
    assert errors_of_three(TWO, file) == ["", "", ""]
    with Marks(file, noon) as marks:
        assert len(marks.keys(MarkKind.TAG)) == 3 * 60 + 1
        assert len(marks.of(["https://shared.example"])["https://shared.example"].tags) == 3 * 60
        stamps = [row[4] for row in rows_of(file)]
        assert len(set(stamps)) == 3 * 60, "one moment for each change"


KEYS = st.lists(st.sampled_from([A, B, C, "content:1"]), max_size=4)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("set"), KEYS, st.sampled_from([MarkKind.READ, MarkKind.STARRED]), st.booleans(), st.just("")),
        st.tuples(st.just("set"), KEYS, st.just(MarkKind.TAG), st.booleans(), st.sampled_from(["x", "y"])),
        st.tuples(st.just("set"), KEYS, st.just(MarkKind.NOTE), st.sampled_from(["", "one", "two"]), st.just("")),
        st.sampled_from([("undo",), ("undo",), ("reopen",), ("export",), ("back",)]),
    ),
    max_size=25,
)


class Model:
    """What a file of marks should hold, with every state before it."""

    def __init__(self) -> None:
        self.state: dict[tuple[str, str, str], str] = {}
        self.before: list[tuple[dict[tuple[str, str, str], str], list[tuple[object, ...]]]] = []

    def set(
        self, keys: list[str], kind: MarkKind, value: bool | str, label: str, rows: list[tuple[object, ...]]
    ) -> bool:
        """Do the same to the model; gives whether anything changed."""
        last = dict(self.state)
        for key in keys:
            if value:
                self.state[key, kind, label] = "1" if value is True else str(value)
            else:
                self.state.pop((key, kind, label), None)
        if self.state == last:
            return False
        self.before.append((last, rows))
        return True


@examples(60)
@given(STEPS)
def test_any_changes_and_undos_are_as_in_a_plain_model(steps: list[tuple[object, ...]]) -> None:
    clock = [START]
    model = Model()
    is_handed_out = False
    with memory_disk() as folder, Marks(folder / "marks.sqlite3", lambda: clock[0]) as marks:

        def rows() -> list[tuple[object, ...]]:
            return rows_of(marks.path) if marks.path.exists() else []

        for step in steps:
            match step:
                case ("set", list(keys), MarkKind() as kind, bool() | str() as value, str(label)):
                    has_changed = model.set(keys, kind, value, label, rows())
                    assert bool(marks.set(keys, kind, value, label).keys) == has_changed
                case ("undo",):
                    assert (marks.undo() is not None) == bool(model.before)
                    if model.before:
                        model.state, former = model.before.pop()
                        assert is_handed_out or rows() == former
                case ("reopen",):
                    marks.close()
                case ("export",):
                    assert len(marks.export()["marks"]) == len(rows())
                    is_handed_out = True
                case ("back",):
                    clock[0] -= timedelta(days=1)
            assert {row[:3]: row[3] for row in rows() if row[3]} == model.state


@pytest.fixture
def no_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[], datetime]:
    def refuse() -> datetime:
        raise AssertionError("the time is asked for without need")

    return refuse


def test_reading_asks_for_no_time(file: Path, marks: Marks, no_clock: Callable[[], datetime]) -> None:
    marks.set([A], MarkKind.READ, True)
    with Marks(file, no_clock) as other:
        assert other.keys(MarkKind.READ) == {A}
        assert len(other.export()["marks"]) == 1


def test_marks_of_before_there_was_later_take_it(tmp_path: Path) -> None:
    file = tmp_path / "marks.sqlite3"
    with closing(sqlite3.connect(file)) as connection:
        for migration in schema.MIGRATIONS[:2]:
            for statement in migration:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 2")
        connection.execute("INSERT INTO marks VALUES ('https://a.example/1', 'starred', '', '1', 5, 'here')")
        connection.commit()
    with Marks(file, lambda: datetime(2026, 3, 2, tzinfo=UTC)) as marks:
        assert marks.keys(MarkKind.STARRED) == {"https://a.example/1"}
        marks.set(["https://a.example/2"], MarkKind.LATER, True)
        assert marks.keys(MarkKind.LATER) == {"https://a.example/2"}
    with closing(sqlite3.connect(file)) as connection:
        plan = connection.execute(
            f"EXPLAIN QUERY PLAN SELECT key FROM marks WHERE kind = 'later' AND value IS NOT NULL AND {schema.CHOSEN}"
        ).fetchall()
    assert "marks_chosen" in str(plan)


def test_few_statements_are_kept_compiled(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Noting] = []

    def connect(*arguments: Any, **named: Any) -> Noting:
        made.append(Noting(*arguments, **named))
        return made[-1]

    with Marks(file, noon) as marks:
        marks.set([A], MarkKind.READ, True)
    monkeypatch.setattr(sqlite3, "connect", connect)
    with Marks(file, noon) as marks:
        for count in range(1, 40):
            keys = [f"https://a.example/{number}" for number in range(count)]
            assert marks.of([A, *keys]).keys() == {A}
            assert marks.decided([A, *keys], MarkKind.READ) == {A}
    assert sum(len(one.statements) for one in made) < 30


def test_few_pages_are_held_but_while_marks_are_written(file: Path) -> None:
    with Marks(file, noon) as marks:

        def room(connection: sqlite3.Connection) -> int:
            return -int(connection.execute("PRAGMA cache_size").fetchone()[0])

        assert marks._file.write(room) == schema.WRITING_CACHE_KB
        assert marks._file.read(room, 0) == schema.READING_CACHE_KB
