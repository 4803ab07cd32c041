"""Finds the first page of a list where finding and sorting all of it would take longer than a key may.

The first stories of an order are at hand at once. If a word has a long list in the word index, most stories contain
it; but then enough of the first two thousand do. So these are put into a small word index of their own, which
SQLite makes and asks just like the large one, so that both give the same answer. It is kept while the library stays as
it is, as every letter that is typed asks it again. Topics and hidden stories are looked up story by story.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Sequence, Set
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from reader.library.index.lists.id_arrays import ids, read_ids
from reader.library.index.storage.schema import STORY_TOKENIZER, STORY_WORDS

if TYPE_CHECKING:
    from reader.library.index.events.event_rows import EventRows
    from reader.library.query.query import Query

READ_AHEAD = 2_048
"""How many stories of an order are searched for the first page, if words are asked for."""

MOST_CHARACTERS = 1_000_000
"""How many characters the small word index takes: with more, this would take as long as the whole answer."""

MOST_ROWS = 3
"""A first page without words has up to so many times the stories that are wanted."""

MOST_ON_EVENTS = 2_000
"""With more stories on the events of a first page, folding it would take as long as the whole list."""

_CHUNK = 64
"""Stories that are searched first; then twice as many each time."""

_ARE_THESE = "id IN (SELECT value FROM json_each(?))"


Hidden: TypeAlias = tuple[Set[int], ...]
"""Sets of stories that are not listed. They are not joined to one, as that takes long where most stories are read."""


class Conditions(NamedTuple):
    """What is asked of each story of a first page.

    Attributes:
        words: an FTS5 expression, as `compilation.match` gives it; empty for none.
        topics: names of topics, of which it must have any; empty for all stories.
        hidden: sets of stories in none of which it may be.
    """

    words: str = ""
    topics: frozenset[str] = frozenset()
    hidden: Hidden = ()

    def not_hidden(self, stories: Iterable[int]) -> set[int]:
        """Those of some stories that are in none of the hidden sets."""
        return {story for story in stories if not any(story in some for some in self.hidden)}


def conditions_of(query: Query, topics: frozenset[str], hidden: Hidden = ()) -> Conditions | None:
    """A query as conditions on each story; None where it asks for anything besides words."""
    if not query:
        return Conditions("", topics, hidden)
    from reader.library.index.search.compilation import is_words_only, match

    words = match(query) if is_words_only(query) else ""
    return Conditions(words, topics, hidden) if words else None


class FirstPages:
    """Finds first pages in one index.

    Args:
        connection: the index. The small word index is a temporary table of this connection.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._version = -1
        self._known: set[int] = set()
        self._characters = 0

    def answering(self, asked: Conditions, candidates: Sequence[int], count: int) -> array[int] | None:
        """The first of some stories that meet conditions; None where these are not found quickly.

        Args:
            asked: the conditions.
            candidates: the first stories of an order. With no more than `READ_AHEAD`, nothing is found.
            count: how many stories are wanted at least. More are welcome, as they show where the page's last day ends.
        """
        if len(candidates) <= READ_AHEAD:
            return None
        page, start, step = ids(), 0, _CHUNK
        ahead = READ_AHEAD if asked.words else len(candidates)
        while start < ahead:
            chunk = candidates[start : min(start + step, ahead)]
            start, step = start + step, 2 * step
            found = self.meeting(asked, chunk)
            if found is None:
                return None
            page.extend(story for story in chunk if story in found)
            if len(page) >= count:
                return page if asked.words else page[: MOST_ROWS * count]
        return None

    def folded(self, asked: Conditions, stories: array[int], outlets: Sequence[str]) -> EventRows | None:
        """The beginning of a list, folded to one row per event; None where that is not quick.

        Args:
            asked: the conditions of the list, which decide which stories on an event are listed.
            stories: the first stories of the list.
            outlets: as in `StoriesOnEvents`.
        """
        from reader.library.index.events.event_rows import StoriesOnEvents

        on_events = StoriesOnEvents(self._connection, outlets, stories)
        if len(on_events.stories) > MOST_ON_EVENTS:
            return None
        listed = self.meeting(asked, on_events.stories)
        return None if listed is None else on_events.fold(stories, listed)

    def meeting(self, asked: Conditions, stories: Sequence[int]) -> set[int] | None:
        """Those of some stories that meet conditions; None where their texts are too long for the small word index."""
        import json

        if not asked.words and not asked.topics:
            return asked.not_hidden(stories)
        try:
            self._begin()
            if asked.words and not self._put(stories):
                return None
            found = asked.not_hidden(stories)
            if asked.words:
                found &= {row[0] for row in self._connection.execute(_FIND, (asked.words,))}
            if asked.topics:
                found &= {*read_ids(self._connection, _IN_TOPICS, (json.dumps([*found]), json.dumps([*asked.topics])))}
        except sqlite3.Error:  # what was put in may have been rolled back
            self._version = -1
            raise
        return found

    def _begin(self) -> None:
        """Empty the small word index if the library has changed since it was filled."""
        version = self._connection.execute("PRAGMA data_version").fetchone()[0]
        if version != self._version:
            self._connection.execute(_MAKE)
            self._connection.execute(_EMPTY)
            self._version, self._characters = version, 0
            self._known.clear()

    def _put(self, stories: Sequence[int]) -> bool:
        """Put stories into the small word index, unless they are in it; False where their texts are too long."""
        import json

        new = [story for story in stories if story not in self._known]
        if not new:
            return True
        listed = (json.dumps(new),)
        characters = self._characters + self._connection.execute(_MEASURE, listed).fetchone()[0]
        if characters > MOST_CHARACTERS:
            return False
        self._connection.execute(_PUT, listed)
        self._known.update(new)
        self._characters = characters
        return True


_MAKE = f"""CREATE VIRTUAL TABLE IF NOT EXISTS temp.first_words
    USING fts5({STORY_WORDS}, content='', tokenize='{STORY_TOKENIZER}')"""
_EMPTY = "INSERT INTO temp.first_words(first_words) VALUES ('delete-all')"
_MEASURE = f"SELECT ifnull(sum(length(title) + length(excerpt) + length(body)), 0) FROM stories WHERE {_ARE_THESE}"  # noqa: S608 — constant, as below
_PUT = f"INSERT INTO temp.first_words(rowid, {STORY_WORDS}) SELECT id, {STORY_WORDS} FROM stories WHERE {_ARE_THESE}"  # noqa: S608
_FIND = "SELECT rowid FROM temp.first_words WHERE first_words MATCH ?"
_IN_TOPICS = """SELECT DISTINCT x.story AS id FROM json_each(?) l
    CROSS JOIN topics t CROSS JOIN story_topics x ON x.topic = t.id AND x.story = l.value
    WHERE t.name IN (SELECT value FROM json_each(?))"""
