"""The events of the index: which articles report the same happening, kept up to date article by article.

    articles ── event_words     the telling words of articles that have links: text, and how many articles have a word
       │
       └─ bonds ── events       made by `coverage.bonds` and `coverage.events`

What a changed article touches: the bonds of the article itself, and of the articles that have a word of which the
rarity went up or down a level by it. The same files give the same events, in whatever steps they came.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from reader.coverage.bonds import NEAR_SECONDS, Kind, Weighing, Wording, kind_of, level, shared_words
from reader.coverage.events import MOST_MEMBERS, Bond, copies, gather
from reader.coverage.words import words_of

_MOST_VALUES = 10_000
"""Values bound to one statement."""

_WORTH_ALL = 2_000
"""Pairs of articles for which reading the levels of all words pays."""


def renew_events(connection: sqlite3.Connection, changed: Iterable[int], around: Iterable[int]) -> None:
    """Bring bonds and events up to date; to be called in a transaction.

    Args:
        connection: the index, with its articles and links as they are now.
        changed: ids of the articles that changed, came or went.
        around: ids of those, and of the articles to which they have or had links.
    """
    _Renewal(connection).renew(set(changed), sorted(set(around)))


class _Renewal:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._wordings: dict[int, Wording] = {}
        self._levels: dict[str, int] = {}
        self._articles = 0

    def renew(self, changed: set[int], around: Sequence[int]) -> None:
        """As `renew_events`."""
        moved = self._renew_words(around)
        if moved is None:
            all_known = "SELECT rowid FROM event_words UNION SELECT a FROM bonds UNION SELECT b FROM bonds"
            touched = changed.union(row[0] for row in self._connection.execute(all_known))
            self._connection.execute("DELETE FROM bonds")
        else:
            touched = changed | moved
            touched |= self._unbind(touched)
        self._bind(touched)
        self._gather(touched)

    # Words.

    def _renew_words(self, changed: Sequence[int]) -> set[int] | None:
        """Bring the words of articles up to date; gives the other articles whose words changed level, None for all."""
        old, new = self._stored(changed), self._now(changed)
        differing = [article for article in changed if old.get(article) != new.get(article)]
        before = self._count()
        difference: defaultdict[str, int] = defaultdict(int)
        for article in differing:
            for word in old[article].words if article in old else ():
                difference[word] -= 1
            for word in new[article].words if article in new else ():
                difference[word] += 1
        counts = self._counts(word for word, by in difference.items() if by)
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
        self._articles = self._count()
        self._wordings.update(new)
        if self._articles.bit_length() != before.bit_length():
            return None
        moved = [
            word
            for word, by in difference.items()
            if by and counts.get(word, 0).bit_length() != (counts.get(word, 0) + by).bit_length()
        ]
        return self._with_any_of(moved)

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
        return {row[0]: Wording(tuple(words_of(row[1])), tuple(words_of(row[2]))) for row in self._of(sql, articles)}

    def _count(self) -> int:
        return int(self._connection.execute("SELECT count(*) FROM event_words_docsize").fetchone()[0])

    def _counts(self, words: Iterable[str]) -> dict[str, int]:
        """How many articles have each of some words."""
        wanted = list(words)
        if len(wanted) > _MOST_VALUES:
            rows = self._connection.execute("SELECT term, doc FROM event_vocabulary")
            known = set(wanted)
            return {term: doc for term, doc in rows if term in known}
        select = "SELECT doc FROM event_vocabulary WHERE term = ?"
        return {word: row[0] for word in wanted if (row := self._connection.execute(select, (word,)).fetchone())}

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
        """Bonds by the same headline in another outlet, linked or not."""
        keys = {row[0] for row in self._of("SELECT headline FROM articles WHERE id IN ({}) AND headline <> ''", ids)}
        rows = self._of(
            """SELECT headline, published, id, outlet, key FROM articles
               WHERE headline IN ({}) AND published IS NOT NULL""",
            sorted(keys),
        )
        by_headline: defaultdict[str, list[tuple[int, str, int, str]]] = defaultdict(list)
        for headline, published, article, outlet, key in rows:
            by_headline[headline].append((published, key, article, outlet))
        for group in by_headline.values():
            ordered = sorted(group)
            for place, (published, _, article, outlet) in enumerate(ordered):
                for later, _, other, other_outlet in ordered[place + 1 : place + 1 + MOST_MEMBERS]:
                    if later - published <= NEAR_SECONDS and other_outlet != outlet:
                        yield Bond(min(article, other), max(article, other), Kind.SAME_HEADLINE, 1.0, 0)

    # Events.

    def _gather(self, touched: set[int]) -> None:
        """Make the events anew that touched articles were on, or are on now."""
        were = set(self._ids("SELECT id FROM articles WHERE event IN ({})", self._events_of(touched)))
        bonds = self._reached(touched | were)
        members = {one for bond in bonds for one in (bond.a, bond.b)} | were | touched
        self._run("DELETE FROM events WHERE id IN ({})", self._events_of(members))
        self._run("UPDATE articles SET event = NULL, copy = NULL WHERE id IN ({}) AND event IS NOT NULL", members)
        told = {
            row[0]: row[1:]
            for row in self._of("SELECT id, published, key, outlet, story FROM articles WHERE id IN ({})", members)
        }
        times = {article: row[0] for article, row in told.items()}
        names = {article: row[1] for article, row in told.items()}
        for event in gather(bonds, times, names):
            self._write(event, copies(bonds, event), told)

    def _events_of(self, articles: set[int]) -> set[int]:
        return set(self._ids("SELECT event FROM articles WHERE id IN ({}) AND event IS NOT NULL", articles))

    def _write(self, event: list[int], copied: list[set[int]], told: dict[int, tuple[Any, ...]]) -> None:
        outlets = {str(told[one][2]) for one in event if told[one][2]}
        place = {one: number for number, one in enumerate(event)}
        own = set(event)
        for group in copied:
            first = min(group, key=place.__getitem__)
            own -= group - {first}
            self._connection.executemany("UPDATE articles SET copy = ? WHERE id = ?", [(first, one) for one in group])
        independent = {str(told[one][2]) for one in own if told[one][2]}
        independent = {str(told[one][2]) for one in own if told[one][2]}
        began, ended = told[event[0]][0], told[event[-1]][0]
        stories = sum(told[one][3] is not None for one in event)
        self._connection.execute(
            """INSERT INTO events(id, articles, stories, outlets, independent, began, ended)
               VALUES (?, ?, ?, ?, ?, ?, ?)""",
            (event[0], len(event), stories, len(outlets), max(len(independent), 1), began, ended),
        )
        self._connection.executemany("UPDATE articles SET event = ? WHERE id = ?", [(event[0], one) for one in event])

    def _reached(self, articles: set[int]) -> list[Bond]:
        """All bonds that bonds lead to from articles."""
        found: dict[tuple[int, int], Bond] = {}
        seen: set[int] = set()
        ahead = set(articles)
        while ahead:
            seen |= ahead
            ids, ahead = sorted(ahead), set()
            for side in ("a", "b"):
                for a, b, kind, alike, shared in self._of(
                    f"SELECT a, b, kind, alike, shared FROM bonds WHERE {side} IN ({{}})",  # noqa: S608
                    ids,
                ):
                    found[a, b] = Bond(a, b, Kind(kind), alike, shared)
                    ahead |= {a, b} - seen
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
