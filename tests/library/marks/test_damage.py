"""The file of the marks where it is damaged: what can be read of it is kept."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from examples import thinned
from library.marks_support import errors_of_three, memory_disk
from reader.base.errors import MarksError
from reader.library.marks.marks import MarkKind, Marks, MarkSet
from reader.library.marks.salvage import salvage
from reader.library.marks.schema import log_of

if TYPE_CHECKING:
    pass

from library.marks.files import KEYS, LONG, MOST_ON_A_PAGE, PAGE, copies, is_whole, spoiled
from library.marks_support import noon


@pytest.mark.parametrize("how", thinned(["random", "zero", "half"], every=3))
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
    assert marks.set(KEYS, MarkKind.STARRED, True).keys == tuple(sorted(KEYS))
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
