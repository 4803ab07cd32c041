"""The file of the marks: of another version, locked, on a full disk, or where nothing may be written."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from copies import run
from reader.base.errors import MarksError
from reader.library.marks import schema
from reader.library.marks.marks import MarkKind, Marks
from reader.library.marks.schema import log_of

if TYPE_CHECKING:
    from library.conftest import Locked

from library.marks.files import KEYS, MOST_ON_A_PAGE, copies, is_whole, spoiled
from library.marks_support import noon

# --- other versions


@pytest.mark.parametrize("in_newer_words", [False, True])
def test_the_file_of_a_newer_version_is_left_alone(filled: Path, marks: Marks, *, in_newer_words: bool) -> None:
    """Even if its tables are made in words that this SQLite does not know: then they cannot be read at all."""
    with closing(sqlite3.connect(filled)) as newer:
        newer.execute("PRAGMA user_version = 99")
        if in_newer_words:
            newer.execute("PRAGMA writable_schema = 1")
            newer.execute("UPDATE sqlite_master SET sql = sql || ' IN NEWER WORDS' WHERE type = 'table'")
        newer.commit()
    before = filled.read_bytes()
    for act in (
        lambda: marks.set(KEYS, MarkKind.STARRED, True),
        lambda: marks.of(KEYS),
        marks.undo,
        lambda: marks.version,
    ):
        with pytest.raises(MarksError, match="newer version"):
            act()
    assert filled.read_bytes() == before
    assert copies(filled) == []


@pytest.mark.parametrize("application_id", [0, 77])
def test_the_database_of_another_program_is_left_alone(file: Path, marks: Marks, application_id: int) -> None:
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as foreign:
        foreign.execute("CREATE TABLE recipes (name TEXT)")
        foreign.execute(f"PRAGMA application_id = {application_id}")
        foreign.commit()
    before = file.read_bytes()
    with pytest.raises(MarksError, match="no marks of this program"):
        marks.set(KEYS, MarkKind.READ, True)
    with pytest.raises(MarksError, match="no marks of this program"):
        marks.keys(MarkKind.READ)
    assert file.read_bytes() == before


OLDER = f"marks.sqlite3.backup-v{len(schema.MIGRATIONS)}"
COLOURED = (*schema.MIGRATIONS, ("CREATE TABLE colours (name TEXT)", "UPDATE marks SET machine = 'before'"))
WRONG = (*schema.MIGRATIONS, ("CREATE TABLE colours (name TEXT)", "UPDATE marks SET nothing = 1"))


def test_an_older_version_is_brought_up_to_date_and_a_copy_kept(
    filled: Path, marks: Marks, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Marks(filled, noon) as older:
        before = older.export()
    monkeypatch.setattr(schema, "MIGRATIONS", COLOURED)
    assert len(marks.keys(MarkKind.READ)) == 360
    (copy,) = copies(filled)
    assert copy.name == OLDER
    assert copy.stat().st_mode & 0o777 == 0o600
    assert is_whole(copy)
    with closing(sqlite3.connect(filled)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(COLOURED),)
        assert connection.execute("SELECT DISTINCT machine FROM marks").fetchall() == [("before",)]
    monkeypatch.undo()
    with pytest.raises(MarksError, match="newer version"), Marks(filled, noon) as older:
        older.keys(MarkKind.READ)
    with Marks(copy, noon) as older:
        assert older.export() == before


def test_a_second_copy_does_not_overwrite_the_first(
    filled: Path, marks: Marks, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = filled.with_name(OLDER)
    first.write_text("precious", encoding="utf-8")
    monkeypatch.setattr(schema, "MIGRATIONS", COLOURED)
    marks.set(KEYS, MarkKind.STARRED, True)
    assert first.read_text(encoding="utf-8") == "precious"
    assert [copy.name for copy in copies(filled)] == [OLDER, f"{OLDER}-2"]


def test_a_migration_that_fails_changes_nothing(filled: Path, marks: Marks, monkeypatch: pytest.MonkeyPatch) -> None:
    before = marks.export()
    monkeypatch.setattr(schema, "MIGRATIONS", WRONG)
    marks.close()
    with pytest.raises(MarksError, match="nothing"):
        marks.set(KEYS, MarkKind.READ, True)
    assert copies(filled) == []
    monkeypatch.undo()
    assert marks.export() == before


# --- where nothing can be written


def test_a_locked_file_is_waited_for_and_then_told(filled: Path, marks: Marks) -> None:
    with closing(sqlite3.connect(filled, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(MarksError, match="another program"):
            marks.set(KEYS, MarkKind.STARRED, True)
        assert len(marks.keys(MarkKind.READ)) == 360, "reading needs no lock"
        other.execute("COMMIT")
    assert marks.keys(MarkKind.STARRED) == frozenset()
    marks.set(KEYS, MarkKind.STARRED, True)
    assert len(marks.keys(MarkKind.STARRED)) == 400


@pytest.fixture
def shut(open_place: Path, full: Path) -> Path:
    """The file in a folder that another user can reach."""
    folder = open_place / "data"
    folder.mkdir()
    shutil.copy(full, folder / "marks.sqlite3")
    (folder / "marks.sqlite3").chmod(0o666)
    return folder / "marks.sqlite3"


def test_in_a_folder_that_may_not_be_written_marks_are_read(shut: Path, locked: Locked) -> None:
    with Marks(shut, noon) as marks:
        with locked(shut.parent, 0o555):
            assert len(marks.keys(MarkKind.READ)) == 360
            assert marks.version == marks.version
            assert len(marks.export()["marks"]) == 491
            with pytest.raises(MarksError, match="cannot be written"):
                marks.set(KEYS, MarkKind.STARRED, True)
            with pytest.raises(MarksError, match="cannot be written"):
                marks.undo()
            assert marks.keys(MarkKind.STARRED) == frozenset()
        shut.parent.chmod(0o777)
        marks.set(KEYS, MarkKind.STARRED, True)
        assert len(marks.keys(MarkKind.STARRED)) == 400


def test_a_file_that_may_not_be_written_is_read(shut: Path, locked: Locked) -> None:
    with locked(shut, 0o444), Marks(shut, noon) as marks:
        assert len(marks.keys(MarkKind.READ)) == 360
        with pytest.raises(MarksError, match="cannot be written"):
            marks.set(KEYS, MarkKind.STARRED, True)


def test_a_file_that_may_not_be_read_is_told(shut: Path, locked: Locked) -> None:
    with locked(shut, 0), Marks(shut, noon) as marks, pytest.raises(MarksError, match="cannot be read"):
        marks.keys(MarkKind.READ)


def test_an_older_version_is_read_where_nothing_may_be_written(
    shut: Path, locked: Locked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "MIGRATIONS", COLOURED)
    with locked(shut.parent, 0o555), Marks(shut, noon) as marks:
        assert len(marks.keys(MarkKind.READ)) == 360
        assert [path.name for path in shut.parent.iterdir()] == ["marks.sqlite3"]


@pytest.mark.parametrize("page", [0, 1, 2])
def test_a_damaged_file_is_read_where_nothing_may_be_written(shut: Path, locked: Locked, page: int) -> None:
    data = spoiled(shut, page, "random")
    with locked(shut.parent, 0o555), Marks(shut, noon) as marks:
        assert len(marks.keys(MarkKind.READ)) >= 360 - MOST_ON_A_PAGE
        with pytest.raises(MarksError, match="cannot be written"):
            marks.set(KEYS, MarkKind.STARRED, True)
        assert len(marks.keys(MarkKind.READ)) >= 360 - MOST_ON_A_PAGE
    assert shut.read_bytes() == data


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder", encoding="utf-8")
    with Marks(tmp_path / "data" / "marks.sqlite3", noon) as marks:
        assert marks.of(KEYS) == {}
        with pytest.raises(MarksError, match="cannot be written"):
            marks.set(KEYS, MarkKind.READ, True)


def test_a_folder_in_the_place_of_the_file_is_told(file: Path, marks: Marks) -> None:
    (file / "inner").mkdir(parents=True)
    with pytest.raises(MarksError):
        marks.set(KEYS, MarkKind.READ, True)
    with pytest.raises(MarksError):
        marks.keys(MarkKind.READ)
    assert (file / "inner").is_dir()


def test_a_file_that_was_replaced_or_deleted_is_noticed(filled: Path, marks: Marks, full: Path) -> None:
    version = marks.version
    assert len(marks.keys(MarkKind.READ)) == 360
    for path in (filled, log_of(filled), filled.with_name(f"{filled.name}-shm")):
        path.unlink(missing_ok=True)
    assert marks.keys(MarkKind.READ) == frozenset()
    assert marks.version > version
    marks.set(KEYS[:1], MarkKind.READ, True)
    with Marks(filled, noon) as other:
        assert other.keys(MarkKind.READ) == {KEYS[0]}


FULL = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from reader.base.errors import MarksError
from reader.library.marks.marks import MarkKind, Marks
file, room = Path(sys.argv[1]), int(sys.argv[2])
marks = Marks(file, lambda: datetime(2024, 2, 20, tzinfo=UTC))
if len(sys.argv) > 3:
    marks.keys(MarkKind.READ)
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
done = 0
try:
    for number in range(400):
        marks.set([f"https://full{part}.example/{number}" for part in range(50)], MarkKind.TAG, True, "full")
        done += 1
except MarksError as error:
    print(error, file=sys.stderr)
    assert len(marks.keys(MarkKind.TAG, "full")) == 50 * done
    assert len(marks.keys(MarkKind.READ)) == 360
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    marks.set(["https://again.example"], MarkKind.STARRED, True)
print(done)
"""


@pytest.mark.parametrize("room", [0, 70_000, 150_000, 300_000, 600_000])
@pytest.mark.parametrize("is_open", [False, True])
def test_on_a_full_disk_what_cannot_be_kept_is_told_and_all_else_is_there(
    filled: Path, room: int, is_open: bool
) -> None:
    command = [sys.executable, "-c", FULL, str(filled), str(room), *(["open"] if is_open else [])]
    ended = run(command, text=True)
    assert ended.returncode == 0
    assert "cannot be written" in ended.stderr
    with Marks(filled, noon) as marks:
        assert len(marks.keys(MarkKind.READ)) == 360
        assert len(marks.keys(MarkKind.TAG, "full")) == 50 * int(ended.stdout)
        assert marks.keys(MarkKind.STARRED) == {"https://again.example"}
        assert marks.note == ""
    assert is_whole(filled)
