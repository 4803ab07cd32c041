"""Puts the coverage of a story together from the tables of the index, and says why each article is in it."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from reader.coverage.likeness.odds import MOST_ALIKE, ODDS_UNIT, likeness
from reader.coverage.model import Coverage, CoverageArticle, Relation
from reader.coverage.reasons import Basis, Reason, names_in_common, words_in_common
from reader.library.index.events.alike import alike_to
from reader.library.index.events.bonds import BondRow, Bonds, Strength
from reader.library.index.lists.id_arrays import ids
from reader.library.index.rows import ArticleRow, published_from

_COLUMNS = ", ".join(f"s.{column}" for column in ArticleRow._fields)

_OWN_COLUMNS = _COLUMNS.replace("s.outlet", "x.outlet")
"""The columns of a story's own file, but the outlet of its article, so that all counts of outlets agree."""


def coverage(connection: sqlite3.Connection, story: int) -> Coverage | None:
    """The coverage of a story: its event, what is linked, what is alike. None for a story that is gone.

    Where several files are one article, the story itself is shown as its own file has it.
    """
    asked = connection.execute("SELECT article FROM stories WHERE id = ?", (story,)).fetchone()
    return None if asked is None else _Reading(connection, asked[0], story).coverage()


class _Reading:
    """Reads the coverage of one story.

    Args:
        connection: the index.
        article: the id of the article that the story is.
        story: the story's id.
    """

    def __init__(self, connection: sqlite3.Connection, article: int, story: int) -> None:
        self._connection = connection
        self._article = article
        self._story = story

    def coverage(self) -> Coverage:
        row = self._connection.execute(
            f"""SELECT x.id, x.key, {_OWN_COLUMNS}, s.id, x.event, x.copy
                FROM stories s JOIN articles x ON x.id = s.article WHERE s.id = ?""",  # noqa: S608 — constant columns
            (self._story,),
        ).fetchone()
        event = row[-2]
        bound = Bonds(self._connection).of(self._article)
        alike = self._alike(bound)
        linked = self._select("x.id IN (SELECT b FROM links WHERE a = :article) OR x.event = :event", event)
        found = self._select("x.id IN (SELECT value FROM json_each(:alike))", event, [*alike])
        named_by = self._named_by()
        reasons = EventReasons(self._connection).of(event) if event is not None else {}
        focus = _compared_of(row)
        reasons.update((other[0], _reason(_compared_of(other), focus, alike[other[0]].basis, 0)) for other in found)

        def article(row: Sequence[object], relation: Relation) -> CoverageArticle:
            number = int(str(row[0]))
            is_on_event = event is not None and row[-2] == event
            return _article(
                row[1:],
                named_by=tuple(named_by[number]),
                reason=reasons.get(number),
                relation=Relation.EVENT if is_on_event else relation,
                likeness=likeness(bound[number].odds / ODDS_UNIT) if number in bound else None,
            )

        ranked = sorted(found, key=lambda other: (-alike[other[0]].odds, other[1]))
        return Coverage(
            article(row, Relation.EVENT),
            tuple(article(other, Relation.LINKED) for other in linked),
            tuple(article(other, Relation.ALIKE) for other in ranked),
        )

    def _alike(self, bound: Mapping[int, Strength]) -> dict[int, Strength]:
        """The articles that are alike, with their bonds, the most alike first; `MOST_ALIKE` at most."""
        alike = dict(alike_to(self._connection, (self._article,))).get(self._article, [])
        select = "SELECT id, key FROM articles WHERE id IN (SELECT value FROM json_each(?))"
        keys = dict(self._connection.execute(select, (json.dumps(alike),)))
        ranked = sorted(alike, key=lambda other: (-bound[other].odds, keys[other]))
        return {other: bound[other] for other in ranked[:MOST_ALIKE]}

    def _select(self, where: str, event: int | None, alike: Sequence[int] = ()) -> list[tuple[Any, ...]]:
        return self._connection.execute(
            f"""SELECT x.id, x.key, {_COLUMNS.replace("s.", "x.")}, x.story, x.event, x.copy FROM articles x
                WHERE x.title IS NOT NULL AND x.id <> :article AND ({where})""",  # noqa: S608 — conditions from here
            {"article": self._article, "event": event, "alike": json.dumps(alike)},
        ).fetchall()

    def _named_by(self) -> defaultdict[int, list[int]]:
        """For the article and each that is linked to it, the stories whose files name it as related."""
        named_by: defaultdict[int, list[int]] = defaultdict(list)
        for named, by in self._connection.execute(
            """SELECT e.article, m.story FROM (SELECT :article AS id UNION ALL SELECT b FROM links WHERE a = :article) x
               JOIN entries e ON e.article = x.id JOIN mentions m ON m.entry = e.id
               GROUP BY e.article, m.story ORDER BY m.story""",
            {"article": self._article},
        ):
            named_by[named].append(by)
        return named_by


class EventReasons:
    """Finds why articles are on their events: each by its strongest bond to another article of the event."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def of(self, event: int) -> dict[int, Reason]:
        """Why each article of an event is on it, by article."""
        compared = self._compared(event)
        best: dict[int, tuple[int, Basis]] = {}

        def strength(bond: BondRow) -> tuple[int, float, list[str]]:
            return (-bond.basis, -bond.odds, sorted((compared[bond.a].key, compared[bond.b].key)))

        for one, other, _, basis in sorted(
            Bonds(self._connection).inside(dict.fromkeys(compared, event)), key=strength
        ):
            best.setdefault(one, (other, Basis(basis)))
            best.setdefault(other, (one, Basis(basis)))
        linked = self._linked(event)
        return {
            one: _reason(compared[one], compared[other], basis, linked.get(one, 0))
            for one, (other, basis) in best.items()
        }

    def _compared(self, event: int) -> dict[int, _Compared]:
        rows = self._connection.execute(
            """SELECT id, key, title, excerpt, published, coalesce(nullif(provider, ''), outlet)
               FROM articles WHERE event = ?""",
            (event,),
        )
        return {row[0]: _Compared(*row[1:]) for row in rows}

    def _linked(self, event: int) -> dict[int, int]:
        """How many articles of an event each of them is linked to."""
        return dict(
            self._connection.execute(
                """SELECT x.id, count(*) FROM articles x JOIN links l ON l.a = x.id JOIN articles y ON y.id = l.b
                   WHERE x.event = :event AND y.event = :event GROUP BY x.id""",
                {"event": event},
            )
        )


class _Compared(NamedTuple):
    """What is needed of an article to say what it has in common with another. `outlet` is its name, or its domain."""

    key: str
    title: str
    excerpt: str
    published: int
    outlet: str


def _compared_of(row: Sequence[Any]) -> _Compared:
    """The same from a row: an article's id, its key, and the columns of `ArticleRow`."""
    article = ArticleRow(*row[2 : 2 + len(ArticleRow._fields)])
    return _Compared(row[1], article.title, article.excerpt, article.published or 0, article.provider or article.outlet)


def _reason(one: _Compared, other: _Compared, basis: Basis, linked_by: int) -> Reason:
    return Reason(
        basis=basis,
        to=other.outlet,
        apart=timedelta(seconds=abs(one.published - other.published)),
        names=names_in_common((one.title, one.excerpt), (other.title, other.excerpt)) if basis is Basis.WORDS else (),
        words=words_in_common(one.title, other.title) if basis is Basis.WORDS else (),
        linked_by=linked_by,
    )


def event_stories(connection: sqlite3.Connection, story: int) -> array[int]:
    """The stories on a story's event in order of time, the story itself included; only itself if it is on none."""
    rows = connection.execute(
        """SELECT s.id FROM stories s JOIN articles x ON x.id = s.article
           WHERE x.event = (SELECT y.event FROM stories t JOIN articles y ON y.id = t.article WHERE t.id = :story)
           OR s.id = :story
           ORDER BY s.published IS NULL, s.published, s.tie""",
        {"story": story},
    )
    return ids(row[0] for row in rows)


def _article(
    row: Sequence[object],
    *,
    named_by: tuple[int, ...],
    reason: Reason | None,
    relation: Relation,
    likeness: float | None,
) -> CoverageArticle:
    key, title, excerpt, provider, outlet, published, dated, quality, kind, url, story, event, copy = row
    return CoverageArticle(
        key=str(key),
        title=str(title),
        excerpt=str(excerpt),
        provider=str(provider),
        outlet=str(outlet),
        published=published_from(published if isinstance(published, int) else None, int(str(dated))),
        quality=quality if isinstance(quality, int) else None,
        type=str(kind),
        url=str(url),
        story=story if isinstance(story, int) else None,
        named_by=named_by,
        event=event if isinstance(event, int) else None,
        copy=copy if isinstance(copy, int) else None,
        reason=reason,
        relation=relation,
        likeness=likeness,
    )
