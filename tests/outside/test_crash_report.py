"""Reports of crashes: where they lie, and what becomes of what lies beside them."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader.outside.crash_report import tell_crash

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def tell(folder: Path, times: int) -> None:
    for minute in range(times):
        tell_crash(ValueError("x"), folder, NOON + timedelta(minutes=minute), doing="list")


def reports(folder: Path) -> list[str]:
    return sorted(file.name[:34] for file in folder.glob("story-reader-crash-*"))


def test_the_last_ten_reports_are_left(tmp_path: Path) -> None:
    tell(tmp_path, 13)
    assert reports(tmp_path) == [f"story-reader-crash-20260302T12{minute:02}00" for minute in range(3, 13)]


def test_files_of_other_programs_stay_whatever_their_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "passing"))
    (tmp_path / "no folder").touch()
    others = [f"crash-{number:02}.txt" for number in range(30)]
    others += ["crash-20200101T000000-abcd.txt", "story-reader-crash-.txt", "story-reader-crash-20200101T000000-zz.txt"]
    for folder, place in (("data", "data"), ("no folder", "passing")):
        (tmp_path / place).mkdir()
        for name in others:
            (tmp_path / place / name).touch()
        kept = tmp_path / place / "story-reader-crash-20200101T000000-00000000.txt"
        kept.mkdir()
        tell(tmp_path / folder, 12)
        assert {file.name for file in (tmp_path / place).iterdir()} >= {*others, kept.name}
        assert len(reports(tmp_path / place)) == 10 + 3
