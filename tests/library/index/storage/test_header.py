"""What the header of a SQLite file says."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from reader.library.index.storage.header import Header, read_header

MADE = Header(application_id=7, version=3, is_empty=False)


def make(file: Path) -> None:
    """Make the tables of a file as a copy of the program does: all at once."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("CREATE TABLE t (x)")
        connection.execute(f"PRAGMA application_id = {MADE.application_id}")
        connection.execute(f"PRAGMA user_version = {MADE.version}")
        connection.execute("COMMIT")


def test_a_file_without_anything_is_empty_and_one_with_a_table_is_not(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "f")) as connection:
        assert read_header(connection) == Header(0, 0, is_empty=True)
        connection.execute("CREATE TABLE t (x)")
        assert read_header(connection) == Header(0, 0, is_empty=False)


def test_it_is_of_one_moment_though_another_makes_the_tables_between_two_questions(tmp_path: Path) -> None:
    file = tmp_path / "f"
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = wal")
        made: list[str] = []

        def make_meanwhile(statement: str) -> None:
            if "user_version" in statement and not made:
                made.append(statement)
                make(file)

        connection.set_trace_callback(make_meanwhile)
        assert read_header(connection) == Header(0, 0, is_empty=True)
        assert made
        assert read_header(connection) == MADE
        assert not connection.in_transaction


def test_it_can_be_read_within_a_transaction_which_goes_on(tmp_path: Path) -> None:
    make(tmp_path / "f")
    with closing(sqlite3.connect(tmp_path / "f", isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        assert read_header(connection) == MADE
        assert connection.in_transaction
