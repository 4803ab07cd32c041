"""Puts words into the word indexes (FTS5, two of stories and one of entries), takes them out, and merges them.

FTS5 writes what is put into it in segments, and merges small ones into larger ones as more come. Where many files come
in, that would copy each word several times while a person waits for the list to be complete. There, segments are merged
only when all are in: those of stories before events are found, those of entries afterwards.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from time import sleep

from reader.library.index.storage.journal import transaction
from reader.library.index.storage.portions import run_for
from reader.library.index.storage.schema import STORY_WORDS

OF_STORIES = ("story_words", "story_beginnings")
OF_ENTRIES = ("entry_words",)

_AS_USUAL = {"automerge": 4, "crisismerge": 16}
_WAITING = {"automerge": 0, "crisismerge": 64}
"""Options of FTS5: how many segments of about one size are merged step by step (0: none), and how many in one go."""

_PAGES, _PAUSE = 1_000, 0.01
"""Pages that are merged in one transaction, about 50 ms of work; and seconds until the next, when others may write."""


class WordIndexes:
    """Puts words of stories into their indexes; `resolve` does so for entries.

    The words of all stories of a transaction are put in at its end: one by one would take twice as long.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._stories: list[int] = []

    def add(self, story: int) -> None:
        """Have the words of a story put in at the end of the transaction."""
        self._stories.append(story)

    def remove(self, story: int) -> None:
        """Take out the words of a story that is about to change. For one that is deleted, a trigger does that."""
        for index in OF_STORIES:
            self._connection.execute(
                f"""INSERT INTO {index}({index}, rowid, {STORY_WORDS})
                    SELECT 'delete', id, {STORY_WORDS} FROM stories WHERE id = ?""",  # noqa: S608 — names from here
                (story,),
            )

    def clear(self) -> None:
        """Forget stories of a transaction that was rolled back."""
        self._stories.clear()

    def put(self) -> None:
        """Put in the words of the stories that were added; to be called at the end of a transaction."""
        for index in OF_STORIES:
            run_for(
                self._connection,
                f"""INSERT INTO {index}(rowid, {STORY_WORDS})
                    SELECT id, {STORY_WORDS} FROM stories WHERE id IN ({{}})""",  # noqa: S608 — names from here
                self._stories,
            )
        self._stories.clear()


def let_merging_wait(connection: sqlite3.Connection) -> None:
    """Have FTS5 merge next to nothing until `merge` is called, by this sync or by another that ends before."""
    with transaction(connection):
        for index in (*OF_STORIES, *OF_ENTRIES):
            _configure(connection, index, _WAITING)


def merge(connection: sqlite3.Connection, indexes: Sequence[str]) -> None:
    """Merge what waits since `let_merging_wait`, and let merging go on as usual; else do nothing.

    Args:
        connection: the index.
        indexes: some of `OF_STORIES` and `OF_ENTRIES`.
    """
    for index in indexes:
        row = connection.execute(f"SELECT v FROM {index}_config WHERE k = 'automerge'").fetchone()  # noqa: S608
        if row is None or row[0] != _WAITING["automerge"]:
            continue
        while _merge_some(connection, index):
            sleep(_PAUSE)
        with transaction(connection):
            _configure(connection, index, _AS_USUAL)


def _merge_some(connection: sqlite3.Connection, index: str) -> bool:
    """Merge some pages; gives whether there were any."""
    with transaction(connection):
        before = connection.total_changes
        connection.execute(f"INSERT INTO {index}({index}, rank) VALUES ('merge', ?)", (_PAGES,))  # noqa: S608
        return connection.total_changes - before > 1  # the statement itself is one change


def _configure(connection: sqlite3.Connection, index: str, values: dict[str, int]) -> None:
    connection.executemany(f"INSERT INTO {index}({index}, rank) VALUES (?, ?)", values.items())  # noqa: S608
