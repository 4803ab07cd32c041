"""The word indexes, two of stories and one of entries: putting words in, taking them out, and merging what was put in.

FTS5 writes what is put into it in pieces, and merges small ones into larger ones as more come. Where many files come
in, that would copy each word several times while a person waits for the list to be complete: there, the pieces wait
until all are in, and are merged at once.
"""

from __future__ import annotations

import sqlite3
from time import sleep

from reader.library.index.storage.journal import transaction
from reader.library.index.storage.schema import STORY_WORDS

_OF_STORIES = ("story_words", "story_beginnings")

_COLUMNS = {**dict.fromkeys(_OF_STORIES, STORY_WORDS), "entry_words": "title, excerpt, provider"}
"""Word index → its columns."""

_CONTENT = {**dict.fromkeys(_OF_STORIES, "stories"), "entry_words": "entries"}
"""Word index → the table whose rows it finds."""

_MOST_VALUES = 10_000
"""Values bound to one statement; SQLite takes up to 32,766."""

_AS_USUAL = {"automerge": 4, "crisismerge": 16}
_WAITING = {"automerge": 0, "crisismerge": 64}
"""From how many pieces of about a size they are merged: step by step (0: not at all), and all at once."""

_PAGES, _PAUSE = 1_000, 0.01
"""Pages that are merged in a transaction at least, about 50 ms, and seconds until the next: others want to write."""


class WordIndexes:
    """Puts words of rows into the index of their table.

    All of a transaction are put in at once: one by one they would take twice as long.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._rows: dict[str, list[int]] = {index: [] for index in _COLUMNS}

    def add_story(self, row: int) -> None:
        """Have the words of a story put in."""
        for index in _OF_STORIES:
            self._rows[index].append(row)

    def add_entry(self, row: int) -> None:
        """Have the words of an entry put in."""
        self._rows["entry_words"].append(row)

    def remove_story(self, row: int) -> None:
        """Take the words of a story out, before they change; where it is removed, a trigger does that."""
        for index in _OF_STORIES:
            self._connection.execute(
                f"""INSERT INTO {index}({index}, rowid, {STORY_WORDS})
                    SELECT 'delete', id, {STORY_WORDS} FROM stories WHERE id = ?""",  # noqa: S608 — names from here
                (row,),
            )

    def clear(self) -> None:
        """Forget rows of a transaction that was rolled back."""
        for rows in self._rows.values():
            rows.clear()

    def put(self) -> None:
        """Put the words in, at the end of a transaction."""
        for index, rows in self._rows.items():
            columns = _COLUMNS[index]
            for start in range(0, len(rows), _MOST_VALUES):
                ids = rows[start : start + _MOST_VALUES]
                marks = ",".join("?" * len(ids))
                self._connection.execute(
                    f"""INSERT INTO {index}(rowid, {columns})
                        SELECT id, {columns} FROM {_CONTENT[index]} WHERE id IN ({marks})""",  # noqa: S608 — bound
                    ids,
                )
            rows.clear()


def let_merging_wait(connection: sqlite3.Connection) -> None:
    """Merge next to nothing until `merge` is called: by this sync, or by another that comes to its end before."""
    with transaction(connection):
        for index in _COLUMNS:
            _configure(connection, index, _WAITING)


def merge(connection: sqlite3.Connection) -> None:
    """Merge what waits for it, and let merging go on as usual; nothing where none was to wait."""
    for index in _COLUMNS:
        row = connection.execute(f"SELECT v FROM {index}_config WHERE k = 'automerge'").fetchone()  # noqa: S608
        if row is None or row[0] != _WAITING["automerge"]:
            continue
        while _merge_some(connection, index):
            sleep(_PAUSE)
        with transaction(connection):
            _configure(connection, index, _AS_USUAL)


def _merge_some(connection: sqlite3.Connection, index: str) -> bool:
    """Merge a few pages; says whether there were any."""
    with transaction(connection):
        before = connection.total_changes
        connection.execute(f"INSERT INTO {index}({index}, rank) VALUES ('merge', ?)", (_PAGES,))  # noqa: S608
        return connection.total_changes - before > 1  # one is this statement


def _configure(connection: sqlite3.Connection, index: str, values: dict[str, int]) -> None:
    connection.executemany(f"INSERT INTO {index}({index}, rank) VALUES (?, ?)", values.items())  # noqa: S608
