"""The events of the index: which articles report the same happening, kept up to date article by article.

    articles ── event_words     the telling words of articles that have links: text, and how many articles have a word
       │
       └─ bonds ── events       made by `coverage.bonds` and `coverage.events`

What a changed article touches: the bonds of the article itself, and of the articles that have a word of which the
rarity went up or down a level by it. The same files give the same events, in whatever steps they came.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from reader.coverage.bonds import NEAR_SECONDS, Kind, Weighing, Wording, kind_of, level, shared_words
from reader.coverage.events import MOST_MEMBERS, Bond, copies, gather
from reader.coverage.words import words_of

_MOST_VALUES = 10_000
"""Values bound to one statement."""

_WORTH_ALL = 2_000
"""Pairs of articles, or words, for which reading all words with their counts pays."""

_LONGEST_EXCERPT = 4_000
"""Characters of an excerpt that are compared; most have some hundred."""


_SPELLED = "0u"
"""What a word begins with that is spelled as its bytes."""


def renew_events(connection: sqlite3.Connection, changed: Iterable[int], around: Iterable[int]) -> set[int]:
    """Bring bonds and events up to date; to be called in a transaction.

    Args:
        connection: the index, with its articles and links as they are now.
        changed: ids of the articles that changed, came or went; of each link that did, an end at least.
        around: ids of those, and of both ends of the links that came or went.

    Returns:
        The articles whose event may be another than before, or has other members.
    """
    return _Renewal(connection).renew(set(changed), sorted(set(around)))


class _Renewal:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._wordings: dict[int, Wording] = {}
        self._levels: dict[str, int] = {}
        self._articles = 0

    def renew(self, changed: set[int], around: Sequence[int]) -> set[int]:
        """As `renew_events`."""
        moved = self._renew_words(around)
        if moved is None:
            all_known = "SELECT rowid FROM event_words UNION SELECT a FROM bonds UNION SELECT b FROM bonds"
            touched = changed.union(row[0] for row in self._connection.execute(all_known))
            self._connection.execute("DELETE FROM bonds")
        else:
            touched = changed | moved
            touched |= self._unbind(touched)
            touched |= self._unbind(self._in_crowds(touched))
        self._bind(touched)
        return self._gather(touched, is_all=moved is None)

    # Words.

    def _renew_words(self, changed: Sequence[int]) -> set[int] | None:
        """Bring the words of articles up to date; gives the other articles whose words changed level, None for all."""
        before = self._connection.execute("SELECT count(*) FROM event_words_docsize").fetchone()[0]
        old, new = self._stored(changed) if before else {}, self._now(changed)
        differing = [article for article in changed if old.get(article) != new.get(article)]
        self._articles = before + sum((article in new) - (article in old) for article in differing)
        is_all = self._articles.bit_length() != before.bit_length()
        moved = [] if is_all else self._words_between_levels(differing, old, new)
        self._connection.executemany(
            "DELETE FROM event_words WHERE rowid = ?", [(article,) for article in differing if article in old]
        )
        self._connection.executemany(
            "INSERT INTO event_words(rowid, title, excerpt) VALUES (?, ?, ?)",
            [
                (article, " ".join(new[article].title), " ".join(new[article].excerpt))
                for article in differing
                if article in new
            ],
        )
        self._wordings.update(new)
        return None if is_all else self._with_any_of(moved)

    def _words_between_levels(
        self, differing: Sequence[int], old: Mapping[int, Wording], new: Mapping[int, Wording]
    ) -> list[str]:
        """The words that change level, and that not only the differing articles have; to be asked before they are."""
        difference: defaultdict[str, int] = defaultdict(int)
        for article in differing:
            for words, by in ((old.get(article), -1), (new.get(article), 1)):
                for word in words.words if words else ():
                    difference[word] += by
        counts = self._counts([word for word, by in difference.items() if by])
        return [word for word, count in counts.items() if count.bit_length() != (count + difference[word]).bit_length()]

    def _stored(self, articles: Sequence[int]) -> dict[int, Wording]:
        """What the index has of the words of articles."""
        return {
            row[0]: Wording(tuple(row[1].split()), tuple(row[2].split()))
            for row in self._of("SELECT rowid, title, excerpt FROM event_words WHERE rowid IN ({})", articles)
        }

    def _now(self, articles: Sequence[int]) -> dict[int, Wording]:
        """The words of those articles that may be on an event by them: they have a time, and a link."""
        sql = """SELECT id, title, excerpt FROM articles
                 WHERE id IN ({}) AND published IS NOT NULL AND title IS NOT NULL
                 AND EXISTS (SELECT 1 FROM links WHERE a = articles.id)"""
        return {row[0]: Wording(_terms(row[1]), _terms(row[2][:_LONGEST_EXCERPT])) for row in self._of(sql, articles)}

    def _counts(self, words: Sequence[str]) -> dict[str, int]:
        """How many articles have each of some words; without those that none has."""
        if len(words) > _WORTH_ALL:
            rows = self._connection.execute("SELECT term, doc FROM event_vocabulary")
            known = set(words)
            return {term: doc for term, doc in rows if term in known}
        select = "SELECT doc FROM event_vocabulary WHERE term = ?"
        return {word: row[0] for word in words if (row := self._connection.execute(select, (word,)).fetchone())}

    def _with_any_of(self, words: Sequence[str]) -> set[int]:
        found: set[int] = set()
        for start in range(0, len(words), 100):
            expression = " OR ".join(f'"{word}"' for word in words[start : start + 100])
            rows = self._connection.execute("SELECT rowid FROM event_words WHERE event_words MATCH ?", (expression,))
            found.update(row[0] for row in rows)
        return found

    def _level(self, word: str) -> int:
        known = self._levels.get(word)
        if known is None:
            row = self._connection.execute("SELECT doc FROM event_vocabulary WHERE term = ?", (word,)).fetchone()
            known = self._levels[word] = level(row[0] if row else 1, self._articles)
        return known

    # Bonds.

    def _unbind(self, articles: set[int]) -> set[int]:
        """Remove the bonds of articles; gives those they were bound to."""
        bound = {
            *self._ids("SELECT b FROM bonds WHERE a IN ({})", articles),
            *self._ids("SELECT a FROM bonds WHERE b IN ({})", articles),
        }
        for side in ("a", "b"):
            self._run(f"DELETE FROM bonds WHERE {side} IN ({{}})", articles)  # noqa: S608 — a name from here
        return bound

    def _bind(self, articles: set[int]) -> None:
        """Bind articles to those near them."""
        ids = sorted(articles)
        bonds = {(bond.a, bond.b): bond for bond in self._alike(ids)}
        bonds.update(((bond.a, bond.b), bond) for bond in self._with_one_headline(ids))
        self._connection.executemany(
            "INSERT OR REPLACE INTO bonds(a, b, kind, alike, shared) VALUES (?, ?, ?, ?, ?)", bonds.values()
        )

    def _alike(self, ids: Sequence[int]) -> Iterator[Bond]:
        sql = f"""SELECT l.a, l.b FROM links l JOIN articles x ON x.id = l.a JOIN articles y ON y.id = l.b
                  WHERE l.a IN ({{}}) AND x.outlet <> y.outlet
                  AND y.published BETWEEN x.published - {NEAR_SECONDS} AND x.published + {NEAR_SECONDS}"""  # noqa: S608
        pairs = sorted({(a, b) if a < b else (b, a) for a, b in self._of(sql, ids)})
        missing = {one for pair in pairs for one in pair} - self._wordings.keys()
        self._wordings.update(self._stored(sorted(missing)))
        if len(pairs) > _WORTH_ALL:
            counts = self._connection.execute("SELECT term, doc FROM event_vocabulary")
            self._levels = {term: level(articles, self._articles) for term, articles in counts}
        weighing = Weighing(self._level)
        for a, b in pairs:
            one, other = self._wordings.get(a), self._wordings.get(b)
            if one is None or other is None:
                continue
            alike = weighing.alike(one, other)
            kind = kind_of(alike, one.title, other.title)
            if kind is not None:
                yield Bond(a, b, kind, round(alike, 6), shared_words(one, other))

    def _with_one_headline(self, ids: Sequence[int]) -> Iterator[Bond]:
        """Bonds of articles by the same headline in another outlet, linked or not."""
        asked = set(ids)
        for group in self._headlines(ids):
            for place, (published, _, article, outlet) in enumerate(group):
                for later, _, other, other_outlet in group[place + 1 : place + 1 + MOST_MEMBERS]:
                    if later - published > NEAR_SECONDS:
                        break
                    if other_outlet != outlet and (article in asked or other in asked):
                        yield Bond(min(article, other), max(article, other), Kind.SAME_HEADLINE, 1.0, 0)

    def _in_crowds(self, articles: set[int]) -> set[int]:
        """Where a headline stands so often that not all are bound to all: the articles that one more or less parts."""
        found: set[int] = set()
        for group in self._headlines(articles):
            if len(group) > MOST_MEMBERS:
                times = [told[0] for told in group]
                for published, _, article, _ in group:
                    if article in articles:
                        start = bisect_left(times, published - NEAR_SECONDS)
                        end = bisect_right(times, published + NEAR_SECONDS)
                        found.update(told[2] for told in group[start:end])
        return found

    def _headlines(self, articles: Iterable[int]) -> Iterator[list[tuple[int, str, int, str]]]:
        """The articles with each of the headlines of some: time, key, id and outlet, in order."""
        own = {row[0] for row in self._of("SELECT headline FROM articles WHERE id IN ({})", articles)}
        rows = self._of(  # saying that none is empty is what lets SQLite use the index
            """SELECT headline, published, key, id, outlet FROM articles
               WHERE headline IN ({}) AND headline <> '' AND published IS NOT NULL""",
            sorted(own - {""}),
        )
        by_headline: defaultdict[str, list[tuple[int, str, int, str]]] = defaultdict(list)
        for headline, *told in rows:
            by_headline[headline].append(tuple(told))
        return (sorted(group) for group in by_headline.values() if len(group) > 1)

    # Events.

    def _gather(self, touched: set[int], *, is_all: bool) -> set[int]:
        """Make the events anew that touched articles were on, or are on now; gives all who are or were on them."""
        if is_all:
            members = touched
            bonds = list(map(_bond, self._connection.execute("SELECT a, b, kind, alike, shared FROM bonds")))
            self._connection.execute("DELETE FROM events")
            self._connection.execute("UPDATE articles SET event = NULL, copy = NULL WHERE event IS NOT NULL")
        else:
            were = set(self._ids("SELECT id FROM articles WHERE event IN ({})", self._events_of(touched)))
            bonds = self._reached(touched | were)
            members = {one for bond in bonds for one in (bond.a, bond.b)} | were | touched
            # Of an event all of whose articles are gone its number is all that is left: that of its first article.
            self._run("DELETE FROM events WHERE id IN ({})", self._events_of(members) | touched)
            self._run("UPDATE articles SET event = NULL, copy = NULL WHERE id IN ({}) AND event IS NOT NULL", members)
        self._write(bonds)
        return members

    def _write(self, bonds: Sequence[Bond]) -> None:
        """Write the events that bonds make."""
        bound = {one for bond in bonds for one in (bond.a, bond.b)}
        told = {
            row[0]: row[1:]
            for row in self._of("SELECT id, published, key, outlet, story FROM articles WHERE id IN ({})", bound)
        }
        groups = gather(
            bonds,
            {article: row[0] for article, row in told.items()},
            {article: row[1] for article, row in told.items()},
        )
        event_of = {article: event[0] for event in groups for article in event}
        inside: defaultdict[int, list[Bond]] = defaultdict(list)
        for bond in bonds:
            if bond.a in event_of and event_of[bond.a] == event_of.get(bond.b):
                inside[event_of[bond.a]].append(bond)
        copy_of: dict[int, int] = {}
        rows = []
        for event in groups:
            place = {one: number for number, one in enumerate(event)}
            for group in copies(inside[event[0]], event):
                copy_of.update(dict.fromkeys(group, min(group, key=place.__getitem__)))
            outlets = {told[one][2] for one in event} - {""}
            independent = {told[one][2] for one in event if copy_of.get(one, one) == one} - {""}
            stories = sum(told[one][3] is not None for one in event)
            began, ended = told[event[0]][0], told[event[-1]][0]
            rows.append((event[0], len(event), stories, len(outlets), max(len(independent), 1), began, ended))
        self._connection.executemany(
            """INSERT INTO events(id, articles, stories, outlets, independent, began, ended)
               VALUES (?, ?, ?, ?, ?, ?, ?)""",
            rows,
        )
        self._connection.executemany(
            "UPDATE articles SET event = ?, copy = ? WHERE id = ?",
            [(event, copy_of.get(article), article) for article, event in sorted(event_of.items())],
        )

    def _events_of(self, articles: set[int]) -> set[int]:
        return set(self._ids("SELECT event FROM articles WHERE id IN ({}) AND event IS NOT NULL", articles))

    def _reached(self, articles: set[int]) -> list[Bond]:
        """All bonds that bonds lead to from articles."""
        found: dict[tuple[int, int], Bond] = {}
        seen: set[int] = set()
        ahead = set(articles)
        while ahead:
            seen |= ahead
            ids, ahead = sorted(ahead), set()
            for side in ("a", "b"):
                for row in self._of(
                    f"SELECT a, b, kind, alike, shared FROM bonds WHERE {side} IN ({{}})",  # noqa: S608
                    ids,
                ):
                    found[row[0], row[1]] = _bond(row)
                    ahead |= {row[0], row[1]} - seen
        return list(found.values())

    def _ids(self, sql: str, values: Iterable[int]) -> Iterator[int]:
        """As `_of`, where a row is one id."""
        return (row[0] for row in self._of(sql, values))

    def _run(self, sql: str, values: Iterable[int]) -> None:
        """As `_of`, for a statement that gives nothing."""
        for _ in self._of(sql, values):
            pass

    def _of(self, sql: str, values: Iterable[int] | Iterable[str]) -> Iterator[tuple[Any, ...]]:
        """Rows for values that stand in a statement's `IN ({})`, in portions that SQLite takes."""
        listed = list(values)
        for start in range(0, len(listed), _MOST_VALUES):
            portion = listed[start : start + _MOST_VALUES]
            yield from self._connection.execute(sql.format(",".join("?" * len(portion))), portion)


def _terms(text: str) -> tuple[str, ...]:
    """The telling words of a text, spelled so that FTS5 takes each for one term: its letters are not Python's."""
    return tuple(
        word if word.isascii() and not word.startswith(_SPELLED) else _SPELLED + word.encode().hex()
        for word in words_of(text)
    )


def _bond(row: Sequence[Any]) -> Bond:
    return Bond(row[0], row[1], Kind(row[2]), row[3], row[4])
