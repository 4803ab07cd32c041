"""The first page of a search, where to put all that answers in order takes longer than a key may.

A word that most stories contain has a long list in the word index. But then the first few stories of the order hold
enough of them: these are put into a small word index of their own, which SQLite makes and asks as it does the large
one, so that both say the same. It is kept while the library stays as it is: each letter of a word asks it again.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Sequence

from reader.library.index.storage.schema import STORY_TOKENIZER, STORY_WORDS

READ_AHEAD = 512
"""Stories among which the first page is looked for."""

MOST_CHARACTERS = 500_000
"""Characters of stories that are put in: what is longer takes as long as the whole answer does."""

_CHUNK = 64
_ARE_THESE = "id IN (SELECT value FROM json_each(?))"


class FirstPages:
    """Finds first pages in one index.

    Args:
        connection: the index. The small word index is a passing table of this connection.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._version = -1
        self._known: set[int] = set()
        self._characters = 0

    def answering(self, words: str, candidates: Sequence[int], count: int) -> array[int] | None:
        """The first of some stories that have certain words; None where that cannot be told soon.

        Args:
            words: an FTS5 expression, as `compilation.match` gives it.
            candidates: all stories that may be on the page, in the order in which they are listed.
            count: how many are wanted at least.
        """
        if len(candidates) <= READ_AHEAD:
            return None
        self._begin()
        for start in range(0, READ_AHEAD, _CHUNK):
            end = min(start + _CHUNK, READ_AHEAD)
            if not self._put(candidates[start:end]):
                return None
            found = {row[0] for row in self._connection.execute(_FIND, (words,))}
            page = array("q", (story for story in candidates[:end] if story in found))
            if len(page) >= count:
                return page
        return None

    def _begin(self) -> None:
        """Forget what was put in when the library was another."""
        version = self._connection.execute("PRAGMA data_version").fetchone()[0]
        if version != self._version:
            self._connection.execute(_MAKE)
            self._connection.execute(_EMPTY)
            self._version, self._characters = version, 0
            self._known.clear()

    def _put(self, stories: Sequence[int]) -> bool:
        """Have some stories in the small index; false where they say too much for that."""
        import json

        new = [story for story in stories if story not in self._known]
        if not new:
            return True
        ids = (json.dumps(new),)
        characters = self._characters + self._connection.execute(_MEASURE, ids).fetchone()[0]
        if characters > MOST_CHARACTERS:
            return False
        self._connection.execute(_PUT, ids)
        self._known.update(new)
        self._characters = characters
        return True


_MAKE = f"""CREATE VIRTUAL TABLE IF NOT EXISTS temp.first_words
    USING fts5({STORY_WORDS}, content='', tokenize='{STORY_TOKENIZER}')"""
_EMPTY = "INSERT INTO temp.first_words(first_words) VALUES ('delete-all')"
_MEASURE = f"SELECT ifnull(sum(length(title) + length(excerpt) + length(body)), 0) FROM stories WHERE {_ARE_THESE}"  # noqa: S608 — constant, as below
_PUT = f"INSERT INTO temp.first_words(rowid, {STORY_WORDS}) SELECT id, {STORY_WORDS} FROM stories WHERE {_ARE_THESE}"  # noqa: S608
_FIND = "SELECT rowid FROM temp.first_words WHERE first_words MATCH ?"
