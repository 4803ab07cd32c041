"""The journal of a database."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from reader.library.index.storage import journal
from reader.library.index.storage.journal import prepare_journal, transaction


def test_a_log_that_grew_gives_its_room_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one large transaction needed does not lie on the disk until the program ends."""
    monkeypatch.setattr(journal, "LOG_BYTES", 1 << 16)
    path = tmp_path / "some.sqlite3"
    log = path.with_name(f"{path.name}-wal")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        prepare_journal(connection, path)
        connection.execute("CREATE TABLE texts (text BLOB)")
        with transaction(connection):
            connection.executemany("INSERT INTO texts VALUES (randomblob(10000))", [()] * 100)
        assert log.stat().st_size > 1_000_000
        connection.execute("PRAGMA wal_checkpoint").fetchall()
        connection.execute("INSERT INTO texts VALUES ('short')")
        assert log.stat().st_size <= 1 << 16
