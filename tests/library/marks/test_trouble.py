"""The file of the marks: damaged, of another version, locked, on a full disk, or where nothing may be written."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from library.marks_support import errors_of_three, memory_disk
from reader.base.errors import MarksError
from reader.library.marks import schema
from reader.library.marks.marks import MarkKind, Marks, MarkSet
from reader.library.marks.salvage import salvage
from reader.library.marks.schema import log_of

if TYPE_CHECKING:
    from library.conftest import Locked

PAGE = schema.PAGE
KEYS = [f"https://site{number % 7}.example/2024/02/some-headline-{number}" for number in range(400)]
LONG = "".join(f"line {number}\n" for number in range(1_500)).strip()
MOST_ON_A_PAGE = 80


def noon() -> datetime:
    return datetime(2024, 2, 20, 12, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "marks.sqlite3"


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed file of every sort of page: inner and outer ones, a long note, a list of changes."""
    file = tmp_path_factory.mktemp("full") / "marks.sqlite3"
    with Marks(file, noon) as marks:
        marks.set(KEYS, MarkKind.READ, True)
        marks.set(KEYS[:90], MarkKind.TAG, True, "a tag")
        marks.set(KEYS[50:51], MarkKind.NOTE, LONG)
        marks.set(KEYS[:40], MarkKind.READ, False)
    return file


@pytest.fixture
def filled(full: Path, file: Path) -> Path:
    """The same in a place of its own."""
    file.parent.mkdir()
    shutil.copy(full, file)
    return file


@pytest.fixture
def marks(file: Path) -> Iterator[Marks]:
    with Marks(file, noon, patience=0.1) as marks:
        yield marks


def copies(file: Path) -> list[Path]:
    """Files beside the marks that are neither SQLite's nor the lock."""
    return sorted(path for path in file.parent.iterdir() if path.name.startswith((f"{file.name}.d", f"{file.name}.b")))


def is_whole(file: Path) -> bool:
    with closing(sqlite3.connect(file)) as connection:
        return bool(connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)])


def spoiled(file: Path, number: int, how: str) -> bytes:
    """Spoil one page of a file, counted from 0; gives the file as it is then."""
    data = bytearray(file.read_bytes())
    garbage = {"random": random.Random(number).randbytes(PAGE), "zero": bytes(PAGE), "half": None}[how]
    if garbage is None:
        garbage = bytes(data[number * PAGE : number * PAGE + PAGE // 2]) + random.Random(number).randbytes(PAGE // 2)
    data[number * PAGE : (number + 1) * PAGE] = garbage
    file.write_bytes(data)
    return bytes(data)


@pytest.mark.parametrize("how", ["random", "zero", "half"])
def test_whichever_page_is_damaged_all_others_are_kept(full: Path, how: str) -> None:
    pages = full.stat().st_size // PAGE
    assert pages > 15
    with memory_disk() as folder:
        mended = sum(is_mended(full, folder / str(number) / "marks.sqlite3", number, how) for number in range(pages))
    assert mended > pages // 2


def is_mended(full: Path, file: Path, number: int, how: str) -> bool:
    """Spoil a page of a copy, use it, look that the other pages are kept; gives whether the damage was noticed."""
    file.parent.mkdir()
    shutil.copy(full, file)
    data = spoiled(file, number, how)
    with Marks(file, noon) as marks:
        marks.check()
        read = marks.keys(MarkKind.READ)
        assert read <= set(KEYS[40:])
        assert len(KEYS[40:]) - len(read) <= MOST_ON_A_PAGE
        assert len(marks.keys(MarkKind.TAG)) >= 90 - MOST_ON_A_PAGE
        if marks.note:
            (copy,) = copies(file)
            assert str(copy) in marks.note
            assert copy.read_bytes() == data
            assert copy.stat().st_mode & 0o777 == file.stat().st_mode & 0o777 == 0o600
        marks.set(["https://after.example"], MarkKind.STARRED, True)
        assert marks.keys(MarkKind.STARRED) == {"https://after.example"}
    assert is_whole(file)
    return bool(marks.note)


@pytest.mark.parametrize("size", [50, 99, 512, PAGE, 3 * PAGE + 100, -PAGE, -1])
def test_a_truncated_file_is_mended(filled: Path, marks: Marks, size: int) -> None:
    filled.write_bytes(filled.read_bytes()[:size])
    whole = len(salvage(filled))
    kept = filled.read_bytes()
    marks.check()
    assert "damaged" in marks.note
    assert len(marks.export()["marks"]) == whole
    assert [path.read_bytes() for path in copies(filled)] == [kept]
    if size < -1:
        assert whole > 300


def test_a_file_of_random_bytes_is_kept(file: Path, marks: Marks) -> None:
    file.parent.mkdir()
    garbage = random.Random(1).randbytes(20_000)
    file.write_bytes(garbage)
    assert marks.of(KEYS) == {}
    assert "0 of them" in marks.note
    assert [path.read_bytes() for path in copies(file)] == [garbage]
    marks.set(KEYS, MarkKind.READ, True)
    marks.close()
    file.write_bytes(garbage)
    with Marks(file, noon) as other:
        other.set(KEYS[:1], MarkKind.READ, True)
    assert len(copies(file)) == 2


def test_damage_found_while_writing_is_mended_and_the_change_is_made(filled: Path, marks: Marks) -> None:
    spoiled(filled, 0, "random")
    assert marks.set(KEYS, MarkKind.STARRED, True).keys == tuple(KEYS)
    assert "damaged" in marks.note
    assert marks.keys(MarkKind.READ) == set(KEYS[40:])
    assert marks.of(KEYS[50:51])[KEYS[50]] == MarkSet(True, True, ("a tag",), LONG)


def test_damage_in_the_midst_of_use_is_mended(filled: Path) -> None:
    with Marks(filled, noon) as marks, Marks(filled, noon) as other:
        assert len(marks.keys(MarkKind.READ)) == len(other.keys(MarkKind.READ)) == 360
        for number in range(filled.stat().st_size // PAGE):
            spoiled(filled, number, "zero")
        marks.close()
        other.close()
        assert marks.of(KEYS) == other.of(KEYS) == {}
        marks.set(KEYS[:5], MarkKind.READ, True)
        other.set(KEYS[5:9], MarkKind.READ, True)
        assert marks.keys(MarkKind.READ) == other.keys(MarkKind.READ) == set(KEYS[:9])
    assert len(copies(filled)) == 1


def test_marks_that_are_only_in_the_log_are_saved(file: Path, tmp_path: Path) -> None:
    left = tmp_path / "left" / "marks.sqlite3"
    left.parent.mkdir()
    with Marks(file, noon) as marks:
        marks.set(KEYS, MarkKind.READ, True)
        marks.set(KEYS[:1], MarkKind.NOTE, LONG)
        marks.set(KEYS[:9], MarkKind.READ, False)
        shutil.copy(log_of(file), log_of(left))  # as after a kill, with the file itself gone
    for content in (None, b"", b"garbage" * 2_000):
        if content is not None:
            left.write_bytes(content)
        if not log_of(left).exists():
            shutil.copy(next(path for path in left.parent.iterdir() if path.name.endswith("-wal")), log_of(left))
        with Marks(left, noon) as marks:
            assert marks.keys(MarkKind.READ) == set(KEYS[9:])
            assert marks.of(KEYS[:1])[KEYS[0]].note == LONG
            assert content or "damaged" in marks.note, "without its first page SQLite finds all in the log"
        left.unlink()


def test_a_damaged_list_of_changes_is_told_and_costs_no_mark(filled: Path, marks: Marks) -> None:
    with closing(sqlite3.connect(filled)) as connection:
        connection.execute("UPDATE changes SET rows = zeroblob(length(rows)) WHERE id = (SELECT max(id) FROM changes)")
        connection.commit()
    before = marks.export()
    with pytest.raises(MarksError, match="cannot be taken back"):
        marks.undo()
    assert marks.export() == before
    undone = marks.undo()
    assert undone is not None
    assert undone.kind is MarkKind.NOTE


def test_salvaging_reads_all_of_a_sound_file(filled: Path, marks: Marks) -> None:
    assert len(salvage(filled)) == len(marks.export()["marks"]) == 400 + 90 + 1


def test_salvaging_random_pages_never_fails(tmp_path: Path) -> None:
    chance = random.Random(3)
    file = tmp_path / "marks.sqlite3"
    for _ in range(100):
        page = bytearray(chance.randbytes(PAGE))
        page[0] = chance.choice([0x02, 0x0A])
        page[3:5] = chance.choice([b"\0\x40", b"\xff\xff", b"\0\0"])
        file.write_bytes(bytes(PAGE) + page)
        assert salvage(file) == []


SPOILT = [
    "UPDATE marks SET kind = 'rea?' WHERE key = :key",
    "UPDATE marks SET kind = 'seen', value = 'soon' WHERE key = :key AND kind = 'read'",
    "UPDATE marks SET kind = 'seen', value = 99999999999999999 WHERE key = :key AND kind = 'read'",
    "UPDATE facts SET value = x'00' || :key WHERE name = 'machine'",
    "UPDATE facts SET value = 'never' || :key WHERE name = 'clock'",
    "DELETE FROM facts",
    "DROP TABLE facts",
    "DROP TABLE changes",
]


@pytest.mark.parametrize("spoil", SPOILT)
def test_what_sqlite_takes_for_sound_is_mended_when_it_makes_no_sense(filled: Path, marks: Marks, spoil: str) -> None:
    with closing(sqlite3.connect(filled)) as connection:
        connection.execute(spoil, {"key": KEYS[100]} if ":key" in spoil else {})
        connection.commit()
    assert marks.of(KEYS[100:102])[KEYS[101]] == MarkSet(read=True)
    marks.export()
    marks.set(KEYS, MarkKind.STARRED, True)
    assert marks.undo() is not None
    assert set(KEYS[40:]) - marks.keys(MarkKind.READ) <= {KEYS[100]}
    assert "damaged" in marks.note


MENDED = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from reader.library.marks.marks import MarkKind, Marks
marks = Marks(Path(sys.argv[1]), lambda: datetime(2024, 2, 20, tzinfo=UTC))
sys.stdin.readline()
for number in range(20):
    marks.set([f"https://{sys.argv[2]}.example/{number}"], MarkKind.STARRED, True)
"""


def test_several_processes_that_find_the_damage_mend_it_once(filled: Path, marks: Marks) -> None:
    spoiled(filled, 0, "zero")
    assert errors_of_three(MENDED, filled) == ["", "", ""]
    assert len(marks.keys(MarkKind.STARRED)) == 60
    assert marks.keys(MarkKind.READ) == set(KEYS[40:])
    assert len(copies(filled)) == 1


# --- other versions


def test_the_file_of_a_newer_version_is_left_alone(filled: Path, marks: Marks) -> None:
    with closing(sqlite3.connect(filled)) as newer:
        newer.execute("PRAGMA user_version = 99")
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
    ended = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert "cannot be written" in ended.stderr
    with Marks(filled, noon) as marks:
        assert len(marks.keys(MarkKind.READ)) == 360
        assert len(marks.keys(MarkKind.TAG, "full")) == 50 * int(ended.stdout)
        assert marks.keys(MarkKind.STARRED) == {"https://again.example"}
        assert marks.note == ""
    assert is_whole(filled)
