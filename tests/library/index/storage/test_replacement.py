"""Databases that are of no use are set aside, by one copy of the program at a time."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from reader.base.errors import IndexBusyError
from reader.library.index.storage import replacement
from reader.library.index.storage.damage import index_error
from reader.library.index.storage.replacement import open_or_replace, replacing, set_aside


def connect(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None)
    try:
        connection.execute("CREATE TABLE IF NOT EXISTS ours (x)")
    except BaseException:
        connection.close()
        raise
    return connection


def test_a_file_of_no_use_is_set_aside_with_what_was_wrong(tmp_path: Path) -> None:
    file, aside = tmp_path / "f", tmp_path / "aside"
    file.write_bytes(b"noise" * 99)
    connection, error = open_or_replace(file, connect, aside)
    connection.close()
    assert "not a database" in str(error)
    assert aside.read_bytes() == b"noise" * 99
    connection, error = open_or_replace(file, connect, aside)
    connection.close()
    assert error is None


def test_what_another_copy_has_just_made_is_not_set_aside(tmp_path: Path) -> None:
    file, aside = tmp_path / "f", tmp_path / "aside"
    file.write_bytes(b"noise" * 99)
    found: list[Path] = []

    def connect_late(path: Path) -> sqlite3.Connection:
        """Find the file of no use; before anything is done about it, another copy replaces it."""
        if found:
            return connect(path)
        found.append(path)
        with pytest.raises(sqlite3.DatabaseError) as noise:
            connect(path)
        with replacing(path):
            set_aside(path, None)
            with closing(connect(path)) as other:
                other.execute("INSERT INTO ours VALUES (1)")
        raise noise.value

    connection, error = open_or_replace(file, connect_late, aside)
    with closing(connection):
        assert error is None
        assert connection.execute("SELECT x FROM ours").fetchall() == [(1,)]
    assert not aside.exists()


def test_a_file_that_another_copy_replaces_for_too_long_is_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replacement, "_PATIENCE", 0.0)
    file = tmp_path / "f"
    file.write_bytes(b"noise" * 99)
    with replacing(file), pytest.raises(sqlite3.OperationalError, match="another program is replacing it") as busy:
        open_or_replace(file, connect, tmp_path / "aside")
    assert type(index_error(busy.value)) is IndexBusyError
    assert file.read_bytes() == b"noise" * 99


def test_many_that_find_a_file_of_no_use_replace_it_once(tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.write_bytes(b"noise" * 99)
    together = threading.Barrier(8)
    errors: list[object] = []

    def look() -> None:
        together.wait()
        connection, error = open_or_replace(file, connect, tmp_path / "aside")
        connection.close()
        errors.append(error)

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(errors) == 8
    assert len([error for error in errors if error]) == 1
    assert (tmp_path / "aside").read_bytes() == b"noise" * 99
