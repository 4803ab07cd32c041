"""A connection that notes its statements."""

from __future__ import annotations

import sqlite3
from typing import Any


class Noting(sqlite3.Connection):
    """A connection of SQLite's.

    Attributes:
        statements: the texts of all statements that it was given, each of which it may keep compiled.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.statements: set[str] = set()

    def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
        """As usual."""
        self.statements.add(sql)
        return super().execute(sql, *parameters)
